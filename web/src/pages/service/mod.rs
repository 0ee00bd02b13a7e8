//! Service requests (服务, L25), for the customer who asks and the partner who answers: lists, one thread, and asking.

mod answer;
mod close;
mod list;
mod new;
mod overview;
mod request;
mod taken;
mod thread;

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

/// Tells `changed` of each value that a subscription sends, the first as well: something may have been written since the page was read.
fn changes(changed: Callback<()>) -> impl Fn(Update<ServiceRequestChange>) + 'static {
    move |update| match update {
        Update::Value(_) => changed.run(()),
        Update::Complete | Update::Interrupted => {}
    }
}

/// Keeps a subscription for as long as the part of the screen that asked for it.
fn follow(live: Live) {
    crate::api::live::while_shown(live);
}
