//! The partner's answer to a rating, which everybody reads who reads the rating.

use leptos::prelude::*;

use super::rate::TEXT;
use crate::{
    api::rating::{self, AnswerRatingInput},
    components::{
        dialog::open_for,
        dynamic::dynamic,
        note_dialog::{Note, Sent, note_dialog},
    },
    i18n::texts::ratings as words,
};

pub fn dialog(answering: RwSignal<Option<(cynic::Id, String)>>, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let (id, before) = answering.get()?;
        Some(opened(id, before, open_for(answering), changed))
    })
}

fn opened(id: cynic::Id, before: String, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let note = Note {
        title: words::ANSWER_TITLE,
        confirm: words::ANSWER_SEND,
        effect: words::ANSWER_EFFECT,
        name: "answer",
        label: words::ANSWER,
        hint: words::ANSWER_HINT,
        limit: TEXT,
        rows: 4,
        required: false,
        done: words::ANSWERED,
    };
    let send = Callback::new(move |answer| -> Sent {
        let input = AnswerRatingInput { id: id.clone(), answer };
        Box::pin(async move { rating::answer_rating(input).await.map(drop) })
    });
    note_dialog(note, before, open, send, changed)
}
