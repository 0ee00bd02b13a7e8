//! What a partner's developer changed in a session, as the customer's audit log has it.

use leptos::prelude::*;

use crate::{
    api::{
        audit::{self, AuditEntry},
        page::{Page, Window},
    },
    components::{
        layout::{Card, Stack, muted},
        pagination::Pagination,
        skeleton::Skeleton,
        timeline::{Event, timeline},
    },
    format,
    i18n::{Text, live, texts::maintenance as words},
    load::{load, show},
    pages::audit_action,
};

/// The changes on a card of their own; which part of them stands in the address.
pub fn card(session: cynic::Id) -> AnyView {
    let entries = load(move || {
        let window = Window::of_address();
        audit::session_entries(session.clone(), window)
    });
    let shown = show(entries, Skeleton::Rows(3), |page| {
        let (entries, position) = page.into_rows();
        if entries.is_empty() {
            return muted(words::WRITTEN_EMPTY);
        }
        let events = timeline(entries.into_iter().map(event).collect());
        view! { <Stack>{events}<Pagination position=position /></Stack> }.into_any()
    });
    view! { <Card title=words::WRITTEN>{shown}</Card> }.into_any()
}

fn event(entry: AuditEntry) -> Event {
    let at = entry.at;
    let what = match audit_action::words(&entry.action) {
        Some(words) => Text::from(words),
        None => entry.action.into(),
    };
    Event {
        at: live(move || format::date_time(&at)),
        what,
        by: Some(entry.actor_label),
        note: Some(entry.object_label),
    }
}
