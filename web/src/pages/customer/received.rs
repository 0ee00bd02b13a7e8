//! What the service provider has sent into an application, newest first; replaced pages are rolled back from here (D16).

use leptos::prelude::*;

use crate::{
    api::page_delivery,
    components::{empty::Empty, icon::Icon, layout::Stack, skeleton::Skeleton},
    i18n::texts::customer,
    load::{load, show_steadily},
    pages::portal::delivery::delivery_card,
};

/// One card a delivery.
pub fn cards(id: cynic::Id) -> AnyView {
    let received = load(move || page_delivery::app_instance(id.clone()));
    let changed = Callback::new(move |()| received.reload());
    show_steadily(received, Skeleton::Page, move |found| {
        let order = found.and_then(|found| found.order);
        let deliveries = order.map(|order| order.deliveries).unwrap_or_default();
        if deliveries.is_empty() {
            return view! { <Empty picture=Icon::Send title=customer::NO_DELIVERIES hint=customer::NO_DELIVERIES_HINT /> }
                .into_any();
        }
        let cards: Vec<AnyView> = deliveries
            .into_iter()
            .map(|delivery| delivery_card(delivery, changed))
            .collect();
        view! { <Stack>{cards}</Stack> }.into_any()
    })
}
