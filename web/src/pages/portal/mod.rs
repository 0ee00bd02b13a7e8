//! Pages of partners, in several areas.

pub(super) mod amendment;
mod amendment_form;
mod application;
mod application_list;
mod channels;
pub(super) mod cool_app;
mod cool_app_entries;
mod cool_app_form;
mod cool_apps;
pub(super) mod delivery;
mod follow_up;
mod import;
mod install;
mod links;
pub(super) mod order;
pub(super) mod order_list;
mod page_diff;
mod permission;
mod preflight;
mod product;
mod product_actions;
mod product_decision;
mod product_new;
pub(super) mod product_preview;
mod product_state;
mod product_wizard;
mod products;
mod project;
pub(super) mod project_detail;
mod project_form;
mod project_list;
mod rollback;
mod self_test;
mod self_test_answer;
mod self_test_list;
mod send;
mod send_components;
mod send_pages;
mod settlement;
mod test_organizations;

use leptos::prelude::*;

use super::not_found;
use crate::{
    components::page_header::{Crumb, crumb},
    i18n::texts::shell,
    routes::Portal,
};

pub use install::page as install;
pub use order::{Side, page as order};
pub use order_list::page as orders;
pub use product_wizard::page as wizard_page;

/// Projects, the permission that they need, and their settlement.
pub fn project_page(page: Portal) -> AnyView {
    match page {
        Portal::Permission => permission::page(),
        Portal::Projects => project_list::page(),
        Portal::NewProject => project_form::new_page(),
        Portal::Project(id) => project::page(id),
        Portal::EditProject(id) => project_form::edit_page(id),
        Portal::Amendment(id) => amendment_form::page(id),
        Portal::Settlement(id) => settlement::page(id),
        _ => not_found::page(),
    }
}

pub fn application_page(page: Portal) -> AnyView {
    match page {
        Portal::Applications => application_list::page(),
        Portal::Import => import::page(),
        Portal::Application(id) => application::page(id),
        _ => not_found::page(),
    }
}

pub fn self_test_page(page: Portal) -> AnyView {
    match page {
        Portal::SelfTests(id) => self_test_list::page(id),
        Portal::SelfTest(id) => self_test::page(id),
        _ => not_found::page(),
    }
}

pub fn shelves_page(page: Portal) -> AnyView {
    match page {
        Portal::Products => products::page(),
        Portal::Product(id) => product::page(id),
        _ => not_found::page(),
    }
}

/// Cool apps as their partner sees them.
pub fn cool_app_page(page: Portal) -> AnyView {
    match page {
        Portal::CoolApps => cool_apps::page(),
        Portal::CoolApp(id) => cool_app::page(id),
        Portal::EditCoolApp(id) => cool_app_form::page(id),
        _ => not_found::page(),
    }
}

fn products_crumb() -> Crumb {
    crumb(shell::NAV_PRODUCTS, Portal::Products.address())
}

fn projects_crumb() -> Crumb {
    crumb(shell::NAV_PROJECTS, Portal::Projects.address())
}

fn applications_crumb() -> Crumb {
    crumb(shell::NAV_APPLICATIONS, Portal::Applications.address())
}
