//! Pages of customers: buying by a link, my apps and their settings, the applications themselves, orders.

mod acceptance;
mod app;
mod app_list;
mod app_page;
mod audience;
mod checklist;
mod checklist_steps;
mod custom;
mod folders;
mod form_edit;
mod instance_steps;
mod order;
mod order_list;
mod overview;
mod page_list;
mod page_move;
mod page_rename;
mod permission;
mod process_design;
mod publish;
mod purchase;
mod purchase_refusal;
mod received;
mod record;
mod remove_page;
mod removed_pages;
mod seats;
mod settings;

use leptos::prelude::*;

use super::{area::Area, not_found};
use crate::{
    api::{
        application::ComponentKind,
        record::{AppFrame, OpenPage},
    },
    components::{
        alert::{Alert, Level},
        layout::{Card, link},
        page_header::{Crumb, crumb},
    },
    i18n::{
        Text,
        texts::{customer, pages, shell},
    },
    labels,
    routes::{Customer, Route},
};

pub use purchase::page as purchase_page;

pub fn list_page(page: Customer) -> AnyView {
    match page {
        Customer::Apps => app_list::page(),
        Customer::Orders => order_list::page(),
        Customer::Order(id) => order::page(id),
        _ => not_found::page(),
    }
}

/// One application: its pages and records.
pub fn app_page(page: Customer) -> AnyView {
    match page {
        Customer::App(id) => app::page(id, None, pages),
        Customer::AppPage(id, key) => app::page(id, Some(key), pages),
        Customer::Record(id, key, record) => app::page(id, Some(key), move |frame, page, changed| {
            record::detail::page(frame, page, record.clone(), changed)
        }),
        _ => not_found::page(),
    }
}

/// A record that is filled in.
pub fn record_form_page(page: Customer) -> AnyView {
    match page {
        Customer::NewRecord(id, key) => app::page(id, Some(key), record::edit::new),
        Customer::EditRecord(id, key, record) => app::page(id, Some(key), move |frame, page, changed| {
            record::edit::change(frame, page, record.clone(), changed)
        }),
        Customer::FormInPage(id, key) => record::edit::embedded(id, key),
        _ => not_found::page(),
    }
}

/// Records that come in as a table.
pub fn record_import_page(page: Customer) -> AnyView {
    match page {
        Customer::ImportRecords(id, key) => app::page(id, Some(key), record::import::page),
        _ => not_found::page(),
    }
}

/// Rich text where a page shows it.
fn rich_text(text: String) -> AnyView {
    Area::RichText.page(Route::Customer(Customer::RichText(text)))
}

/// What admins decide about an application.
pub fn app_settings_page(page: Customer) -> AnyView {
    match page {
        Customer::AppSettings(id) => settings::page(id),
        _ => not_found::page(),
    }
}

/// How the pages of an application are looked after.
pub fn app_pages_page(page: Customer) -> AnyView {
    match page {
        Customer::PagesInSettings(id) => page_list::tab(&id),
        Customer::ProcessDesign(id, key) => process_design::page(id, key),
        _ => not_found::page(),
    }
}

/// Editing the form of a page.
pub fn form_edit_page(page: Customer) -> AnyView {
    match page {
        Customer::EditForm(id, key) => form_edit::page(id, key),
        _ => not_found::page(),
    }
}

/// A page of an application as its kind is shown.
fn pages(frame: AppFrame, page: OpenPage, _: Callback<()>) -> AnyView {
    match page.kind {
        ComponentKind::FormPage => record::list::page(frame, page),
        ComponentKind::CustomPage => custom::custom(&page, &frame),
        ComponentKind::Portal => custom::portal(&page, &frame),
        kind => view! {
            <Card title=page.name>
                <Alert level=Level::Info title=Text::from(move || customer::kind_not_shown(&labels::component(kind).get())) />
            </Card>
        }
        .into_any(),
    }
}

/// The pages among an application's settings.
fn pages_address(id: &str) -> String {
    format!("{}?tab=pages", Customer::AppSettings(id.to_owned()).address())
}

/// What stands in the place of an editor that is closed to the viewer.
fn editing_closed(id: &str) -> AnyView {
    let back = pages_address(id);
    view! {
        <Alert level=Level::Info title=pages::FORM_CLOSED>
            <p>{pages::FORM_CLOSED_HINT}</p>
            <p>{link(back, pages::BACK_TO_PAGES)}</p>
        </Alert>
    }
    .into_any()
}

fn apps_crumb() -> Crumb {
    crumb(shell::NAV_APPS, Customer::Apps.address())
}
