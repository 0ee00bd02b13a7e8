//! Not a page: where a signed-in person begins, by the roles in the acting organisation.

use crate::{
    api::session::{Role, Viewer},
    routes::{Customer, Operator, Portal, Route},
    session::Face,
};

/// The first page of a person.
pub fn address(viewer: &Viewer) -> String {
    let route = match viewer.faces().first() {
        Some(Face::Partner) if !viewer.is(Role::PartnerAdmin) => Route::Portal(Portal::Applications),
        Some(Face::Partner) if viewer.may_distribute() => Route::Portal(Portal::Projects),
        Some(Face::Partner) => Route::Portal(Portal::Permission),
        Some(Face::Operator) if viewer.is(Role::InternalReviewer) => Route::Operator(Operator::Projects),
        Some(Face::Operator) => Route::Operator(Operator::Editions),
        Some(Face::Customer) | None => Route::Customer(Customer::Apps),
    };
    route.address()
}
