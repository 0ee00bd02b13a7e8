//! Order centre 订单中心: orders with exactly the columns that the product names, and sending. A reviewer reads those of every
//! partner.

use leptos::prelude::*;

use super::{
    order::Side,
    send::{Sending, Target, send_dialog},
};
use crate::{
    api::{
        maintenance::MaintenanceBrief,
        order::{self, OrderAction, OrderFilter, OrderPage, OrderParty, OrderRow, OrderSort, SendStatus},
    },
    components::{
        button::{Button, ButtonLink, Look},
        empty::Empty,
        export_button::{Asked, Export, export_button},
        filter_bar::{DayFilter, FilterBar, SelectFilter},
        icon::Icon,
        layout::{RowActions, Stack, code, link, muted, one_line, short_code, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::{action_column, column, sorted_column},
    },
    format,
    i18n::{
        Text, live,
        texts::{common, portal, shell, status},
    },
    labels,
    load::{Loaded, reload_while},
    navigation,
    pages::sending::{app_cell, page_cell},
    routes::Portal,
};

/// Others order, send and grant while the page stands open; what is on its way is followed row by row.
const EVERY_MS: u32 = 15_000;

pub fn page(side: Side) -> AnyView {
    let [search, app, pages, from, to, sort] = ["q", "app", "pages", "from", "to", "sort"].map(navigation::query);
    let filter = move || OrderFilter {
        search: Some(search.get()).filter(|words| !words.is_empty()),
        app_status: send_status(&app.get()),
        page_status: send_status(&pages.get()),
        created_from: Some(from.get())
            .filter(|day| !day.is_empty())
            .map(|day| format::start_of_day(&day)),
        created_to: Some(to.get())
            .filter(|day| !day.is_empty())
            .map(|day| format::end_of_day(&day)),
        project_id: None,
    };
    let list = load_page(move |window| {
        order::orders(
            window.first,
            window.after,
            window.last,
            window.before,
            OrderParty::Partner,
            Some(filter()),
            order_of(&sort.get()).0,
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    let sending: Sending = RwSignal::new(None);
    let asked = Callback::new(move |()| export_query(&filter(), order_of(&sort.get()).1));
    let Export { button, problem } = export_button("/exports/orders.csv", portal::ORDERS_FILE, asked);
    view! {
        <PageHeader title=shell::NAV_ORDERS hint=portal::ORDERS_HINT actions=button />
        <Stack>
            <FilterBar>
                <SearchBox label=portal::SEARCH_ORDERS />
                <SelectFilter name="app" label=portal::APP_STATUS choices=states() />
                <SelectFilter name="pages" label=portal::PAGE_STATUS choices=states() />
                <DayFilter name="from" label=portal::ORDERED_FROM />
                <DayFilter name="to" label=portal::ORDERED_TO />
            </FilterBar>
            {problem}
            {frame(side).show_steadily(list, move |order| row(side, list, order, sending))}
        </Stack>
        {send_dialog(sending, Callback::new(move |()| list.reload()))}
    }
    .into_any()
}

fn states() -> Vec<(&'static str, Text)> {
    vec![
        ("", common::ALL.into()),
        ("not-sent", status::SEND_NOT_SENT.into()),
        ("sending", status::SEND_SENDING.into()),
        ("succeeded", status::SEND_SUCCEEDED.into()),
        ("failed", status::SEND_FAILED.into()),
        ("partial", status::SEND_PARTIAL.into()),
    ]
}

/// The order that the address names, and its name in the contract.
fn order_of(value: &str) -> (OrderSort, &'static str) {
    match value {
        "created" => (OrderSort::CreatedAsc, "CREATED_ASC"),
        "customer" => (OrderSort::CustomerAsc, "CUSTOMER_ASC"),
        "-customer" => (OrderSort::CustomerDesc, "CUSTOMER_DESC"),
        "application" => (OrderSort::ApplicationAsc, "APPLICATION_ASC"),
        "-application" => (OrderSort::ApplicationDesc, "APPLICATION_DESC"),
        _ => (OrderSort::CreatedDesc, "CREATED_DESC"),
    }
}

/// The list as the route of the table names it.
fn export_query(filter: &OrderFilter, sort: &str) -> Asked {
    let status = |status: Option<SendStatus>| status.map(|status| status_word(status).to_owned());
    vec![
        ("sort", Some(sort.to_owned())),
        ("search", filter.search.clone()),
        ("appStatus", status(filter.app_status)),
        ("pageStatus", status(filter.page_status)),
        ("createdFrom", filter.created_from.as_ref().map(|at| at.0.clone())),
        ("createdTo", filter.created_to.as_ref().map(|at| at.0.clone())),
    ]
}

const fn status_word(status: SendStatus) -> &'static str {
    match status {
        SendStatus::NotSent => "NOT_SENT",
        SendStatus::Sending => "SENDING",
        SendStatus::Succeeded => "SUCCEEDED",
        SendStatus::Failed => "FAILED",
        SendStatus::Partial => "PARTIAL",
    }
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
fn frame(side: Side) -> PagedList {
    let nothing = move || match side {
        Side::Partner => view! {
            <Empty picture=Icon::List title=portal::NO_ORDERS hint=portal::NO_ORDERS_HINT>
                <ButtonLink label=portal::GO_PROJECTS href=Portal::Projects.address() />
            </Empty>
        }
        .into_any(),
        Side::Reviewer => {
            view! { <Empty picture=Icon::List title=portal::NO_ORDERS hint=portal::NO_ORDERS_HINT /> }.into_any()
        }
    };
    paged_list(
        shell::NAV_ORDERS,
        vec![
            sorted_column(portal::BUYER, "customer", "-customer"),
            sorted_column(portal::BOUGHT_APPLICATION, "application", "-application"),
            column(portal::ORDERED_BY),
            sorted_column(portal::ORDERED_AT, "created", ""),
            column(portal::APP_STATUS),
            column(portal::PAGE_STATUS),
            column(portal::EDIT_PERMISSION),
            column(portal::REMOTE_MAINTENANCE),
            action_column(),
        ],
        nothing,
    )
    .narrowed_by(&["q", "app", "pages", "from", "to"])
}

fn row(side: Side, list: Loaded<OrderPage>, order: OrderRow, sending: Sending) -> Vec<AnyView> {
    let ordered = order.created_at.clone();
    let id = order.id.inner().to_owned();
    let may_send = order.available_actions.contains(&OrderAction::SendApplication);
    let name = format!("{} · {}", order.customer.name, order.application_name);
    let changed = Callback::new(move |()| list.reload());
    // D15: edit permission and maintenance exist only once the application has arrived.
    let arrived = order.app_status == SendStatus::Succeeded;
    let edit = match (arrived, order.full_edit_permission) {
        (false, _) => muted("—"),
        (true, true) => Text::from(portal::EDIT_ALL).into_view_any(),
        (true, false) => Text::from(portal::EDIT_LIMITED).into_view_any(),
    };
    let send_name = name.clone();
    let target = Target {
        order_id: order.id.clone(),
        application: order.application_name.clone(),
        customer: order.customer.name.clone(),
    };
    let send = may_send.then(|| {
        let press = Callback::new(move |()| sending.set(Some(target.clone())));
        let name = Text::from(move || format!("{}: {send_name}", portal::SEND_APPLICATION.get()));
        view! { <Button label=portal::SEND_APPLICATION on_press=press look=Look::Primary small=true name=name /> }
    });
    let detail_name = Text::from(move || format!("{}: {name}", portal::ORDER_DETAIL.get()));
    vec![
        two_lines(order.customer.name.clone().into_any(), short_code(order.customer.corp_id.clone())),
        two_lines(order.application_name.clone().into_any(), code(order.number.clone())),
        order.ordered_by.name.clone().into_any(),
        one_line(live(move || format::date_time(&ordered))),
        app_cell(order.app_status, &order.deliveries, changed),
        page_cell(order.page_status, &order.deliveries, changed),
        edit,
        maintenance_cell(order.latest_maintenance.as_ref()),
        view! {
            <RowActions>
                {send}
                <ButtonLink label=portal::ORDER_DETAIL href=side.order(id) look=Look::Quiet small=true name=detail_name />
            </RowActions>
        }
        .into_any(),
    ]
}

/// 远程维护: how the session stands that was asked for last, and when its hours end.
fn maintenance_cell(latest: Option<&MaintenanceBrief>) -> AnyView {
    let Some(latest) = latest else { return muted("—") };
    let state = labels::state_badge(labels::maintenance(latest.status));
    match latest.ends_at.clone().filter(|_| latest.status.runs()) {
        Some(end) => two_lines(state, one_line(live(move || format::relative(&end)))),
        None => state,
    }
}

/// An order as a project lists it.
pub fn order_cells(order: &OrderRow) -> Vec<AnyView> {
    let ordered = order.created_at.clone();
    let address = Portal::Order(order.id.inner().to_owned()).address();
    vec![
        code(order.number.clone()),
        order.application_name.clone().into_any(),
        one_line(live(move || format::date_time(&ordered))),
        labels::state_badge(labels::send(order.app_status)),
        link(address, portal::ORDER_DETAIL),
    ]
}
