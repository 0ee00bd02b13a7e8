//! Deciding a project (D4) or an amendment: approving, and rejecting with a reason or because the amounts differ.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        Problem,
        amendment::{self, ReviewAmendmentInput},
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
        Key, Text,
        texts::{common, operator},
    },
};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Project,
    Amendment,
}

impl Subject {
    async fn decide(
        self,
        id: cynic::Id,
        decision: ReviewDecision,
        amount_mismatch: bool,
        reason: Option<String>,
    ) -> Result<(), Problem> {
        match self {
            Self::Project => {
                let input = ReviewProjectInput {
                    id,
                    decision,
                    amount_mismatch,
                    reason,
                };
                review::review_project(input).await.map(drop)
            }
            Self::Amendment => {
                let input = ReviewAmendmentInput {
                    id,
                    decision,
                    amount_mismatch,
                    reason,
                };
                amendment::review_amendment(input).await.map(drop)
            }
        }
    }

    /// What approving means, in a sentence and its consequences.
    fn approval(self) -> (Key, [Key; 2]) {
        match self {
            Self::Project => (
                operator::APPROVE_MEANS,
                [operator::APPROVE_LINKS, operator::APPROVE_FINAL],
            ),
            Self::Amendment => (
                operator::APPROVE_AMENDMENT_MEANS,
                [operator::APPROVE_AMENDMENT_VALUES, operator::APPROVE_AMENDMENT_BOTH],
            ),
        }
    }

    fn rejection(self) -> Key {
        match self {
            Self::Project => operator::REJECT_MEANS,
            Self::Amendment => operator::REJECT_AMENDMENT_MEANS,
        }
    }
}

/// Approves after naming what follows. `verdict` warns where the file says something else.
#[component]
pub fn ApproveDialog(
    open: RwSignal<bool>,
    subject: Subject,
    id: cynic::Id,
    name: String,
    verdict: Option<AmountVerdict>,
    decided: Callback<()>,
) -> AnyView {
    let submission = Submission::new();
    let confirm = Callback::new(move |()| {
        let work = subject.decide(id.clone(), ReviewDecision::Approve, false, None);
        submission.run(work, move |()| {
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
    let (means, consequences) = subject.approval();
    view! {
        <Confirm open=open title=Text::from(move || operator::approve_title(&name)) confirm=operator::APPROVE on_confirm=confirm busy=submission.busy problem=submission.problem>
            {warning.map(|warning| view! { <Alert level=Level::Warning title=warning /> })}
            {paragraph(means)}
            {bullets(consequences.map(|line| Text::from(line).into_view_any()).into())}
        </Confirm>
    }
    .into_any()
}

/// Rejects with a reason that the partner reads.
#[component]
pub fn RejectDialog(
    open: RwSignal<bool>,
    subject: Subject,
    id: cynic::Id,
    name: String,
    decided: Callback<()>,
) -> AnyView {
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
        let said = Some(said).filter(|said| !said.is_empty());
        let work = subject.decide(id.clone(), ReviewDecision::Reject, mismatch.get_untracked(), said);
        submission.run_form(errors, work, move |()| {
            toast(operator::REJECTED);
            let _ = open.try_set(false);
            decided.run(());
        });
    });
    view! {
        <Confirm open=open title=Text::from(move || operator::reject_title(&name)) confirm=operator::REJECT on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            <Stack>
                {paragraph(subject.rejection())}
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
