//! Remote maintenance (D31), for the partner that asks and the customer that decides: lists of sessions, one session, and the
//! parts of it that other pages show.

pub(super) mod app_sessions;
mod list;
pub(super) mod order_sessions;
mod session;
mod steps;
mod written;

use std::cell::Cell;

use leptos::prelude::*;

use crate::{
    api::{
        live::{self, Update},
        maintenance::{self, MaintenancePage, MaintenanceSession},
        order::OrderParty,
    },
    components::{
        layout::{RowActions, link, muted, two_lines},
        table::{Table, action_column, column},
    },
    format,
    i18n::{Key, Text, live, texts::maintenance as words},
    labels,
    routes::{Customer, Portal},
};

use steps::Chosen;

pub use list::page as list;
pub use session::page as session;

/// Runs `changed` whenever a session of this side moves, for as long as the part of the screen that asked.
fn follow(party: OrderParty, changed: Callback<()>) {
    // The first value is what stands on the screen already.
    let known = Cell::new(false);
    live::while_shown(maintenance::maintenance_changed(party, move |update| match update {
        Update::Value(_) if known.replace(true) => changed.run(()),
        Update::Value(_) | Update::Complete | Update::Interrupted => {}
    }));
}

fn address(party: OrderParty, id: &cynic::Id) -> String {
    let id = id.inner().to_owned();
    match party {
        OrderParty::Partner => Portal::MaintenanceSession(id).address(),
        OrderParty::Customer => Customer::MaintenanceSession(id).address(),
    }
}

/// The state, with when the hours end or how many were asked for.
fn state_cell(session: &MaintenanceSession) -> AnyView {
    let state = labels::state_badge(labels::maintenance(session.status));
    let (end, hours) = (session.ends_at.clone(), session.hours);
    let line = match end.filter(|_| session.status.runs()) {
        Some(end) => live(move || words::until(&format::date_time(&end))),
        None => Text::from(move || words::hours(u64::from(hours.unsigned_abs()))),
    };
    two_lines(state, line.into_view_any())
}

/// The newest sessions of one order or application on a card, with their steps; `none` where there are none.
fn rows(party: OrderParty, page: MaintenancePage, chosen: Chosen, none: Key) -> AnyView {
    if page.nodes.is_empty() {
        return muted(none);
    }
    let rows = page
        .nodes
        .into_iter()
        .map(|session| row(party, session, chosen))
        .collect();
    let columns = vec![
        column(words::DEVELOPER),
        column(words::REASON),
        column(words::STATE),
        action_column(),
    ];
    view! { <Table label=words::CARD columns=columns rows=rows inside=true /> }.into_any()
}

fn row(party: OrderParty, session: MaintenanceSession, chosen: Chosen) -> Vec<AnyView> {
    let steps = steps::buttons(&session, true, chosen);
    vec![
        developer_cell(&session),
        link(address(party, &session.id), session.reason.clone()),
        state_cell(&session),
        view! { <RowActions>{steps}</RowActions> }.into_any(),
    ]
}

/// The developer, with when they asked.
fn developer_cell(session: &MaintenanceSession) -> AnyView {
    let asked = session.requested_at.clone();
    two_lines(
        session.requested_by.name.clone().into_any(),
        live(move || format::date_time(&asked)).into_view_any(),
    )
}
