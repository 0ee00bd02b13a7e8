//! The field of files: sent as soon as they are chosen, kept with the record once it is submitted.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::{
    entry::{Entry, file_label},
    field::Around,
};
use crate::{
    api::file::{self, Purpose, StoredFile},
    components::{
        check_list::Tick,
        file_drop::Limits,
        file_list::{Bound, file_list},
        toast::toast,
        uploads::Uploads,
    },
    i18n::texts::{common, customer},
};

pub fn list(entry: &Entry, name: &'static str, around: Around) -> AnyView {
    let (files, under_way, single) = (entry.ticks, entry.uploads, entry.field.single);
    let uploads = Uploads::default();
    let bound = Bound {
        name,
        files,
        uploads,
        errors: around.errors,
        has_hint: true,
    };
    let take = Callback::new(move |chosen: web_sys::File| {
        if chosen.size() > f64::from(Limits::ANY.megabytes) * 1024.0 * 1024.0 {
            around.errors.replace(
                name,
                Some((move || common::file_too_large(&Limits::ANY.megabytes)).into()),
            );
            return;
        }
        under_way.update(|count| *count += 1);
        let (instance, page) = (around.app.with_value(|app| app.id.clone()), around.page.get_value());
        uploads.send(chosen, Purpose::Record { instance, page }, move |stored| {
            let _ = under_way.try_update(|count| *count = count.saturating_sub(1));
            if let Some(stored) = stored {
                let _ = files.try_update(|files| keep(files, stored, single));
            }
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
    file_list(bound, Limits::ANY.types.join(","), single, take, save)
}

fn keep(files: &mut Vec<Tick>, stored: StoredFile, single: bool) {
    if single {
        files.clear();
    }
    files.push(Tick {
        label: stored.name.clone(),
        value: json!({
            "file": stored.id.inner(), "name": stored.name, "size": stored.size, "mediaType": stored.media_type
        })
        .to_string(),
    });
}
