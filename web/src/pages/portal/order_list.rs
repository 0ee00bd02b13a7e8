//! Order centre 订单中心: every order of the partner with exactly the columns that the product names, and sending.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{delivery::SendCell, send::SendDialog};
use crate::{
    api::order::{self, OrderAction, OrderFilter, OrderPage, OrderParty, OrderRow, OrderSort, SendStatus},
    components::{
        button::{Button, ButtonLink, Look},
        empty::Empty,
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
    load::Loaded,
    navigation,
    routes::Portal,
};

pub fn page() -> AnyView {
    let [search, app, from, to, sort] = ["q", "app", "from", "to", "sort"].map(navigation::query);
    let filter = move || OrderFilter {
        search: Some(search.get()).filter(|words| !words.is_empty()),
        app_status: send_status(&app.get()),
        created_from: Some(from.get())
            .filter(|day| !day.is_empty())
            .map(|day| format::start_of_day(&day)),
        created_to: Some(to.get())
            .filter(|day| !day.is_empty())
            .map(|day| format::end_of_day(&day)),
        project_id: None,
    };
    let list = load_page(move |window| {
        let sort = if sort.get() == "created" {
            OrderSort::CreatedAsc
        } else {
            OrderSort::CreatedDesc
        };
        order::orders(
            window.first,
            window.after,
            window.last,
            window.before,
            OrderParty::Partner,
            Some(filter()),
            sort,
        )
    });
    // Outside of the list, so that a newer list leaves an open dialog alone.
    let sending = RwSignal::new(None::<OrderRow>);
    let states = vec![
        ("", Text::from(common::ALL)),
        ("not-sent", status::SEND_NOT_SENT.into()),
        ("sending", status::SEND_SENDING.into()),
        ("succeeded", status::SEND_SUCCEEDED.into()),
        ("failed", status::SEND_FAILED.into()),
        ("partial", status::SEND_PARTIAL.into()),
    ];
    view! {
        <PageHeader title=shell::NAV_ORDERS hint=portal::ORDERS_HINT />
        <Stack>
            <FilterBar>
                <SearchBox label=portal::SEARCH_ORDERS />
                <SelectFilter name="app" label=portal::APP_STATUS choices=states />
                <DayFilter name="from" label=portal::ORDERED_FROM />
                <DayFilter name="to" label=portal::ORDERED_TO />
            </FilterBar>
            {frame().show(list, move |order| row(list, order, sending))}
        </Stack>
        {dynamic(move || sending.get().map(|order| {
            let open = RwSignal::new(true);
            Effect::new(move |_| if !open.get() { crate::browser::after(0, move || drop(sending.try_set(None))) });
            let sent = Callback::new(move |()| list.reload());
            view! { <SendDialog open=open order_id=order.id application=order.application_name customer=order.customer.name sent=sent /> }
        }))}
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
    let nothing = || {
        view! {
            <Empty picture=Icon::List title=portal::NO_ORDERS hint=portal::NO_ORDERS_HINT>
                <ButtonLink label=portal::GO_PROJECTS href=Portal::Projects.address() />
            </Empty>
        }
        .into_any()
    };
    paged_list(
        shell::NAV_ORDERS,
        vec![
            column(portal::BUYER),
            column(portal::BOUGHT_APPLICATION),
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
    .narrowed_by(&["q", "app", "from", "to"])
}

fn row(list: Loaded<OrderPage>, order: OrderRow, sending: RwSignal<Option<OrderRow>>) -> Vec<AnyView> {
    let ordered = order.created_at.clone();
    let id = order.id.inner().to_owned();
    let may_send = order.available_actions.contains(&OrderAction::SendApplication);
    let name = format!("{} · {}", order.customer.name, order.application_name);
    let changed = Callback::new(move |()| list.reload());
    let newest = order.deliveries.first().cloned();
    // D15: edit permission and maintenance exist only once the application has arrived.
    let arrived = order.app_status == SendStatus::Succeeded;
    let edit = match (arrived, order.full_edit_permission) {
        (false, _) => muted("—"),
        (true, true) => Text::from(portal::EDIT_ALL).into_view_any(),
        (true, false) => Text::from(portal::EDIT_LIMITED).into_view_any(),
    };
    let send_name = name.clone();
    let pressed = order.clone();
    let send = may_send.then(|| {
        let press = Callback::new(move |()| sending.set(Some(pressed.clone())));
        let name = Text::from(move || format!("{}: {send_name}", portal::SEND_APPLICATION.get()));
        view! { <Button label=portal::SEND_APPLICATION on_press=press look=Look::Primary small=true name=name /> }
    });
    let detail_name = Text::from(move || format!("{}: {name}", portal::ORDER_DETAIL.get()));
    vec![
        two_lines(order.customer.name.clone().into_any(), short_code(order.customer.corp_id.clone())),
        two_lines(order.application_name.clone().into_any(), code(order.number.clone())),
        order.ordered_by.name.clone().into_any(),
        one_line(live(move || format::date_time(&ordered))),
        view! { <SendCell status=order.app_status delivery=newest changed=changed /> }.into_any(),
        labels::state_badge(labels::send(order.page_status)),
        edit,
        muted("—"),
        view! {
            <RowActions>
                {send}
                <ButtonLink label=portal::ORDER_DETAIL href=Portal::Order(id).address() look=Look::Quiet small=true name=detail_name />
            </RowActions>
        }
        .into_any(),
    ]
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
