//! The organisation's orders: what was bought, where its delivery stands, and the way to what arrived.

use leptos::prelude::*;

use crate::{
    api::{
        customer_order::{self, CustomerOrder, CustomerOrders},
        order::{OrderFilter, OrderParty, OrderSort, SendStatus},
    },
    components::{
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{Stack, code, link, muted, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::{column, sorted_column},
    },
    format,
    i18n::{
        Text, live,
        texts::{common, customer, portal, shell, status},
    },
    labels,
    load::{Loaded, reload_while},
    navigation,
    pages::sending::app_cell,
    routes::Customer,
};

/// What the partner begins while the page stands open; what is on its way is followed row by row.
const EVERY_MS: u32 = 15_000;

pub fn page() -> AnyView {
    let [search, state, sort] = ["q", "status", "sort"].map(navigation::query);
    let filter = move || OrderFilter {
        search: Some(search.get()).filter(|words| !words.is_empty()),
        app_status: send_status(&state.get()),
        ..OrderFilter::default()
    };
    let list = load_page(move |window| {
        let sort = if sort.get() == "created" {
            OrderSort::CreatedAsc
        } else {
            OrderSort::CreatedDesc
        };
        customer_order::orders(
            window.first,
            window.after,
            window.last,
            window.before,
            OrderParty::Customer,
            Some(filter()),
            sort,
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    let states = vec![
        ("", Text::from(common::ALL)),
        ("not-sent", status::SEND_NOT_SENT.into()),
        ("sending", status::SEND_SENDING.into()),
        ("succeeded", status::SEND_SUCCEEDED.into()),
        ("failed", status::SEND_FAILED.into()),
        ("partial", status::SEND_PARTIAL.into()),
    ];
    view! {
        <PageHeader title=shell::NAV_CUSTOMER_ORDERS hint=customer::ORDERS_HINT />
        <Stack>
            <FilterBar>
                <SearchBox label=customer::SEARCH_ORDERS />
                <SelectFilter name="status" label=portal::APP_STATUS choices=states />
            </FilterBar>
            {frame().show_steadily(list, move |order| row(list, order))}
        </Stack>
    }
    .into_any()
}

fn send_status(value: &str) -> Option<SendStatus> {
    Some(match value {
        "not-sent" => SendStatus::NotSent,
        "sending" => SendStatus::Sending,
        "succeeded" => SendStatus::Succeeded,
        "failed" => SendStatus::Failed,
        "partial" => SendStatus::Partial,
        _ => return None,
    })
}

/// Its columns, and what stands there while nothing does.
fn frame() -> PagedList {
    let nothing =
        || view! { <Empty picture=Icon::List title=customer::NO_ORDERS hint=customer::NO_ORDERS_HINT /> }.into_any();
    paged_list(
        shell::NAV_CUSTOMER_ORDERS,
        vec![
            column(customer::APPLICATION),
            column(customer::PARTNER),
            column(portal::ORDERED_BY),
            sorted_column(portal::ORDERED_AT, "created", ""),
            column(customer::AMOUNT),
            column(portal::APP_STATUS),
            column(customer::ARRIVED_AS),
        ],
        nothing,
    )
    .narrowed_by(&["q", "status"])
}

fn row(list: Loaded<CustomerOrders>, order: CustomerOrder) -> Vec<AnyView> {
    let changed = Callback::new(move |()| list.reload());
    let ordered = order.created_at.clone();
    let project = order
        .project
        .as_ref()
        .map_or_else(String::new, |project| project.name.clone());
    let arrived = match &order.instance {
        Some(app) => two_lines(
            link(Customer::App(app.id.inner().to_owned()).address(), app.name.clone()),
            labels::state_badge(labels::instance(app.status)),
        ),
        None => muted("—"),
    };
    vec![
        two_lines(
            link(
                Customer::Order(order.id.inner().to_owned()).address(),
                order.application_name.clone(),
            ),
            code(order.number.clone()),
        ),
        two_lines(order.partner.name.clone().into_any(), project.into_any()),
        order.ordered_by.name.clone().into_any(),
        live(move || format::date_time(&ordered)).into_view_any(),
        format::money(&order.amount).into_any(),
        app_cell(order.app_status, &order.deliveries, changed),
        arrived,
    ]
}
