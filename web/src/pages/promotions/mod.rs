//! 推广码: the promotion links of the partner (L18), and what came of each (L19).

mod form;
mod funnel;
mod link;
mod list;

use leptos::prelude::*;

pub fn list() -> AnyView {
    list::page()
}

pub fn link(id: String) -> AnyView {
    link::page(id)
}
