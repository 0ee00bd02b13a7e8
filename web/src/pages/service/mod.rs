//! Service requests (服务, L25), for the customer who asks and the partner who answers: lists, one thread, and asking.

mod answer;
mod close;
mod list;
mod new;
mod overview;
mod request;
mod taken;
mod thread;

use std::cell::Cell;

use leptos::prelude::*;

use crate::{
    api::{
        live::{Live, Update},
        order::OrderParty,
        service_request::ServiceRequestChange,
    },
    routes::{Customer, Portal},
};

pub use list::page as list;
pub use new::page as new;
pub use request::page as request;

/// Where a side reads one request.
fn address(party: OrderParty, id: &cynic::Id) -> String {
    let id = id.inner().to_owned();
    match party {
        OrderParty::Partner => Portal::ServiceRequest(id).address(),
        OrderParty::Customer => Customer::ServiceRequest(id).address(),
    }
}

/// Where a side reads all of them.
fn list_address(party: OrderParty) -> String {
    match party {
        OrderParty::Partner => Portal::Service.address(),
        OrderParty::Customer => Customer::Service.address(),
    }
}

/// Tells `changed` of each change that a subscription sends. Its first value is what stands on the screen already.
fn changes(changed: Callback<()>) -> impl Fn(Update<ServiceRequestChange>) + 'static {
    let known = Cell::new(false);
    move |update| match update {
        Update::Value(_) if known.replace(true) => changed.run(()),
        Update::Value(_) | Update::Complete | Update::Interrupted => {}
    }
}

/// Keeps a subscription for as long as the part of the screen that asked for it.
fn follow(live: Live) {
    crate::api::live::while_shown(live);
}
