//! One license: until when and for how many, where its application is, what is to come, and the orders that made it.

use leptos::prelude::*;

use super::{order_list, side};
use crate::{
    api::{
        delivery::{DeliveryAction, DeliveryActionInput, DeliveryStatus, retry_delivery},
        license::{self, License, LicenseAction, LicenseActionInput, LicenseDelivery, LicenseStatus, LicenseTerm},
        order::OrderParty,
        product_order::{self, ProductOrderFilter},
    },
    components::{
        alert::{Alert, Level, ProblemPanel, reasons},
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Row, Stack, code, link, muted, paragraph},
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Table, column, end_column},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{buying as words, common},
    },
    labels::{self, buying as labelled},
    load::{load, reload_while, show, show_steadily},
    pages::{not_found, sending},
    routes::{Customer, Market},
};

/// Its delivery and its orders move while the page stands open.
const EVERY_MS: u32 = 15_000;
const ORDERS: i32 = 50;

pub fn page(party: OrderParty, id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || license::license(id.clone()));
    reload_while(found, EVERY_MS, Option::is_some);
    let changed = Callback::new(move |()| found.reload());
    show_steadily(found, Skeleton::Page, move |license| match license {
        Some(license) => body(party, &license, changed),
        None => not_found::page(),
    })
}

fn body(party: OrderParty, license: &License, changed: Callback<()>) -> AnyView {
    let status = labels::state_badge(labelled::license(license.status));
    let main = view! {
        {notice(party, license)}
        {application(party, license, changed)}
        {terms(&license.terms)}
        {orders(party, license.id.clone())}
    };
    let facts = about(party, license);
    let side = view! { <Card title=words::LICENSE_FACTS>{facts}</Card> };
    view! {
        <PageHeader title=license.product_name.clone() crumbs=vec![side::licenses_crumb(party)] status=status actions=more(party, license) />
        <Columns main=main.into_any() side=side.into_any() />
    }
    .into_any()
}

/// Renewing and raising are orders, which are placed on the product's page.
fn more(party: OrderParty, license: &License) -> AnyView {
    if party == OrderParty::Partner {
        return ().into_any();
    }
    let product = Market::Product(license.product_id.inner().to_owned()).address();
    let order = format!("{product}?order=1");
    match license.status {
        LicenseStatus::Active => {
            let renew = license.may(LicenseAction::Renew).then(|| {
                view! { <ButtonLink label=words::RENEW href=order.clone() look=Look::Primary /> }
            });
            let upgrade = license.may(LicenseAction::Upgrade).then(|| {
                view! { <ButtonLink label=words::UPGRADE href=format!("{order}&raise=1") /> }
            });
            view! { {upgrade}{renew} }.into_any()
        }
        LicenseStatus::Trial => {
            view! { <ButtonLink label=words::BUY_PLAN href=product look=Look::Primary /> }.into_any()
        }
        LicenseStatus::Free => view! { <ButtonLink label=words::SEE_PRODUCT href=product /> }.into_any(),
        LicenseStatus::Expired | LicenseStatus::Refunded => {
            view! { <ButtonLink label=words::BUY_AGAIN href=product look=Look::Primary /> }.into_any()
        }
    }
}

/// What its state means for those who use it.
fn notice(party: OrderParty, license: &License) -> Option<AnyView> {
    if party == OrderParty::Partner {
        return None;
    }
    match license.status {
        LicenseStatus::Trial => {
            let until = license.until.clone()?;
            let said = live(move || words::trial_ends(&format::date_time(&until)));
            Some(view! { <Alert level=Level::Info title=said /> }.into_any())
        }
        LicenseStatus::Expired | LicenseStatus::Refunded => Some(
            view! { <Alert level=Level::Warning title=words::ENDED_TITLE>{paragraph(words::ENDED_HINT)}</Alert> }
                .into_any(),
        ),
        LicenseStatus::Free | LicenseStatus::Active => None,
    }
}

/// L16: where the application is, or how far its delivery.
fn application(party: OrderParty, license: &License, changed: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let id = license.id.clone();
    let again = license.may(LicenseAction::Deliver).then(|| {
        let press = Callback::new(move |()| {
            let input = LicenseActionInput { id: id.clone() };
            submission.run(license::deliver_license(input), move |_| {
                toast(words::DELIVERING);
                changed.run(());
            });
        });
        view! {
            <Alert level=Level::Info title=words::NOT_THERE>
                {paragraph(words::NOT_THERE_HINT)}
                <Row><Button label=words::DELIVER on_press=press busy=submission.busy small=true leading=Icon::Send /></Row>
            </Alert>
        }
    });
    let there = license.instance.as_ref().map(|app| {
        let id = app.id.inner().to_owned();
        let (own, settings) = (Customer::App(id.clone()).address(), Customer::AppSettings(id).address());
        let name = link(own.clone(), app.name.clone());
        let state = labels::state_badge(labels::instance(app.status));
        view! {
            <Row spread=true>
                <Row>{name}{state}</Row>
                <Row>
                    <ButtonLink label=words::APPLICATION_SETTINGS href=settings small=true />
                    <ButtonLink label=words::OPEN_APPLICATION href=own small=true look=Look::Primary />
                </Row>
            </Row>
        }
    });
    let sent = match (&license.delivery, license.instance.is_some()) {
        (Some(sent), true) if sent.status == DeliveryStatus::Succeeded => None,
        (Some(sent), _) => Some(delivery(party, sent, changed)),
        (None, _) if again.is_some() => None,
        (None, _) => Some(muted(words::NO_DELIVERY)),
    };
    view! {
        <Card title=words::APPLICATION>
            <Stack tight=true>
                {there}
                {sent}
                {again}
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            </Stack>
        </Card>
    }
    .into_any()
}

fn delivery(party: OrderParty, sent: &LicenseDelivery, changed: Callback<()>) -> AnyView {
    if sent.status.running() {
        let state = sending::follow(sent.summary(), changed);
        return view! { <Stack tight=true>{sending::progress(state)}{muted(words::DELIVERY_HINT)}</Stack> }.into_any();
    }
    if sent.status == DeliveryStatus::Succeeded {
        return match party {
            OrderParty::Partner => paragraph(words::DELIVERY_ARRIVED),
            OrderParty::Customer => ().into_any(),
        };
    }
    let submission = Submission::new();
    let id = sent.id.clone();
    let retry = sent.available_actions.contains(&DeliveryAction::Retry).then(|| {
        let press = Callback::new(move |()| {
            let input = DeliveryActionInput { id: id.clone() };
            submission.run(retry_delivery(input), move |_| changed.run(()));
        });
        view! { <Row><Button label=common::TRY_AGAIN on_press=press busy=submission.busy small=true leading=Icon::Retry /></Row> }
    });
    let failures = reasons(&sent.failures);
    view! {
        <Alert level=Level::Error title=words::DELIVERY_FAILED>
            {failures}
            {retry}
        </Alert>
        {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
    }
    .into_any()
}

fn terms(terms: &[LicenseTerm]) -> Option<AnyView> {
    if terms.is_empty() {
        return None;
    }
    let rows = terms.iter().map(|term| {
        vec![
            term.plan_name.clone().into_any(),
            term.seats.to_string().into_any(),
            side::period(&term.from, Some(&term.until)).into_view_any(),
        ]
    });
    let columns = vec![column(words::PLAN), end_column(words::SEATS), column(words::PERIOD)];
    let table = view! { <Table label=words::TERMS columns=columns rows=rows.collect() inside=true /> };
    Some(
        view! { <Card title=words::TERMS><Stack tight=true>{muted(words::TERMS_HINT)}{table}</Stack></Card> }
            .into_any(),
    )
}

fn orders(party: OrderParty, license: cynic::Id) -> AnyView {
    let found = load(move || {
        let filter = ProductOrderFilter {
            license_id: Some(license.clone()),
            ..ProductOrderFilter::default()
        };
        product_order::product_orders(Some(ORDERS), None, None, None, party, Some(filter))
    });
    let table = show(found, Skeleton::Rows(2), move |page| {
        let rows = page.nodes.iter().map(|order| order_list::row_of_one(party, order));
        let columns = order_list::columns_of_one();
        view! { <Table label=words::ORDERS_OF_IT columns=columns rows=rows.collect() inside=true /> }.into_any()
    });
    view! { <Card title=words::ORDERS_OF_IT>{table}</Card> }.into_any()
}

fn about(party: OrderParty, license: &License) -> AnyView {
    let mut list = match party {
        OrderParty::Customer => vec![text_fact(words::PARTNER, &license.partner_name)],
        OrderParty::Partner => vec![
            text_fact(words::CUSTOMER, &license.organization.name),
            fact(words::CORP_ID, code(license.organization.corp_id.clone())),
        ],
    };
    list.extend([
        text_fact(words::PLAN, license.plan_name.as_deref().unwrap_or_default()),
        fact(words::SEATS, side::seats(license.seats).into_view_any()),
        fact(
            words::PERIOD,
            Text::into_view_any(side::period(&license.from, license.until.as_ref())),
        ),
    ]);
    facts(list)
}
