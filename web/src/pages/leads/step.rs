//! Saying how a lead stands: in touch, won, or lost with a reason.

use leptos::prelude::*;

use crate::{
    api::lead::{self, LeadAction, LeadStepInput, LoseLeadInput},
    components::{
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::TextArea,
        layout::{Stack, muted},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::{Key, texts::leads as words},
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

/// The button, what it leads to, the name of the note and what is said of it.
fn words_of(action: LeadAction) -> (Key, Key, Key, Key) {
    match action {
        LeadAction::Win => (words::WIN, words::WIN_EFFECT, words::NOTE, words::NOTE_HINT),
        LeadAction::Lose => (words::LOSE, words::LOSE_EFFECT, words::REASON, words::NOTE_HINT),
        LeadAction::Assign | LeadAction::Contact => {
            (words::CONTACT, words::CONTACT_EFFECT, words::NOTE, words::NOTE_HINT)
        }
    }
}

fn opened(id: cynic::Id, action: LeadAction, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (note, errors, submission) = (RwSignal::new(String::new()), Errors::new(), Submission::new());
    let (label, effect, name, hint) = words_of(action);
    let send = Callback::new(move |()| {
        let (id, note) = (id.clone(), note.get_untracked());
        let step = async move {
            match action {
                LeadAction::Win => lead::win_lead(LeadStepInput { id, note }).await,
                LeadAction::Lose => lead::lose_lead(LoseLeadInput { id, note }).await,
                LeadAction::Assign | LeadAction::Contact => lead::contact_lead(LeadStepInput { id, note }).await,
            }
        };
        submission.run_form(errors, step, move |_| {
            toast(words::SAVED);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let required = action == LeadAction::Lose;
    view! {
        <Confirm open=open title=label confirm=label on_confirm=send busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(effect)}
                <TextArea name="note" label=name value=note errors=errors hint=hint limit=NOTE rows=3 required=required />
            </Stack>
        </Confirm>
    }
    .into_any()
}
