//! Everything that happened to an order (D20), newest first, a page at a time: the same for partner, customer and reviewer.

use leptos::prelude::*;

use crate::{
    api::{
        order_event::{self, OrderEvent},
        page::Window,
    },
    components::{
        layout::{Card, Stack},
        pagination::Pagination,
        skeleton::Skeleton,
        timeline::{Event, timeline},
    },
    format,
    i18n::{live, texts::portal},
    load::{load, show},
};

/// The timeline of an order on a card of its own; which part of it stands in the address.
pub fn card(order: cynic::Id) -> AnyView {
    let steps = load(move || order_event::timeline(order.clone(), Window::of_address()));
    let shown = show(steps, Skeleton::Rows(4), |page| {
        let Some(page) = page else { return ().into_any() };
        let position = page.page_info.position(page.total_count);
        let events = timeline(page.nodes.into_iter().map(event).collect());
        view! { <Stack>{events}<Pagination position=position /></Stack> }.into_any()
    });
    view! { <Card title=portal::ORDER_TIMELINE>{shown}</Card> }.into_any()
}

fn event(step: OrderEvent) -> Event {
    let by = match (step.by, step.organization) {
        (Some(person), Some(organization)) => Some(format!("{} · {}", person.name, organization.name)),
        (Some(person), None) => Some(person.name),
        (None, _) => None,
    };
    Event {
        at: live(move || format::date_time(&step.at)),
        what: step.title.into(),
        by,
        note: Some(step.details.join("\n")),
    }
}
