//! One project in review: the declared amount beside what the contract file says, the file itself, every fact, what
//! happened so far, and the decision.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{
    decision::{ApproveDialog, RejectDialog, Subject},
    project_list::due,
};
use crate::{
    api::{
        Money,
        project::{AmountCheck, AmountVerdict, ProjectAction, ProjectDetail, ProjectStatus},
        review::{self, ReviewedProject},
    },
    components::{
        alert::{Alert, Level},
        badge::{Tone, badge},
        button::{Button, ButtonLink, Look},
        facts::{fact, facts, text_fact, wide_fact},
        file_preview::preview,
        icon::Icon,
        layout::{Card, Columns, Row, Stack, bullets, code, muted, two_lines},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
    },
    format,
    i18n::{
        Key, Text,
        texts::{customer, operator, portal, shell},
    },
    labels,
    load::{Loaded, load, reload_while, show_steadily},
    pages::{
        not_found,
        portal::{amendment, project_detail},
    },
    routes::Operator,
};

type Found = Loaded<Option<ReviewedProject>>;

/// How often the reading of the contract file is asked for while it runs.
const EVERY_MS: u32 = 3_000;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let found: Found = load(move || review::reviewed_project(asked.clone()));
    reload_while(found, EVERY_MS, |found| {
        let check = found
            .as_ref()
            .and_then(|found| found.project.detail.as_ref()?.amount_check.as_ref());
        check.is_some_and(|check| check.verdict == AmountVerdict::Pending)
    });
    let next = RwSignal::new(None::<Next>);
    let (approving, rejecting) = (RwSignal::new(false), RwSignal::new(false));
    let decided = Callback::new(move |()| {
        found.reload();
        find_next(id.clone(), next);
    });
    view! {
        {move || next.get().map(next_panel)}
        {show_steadily(found, Skeleton::Page, move |found| match found {
            Some(found) => body(found, approving, rejecting, decided),
            None => not_found::page(),
        })}
    }
    .into_any()
}

/// What follows in the queue after a decision.
#[derive(Clone)]
enum Next {
    Project(cynic::Id, String),
    Nothing,
}

fn find_next(decided: cynic::Id, next: RwSignal<Option<Next>>) {
    wasm_bindgen_futures::spawn_local(async move {
        let queue = review::projects(Some(2), None, None, None, Some(ProjectStatus::InReview), None).await;
        // Without an answer the way back to the queue is still there.
        let Ok(queue) = queue else { return };
        let following = queue.nodes.into_iter().find(|project| project.id != decided);
        let _ = next.try_set(Some(match following {
            Some(project) => Next::Project(project.id, project.name),
            None => Next::Nothing,
        }));
    });
}

fn next_panel(next: Next) -> AnyView {
    match next {
        Next::Project(id, name) => view! {
            <Stack>
                <Alert level=Level::Good title=operator::DECIDED>
                    <p>{dynamic(move || operator::next_is(&name))}</p>
                    <Row>
                        <ButtonLink label=operator::NEXT_PROJECT href=Operator::Project(id.into_inner()).address() small=true look=Look::Primary />
                        <ButtonLink label=operator::BACK_TO_QUEUE href=Operator::Projects.address() small=true />
                    </Row>
                </Alert>
                <span></span>
            </Stack>
        }
        .into_any(),
        Next::Nothing => view! {
            <Stack>
                <Alert level=Level::Good title=operator::DECIDED>
                    <p>{operator::QUEUE_EMPTY}</p>
                    <Row><ButtonLink label=operator::BACK_TO_QUEUE href=Operator::Projects.address() small=true /></Row>
                </Alert>
                <span></span>
            </Stack>
        }
        .into_any(),
    }
}

fn body(
    found: ReviewedProject,
    approving: RwSignal<bool>,
    rejecting: RwSignal<bool>,
    decided: Callback<()>,
) -> AnyView {
    let ReviewedProject { project, partner } = found;
    let may = |action: ProjectAction| project.may(action);
    let (may_approve, may_reject) = (may(ProjectAction::Approve), may(ProjectAction::Reject));
    let actions = view! {
        {may_reject.then(|| view! { <Button label=operator::REJECT on_press=Callback::new(move |()| rejecting.set(true)) /> })}
        {may_approve.then(|| view! { <Button label=operator::APPROVE on_press=Callback::new(move |()| approving.set(true)) look=Look::Primary leading=Icon::Check /> })}
    };
    let status = labels::state_badge(labels::project(project.status));
    let waiting = project.status == ProjectStatus::InReview;
    let when = project
        .due_at
        .clone()
        .filter(|_| waiting)
        .map(|at| fact(operator::DUE, due(at, project.overdue)));
    let partner_facts = facts(
        [
            text_fact(operator::PARTNER, &partner.name),
            fact(customer::CORP_ID, code(partner.corp_id)),
            text_fact(portal::CREATOR, &project.creator.name),
        ]
        .into_iter()
        .chain(when)
        .collect(),
    );
    let outcome = outcome(&project.decision_reason, project.status);
    let main = match &project.detail {
        Some(detail) => {
            let amounts = amounts_of(detail);
            let file = detail.contract_file.clone().map(preview);
            let facts = project_detail::review_cards(&project, detail);
            let amendments = amendment::cards(&detail.amendments, decided);
            view! {
                {outcome}
                {amendments}
                <Card title=portal::AMOUNT_CHECK>{amounts}</Card>
                <Card title=portal::CONTRACT_FILE>{file.unwrap_or_else(|| muted(operator::NO_FILE))}</Card>
                {facts}
            }
            .into_any()
        }
        None => view! { <Alert level=Level::Info title=portal::DETAIL_CLOSED /> }.into_any(),
    };
    let events = project_detail::side(&project);
    let side = view! { <Card title=operator::APPLICANT>{partner_facts}</Card>{events} }.into_any();
    let verdict = project
        .detail
        .as_ref()
        .and_then(|detail| detail.amount_check.as_ref())
        .map(|check| check.verdict);
    view! {
        <PageHeader title=project.name.clone() crumbs=vec![crumb(shell::NAV_REVIEW_PROJECTS, Operator::Projects.address())] status=status actions=actions.into_any() />
        <Columns main=main side=side />
        <ApproveDialog open=approving subject=Subject::Project id=project.id.clone() name=project.name.clone() verdict=verdict decided=decided />
        <RejectDialog open=rejecting subject=Subject::Project id=project.id name=project.name decided=decided />
    }
    .into_any()
}

fn outcome(reason: &Option<String>, status: ProjectStatus) -> Option<AnyView> {
    let reason = reason.clone().filter(|reason| !reason.is_empty())?;
    (status == ProjectStatus::Rejected).then(|| {
        view! { <Alert level=Level::Error title=portal::REJECTED_TITLE><p>{dynamic(move || portal::reason_is(&reason))}</p></Alert> }.into_any()
    })
}

fn amounts_of(detail: &ProjectDetail) -> AnyView {
    // The contract was declared with the amount of the submission, which an amendment may have changed since.
    let declared = detail.amount_check.as_ref().map(|check| &check.declared);
    match declared.or(detail.contract_amount.as_ref()) {
        Some(declared) => amounts(declared, detail.amount_check.as_ref(), detail.part_of_larger_contract),
        None => muted("—"),
    }
}

/// D2: the declared amount beside those in the file, and what the comparison means. It decides nothing.
pub fn amounts(declared: &Money, check: Option<&AmountCheck>, part_of_larger: bool) -> AnyView {
    let declared = format::money(declared);
    let Some(check) = check else {
        return facts(vec![
            text_fact(operator::DECLARED, &declared),
            wide_fact(operator::FOUND, muted(operator::NOT_READ)),
        ]);
    };
    let (level, title, hint) = explained(check.verdict);
    let part = part_of_larger
        .then(|| view! { <Alert level=Level::Info title=operator::PART_OF_LARGER><p>{operator::PART_OF_LARGER_HINT}</p></Alert> });
    let found = found_list(check);
    let comparison = facts(vec![fact(operator::DECLARED, declared), fact(operator::FOUND, found)]);
    view! {
        <Stack>
            {comparison}
            <Alert level=level title=title><p>{hint}</p></Alert>
            {part}
            {muted(portal::AMOUNT_CHECK_HINT)}
        </Stack>
    }
    .into_any()
}

fn explained(verdict: AmountVerdict) -> (Level, Text, Key) {
    let title = Text::from(labels::verdict(verdict).1);
    match verdict {
        AmountVerdict::Match => (Level::Good, title, operator::MATCH_HINT),
        AmountVerdict::Mismatch => (Level::Warning, title, operator::MISMATCH_HINT),
        AmountVerdict::Unreadable => (Level::Info, title, operator::UNREADABLE_HINT),
        AmountVerdict::Pending => (Level::Info, title, operator::PENDING_HINT),
    }
}

/// The found amounts with the words of the document; those equal to the declared one are named so.
fn found_list(check: &AmountCheck) -> AnyView {
    if check.found.is_empty() {
        return muted(operator::NOTHING_FOUND);
    }
    let items = check
        .found
        .iter()
        .map(|found| {
            let equal = (found.amount == check.declared).then(|| badge(Tone::Good, operator::SAME_AMOUNT));
            let amount = format::money(&found.amount);
            let amount = view! { <Row>{amount}{equal}</Row> }.into_any();
            two_lines(amount, found.text.clone().into_any())
        })
        .collect();
    bullets(items)
}
