//! A dialog that asks for one text and sends it. What the text is for, and where it goes, is for the page to say.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use super::{
    dialog::Confirm,
    field::TextArea,
    layout::{Stack, muted},
    toast::toast,
};
use crate::{
    api::Problem,
    forms::{Errors, submission::Submission},
    i18n::Key,
};

/// What the dialog says, and what it takes.
#[derive(Clone, Copy)]
pub struct Note {
    pub title: Key,
    /// The button that sends.
    pub confirm: Key,
    /// What sending leads to.
    pub effect: Key,
    /// The text's name in the contract.
    pub name: &'static str,
    pub label: Key,
    pub hint: Key,
    /// Most characters.
    pub limit: u32,
    pub rows: u32,
    pub required: bool,
    /// What is said once it was sent.
    pub done: Key,
}

/// A text on its way.
pub type Sent = Pin<Box<dyn Future<Output = Result<(), Problem>>>>;

/// The dialog, with `text` in it to begin with. `changed` is called once the text was sent.
pub fn note_dialog(
    note: Note,
    text: String,
    open: RwSignal<bool>,
    send: Callback<String, Sent>,
    changed: Callback<()>,
) -> AnyView {
    let (text, errors, submission) = (RwSignal::new(text), Errors::new(), Submission::new());
    let press = Callback::new(move |()| {
        submission.run_form(errors, send.run(text.get_untracked()), move |()| {
            toast(note.done);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    view! {
        <Confirm open=open title=note.title confirm=note.confirm on_confirm=press busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(note.effect)}
                <TextArea name=note.name label=note.label value=text errors=errors hint=note.hint limit=note.limit rows=note.rows required=note.required />
            </Stack>
        </Confirm>
    }
    .into_any()
}
