//! A search field whose words stand in the address; the list follows while one types.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{browser, i18n::Text, navigation};

/// Searches by the query value `name`. Waits for a pause in typing so that the list does not flicker.
#[component]
pub fn SearchBox(#[prop(into)] label: Text, #[prop(default = "q")] name: &'static str) -> AnyView {
    let current = navigation::query(name);
    let typed = RwSignal::new(current.get_untracked());
    let turn = RwSignal::new(0u32);
    // Back and forward change the words too.
    Effect::new(move |_| {
        let words = current.get();
        if typed.get_untracked().trim() != words {
            typed.set(words);
        }
    });
    let type_words = move |event: web_sys::Event| {
        typed.set(event_target_value(&event));
        turn.update(|turn| *turn += 1);
        let mine = turn.get_untracked();
        browser::after(300, move || {
            if turn.try_get_untracked() == Some(mine) {
                navigation::set_query(&[(name, typed.get_untracked().trim())]);
            }
        });
    };
    view! {
        <label class="input w-full sm:w-72">
            {icon(Icon::Search)}
            <input type="search" placeholder=label.clone() aria-label=label prop:value=typed on:input=type_words />
        </label>
    }
    .into_any()
}
