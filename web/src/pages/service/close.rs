//! Closing a request: the customer says that it is solved, the partner what was done.

use leptos::prelude::*;

use super::answer::problems;
use crate::{
    api::{
        order::OrderParty,
        service_request::{self, CloseServiceRequestInput},
    },
    components::{
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::TextArea,
        layout::{Stack, paragraph},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::{
        Text,
        texts::{common, service as words},
    },
};

/// Id and title of what somebody is about to close; nothing while no dialog is open.
pub type Closing = RwSignal<Option<(cynic::Id, String)>>;

pub fn dialog(closing: Closing, party: OrderParty, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let (id, title) = closing.get()?;
        let open = open_for(closing);
        Some(view! { <CloseDialog id=id title=title party=party open=open changed=changed /> })
    })
}

#[component]
fn CloseDialog(
    id: cynic::Id,
    title: String,
    party: OrderParty,
    open: RwSignal<bool>,
    changed: Callback<()>,
) -> AnyView {
    let note = RwSignal::new(String::new());
    let errors = Errors::new();
    let submission = Submission::new();
    let confirm = Callback::new(move |()| {
        let missing = party == OrderParty::Partner && note.with_untracked(|note| note.trim().is_empty());
        if !errors.set(problems([(missing, "note", common::REQUIRED)])) {
            return;
        }
        let input = CloseServiceRequestInput {
            id: id.clone(),
            note: Some(note.get_untracked()),
        };
        submission.run_form(errors, service_request::close_service_request(input), move |_| {
            toast(words::CLOSED_TOAST);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let (label, hint, required) = match party {
        OrderParty::Partner => (words::CLOSE_PARTNER, words::CLOSE_NOTE_HINT_PARTNER, true),
        OrderParty::Customer => (words::CLOSE_CUSTOMER, words::CLOSE_NOTE_HINT_CUSTOMER, false),
    };
    let title = Text::from(move || words::close_title(&title));
    view! {
        <Confirm open=open title=title confirm=label on_confirm=confirm busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {paragraph(words::CLOSE_EFFECT)}
                <TextArea name="note" label=words::CLOSE_NOTE value=note errors=errors hint=hint limit=5000 rows=4 required=required />
            </Stack>
        </Confirm>
    }
    .into_any()
}
