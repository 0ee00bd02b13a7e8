//! The pages, one file each, in a folder a face. A page composes components; it holds no class names and no HTTP.

mod audit;
mod audit_action;
mod customer;
pub mod home;
pub mod not_found;
mod operator;
mod portal;
pub mod sign_in;

use leptos::prelude::*;

use crate::routes::Route;

/// The page of an address for a signed-in person. Who may not see it is told so by the server's answers.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Portal(page) => portal::page(page),
        Route::Customer(page) => customer::page(page),
        Route::Purchase(token) => customer::purchase_page(token),
        Route::Operator(page) => operator::page(page),
        Route::Audit => audit::page(),
        Route::Home | Route::SignIn | Route::NotFound => not_found::page(),
    }
}
