//! The pages, one file each, in a folder a face. A page composes components; it holds no class names and no HTTP;
//! some pages make an area, which is a module of its own in the browser (`area`).

mod approvals;
pub mod area;
mod audit;
mod audit_action;
mod buying;
mod cool_app_market;
mod cool_app_sheet;
mod customer;
pub mod home;
mod leads;
mod maintenance;
mod market;
pub mod not_found;
mod notifications;
mod operator;
mod order_timeline;
mod plan_calculator;
pub(crate) mod portal;
mod product_parts;
mod promotion;
mod promotions;
mod ratings;
mod rollout;
mod sales;
mod sending;
mod service;
pub mod sign_in;
mod sign_offs;
mod team;

use leptos::prelude::*;

use crate::routes::Route;

/// The page of an address for whoever may be there. Who may not see it is told so by the server's answers.
pub fn page(route: Route) -> AnyView {
    match area::Area::of(&route) {
        Some(area) => area.page(route),
        None if route == Route::Home => home::page(),
        None => not_found::page(),
    }
}
