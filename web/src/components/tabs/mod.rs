//! Tabs that are addresses: each is a link that sets one value of the query string.

use leptos::prelude::*;

use crate::{i18n::Text, navigation};

/// One tab: the value in the address (empty for the first) and its words.
pub struct Tab {
    pub value: &'static str,
    pub label: Text,
}

pub fn tab(value: &'static str, label: impl Into<Text>) -> Tab {
    Tab {
        value,
        label: label.into(),
    }
}

/// A row of tabs for the query value `name`. `label` names the row.
#[component]
pub fn Tabs(name: &'static str, #[prop(into)] label: Text, tabs: Vec<Tab>) -> AnyView {
    let current = navigation::query(name);
    let items: Vec<AnyView> = tabs
        .into_iter()
        .map(|tab| {
            let value = tab.value;
            let chosen = move || current.with(|current| current == value);
            view! {
                <a
                    class="tab whitespace-nowrap"
                    class:tab-active=chosen
                    href=move || navigation::address_with(&[(name, value)])
                    aria-current=move || chosen().then_some("page")
                >
                    {tab.label}
                </a>
            }
            .into_any()
        })
        .collect();
    view! { <nav class="tabs tabs-border flex-nowrap overflow-x-auto" aria-label=label>{items}</nav> }.into_any()
}
