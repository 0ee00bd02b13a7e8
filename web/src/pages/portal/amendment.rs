//! Amendments of a project as its creator and a reviewer read them: both versions of what changes, the document, what was
//! decided. The creator takes one back while it is in review.

use leptos::prelude::*;

use super::project_detail;
use crate::{
    api::amendment::{
        self, AmendedField, Amendment, AmendmentAction, AmendmentActionInput, AmendmentStatus, AmendmentTerms,
    },
    components::{
        button::Button,
        dialog::Confirm,
        facts::{fact, facts, text_fact, wide_fact},
        file_drop::file_link,
        layout::{Card, Row, Stack, muted, paragraph},
        table::{Table, column},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{Text, live, texts::portal},
    labels,
};

/// A card for each amendment of the project, newest first. `changed` runs when one was taken back.
pub fn cards(amendments: &[Amendment], changed: Callback<()>) -> AnyView {
    let cards: Vec<AnyView> = amendments
        .iter()
        .map(|amendment| {
            let number = amendment.number;
            let title = Text::from(move || portal::amendment_number(&number));
            let badge = labels::state_badge(labels::amendment(amendment.status));
            let withdraw = amendment
                .available_actions
                .contains(&AmendmentAction::Withdraw)
                .then(|| view! { <Withdraw id=amendment.id.clone() changed=changed /> });
            let check = (amendment.status == AmendmentStatus::InReview)
                .then(|| project_detail::amount_check(&amendment.amount_check, portal::AMENDMENT_AMOUNTS));
            let (versions, facts) = (versions(amendment), facts_of(amendment));
            view! { <Card title=title aside=badge><Stack>{versions}{facts}{check}{withdraw}</Stack></Card> }.into_any()
        })
        .collect();
    cards.into_any()
}

/// What changes: before and after beside each other.
pub fn versions(amendment: &Amendment) -> AnyView {
    let rows = amendment
        .changes
        .iter()
        .map(|field| {
            vec![
                Text::from(labels::amended_field(*field)).into_view_any(),
                value(*field, &amendment.before),
                value(*field, &amendment.proposed),
            ]
        })
        .collect();
    let columns = vec![column(portal::AMENDED), column(portal::BEFORE), column(portal::AFTER)];
    view! { <Table label=portal::WHAT_CHANGES columns=columns rows=rows inside=true /> }.into_any()
}

fn value(field: AmendedField, terms: &AmendmentTerms) -> AnyView {
    match field {
        AmendedField::Amount => format::money(&terms.contract_amount).into_any(),
        AmendedField::EndOn => {
            let day = terms.end_on.clone();
            live(move || format::day(&day)).into_view_any()
        }
        AmendedField::Description if terms.description.is_empty() => muted("—"),
        AmendedField::Description => paragraph(terms.description.clone()),
    }
}

/// Who proposed it and why, with which document, and what came of it.
pub fn facts_of(amendment: &Amendment) -> AnyView {
    let proposed = amendment.proposed_at.clone();
    let file = amendment.file.clone().map_or_else(|| muted("—"), file_link);
    let file = view! { {muted(labels::contract_kind(amendment.file_kind))}{file} }.into_any();
    let decided = amendment
        .decided_at
        .clone()
        .map(|at| fact(portal::DECIDED_AT, live(move || format::date_time(&at)).into_view_any()));
    let outcome = amendment
        .decision_reason
        .clone()
        .map(|reason| wide_fact(portal::DECISION_REASON, reason));
    let list = [
        text_fact(portal::PROPOSED_BY, &amendment.proposed_by.name),
        fact(
            portal::PROPOSED_AT,
            live(move || format::date_time(&proposed)).into_view_any(),
        ),
        wide_fact(portal::AMENDMENT_REASON, amendment.reason.clone()),
        wide_fact(portal::AMENDMENT_FILE, file),
    ];
    facts(list.into_iter().chain(decided).chain(outcome).collect())
}

#[component]
fn Withdraw(id: cynic::Id, changed: Callback<()>) -> AnyView {
    let asking = RwSignal::new(false);
    let submission = Submission::new();
    let confirm = Callback::new(move |()| {
        let input = AmendmentActionInput { id: id.clone() };
        submission.run(amendment::withdraw_amendment(input), move |_| {
            toast(portal::AMENDMENT_WITHDRAWN);
            let _ = asking.try_set(false);
            changed.run(());
        });
    });
    view! {
        <Row end=true><Button label=portal::WITHDRAW_AMENDMENT on_press=Callback::new(move |()| asking.set(true)) /></Row>
        <Confirm open=asking title=portal::WITHDRAW_AMENDMENT confirm=portal::WITHDRAW_AMENDMENT on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            {paragraph(portal::WITHDRAW_AMENDMENT_EFFECT)}
        </Confirm>
    }
    .into_any()
}
