//! Pages of platform operators: reviews of projects, amendments and permissions, and what editions are entitled to.

mod amendment;
mod amendment_list;
mod contract_preview;
mod decision;
mod editions;
mod permission;
mod permission_list;
mod project;
mod project_list;

use leptos::prelude::*;

use super::not_found;
use crate::routes::Operator;

pub fn page(page: Operator) -> AnyView {
    match page {
        Operator::Projects => project_list::page(),
        Operator::Project(id) => project::page(id),
        Operator::Amendment(id) => amendment::page(id),
        // Orders lie in the area of those who sell.
        Operator::Orders | Operator::Order(_) => not_found::page(),
        Operator::Permissions => permission_list::page(),
        Operator::Permission(id) => permission::page(id),
        Operator::Editions => editions::page(),
    }
}
