//! Pages of customers: buying by a link, my apps and their settings, the applications themselves, orders.

mod app;
mod app_list;
mod app_page;
mod custom;
mod instance_steps;
mod order;
mod order_list;
mod overview;
mod publish;
mod purchase;
mod purchase_refusal;
mod record;
mod settings;

use leptos::prelude::*;

use super::not_found;
use crate::{
    components::page_header::{Crumb, crumb},
    i18n::texts::shell,
    routes::Customer,
};

pub use purchase::page as purchase_page;

use app_page::Place;

pub fn list_page(page: Customer) -> AnyView {
    match page {
        Customer::Apps => app_list::page(),
        Customer::Orders => order_list::page(),
        Customer::Order(id) => order::page(id),
        _ => not_found::page(),
    }
}

/// One application.
pub fn app_page(page: Customer) -> AnyView {
    match page {
        Customer::App(id) => app::page(id, None, Place::Page),
        Customer::AppPage(id, key) => app::page(id, Some(key), Place::Page),
        Customer::NewRecord(id, key) => app::page(id, Some(key), Place::New),
        Customer::Record(id, key, record) => app::page(id, Some(key), Place::Record(record)),
        Customer::EditRecord(id, key, record) => app::page(id, Some(key), Place::Edit(record)),
        Customer::AppSettings(id) => settings::page(id),
        _ => not_found::page(),
    }
}

fn apps_crumb() -> Crumb {
    crumb(shell::NAV_APPS, Customer::Apps.address())
}
