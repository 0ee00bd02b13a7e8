//! Language and theme: the two choices that everybody has, signed in or not.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    components::{
        icon::{Icon, icon},
        menu::{Entry, entry, popover_menu},
    },
    i18n::{Key, Language, Text, language, texts::shell},
    session,
    theme::{self, Theme},
};

/// The two choices as menus in a bar.
#[component]
pub fn Preferences() -> AnyView {
    view! { {language_menu()}{theme_menu()} }.into_any()
}

fn language_menu() -> AnyView {
    // Each language in its own words, so that it is found by those who cannot read the present one.
    let choose = |name: &'static str, chosen: Language| Entry {
        picture: None,
        ..entry(name, move || session::choose_language(chosen))
    };
    let trigger = view! {
        {icon(Icon::Globe)}
        <span class="max-sm:hidden">{dynamic(move || match language() { Language::Chinese => "中文", Language::English => "English" })}</span>
    };
    popover_menu(
        shell::LANGUAGE.into(),
        trigger.into_any(),
        "btn btn-ghost btn-sm text-sm font-normal",
        vec![choose("中文", Language::Chinese), choose("English", Language::English)],
    )
}

fn theme_menu() -> AnyView {
    let chosen = RwSignal::new(theme::stored());
    let choose = move |name: Key, value: Theme| {
        let label = Text::from(move || {
            if chosen.get() == value {
                format!("✓ {}", name.get())
            } else {
                name.get().to_owned()
            }
        });
        entry(label, move || {
            theme::choose(value);
            chosen.set(value);
        })
    };
    let entries = vec![
        choose(shell::THEME_SYSTEM, Theme::System),
        choose(shell::THEME_LIGHT, Theme::Light),
        choose(shell::THEME_DARK, Theme::Dark),
    ];
    popover_menu(
        shell::THEME.into(),
        icon(Icon::Sun),
        "btn btn-ghost btn-square btn-sm",
        entries,
    )
}
