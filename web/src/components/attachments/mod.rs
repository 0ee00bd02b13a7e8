//! A field for the few files that go with a message: sent as soon as they are chosen, and part of the message once that is sent.

use leptos::prelude::*;

use super::{
    check_list::Tick,
    field::Field,
    file_drop::Limits,
    file_list::{Bound, file_list},
    toast::toast,
    uploads::Uploads,
};
use crate::{
    api::file::{self, Purpose, StoredFile},
    forms::Errors,
    i18n::texts::{customer, service as words},
};

/// Files of one message.
const MOST: u32 = 5;

/// What was chosen so far, and what is on its way.
#[derive(Clone, Copy)]
pub struct Attached {
    files: RwSignal<Vec<Tick>>,
    uploads: Uploads,
}

impl Default for Attached {
    fn default() -> Self {
        Self {
            files: RwSignal::new(Vec::new()),
            uploads: Uploads::default(),
        }
    }
}

impl Attached {
    /// The files that are here, in the order in which they are shown.
    pub fn ids(self) -> Vec<cynic::Id> {
        let id = |file: &Tick| cynic::Id::new(file.value.clone());
        self.files.with_untracked(|files| files.iter().map(id).collect())
    }

    /// Whether nothing was chosen; views that read it follow it.
    pub fn is_empty(self) -> bool {
        self.files.with(Vec::is_empty)
    }

    /// Whether a file is still on its way.
    pub fn is_sending(self) -> bool {
        self.uploads.under_way() > 0
    }

    /// The message is sent: the next one begins without files.
    pub fn clear(self) {
        self.files.set(Vec::new());
        self.uploads.forget_failed();
    }
}

/// The field. Its name is that of the contract: `fileIds`.
#[component]
pub fn Attachments(attached: Attached, errors: Errors) -> AnyView {
    const NAME: &str = "fileIds";
    let Attached { files, uploads } = attached;
    let bound = Bound {
        name: NAME,
        files,
        uploads,
        errors,
        has_hint: true,
    };
    let take = Callback::new(move |chosen: web_sys::File| {
        let full = files.with_untracked(Vec::len) + uploads.under_way() >= MOST as usize;
        let problem = match Limits::ANY.refuse(&chosen) {
            _ if full => Some((move || words::files_too_many(&MOST)).into()),
            refused => refused,
        };
        if problem.is_some() {
            errors.replace(NAME, problem);
            return;
        }
        uploads.send(chosen, Purpose::ServiceAttachment, move |stored| {
            if let Some(stored) = stored {
                let _ = files.try_update(|files| files.push(tick(stored)));
            }
        });
    });
    let save = Callback::new(move |id: String| {
        let name = files.with_untracked(|files| {
            let found = files.iter().find(|file| file.value == id);
            found.map(|file| file.label.clone()).unwrap_or_default()
        });
        wasm_bindgen_futures::spawn_local(async move {
            if file::download(&cynic::Id::new(id), &name).await.is_err() {
                toast(customer::FILE_NOT_HERE);
            }
        });
    });
    let hint = move || words::files_hint(&MOST, &Limits::ANY.megabytes);
    view! {
        <Field name=NAME label=words::FILES errors=errors hint=Some(hint.into())>
            {file_list(bound, Limits::ANY.types.join(","), false, take, save)}
        </Field>
    }
    .into_any()
}

fn tick(stored: StoredFile) -> Tick {
    Tick {
        label: stored.name,
        value: stored.id.into_inner(),
    }
}
