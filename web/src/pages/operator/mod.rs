//! Pages of platform operators: reviews of projects, amendments and permissions, and what editions are entitled to.

mod amendment;
mod amendment_list;
mod calendar_form;
mod categories;
mod category_dialogs;
mod cool_app;
mod cool_app_list;
mod decision;
mod editions;
mod permission;
mod permission_list;
mod pre_tasks;
mod product_review;
mod product_review_content;
mod product_review_decision;
mod product_review_delisting;
mod product_review_list;
mod product_review_side;
mod product_review_tasks;
mod product_review_value;
mod product_review_words;
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
        // These lie in an area of their own.
        Operator::Approvals
        | Operator::Products
        | Operator::Product(_)
        | Operator::Categories
        | Operator::CoolApps
        | Operator::CoolApp(_) => not_found::page(),
    }
}

/// The pages about products and cool apps.
pub fn product_review_page(page: Operator) -> AnyView {
    match page {
        Operator::Products => product_review_list::page(),
        Operator::Product(id) => product_review::page(id),
        Operator::Categories => categories::page(),
        Operator::CoolApps => cool_app_list::page(),
        Operator::CoolApp(id) => cool_app::page(id),
        _ => not_found::page(),
    }
}
