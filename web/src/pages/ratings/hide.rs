//! Taking a rating from view: its organisation and the partner still see it, and read why.

use leptos::prelude::*;

use super::rate::TEXT;
use crate::{
    api::rating::{self, HideRatingInput},
    components::{
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::TextArea,
        layout::{Stack, muted},
        toast::toast,
    },
    forms::{Errors, submission::Submission},
    i18n::texts::ratings as words,
};

pub fn dialog(hiding: RwSignal<Option<cynic::Id>>, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let id = hiding.get()?;
        Some(opened(id, open_for(hiding), changed))
    })
}

fn opened(id: cynic::Id, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (reason, errors, submission) = (RwSignal::new(String::new()), Errors::new(), Submission::new());
    let send = Callback::new(move |()| {
        let input = HideRatingInput {
            id: id.clone(),
            reason: reason.get_untracked(),
        };
        submission.run_form(errors, rating::hide_rating(input), move |_| {
            toast(words::HIDDEN_TOAST);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    view! {
        <Confirm open=open title=words::HIDE_TITLE confirm=words::HIDE on_confirm=send busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(words::HIDE_EFFECT)}
                <TextArea name="reason" label=words::REASON value=reason errors=errors hint=words::REASON_HINT limit=TEXT rows=4 required=true />
            </Stack>
        </Confirm>
    }
    .into_any()
}
