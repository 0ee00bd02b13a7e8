//! How a product is had, beside what it costs (L13): whoever has not signed in does that first and returns to the product; admins open
//! or order it (`order`), employees ask them (`ask`), and whoever sells or operates is told that there is nothing to buy.

use leptos::prelude::*;

use super::{Sold, ask, open, order};
use crate::{
    api::{
        license::{self, ChargeType, LicenseBrief, ProductOffer},
        product_order::WaitingOrder,
        session::Role,
    },
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        layout::{Row, Stack, link, muted, paragraph},
        skeleton::Skeleton,
    },
    format,
    i18n::{
        live,
        texts::{buying as words, market},
    },
    labels::{self, buying as labelled},
    load::{load, show},
    navigation,
    pages::sign_in,
    routes::Customer,
    session,
};

/// The controls for this product.
pub fn controls(sold: &Sold) -> AnyView {
    let Some(viewer) = session::viewer_now() else {
        return visitor();
    };
    if viewer.maintenance.is_none() && viewer.is(Role::CustomerAdmin) {
        return admin(sold.clone());
    }
    if viewer.maintenance.is_none() && viewer.is(Role::CustomerEmployee) {
        return ask::controls(sold);
    }
    muted(words::ONLY_CUSTOMERS)
}

fn visitor() -> AnyView {
    // The address follows the calculator, and signing in returns to it as it is then.
    let button = move || {
        let _ = navigation::location();
        view! { <ButtonLink label=market::SIGN_IN_TO_BUY href=sign_in::address_back_here() look=Look::Primary /> }
    };
    view! { <Stack tight=true>{dynamic(button)}{muted(market::SIGN_IN_HINT)}</Stack> }.into_any()
}

fn admin(sold: Sold) -> AnyView {
    let (id, promotion) = (sold.product.id.clone(), sold.promotion.clone());
    let found = load(move || license::product_offer(id.clone(), promotion.clone()));
    show(found, Skeleton::Lines, move |offer| offered(&sold, &offer))
}

fn offered(sold: &Sold, offer: &ProductOffer) -> AnyView {
    let held = offer.license.as_ref().map(held);
    let waiting = offer.waiting_order.as_ref().map(waiting);
    let may = |way: ChargeType| offer.ways.contains(&way) && offer.waiting_order.is_none();
    // One of them is what the partner wants first; whatever else there is stands below it.
    let mut first = true;
    let mut look = || match std::mem::take(&mut first) {
        true => Look::Primary,
        false => Look::Plain,
    };
    let trial = may(ChargeType::Trial).then(|| open::trial(sold, look()));
    let free = may(ChargeType::Free).then(|| open::free(sold, look()));
    let plans = may(ChargeType::Paid) && !sold.product.plans.is_empty();
    let order = plans.then(|| ordering(sold, offer, look()));
    let runs = offer
        .license
        .as_ref()
        .is_some_and(|license| license.status.is_running());
    let none = offer.waiting_order.is_none() && trial.is_none() && free.is_none() && order.is_none() && !runs;
    view! {
        <Stack tight=true>
            {held}
            {waiting}
            <Row>{trial}{free}{order}</Row>
            {none.then(|| muted(words::NOTHING_TO_BUY))}
        </Stack>
    }
    .into_any()
}

fn held(license: &LicenseBrief) -> AnyView {
    let badge = labels::state_badge(labelled::license(license.status));
    let href = Customer::License(license.id.inner().to_owned()).address();
    let until = license.until.clone();
    let until = until.map(|until| {
        muted(live(move || {
            format!("{} {}", words::NEW_END.get(), format::day_of(&until))
        }))
    });
    view! { <Row>{badge}{link(href, words::SEE_LICENSE)}</Row>{until} }.into_any()
}

/// Until it is paid or closed there is no other order.
fn waiting(order: &WaitingOrder) -> AnyView {
    let href = Customer::ProductOrder(order.id.inner().to_owned()).address();
    let (number, amount) = (order.number.clone(), format::money(&order.amount));
    let hint = live(move || words::waiting_hint(&number, &amount));
    view! {
        <Alert level=Level::Info title=words::WAITING_TITLE>
            {paragraph(hint)}
            <Row><ButtonLink label=words::GO_TO_PAY href=href look=Look::Primary small=true /></Row>
        </Alert>
    }
    .into_any()
}

fn ordering(sold: &Sold, offer: &ProductOffer, look: Look) -> AnyView {
    // The page of a license leads here to order at once.
    let asked = navigation::location_now().value(order::ORDER).is_some();
    let open = RwSignal::new(asked);
    let label = match offer.running {
        true => words::RENEW_OR_UPGRADE,
        false => words::ORDER_PLAN,
    };
    let press = Callback::new(move |()| open.set(true));
    let paid = offer.license.as_ref().filter(|_| offer.running);
    let dialog = order::dialog(open, sold, paid.map(|license| license.seats.unwrap_or_default()));
    view! { <Button label=label on_press=press look=look />{dialog} }.into_any()
}
