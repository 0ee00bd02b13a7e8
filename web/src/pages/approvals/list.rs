//! One box of approvals: each review with its party, where it stands and until when it is due, and the way to its own screen.

use leptos::prelude::*;

use super::Side;
use crate::{
    api::{
        DateTime,
        approval::{self, Approval, ApprovalBox, ApprovalKind, ApprovalState},
        page::Window,
    },
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Row, link, muted, one_line, two_lines},
        paged_list::{PagedList, paged_list},
        table::column,
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{approvals as words, operator, portal, shell},
    },
    labels,
    load::{load, reload_while},
    routes::{Operator, Portal},
};

/// Others work while the list stands open.
const EVERY_MS: u32 = 20_000;

pub fn list(side: Side, chosen: Memo<ApprovalBox>) -> AnyView {
    // The words by which forms are searched stand in the address as well, and move nothing here.
    let window = Memo::new(|_| Window::of_address());
    let list = load(move || {
        let window = window.get();
        approval::approvals(window.first, window.after, window.last, window.before, chosen.get())
    });
    reload_while(list, EVERY_MS, |_| true);
    dynamic(move || frame(side, chosen.get()).show_steadily(list, move |approval| row(side, approval)))
}

/// Its columns, and what stands there while nothing does.
fn frame(side: Side, which: ApprovalBox) -> PagedList {
    let (picture, title, hint) = match which {
        ApprovalBox::ToDecide => (Icon::Check, words::NONE_TO_DECIDE, words::NONE_TO_DECIDE_HINT),
        ApprovalBox::Started => (Icon::File, words::NONE_STARTED, words::NONE_STARTED_HINT),
        ApprovalBox::Decided => (Icon::File, words::NONE_DECIDED, words::NONE_DECIDED_HINT),
    };
    let nothing = move || view! { <Empty picture=picture title=title hint=hint /> }.into_any();
    let party = match side {
        Side::Partner => words::SUBMITTED_BY,
        Side::Deciding => operator::PARTNER,
    };
    let columns = vec![
        column(words::REVIEW),
        column(party),
        column(portal::SUBMITTED_AT),
        column(portal::STATUS),
        column(words::DECISION),
    ];
    paged_list(shell::NAV_APPROVALS, columns, nothing)
}

fn row(side: Side, approval: Approval) -> Vec<AnyView> {
    let href = address(side, &approval);
    let by = approval.submitted_by.map_or_else(String::new, |person| person.name);
    let party = match side {
        Side::Partner => by.into_any(),
        Side::Deciding => two_lines(approval.partner.name.into_any(), muted(by)),
    };
    let submitted = approval.submitted_at;
    let decision = match (approval.decided_at, approval.due_at) {
        (Some(at), _) => decided(at, approval.decided_by.map(|person| person.name)),
        (None, Some(at)) => due(at, approval.overdue),
        (None, None) => muted("—"),
    };
    vec![
        two_lines(link(href, approval.title), muted(kind(approval.kind))),
        party,
        one_line(live(move || format::date_time(&submitted))),
        labels::state_badge(state(approval.state)),
        decision,
    ]
}

/// The screen of the review: where it is decided, or where its partner sees to it.
fn address(side: Side, approval: &Approval) -> String {
    let (id, subject) = (approval.id.inner().to_owned(), approval.subject_id.inner().to_owned());
    match (side, approval.kind) {
        (Side::Deciding, ApprovalKind::Permission) => Operator::Permission(subject).address(),
        (Side::Deciding, ApprovalKind::Project) => Operator::Project(subject).address(),
        (Side::Deciding, ApprovalKind::Amendment) => Operator::Amendment(id).address(),
        (Side::Deciding, ApprovalKind::Product | ApprovalKind::Delisting) => Operator::Product(subject).address(),
        (Side::Deciding, ApprovalKind::CoolApp) => Operator::CoolApp(subject).address(),
        (Side::Partner, ApprovalKind::Permission) => Portal::Permission.address(),
        (Side::Partner, ApprovalKind::Project | ApprovalKind::Amendment) => Portal::Project(subject).address(),
        (Side::Partner, ApprovalKind::Product | ApprovalKind::Delisting) => Portal::Product(subject).address(),
        (Side::Partner, ApprovalKind::CoolApp) => Portal::CoolApp(subject).address(),
    }
}

fn kind(kind: ApprovalKind) -> Key {
    match kind {
        ApprovalKind::Permission => words::KIND_PERMISSION,
        ApprovalKind::Project => words::KIND_PROJECT,
        ApprovalKind::Amendment => words::KIND_AMENDMENT,
        ApprovalKind::Product => words::KIND_PRODUCT,
        ApprovalKind::Delisting => words::KIND_DELISTING,
        ApprovalKind::CoolApp => words::KIND_COOL_APP,
    }
}

fn state(state: ApprovalState) -> (Tone, Key) {
    match state {
        ApprovalState::Waiting => (Tone::Active, words::WAITING),
        ApprovalState::Approved => (Tone::Good, words::APPROVED),
        ApprovalState::Rejected => (Tone::Bad, words::REJECTED),
    }
}

/// How long yet, and when exactly.
fn due(at: DateTime, overdue: bool) -> AnyView {
    let exact = at.clone();
    let relative = live(move || portal::review_due(&format::relative(&at)));
    let first = match overdue {
        true => view! { <Row>{badge(Tone::Bad, operator::OVERDUE)}{muted(relative)}</Row> }.into_any(),
        false => relative.into_view_any(),
    };
    two_lines(first, live(move || format::date_time(&exact)).into_view_any())
}

fn decided(at: DateTime, by: Option<String>) -> AnyView {
    let when = Text::from(move || format::date_time(&at));
    match by {
        Some(person) => two_lines(person.into_any(), when.into_view_any()),
        None => one_line(when),
    }
}
