//! One order of a product: where it stands, how it is paid, what it pays for, and what goes back.

use leptos::prelude::*;

use super::{
    gateway,
    order_steps::{self, Chosen},
    payment, side,
};
use crate::{
    api::{
        license::ChargeType,
        order::OrderParty,
        product_order::{self, ProductOrder, ProductOrderStatus, ProductRefund},
    },
    components::{
        alert::{Alert, Level},
        facts::{Fact, fact, facts, text_fact, wide_fact},
        layout::{Card, Columns, code, link, paragraph},
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    format,
    i18n::{Text, live, texts::buying as words},
    labels::{self, buying as labelled},
    load::{load, reload_while, show_steadily},
    pages::not_found,
};

/// The other side pays, confirms and closes while the page stands open.
const EVERY_MS: u32 = 10_000;

pub fn page(party: OrderParty, id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || product_order::product_order(id.clone()));
    reload_while(found, EVERY_MS, Option::is_some);
    let chosen: Chosen = RwSignal::new(None);
    let changed = Callback::new(move |()| found.reload());
    view! {
        {show_steadily(found, Skeleton::Page, move |order| match order {
            Some(order) => body(party, &order, chosen),
            None => not_found::page(),
        })}
        {order_steps::dialogs(party, chosen, changed)}
    }
    .into_any()
}

fn body(party: OrderParty, order: &ProductOrder, chosen: Chosen) -> AnyView {
    let status = labels::state_badge(labelled::order(order.status, order.charge_type));
    let (bought, about) = (facts(pays_for(party, order)), facts(about(party, order)));
    let main = view! {
        {payment::panel(party, order)}
        {closed(order)}
        {order.refund.as_ref().map(|refund| returned(party, order, refund))}
        <Card title=words::PAYS_FOR>{bought}</Card>
        {gateway::card(&order.payment_events)}
    };
    let side = view! { <Card title=words::ORDER_FACTS>{about}</Card> };
    let actions = order_steps::buttons(order, chosen);
    view! {
        <PageHeader title=order.product_name.clone() crumbs=vec![side::orders_crumb(party)] status=status actions=actions />
        <Columns main=main.into_any() side=side.into_any() />
    }
    .into_any()
}

fn closed(order: &ProductOrder) -> Option<AnyView> {
    let reason = order.close_reason?;
    Some(
        view! { <Alert level=Level::Info title=labelled::close_reason(reason)>{paragraph(words::CLOSED_HINT)}</Alert> }
            .into_any(),
    )
}

/// L14: what goes back, and whether it is there.
fn returned(party: OrderParty, order: &ProductOrder, refund: &ProductRefund) -> AnyView {
    let amount = format::yuan(refund.amount.0.parse().unwrap_or_default());
    let waits = order.status == ProductOrderStatus::Refunding;
    let notice = waits.then(|| {
        let amount = amount.clone();
        let title = match party {
            OrderParty::Customer => Text::from(words::REFUND_WAITING),
            OrderParty::Partner => live(move || words::refund_waiting_sold(&amount)),
        };
        view! { <Alert level=Level::Warning title=title /> }
    });
    let mut list = vec![
        fact(words::REFUND_AMOUNT, amount),
        fact(
            words::REFUND_BY,
            Text::from(labelled::refund_by(refund.by)).into_view_any(),
        ),
        fact(words::REFUND_ASKED_AT, side::moment(Some(&refund.asked_at))),
        fact(words::REFUND_DONE_AT, side::moment(refund.refunded_at.as_ref())),
    ];
    if !refund.reference.is_empty() {
        list.push(fact(words::REFUND_REFERENCE, code(refund.reference.clone())));
    }
    if !refund.reason.is_empty() {
        list.push(wide_fact(words::REFUND_REASON, refund.reason.clone()));
    }
    let list = facts(list);
    view! { {notice}<Card title=words::REFUND_STATE>{list}</Card> }.into_any()
}

fn pays_for(party: OrderParty, order: &ProductOrder) -> Vec<Fact> {
    let months = order.months.and_then(|months| u64::try_from(months).ok());
    let period = match (order.charge_type, months) {
        (_, Some(months)) => live(move || words::months_count(months)),
        (ChargeType::Paid, None) => words::UNTIL_END.into(),
        (ChargeType::Trial | ChargeType::Free, None) => "—".into(),
    };
    let license = match &order.license {
        Some(license) => link(side::license(party, &license.id), words::SEE_LICENSE),
        None => "—".into_any(),
    };
    vec![
        text_fact(words::PRODUCT, &order.product_name),
        fact(
            words::ORDER_TYPE,
            Text::from(labelled::order_type(order.order_type, order.charge_type)).into_view_any(),
        ),
        text_fact(words::PLAN, order.plan_name.as_deref().unwrap_or_default()),
        fact(words::SEATS, side::seats(order.seats).into_view_any()),
        fact(words::PERIOD, period.into_view_any()),
        fact(words::SERVICE_UNTIL, side::moment(order.service_until.as_ref())),
        fact(words::LICENSE, license),
    ]
}

fn about(party: OrderParty, order: &ProductOrder) -> Vec<Fact> {
    let mut list = vec![fact(words::ORDER_NUMBER, code(order.number.clone()))];
    match party {
        OrderParty::Customer => list.push(text_fact(words::PARTNER, &order.partner_name)),
        OrderParty::Partner => list.extend([
            text_fact(words::CUSTOMER, &order.customer.name),
            fact(words::CORP_ID, code(order.customer.corp_id.clone())),
        ]),
    }
    if let Some(channel) = &order.isv_operation_code {
        list.push(fact(words::CHANNEL_CODE, code(channel.clone())));
    }
    let by = match (&order.ordered_by, order.by_partner) {
        (Some(person), _) => Text::from(person.name.clone()),
        (None, true) => words::ORDERED_BY_PARTNER.into(),
        (None, false) => words::ORDERED_BY_CUSTOMER.into(),
    };
    list.extend([
        fact(words::AMOUNT, format::money(&order.amount)),
        fact(words::ORDERED_BY, by.into_view_any()),
        fact(words::ORDERED_AT, side::moment(Some(&order.created_at))),
    ]);
    if order.status == ProductOrderStatus::AwaitingPayment {
        list.push(fact(words::PAY_UNTIL, side::moment(order.pay_until.as_ref())));
    }
    if order.paid_at.is_some() {
        let label = match order.charge_type {
            ChargeType::Paid => words::PAID_AT,
            ChargeType::Trial | ChargeType::Free => words::OPENED_AT,
        };
        list.push(fact(label, side::moment(order.paid_at.as_ref())));
    }
    if let Some(way) = order.payment_provider {
        list.push(fact(
            words::PAYMENT_WAY,
            Text::from(labelled::payment_way(way)).into_view_any(),
        ));
    }
    if !order.payment_reference.is_empty() {
        list.push(fact(words::PAYMENT_REFERENCE, code(order.payment_reference.clone())));
    }
    if order.closed_at.is_some() {
        list.push(fact(words::CLOSED_AT, side::moment(order.closed_at.as_ref())));
    }
    list
}
