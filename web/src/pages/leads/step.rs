//! Saying how a lead stands: in touch, won, or lost with a reason.

use leptos::prelude::*;

use crate::{
    api::lead::{self, LeadAction, LeadStepInput, LoseLeadInput},
    components::{
        dialog::open_for,
        dynamic::dynamic,
        note_dialog::{Note, Sent, note_dialog},
    },
    i18n::texts::leads as words,
};

/// Characters of a note.
const NOTE: u32 = 500;

/// The lead and the step that somebody is about to take; nothing while no dialog is open.
pub type Stepping = RwSignal<Option<(cynic::Id, LeadAction)>>;

pub fn dialog(stepping: Stepping, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let (id, action) = stepping.get()?;
        Some(opened(id, action, open_for(stepping), changed))
    })
}

/// What is asked for at a step.
fn note_of(action: LeadAction) -> Note {
    let (step, effect, label) = match action {
        LeadAction::Win => (words::WIN, words::WIN_EFFECT, words::NOTE),
        LeadAction::Lose => (words::LOSE, words::LOSE_EFFECT, words::REASON),
        LeadAction::Assign | LeadAction::Contact => (words::CONTACT, words::CONTACT_EFFECT, words::NOTE),
    };
    Note {
        title: step,
        confirm: step,
        effect,
        name: "note",
        label,
        hint: words::NOTE_HINT,
        limit: NOTE,
        rows: 3,
        required: action == LeadAction::Lose,
        done: words::SAVED,
    }
}

fn opened(id: cynic::Id, action: LeadAction, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let send = Callback::new(move |note| -> Sent {
        let id = id.clone();
        Box::pin(async move {
            let step = match action {
                LeadAction::Win => lead::win_lead(LeadStepInput { id, note }).await,
                LeadAction::Lose => lead::lose_lead(LoseLeadInput { id, note }).await,
                LeadAction::Assign | LeadAction::Contact => lead::contact_lead(LeadStepInput { id, note }).await,
            };
            step.map(drop)
        })
    });
    note_dialog(note_of(action), String::new(), open, send, changed)
}
