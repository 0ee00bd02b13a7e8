//! One amendment in review: both versions of what changes, the amounts that its document names, the document itself, and
//! the decision.

use leptos::prelude::*;

use super::{
    decision::{ApproveDialog, RejectDialog, Subject},
    project::amounts,
    project_list::due,
};
use crate::{
    api::{
        amendment::{self, AmendedProject, Amendment, AmendmentAction, AmendmentStatus},
        project::AmountVerdict,
    },
    components::{
        button::{Button, Look},
        facts::{fact, facts, text_fact},
        file_preview::preview,
        icon::Icon,
        layout::{Card, Columns, code, link, muted},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
    },
    i18n::{
        Text,
        texts::{customer, operator, portal, shell},
    },
    labels,
    load::{Loaded, load, reload_while, show_steadily},
    pages::{
        not_found,
        portal::amendment::{facts_of, versions},
    },
    routes::Operator,
};

type Found = Loaded<Option<(Amendment, AmendedProject)>>;

/// How often the reading of the document is asked for while it runs.
const EVERY_MS: u32 = 3_000;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found: Found = load(move || amendment::reviewed_amendment(id.clone()));
    reload_while(found, EVERY_MS, |found| {
        let pending =
            |(amendment, _): &(Amendment, AmendedProject)| amendment.amount_check.verdict == AmountVerdict::Pending;
        found.as_ref().is_some_and(pending)
    });
    let (approving, rejecting) = (RwSignal::new(false), RwSignal::new(false));
    let decided = Callback::new(move |()| found.reload());
    show_steadily(found, Skeleton::Page, move |found| match found {
        Some((amendment, project)) => body(amendment, project, approving, rejecting, decided),
        None => not_found::page(),
    })
}

fn body(
    amendment: Amendment,
    project: AmendedProject,
    approving: RwSignal<bool>,
    rejecting: RwSignal<bool>,
    decided: Callback<()>,
) -> AnyView {
    let may = |action: AmendmentAction| amendment.available_actions.contains(&action);
    let (may_approve, may_reject) = (may(AmendmentAction::Approve), may(AmendmentAction::Reject));
    let actions = view! {
        {may_reject.then(|| view! { <Button label=operator::REJECT on_press=Callback::new(move |()| rejecting.set(true)) /> })}
        {may_approve.then(|| view! { <Button label=operator::APPROVE on_press=Callback::new(move |()| approving.set(true)) look=Look::Primary leading=Icon::Check /> })}
    };
    let waiting = (amendment.status == AmendmentStatus::InReview)
        .then(|| fact(operator::DUE, due(amendment.due_at.clone(), amendment.overdue)));
    let address = Operator::Project(project.id.inner().to_owned()).address();
    let applicant = facts(
        [
            fact(portal::PROJECT, link(address, project.name.clone())),
            text_fact(operator::PARTNER, &project.partner.name),
            fact(customer::CORP_ID, code(project.partner.corp_id.clone())),
            text_fact(portal::CUSTOMER, &project.customer_name),
        ]
        .into_iter()
        .chain(waiting)
        .collect(),
    );
    let number = amendment.number;
    let title = {
        let name = project.name.clone();
        Text::from(move || portal::amendment_of(&name, &number))
    };
    let check = &amendment.amount_check;
    let compared = amounts(&check.declared, Some(check), false);
    let document = amendment.file.clone().map_or_else(|| muted(operator::NO_FILE), preview);
    let (versions, reasons) = (versions(&amendment), facts_of(&amendment));
    let main = view! {
        <Card title=portal::WHAT_CHANGES>{versions}</Card>
        <Card title=portal::AMOUNT_CHECK>{compared}</Card>
        <Card title=portal::AMENDMENT_FILE>{document}</Card>
        <Card title=portal::FACTS>{reasons}</Card>
    };
    let side = view! { <Card title=operator::APPLICANT>{applicant}</Card> };
    let status = labels::state_badge(labels::amendment(amendment.status));
    let crumbs = vec![crumb(
        shell::NAV_REVIEW_PROJECTS,
        format!("{}?status=amendments", Operator::Projects.address()),
    )];
    let (id, name) = (amendment.id.clone(), project.name);
    view! {
        <PageHeader title=title crumbs=crumbs status=status actions=actions.into_any() />
        <Columns main=main.into_any() side=side.into_any() />
        <ApproveDialog open=approving subject=Subject::Amendment id=id.clone() name=name.clone() verdict=Some(amendment.amount_check.verdict) decided=decided />
        <RejectDialog open=rejecting subject=Subject::Amendment id=id name=name decided=decided />
    }
    .into_any()
}
