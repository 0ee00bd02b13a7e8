//! One session: its facts, its steps and, for the customer, what was changed in it.

use leptos::prelude::*;

use super::{
    follow,
    steps::{Chosen, buttons, step_dialog},
    written,
};
use crate::{
    api::{
        DateTime,
        maintenance::{self, MaintenanceSession},
        order::OrderParty,
        session::Person,
    },
    components::{
        facts::{Fact, fact, facts, text_fact, wide_fact},
        layout::{Card, Stack, link},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
    },
    format,
    i18n::{
        Text, live,
        texts::{maintenance as words, shell},
    },
    labels,
    load::{load, reload_while, show_steadily},
    pages::not_found,
    routes::{Customer, Portal},
};

/// Hours run out while the page stands open, and nobody tells of it.
const EVERY_MS: u32 = 30_000;

pub fn page(party: OrderParty, id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || maintenance::maintenance_session(id.clone()));
    let changed = Callback::new(move |()| found.reload());
    follow(party, changed);
    reload_while(found, EVERY_MS, Option::is_some);
    let chosen: Chosen = RwSignal::new(None);
    view! {
        {show_steadily(found, Skeleton::Page, move |session| match session {
            Some(session) => body(party, session, chosen),
            None => not_found::page(),
        })}
        {step_dialog(chosen, changed)}
    }
    .into_any()
}

fn body(party: OrderParty, session: MaintenanceSession, chosen: Chosen) -> AnyView {
    let name = session.application_name.clone();
    let title = Text::from(move || words::session_of(&name));
    let list = match party {
        OrderParty::Partner => Portal::Maintenance.address(),
        OrderParty::Customer => Customer::Maintenance.address(),
    };
    let actions = buttons(&session, false, chosen);
    let status = labels::state_badge(labels::maintenance(session.status));
    let facts = facts_of(party, &session);
    let written = (party == OrderParty::Customer && session.entered_at.is_some()).then(|| written::card(session.id));
    view! {
        <PageHeader title=title crumbs=vec![crumb(shell::NAV_MAINTENANCE, list)] status=status actions=actions />
        <Stack>
            <Card title=words::FACTS>{facts}</Card>
            {written}
        </Stack>
    }
    .into_any()
}

fn facts_of(party: OrderParty, session: &MaintenanceSession) -> AnyView {
    let order = session.order.id.inner().to_owned();
    let (other, order) = match party {
        OrderParty::Partner => (
            text_fact(words::CUSTOMER, &session.customer.name),
            Portal::Order(order).address(),
        ),
        OrderParty::Customer => (
            text_fact(words::PARTNER, &session.partner.name),
            Customer::Order(order).address(),
        ),
    };
    let application = match &session.instance {
        Some(app) => {
            let settings = Customer::AppSettings(app.id.inner().to_owned()).address();
            link(format!("{settings}?tab=maintenance"), session.application_name.clone())
        }
        None => session.application_name.clone().into_any(),
    };
    let hours = session.hours;
    let decided = session.decided_at.clone().map(|at| {
        let by = session.decided_by.clone();
        match by {
            Some(by) => by_fact(words::DECIDED, Some(by), at),
            None => fact(words::DECIDED, Text::from(words::AUTOMATIC).into_view_any()),
        }
    });
    let moment = |name: crate::i18n::Key, at: &Option<DateTime>| {
        at.clone()
            .map(|at| fact(name, live(move || format::date_time(&at)).into_view_any()))
    };
    let closed = session
        .closed_at
        .clone()
        .map(|at| by_fact(words::CLOSED, session.closed_by.clone(), at));
    let note = session.note.clone().map(|note| wide_fact(words::NOTE, note));
    let requested = session.requested_at.clone();
    let list = [
        fact(words::APPLICATION, application),
        fact(words::ORDER, link(order, session.order.number.clone())),
        other,
        text_fact(words::DEVELOPER, &session.requested_by.name),
        fact(
            words::REQUESTED_AT,
            live(move || format::date_time(&requested)).into_view_any(),
        ),
        fact(
            words::REQUESTED_HOURS,
            Text::from(move || words::hours(u64::from(hours.unsigned_abs()))).into_view_any(),
        ),
        wide_fact(words::REASON, session.reason.clone()),
    ];
    facts(
        list.into_iter()
            .chain(decided)
            .chain(moment(words::ENDS_AT, &session.ends_at))
            .chain(moment(words::ENTERED_AT, &session.entered_at))
            .chain(closed)
            .chain(note)
            .collect(),
    )
}

/// Who, where it was somebody, and when.
fn by_fact(name: crate::i18n::Key, by: Option<Person>, at: DateTime) -> Fact {
    let words = live(move || match &by {
        Some(by) => words::by_at(&by.name, &format::date_time(&at)),
        None => format::date_time(&at),
    });
    fact(name, words.into_view_any())
}
