//! One of the organisation's orders (D20): where it stands, the way to what arrived, and everything that happened to it.

use leptos::prelude::*;

use super::received;
use crate::{
    api::customer_order::{self, CustomerOrder},
    components::{
        facts::{fact, facts, text_fact},
        layout::{Card, Columns, code, link, muted},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
    },
    format,
    i18n::{
        live,
        texts::{customer, portal, shell},
    },
    labels,
    load::{load, reload_while, show_steadily},
    pages::{
        not_found, order_timeline,
        sending::{app_cell, page_cell},
    },
    routes::Customer,
};

/// What the partner begins while the page stands open; a delivery on its way is followed by itself.
const EVERY_MS: u32 = 15_000;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || customer_order::order(id.clone()));
    reload_while(found, EVERY_MS, Option::is_some);
    let changed = Callback::new(move |()| found.reload());
    show_steadily(found, Skeleton::Page, move |order| match order {
        Some(order) => body(order, changed),
        None => not_found::page(),
    })
}

fn body(order: CustomerOrder, changed: Callback<()>) -> AnyView {
    let sending = app_cell(order.app_status, &order.deliveries, changed);
    let pages = page_cell(order.page_status, &order.deliveries, changed);
    let ordered = order.created_at.clone();
    let arrived = match &order.instance {
        Some(app) => link(Customer::App(app.id.inner().to_owned()).address(), app.name.clone()),
        None => muted("—"),
    };
    let list = facts(vec![
        fact(portal::ORDER_NUMBER, code(order.number.clone())),
        text_fact(customer::PARTNER, &order.partner.name),
        text_fact(portal::ORDERED_BY, &order.ordered_by.name),
        fact(
            portal::ORDERED_AT,
            live(move || format::date_time(&ordered)).into_view_any(),
        ),
        fact(customer::AMOUNT, format::money(&order.amount)),
        fact(portal::APP_STATUS, sending),
        fact(portal::PAGE_STATUS, pages),
        fact(customer::ARRIVED_AS, arrived),
    ]);
    let crumbs = vec![crumb(shell::NAV_CUSTOMER_ORDERS, Customer::Orders.address())];
    let status = labels::state_badge(labels::send(order.app_status));
    let received = order.instance.as_ref().map(|app| received::cards(app.id.clone()));
    let happened = order_timeline::card(order.id);
    view! {
        <PageHeader title=order.application_name crumbs=crumbs status=status />
        <Columns main=view! { {received}{happened} }.into_any() side=view! { <Card title=portal::FACTS>{list}</Card> }.into_any() />
    }
    .into_any()
}
