//! The partner's answer to a rating, which everybody reads who reads the rating.

use leptos::prelude::*;

use super::rate::TEXT;
use crate::{
    api::rating::{self, AnswerRatingInput},
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

pub fn dialog(answering: RwSignal<Option<(cynic::Id, String)>>, changed: Callback<()>) -> AnyView {
    dynamic(move || {
        let (id, before) = answering.get()?;
        Some(opened(id, before, open_for(answering), changed))
    })
}

fn opened(id: cynic::Id, before: String, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (answer, errors, submission) = (RwSignal::new(before), Errors::new(), Submission::new());
    let send = Callback::new(move |()| {
        let input = AnswerRatingInput {
            id: id.clone(),
            answer: answer.get_untracked(),
        };
        submission.run_form(errors, rating::answer_rating(input), move |_| {
            toast(words::ANSWERED);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    view! {
        <Confirm open=open title=words::ANSWER_TITLE confirm=words::ANSWER_SEND on_confirm=send busy=submission.busy problem=submission.problem>
            <Stack tight=true>
                {muted(words::ANSWER_EFFECT)}
                <TextArea name="answer" label=words::ANSWER value=answer errors=errors hint=words::ANSWER_HINT limit=TEXT rows=4 />
            </Stack>
        </Confirm>
    }
    .into_any()
}
