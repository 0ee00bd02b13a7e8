//! Pages of platform operators: reviews of projects and permissions, and what editions are entitled to.

mod contract_preview;
mod decision;
mod editions;
mod permission;
mod permission_list;
mod project;
mod project_list;

use leptos::prelude::*;

use crate::routes::Operator;

pub fn page(page: Operator) -> AnyView {
    match page {
        Operator::Projects => project_list::page(),
        Operator::Project(id) => project::page(id),
        Operator::Permissions => permission_list::page(),
        Operator::Permission(id) => permission::page(id),
        Operator::Editions => editions::page(),
    }
}
