//! Taking a rating from view: its organisation and the partner still see it, and read why.

use leptos::prelude::*;

use super::rate::TEXT;
use crate::{
    api::rating::{self, HideRatingInput},
    components::{
        dialog::open_for,
        dynamic::dynamic,
        note_dialog::{Note, Sent, note_dialog},
    },
    i18n::texts::ratings as words,
};

pub fn dialog(hiding: RwSignal<Option<cynic::Id>>, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let id = hiding.get()?;
        Some(opened(id, open_for(hiding), changed))
    })
}

fn opened(id: cynic::Id, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let note = Note {
        title: words::HIDE_TITLE,
        confirm: words::HIDE,
        effect: words::HIDE_EFFECT,
        name: "reason",
        label: words::REASON,
        hint: words::REASON_HINT,
        limit: TEXT,
        rows: 4,
        required: true,
        done: words::HIDDEN_TOAST,
    };
    let send = Callback::new(move |reason| -> Sent {
        let input = HideRatingInput { id: id.clone(), reason };
        Box::pin(async move { rating::hide_rating(input).await.map(drop) })
    });
    note_dialog(note, String::new(), open, send, changed)
}
