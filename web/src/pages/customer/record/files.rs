//! The field of files: sent as soon as they are chosen, kept with the record once it is submitted.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::{
    entry::{Entry, file_label},
    field::Around,
};
use crate::{
    api::{
        Problem,
        file::{self, Purpose, StoredFile},
    },
    components::{
        check_list::Tick,
        file_list::{Bound, Sending, file_list},
        toast::toast,
    },
    i18n::texts::{common, customer},
};

/// The endings that the server takes.
const ACCEPTED: &str = ".pdf,.png,.jpg,.jpeg,.gif,.webp,.txt,.csv,.md,.json,.zip,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.mp4,.mov";
const MEGABYTES: u32 = 20;

pub fn list(entry: &Entry, name: &'static str, around: Around) -> AnyView {
    let (files, uploads, single) = (entry.ticks, entry.uploads, entry.field.single);
    let sending = RwSignal::new(Vec::<Sending>::new());
    let numbers = StoredValue::new(0u32);
    let bound = Bound {
        name,
        files,
        sending,
        errors: around.errors,
        has_hint: true,
    };
    let take = Callback::new(move |chosen: web_sys::File| {
        if chosen.size() > f64::from(MEGABYTES) * 1024.0 * 1024.0 {
            around
                .errors
                .replace(name, Some((move || common::file_too_large(&MEGABYTES)).into()));
            return;
        }
        numbers.update_value(|number| *number += 1);
        let number = numbers.get_value();
        let file_name = chosen.name();
        sending.update(|sending| {
            sending.push(Sending {
                number,
                name: file_name,
                percent: 0,
                problem: None,
            });
        });
        uploads.update(|count| *count += 1);
        let (instance, page) = (around.app.with_value(|app| app.id.clone()), around.page.get_value());
        wasm_bindgen_futures::spawn_local(async move {
            let progress = move |part| {
                change(sending, number, |one| one.percent = percent(part));
            };
            let purpose = Purpose::Record { instance, page };
            let answer = file::upload(chosen, purpose, progress).await;
            let _ = uploads.try_update(|count| *count = count.saturating_sub(1));
            arrived(answer, number, single, files, sending);
        });
    });
    let save = Callback::new(move |held: String| {
        let held: Value = serde_json::from_str(&held).unwrap_or_default();
        let Some(id) = held.get("file").and_then(Value::as_str) else {
            toast(customer::FILE_NOT_HERE);
            return;
        };
        let (id, name) = (cynic::Id::new(id), file_label(&held));
        wasm_bindgen_futures::spawn_local(async move {
            if file::download(&id, &name).await.is_err() {
                toast(customer::FILE_NOT_HERE);
            }
        });
    });
    file_list(bound, ACCEPTED, single, take, save)
}

fn arrived(
    answer: Result<StoredFile, Problem>,
    number: u32,
    single: bool,
    files: RwSignal<Vec<Tick>>,
    sending: RwSignal<Vec<Sending>>,
) {
    match answer {
        Ok(stored) => {
            let _ = sending.try_update(|sending| sending.retain(|one| one.number != number));
            let tick = Tick {
                label: stored.name.clone(),
                value: json!({
                    "file": stored.id.inner(), "name": stored.name, "size": stored.size, "mediaType": stored.media_type
                })
                .to_string(),
            };
            let _ = files.try_update(|files| {
                if single {
                    files.clear();
                }
                files.push(tick);
            });
        }
        Err(problem) => change(sending, number, |one| one.problem = Some(problem)),
    }
}

fn change(sending: RwSignal<Vec<Sending>>, number: u32, with: impl FnOnce(&mut Sending)) {
    let _ = sending.try_update(|sending| {
        if let Some(one) = sending.iter_mut().find(|one| one.number == number) {
            with(one);
        }
    });
}

/// A part of one as whole percents.
#[allow(clippy::cast_possible_truncation)]
fn percent(part: f64) -> i32 {
    (part * 100.0) as i32
}
