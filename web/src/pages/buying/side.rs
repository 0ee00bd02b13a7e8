//! What differs between those who buy and those who sell: addresses, and whether they may act. Also the words that both read.

use leptos::prelude::*;

use crate::{
    api::{DateTime, order::OrderParty, session::Role},
    components::page_header::{Crumb, crumb},
    format,
    i18n::{
        Text, live,
        texts::{buying as words, shell},
    },
    routes::{Customer, Portal},
    session,
};

/// The address of an order.
pub fn order(party: OrderParty, id: &cynic::Id) -> String {
    let id = id.inner().to_owned();
    match party {
        OrderParty::Customer => Customer::ProductOrder(id).address(),
        OrderParty::Partner => Portal::ProductOrder(id).address(),
    }
}

/// The address of a license.
pub fn license(party: OrderParty, id: &cynic::Id) -> String {
    let id = id.inner().to_owned();
    match party {
        OrderParty::Customer => Customer::License(id).address(),
        OrderParty::Partner => Portal::License(id).address(),
    }
}

/// The list of licenses.
pub fn licenses_crumb(party: OrderParty) -> Crumb {
    match party {
        OrderParty::Customer => crumb(shell::NAV_LICENSES, Customer::Licenses.address()),
        OrderParty::Partner => {
            let orders = Portal::ProductOrders.address();
            crumb(words::TAB_CUSTOMER_LICENSES, format!("{orders}?tab=licenses"))
        }
    }
}

/// The list of orders.
pub fn orders_crumb(party: OrderParty) -> Crumb {
    match party {
        OrderParty::Customer => {
            let licenses = Customer::Licenses.address();
            crumb(shell::NAV_LICENSES, format!("{licenses}?tab=orders"))
        }
        OrderParty::Partner => crumb(shell::NAV_PRODUCT_ORDERS, Portal::ProductOrders.address()),
    }
}

/// Whether the person may order for a customer.
pub fn may_sell() -> bool {
    session::viewer_now().is_some_and(|viewer| viewer.is(Role::PartnerAdmin))
}

pub fn seats(seats: Option<i32>) -> Text {
    seats.map_or_else(|| words::NO_SEAT_LIMIT.into(), |seats| seats.to_string().into())
}

/// From which day to which.
pub fn period(from: &DateTime, until: Option<&DateTime>) -> Text {
    let (from, until) = (from.clone(), until.cloned());
    live(move || match &until {
        Some(until) => words::from_until(&format::day_of(&from), &format::day_of(until)),
        None => words::from_on(&format::day_of(&from)),
    })
}

/// An instant, a dash for none.
pub fn moment(at: Option<&DateTime>) -> AnyView {
    let at = at.cloned();
    live(move || at.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any()
}
