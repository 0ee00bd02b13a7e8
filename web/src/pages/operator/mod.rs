//! Pages of platform operators: reviews of projects, amendments and permissions, the orders of every partner, and what
//! editions are entitled to.

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

use super::portal::{
    order::{self, Side},
    order_list,
};
use crate::routes::Operator;

pub fn page(page: Operator) -> AnyView {
    match page {
        Operator::Projects => project_list::page(),
        Operator::Project(id) => project::page(id),
        Operator::Amendment(id) => amendment::page(id),
        Operator::Orders => order_list::page(Side::Reviewer),
        Operator::Order(id) => order::page(id, Side::Reviewer),
        Operator::Permissions => permission_list::page(),
        Operator::Permission(id) => permission::page(id),
        Operator::Editions => editions::page(),
    }
}
