//! The cool-app market for customers and visitors (L22), and the groups of an organisation with what is installed in them (L23).

mod app;
mod group;
mod group_list;
mod install;
mod list;

use leptos::prelude::*;

use super::not_found;
use crate::{
    components::page_header::{Crumb, crumb},
    i18n::texts::shell,
    routes::Customer,
};

pub fn page(page: Customer) -> AnyView {
    match page {
        Customer::CoolApps => list::page(),
        Customer::CoolApp(id) => app::page(id),
        Customer::Groups => group_list::page(),
        Customer::Group(id) => group::page(id),
        _ => not_found::page(),
    }
}

fn market_crumb() -> Crumb {
    crumb(shell::NAV_COOL_APP_MARKET, Customer::CoolApps.address())
}

fn groups_crumb() -> Crumb {
    crumb(shell::NAV_GROUPS, Customer::Groups.address())
}
