//! AppShelf's front end: a Leptos single page application for partners, customers and platform operators.
//!
//! - `api`: typed operations against `schema.graphql`; the only place that knows HTTP.
//! - `session`, `inbox`, `navigation`, `routes`, `i18n`, `theme`, `format`, `browser`: what the whole application shares.
//! - `forms`: form state and checks without a screen.
//! - `components`: the parts of every page; `layouts`: the shell around it; `pages`: one file a page.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]

#[macro_use]
pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod format;
pub mod forms;
pub mod i18n;
pub mod inbox;
pub mod labels;
pub mod layouts;
pub mod load;
pub mod navigation;
pub mod pages;
pub mod ranking;
pub mod routes;
pub mod session;
pub mod theme;
