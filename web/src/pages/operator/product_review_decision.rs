//! The decision about a revision (L6): approve, reject, or send back, with a reason for the whole and the remarks that were
//! written beside fields. A refusal of the server keeps all of it.

use leptos::prelude::*;

use super::{
    product_review_content::Remarks,
    product_review_words::{anchor, label_of},
};
use crate::{
    api::product_review::{self, FieldReasonInput, ProductDecision, ReviewProductInput},
    browser,
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dynamic::dynamic,
        field::{RadioGroup, TextArea, choice},
        layout::{Card, Row, Stack, focusable, subheading},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{Key, Text, texts::reviews},
    navigation,
};

/// Where the page's button leads.
pub const DECISION: &str = "decision";

/// What the reviewer has decided and written so far. Copies are handles of the same.
#[derive(Clone, Copy)]
pub struct Decision {
    choice: RwSignal<String>,
    reason: RwSignal<String>,
    pub remarks: Remarks,
    errors: Errors,
    submission: Submission,
}

impl Decision {
    pub fn new() -> Self {
        let decision = Self {
            choice: RwSignal::new(String::new()),
            reason: RwSignal::new(String::new()),
            remarks: RwSignal::default(),
            errors: Errors::new(),
            submission: Submission::new(),
        };
        Effect::new(move |_| {
            let written = decision.reason.with(|reason| !reason.trim().is_empty());
            navigation::set_dirty(written || decision.remarks.with(|remarks| !remarks.is_empty()));
        });
        decision
    }

    fn chosen(self) -> Option<ProductDecision> {
        match self.choice.get().as_str() {
            "APPROVE" => Some(ProductDecision::Approve),
            "SEND_BACK" => Some(ProductDecision::SendBack),
            "REJECT" => Some(ProductDecision::Reject),
            _ => None,
        }
    }

    /// What is sent; nothing where something is missing, which then stands beside its field.
    fn input(self, revision_id: cynic::Id) -> Option<ReviewProductInput> {
        let wrong = |name: &str, message: Key| {
            self.errors.set(vec![FieldError {
                name: name.to_owned(),
                message: message.into(),
            }]);
        };
        let Some(decision) = untrack(move || self.chosen()) else {
            wrong("decision", reviews::DECISION_REQUIRED);
            return None;
        };
        let reason = self.reason.get_untracked().trim().to_owned();
        let remarks = self.remarks.get_untracked();
        let approves = decision == ProductDecision::Approve;
        if !approves && reason.is_empty() && remarks.is_empty() {
            wrong("reason", reviews::REASON_REQUIRED);
            return None;
        }
        let field = |(path, reason)| FieldReasonInput { path, reason };
        Some(ReviewProductInput {
            revision_id,
            decision,
            reason: Some(reason).filter(|reason| !reason.is_empty()),
            field_reasons: remarks.into_iter().filter(|_| !approves).map(field).collect(),
        })
    }

    fn forget(self) {
        self.choice.set(String::new());
        self.reason.set(String::new());
        self.remarks.set(Default::default());
    }
}

/// The form. `first_of_two` tells that an approval is not the last word.
pub fn decision_card(decision: Decision, revision: cynic::Id, first_of_two: bool, decided: Callback<()>) -> AnyView {
    let Decision { errors, submission, .. } = decision;
    let send = Callback::new(move |()| {
        let Some(input) = decision.input(revision.clone()) else {
            return;
        };
        let said = match (input.decision, first_of_two) {
            (ProductDecision::Approve, true) => reviews::FIRST_APPROVAL_GIVEN,
            (ProductDecision::Approve, false) => reviews::APPROVED,
            (ProductDecision::SendBack, _) => reviews::SENT_BACK,
            (ProductDecision::Reject, _) => reviews::REJECTED,
        };
        submission.run_form(errors, product_review::review_product(input), move |_| {
            toast(said);
            decision.forget();
            decided.run(());
        });
    });
    let approve_hint = match first_of_two {
        true => reviews::APPROVE_FIRST_HINT,
        false => reviews::APPROVE_HINT,
    };
    let choices = vec![
        choice("APPROVE", reviews::APPROVE).hint(approve_hint),
        choice("SEND_BACK", reviews::SEND_BACK).hint(reviews::SEND_BACK_HINT),
        choice("REJECT", reviews::REJECT).hint(reviews::REJECT_HINT),
    ];
    let form = view! {
        <Card title=reviews::DECISION>
            <Stack>
                <RadioGroup name="decision" label=reviews::DECISION_LABEL value=decision.choice errors=errors required=true choices=choices />
                {written(decision)}
                {reason(decision)}
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <Row end=true>
                    {dynamic(move || {
                        let (label, look) = match decision.chosen() {
                            Some(ProductDecision::Approve) => (reviews::APPROVE, Look::Primary),
                            Some(ProductDecision::SendBack) => (reviews::SEND_BACK, Look::Primary),
                            Some(ProductDecision::Reject) => (reviews::REJECT, Look::Danger),
                            None => (reviews::DECIDE, Look::Primary),
                        };
                        view! { <Button label=label on_press=send look=look busy=submission.busy /> }
                    })}
                </Row>
            </Stack>
        </Card>
    };
    focusable(DECISION, form.into_any())
}

/// The remarks, each with the way to its field; an approval does not take them along.
fn written(decision: Decision) -> AnyView {
    let paths = Memo::new(move |_| {
        decision
            .remarks
            .with(|remarks| remarks.keys().cloned().collect::<Vec<_>>())
    });
    dynamic(move || {
        let paths = paths.get();
        if paths.is_empty() {
            return None;
        }
        let lost = (decision.chosen() == Some(ProductDecision::Approve)).then(|| {
            view! { <Alert level=Level::Warning title=reviews::REMARKS_LOST><p>{reviews::REMARKS_LOST_HINT}</p></Alert> }
        });
        let links: Vec<AnyView> = paths
            .into_iter()
            .map(|path| {
                let label = label_of(&path);
                let key = path.strip_prefix("content.").unwrap_or(&path).to_owned();
                let go = Callback::new(move |()| browser::focus(&anchor(&key)));
                view! { <Button label=label on_press=go small=true /> }.into_any()
            })
            .collect();
        Some(view! {
            <div>
                {subheading(reviews::REMARKS)}
                <Row>{links}</Row>
            </div>
            {lost}
        })
    })
}

fn reason(decision: Decision) -> AnyView {
    let label: Text = reviews::REASON.into();
    let remarked = Memo::new(move |_| decision.remarks.with(|remarks| !remarks.is_empty()));
    dynamic(move || {
        let chosen = decision.chosen();
        let remarked = remarked.get();
        let (hint, required) = match chosen {
            Some(ProductDecision::Approve) => (reviews::REASON_APPROVE_HINT, false),
            Some(_) if remarked => (reviews::REASON_REMARKED_HINT, false),
            Some(_) => (reviews::REASON_HINT, true),
            None => (reviews::REASON_LATER_HINT, false),
        };
        view! { <TextArea name="reason" label=label.clone() value=decision.reason errors=decision.errors hint=hint required=required limit=1000 /> }
    })
}

/// What stands there for whoever approved first: somebody else has the next word.
pub fn waits_for_another() -> AnyView {
    view! { <Alert level=Level::Info title=reviews::WAITS_FOR_ANOTHER><p>{reviews::WAITS_FOR_ANOTHER_HINT}</p></Alert> }
        .into_any()
}

/// Who approved first, for the second.
pub fn approved_first(name: String) -> AnyView {
    let title = Text::from(move || reviews::approved_first(&name));
    view! { <Alert level=Level::Info title=title><p>{reviews::APPROVED_FIRST_HINT}</p></Alert> }.into_any()
}

/// That a category wants two people, before the first decides.
pub fn needs_two() -> AnyView {
    view! { <Alert level=Level::Info title=reviews::NEEDS_TWO><p>{reviews::NEEDS_TWO_HINT}</p></Alert> }.into_any()
}

/// The word of the page's button.
pub fn to_decision() -> AnyView {
    let go = Callback::new(move |()| browser::focus(DECISION));
    view! { <Button label=reviews::TO_DECISION on_press=go look=Look::Primary /> }.into_any()
}
