//! The frame of pages for people who are not signed in: the product's name, language, theme, one column.

use leptos::prelude::*;

use super::preferences::Preferences;
use crate::i18n::texts::shell;

#[component]
pub fn PlainLayout(children: Children) -> AnyView {
    view! {
        <div class="flex min-h-dvh flex-col">
            <header class="flex h-14 items-center justify-between gap-4 border-b border-base-300 bg-base-100 px-5">
                <a href="/" class="text-base font-semibold">{shell::PRODUCT}</a>
                <div class="flex items-center gap-1"><Preferences /></div>
            </header>
            <main id="main" tabindex="-1" class="mx-auto w-full max-w-page flex-1 px-5 py-8">{children()}</main>
        </div>
    }
    .into_any()
}
