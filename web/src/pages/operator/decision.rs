//! Deciding a project (D4): approving, and rejecting with a reason or because the amounts differ.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        project::AmountVerdict,
        review::{self, ReviewDecision, ReviewProjectInput},
    },
    components::{
        alert::{Alert, Level},
        dialog::Confirm,
        field::{Checkbox, TextArea},
        layout::{Stack, bullets, paragraph},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, operator},
    },
};

/// Approves after naming what follows. `verdict` warns where the file says something else.
#[component]
pub fn ApproveDialog(
    open: RwSignal<bool>,
    id: cynic::Id,
    name: String,
    verdict: Option<AmountVerdict>,
    decided: Callback<()>,
) -> AnyView {
    let submission = Submission::new();
    let confirm = Callback::new(move |()| {
        let input = ReviewProjectInput {
            id: id.clone(),
            decision: ReviewDecision::Approve,
            amount_mismatch: false,
            reason: None,
        };
        submission.run(review::review_project(input), move |_| {
            toast(operator::APPROVED);
            let _ = open.try_set(false);
            decided.run(());
        });
    });
    let warning = match verdict {
        Some(AmountVerdict::Mismatch) => Some(operator::APPROVE_MISMATCH),
        Some(AmountVerdict::Unreadable | AmountVerdict::Pending) => Some(operator::APPROVE_UNREAD),
        Some(AmountVerdict::Match) | None => None,
    };
    view! {
        <Confirm open=open title=Text::from(move || operator::approve_title(&name)) confirm=operator::APPROVE on_confirm=confirm busy=submission.busy problem=submission.problem>
            {warning.map(|warning| view! { <Alert level=Level::Warning title=warning /> })}
            {paragraph(operator::APPROVE_MEANS)}
            {bullets([operator::APPROVE_LINKS, operator::APPROVE_FINAL].map(|line| Text::from(line).into_view_any()).into())}
        </Confirm>
    }
    .into_any()
}

/// Rejects with a reason that the partner reads.
#[component]
pub fn RejectDialog(open: RwSignal<bool>, id: cynic::Id, name: String, decided: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let reason = RwSignal::new(String::new());
    let mismatch = RwSignal::new(false);
    let confirm = Callback::new(move |()| {
        let said = reason.get_untracked().trim().to_owned();
        if said.is_empty() && !mismatch.get_untracked() {
            errors.set(vec![FieldError {
                name: "reason".to_owned(),
                message: common::REQUIRED.into(),
            }]);
            return;
        }
        let input = ReviewProjectInput {
            id: id.clone(),
            decision: ReviewDecision::Reject,
            amount_mismatch: mismatch.get_untracked(),
            reason: Some(said).filter(|said| !said.is_empty()),
        };
        submission.run_form(errors, review::review_project(input), move |_| {
            toast(operator::REJECTED);
            let _ = open.try_set(false);
            decided.run(());
        });
    });
    view! {
        <Confirm open=open title=Text::from(move || operator::reject_title(&name)) confirm=operator::REJECT on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            <Stack>
                {paragraph(operator::REJECT_MEANS)}
                <Checkbox name="amountMismatch" value=mismatch errors=errors hint=operator::AMOUNT_MISMATCH_TEXT>{operator::AMOUNT_MISMATCH}</Checkbox>
                {dynamic(move || {
                    let optional = mismatch.get();
                    let hint = if optional { operator::REASON_HINT_MISMATCH } else { operator::REASON_HINT };
                    view! { <TextArea name="reason" label=operator::REASON value=reason errors=errors hint=hint required=!optional limit=500 /> }
                })}
            </Stack>
        </Confirm>
    }
    .into_any()
}
