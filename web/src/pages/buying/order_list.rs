//! Orders of products: those that the organisation placed, or those that it sold.

use leptos::prelude::*;

use super::side;
use crate::{
    api::{
        license::ChargeType,
        order::OrderParty,
        product_order::{self, ProductOrderAction, ProductOrderFilter, ProductOrderRow, ProductOrderStatus},
    },
    components::{
        button::{ButtonLink, Look},
        empty::Empty,
        export_button::{Asked, Export, export_button},
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{RowActions, Stack, code, link, one_line, short_code, two_lines},
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::{Column, action_column, column, end_column},
    },
    format,
    forms::product::word_of,
    i18n::{
        Text, live,
        texts::{buying as words, common, portal},
    },
    labels::{self, buying as labelled},
    load::reload_while,
    navigation,
    routes::Market,
};

/// Others order, pay and confirm while the page stands open.
const EVERY_MS: u32 = 15_000;

pub fn list(party: OrderParty) -> AnyView {
    let [search, state] = ["q", "order"].map(navigation::query);
    let filter = move || ProductOrderFilter {
        search: Some(search.get()).filter(|words| !words.is_empty()),
        status: status_of(&state.get()),
        license_id: None,
    };
    let list = load_page(move |window| {
        product_order::product_orders(
            window.first,
            window.after,
            window.last,
            window.before,
            party,
            Some(filter()),
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    let label = match party {
        OrderParty::Customer => words::SEARCH_ORDERS,
        OrderParty::Partner => words::SEARCH_SOLD,
    };
    let asked = Callback::new(move |()| export_query(party, &filter()));
    let Export { button, problem } = export_button("/exports/product-orders.csv", words::ORDERS_FILE, asked);
    view! {
        <Stack>
            <FilterBar>
                <SearchBox label=label />
                <SelectFilter name="order" label=words::STATE choices=states() />
                {button}
            </FilterBar>
            {problem}
            {frame(party).show_steadily(list, move |order| row(party, order))}
        </Stack>
    }
    .into_any()
}

fn states() -> Vec<(&'static str, Text)> {
    vec![
        ("", common::ALL.into()),
        ("awaiting-payment", words::ORDER_AWAITING.into()),
        ("paid", words::ORDER_PAID.into()),
        ("refunding", words::ORDER_REFUNDING.into()),
        ("refunded", words::ORDER_REFUNDED.into()),
        ("closed", words::ORDER_CLOSED.into()),
    ]
}

fn status_of(word: &str) -> Option<ProductOrderStatus> {
    Some(match word {
        "awaiting-payment" => ProductOrderStatus::AwaitingPayment,
        "paid" => ProductOrderStatus::Paid,
        "refunding" => ProductOrderStatus::Refunding,
        "refunded" => ProductOrderStatus::Refunded,
        "closed" => ProductOrderStatus::Closed,
        _ => return None,
    })
}

/// The list as the route of the table names it.
fn export_query(party: OrderParty, filter: &ProductOrderFilter) -> Asked {
    vec![
        ("party", Some(word_of(&party))),
        ("search", filter.search.clone()),
        ("status", filter.status.map(|status| word_of(&status))),
    ]
}

fn columns(party: OrderParty) -> Vec<Column> {
    let other = match party {
        OrderParty::Customer => words::PARTNER,
        OrderParty::Partner => words::CUSTOMER,
    };
    let mut all = vec![column(words::PRODUCT), column(other)];
    all.extend(columns_of_one());
    all
}

/// The columns of orders whose product and sides stand beside them.
pub fn columns_of_one() -> Vec<Column> {
    vec![
        column(words::ORDER_TYPE),
        end_column(words::AMOUNT),
        column(words::ORDERED_AT),
        column(words::STATE),
        action_column(),
    ]
}

fn frame(party: OrderParty) -> PagedList {
    let nothing = move || match party {
        OrderParty::Customer => {
            let href = Market::Search.address();
            view! {
                <Empty picture=Icon::List title=words::NO_ORDERS hint=words::NO_ORDERS_HINT>
                    <ButtonLink label=words::SEE_MARKET href=href look=Look::Primary />
                </Empty>
            }
            .into_any()
        }
        OrderParty::Partner => {
            view! { <Empty picture=Icon::List title=words::NO_SOLD hint=words::NO_SOLD_HINT /> }.into_any()
        }
    };
    paged_list(words::TAB_ORDERS, columns(party), nothing).narrowed_by(&["q", "order"])
}

fn row(party: OrderParty, order: ProductOrderRow) -> Vec<AnyView> {
    let own = side::order(party, &order.id);
    let other = match party {
        OrderParty::Customer => order.partner_name.clone().into_any(),
        OrderParty::Partner => two_lines(
            order.customer.name.clone().into_any(),
            short_code(order.customer.corp_id.clone()),
        ),
    };
    let product = two_lines(link(own, order.product_name.clone()), code(order.number.clone()));
    let kind = Text::from(labelled::order_type(order.order_type, order.charge_type)).into_view_any();
    let mut cells = vec![product, other, two_lines(kind, plan(&order).into_any())];
    cells.extend(figures(party, &order));
    cells
}

/// The cells of an order whose product and sides stand beside it.
pub fn row_of_one(party: OrderParty, order: &ProductOrderRow) -> Vec<AnyView> {
    let kind = Text::from(labelled::order_type(order.order_type, order.charge_type));
    let kind = link(side::order(party, &order.id), kind);
    let mut cells = vec![two_lines(kind, plan(order).into_any())];
    cells.extend(figures(party, order));
    cells
}

/// Of which plan and for how many; empty for what costs nothing.
fn plan(order: &ProductOrderRow) -> String {
    match (order.plan_name.clone(), order.seats) {
        (Some(plan), Some(seats)) => format!("{plan} × {seats}"),
        (plan, _) => plan.unwrap_or_default(),
    }
}

/// How much, when, where it stands, and what is to be done.
fn figures(party: OrderParty, order: &ProductOrderRow) -> [AnyView; 4] {
    let amount = match order.charge_type {
        ChargeType::Paid => format::money(&order.amount),
        ChargeType::Trial | ChargeType::Free => "—".to_owned(),
    };
    let at = order.created_at.clone();
    [
        one_line(amount),
        one_line(live(move || format::date_time(&at))),
        state(order),
        action(order, side::order(party, &order.id)),
    ]
}

fn state(order: &ProductOrderRow) -> AnyView {
    let badge = labels::state_badge(labelled::order(order.status, order.charge_type));
    let waits = order.status == ProductOrderStatus::AwaitingPayment;
    match order.pay_until.clone().filter(|_| waits) {
        Some(until) => two_lines(badge, one_line(live(move || format::relative(&until)))),
        None => badge,
    }
}

/// The step that waits for this person, else the way to the order.
fn action(order: &ProductOrderRow, own: String) -> AnyView {
    let may = |action: ProductOrderAction| order.available_actions.contains(&action);
    let (label, look) = if may(ProductOrderAction::Pay) {
        (words::GO_TO_PAY, Look::Primary)
    } else if may(ProductOrderAction::ConfirmPayment) {
        (words::CONFIRM_PAYMENT, Look::Plain)
    } else if may(ProductOrderAction::ConfirmRefund) {
        (words::CONFIRM_REFUND, Look::Plain)
    } else {
        (portal::VIEW_DETAIL, Look::Quiet)
    };
    let name = order.number.clone();
    let name = Text::from(move || format!("{}: {name}", label.get()));
    view! { <RowActions><ButtonLink label=label name=name href=own look=look small=true /></RowActions> }.into_any()
}
