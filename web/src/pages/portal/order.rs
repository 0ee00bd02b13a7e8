//! One order (D20): its facts, its states, and every delivery with its items and reasons.

use leptos::prelude::*;

use super::{delivery::delivery_card, send::SendDialog};
use crate::{
    api::order::{self, Order, OrderAction, SendStatus},
    components::{
        button::{Button, Look},
        empty::Empty,
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Stack, code, link},
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    format,
    i18n::{Text, live, texts::portal},
    labels,
    load::{Loaded, load, show},
    pages::not_found,
    routes::Portal,
};

type Found = Option<Order>;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || order::order(id.clone()));
    let sending = RwSignal::new(false);
    show(found, Skeleton::Page, move |order| match order {
        Some(order) => body(found, order, sending),
        None => not_found::page(),
    })
}

fn body(found: Loaded<Found>, order: Order, sending: RwSignal<bool>) -> AnyView {
    let changed = Callback::new(move |()| found.reload());
    let send = order.available_actions.contains(&OrderAction::SendApplication).then(|| {
        view! { <Button label=portal::SEND_APPLICATION on_press=Callback::new(move |()| sending.set(true)) look=Look::Primary leading=Icon::Send /> }
    });
    let title = format!("{} · {}", order.customer.name, order.application_name);
    let side = summary(&order);
    let main = if order.deliveries.is_empty() {
        view! { <Empty picture=Icon::Send title=portal::NOT_SENT_YET hint=portal::NOT_SENT_YET_HINT /> }.into_any()
    } else {
        let cards: Vec<AnyView> = order
            .deliveries
            .into_iter()
            .map(|delivery| delivery_card(delivery, changed))
            .collect();
        view! { <Stack>{cards}</Stack> }.into_any()
    };
    let status = labels::state_badge(labels::send(order.app_status));
    view! {
        <PageHeader title=title crumbs=vec![super::orders_crumb()] status=status actions=send.into_any() />
        <Columns main=main side=side />
        <SendDialog open=sending order_id=order.id application=order.application_name customer=order.customer.name sent=changed />
    }
    .into_any()
}

fn summary(order: &Order) -> AnyView {
    let ordered = order.created_at.clone();
    let arrived = order.app_status == SendStatus::Succeeded;
    let edit = match (arrived, order.full_edit_permission) {
        (false, _) => Text::from("—"),
        (true, true) => portal::EDIT_ALL.into(),
        (true, false) => portal::EDIT_LIMITED.into(),
    };
    let application = match &order.application {
        Some(application) => link(
            Portal::Application(application.id.inner().to_owned()).address(),
            order.application_name.clone(),
        ),
        None => order.application_name.clone().into_any(),
    };
    let project = order.project.as_ref().map_or_else(
        || "—".into_any(),
        |project| {
            link(
                Portal::Project(project.id.inner().to_owned()).address(),
                project.name.clone(),
            )
        },
    );
    let list = facts(vec![
        fact(portal::ORDER_NUMBER, code(order.number.clone())),
        text_fact(portal::BUYER, &order.customer.name),
        fact(portal::CORP_ID, code(order.customer.corp_id.clone())),
        fact(
            portal::EDITION,
            Text::from(labels::edition(order.customer.edition)).into_view_any(),
        ),
        fact(portal::BOUGHT_APPLICATION, application),
        fact(portal::PROJECT, project),
        text_fact(portal::ORDERED_BY, &order.ordered_by.name),
        fact(
            portal::ORDERED_AT,
            live(move || format::date_time(&ordered)).into_view_any(),
        ),
        fact(portal::APP_STATUS, labels::state_badge(labels::send(order.app_status))),
        fact(
            portal::PAGE_STATUS,
            labels::state_badge(labels::send(order.page_status)),
        ),
        fact(portal::EDIT_PERMISSION, edit.into_view_any()),
    ]);
    view! { <Card title=portal::FACTS>{list}</Card> }.into_any()
}
