//! A search field whose words stand in the address; the list follows while one types.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{browser, i18n::Text, navigation};

/// How long a pause in typing is.
const PAUSE_MS: u32 = 200;

/// Searches by the query value `name`. Waits for a pause in typing so that the list does not flicker, and for the end of a word that is
/// being composed: its letters are no words yet.
#[component]
pub fn SearchBox(
    #[prop(into)] label: Text,
    #[prop(default = "q")] name: &'static str,
    /// Takes the whole width.
    #[prop(optional)]
    wide: bool,
    #[prop(optional)] limit: Option<u32>,
) -> AnyView {
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
    let composing = StoredValue::new(false);
    let search_soon = move || {
        turn.update(|turn| *turn += 1);
        let mine = turn.get_untracked();
        browser::after(PAUSE_MS, move || {
            if turn.try_get_untracked() == Some(mine) {
                navigation::set_query(&[(name, typed.get_untracked().trim())]);
            }
        });
    };
    let type_words = move |event: web_sys::Event| {
        typed.set(event_target_value(&event));
        if !composing.get_value() {
            search_soon();
        }
    };
    let composed = move |_| {
        composing.set_value(false);
        search_soon();
    };
    view! {
        <label class="input w-full" class=("sm:w-72", !wide) class=("sm:w-64", wide) class=("sm:grow", wide)>
            {icon(Icon::Search)}
            <input
                type="search"
                placeholder=label.clone()
                aria-label=label
                maxlength=limit
                prop:value=typed
                on:input=type_words
                on:compositionstart=move |_| composing.set_value(true)
                on:compositionend=composed
            />
        </label>
    }
    .into_any()
}
