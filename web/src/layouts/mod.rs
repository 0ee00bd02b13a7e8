//! What stands around pages: the shell of signed-in people and the plain frame of everybody else.

pub mod bell;
mod inside;
pub mod leave;
mod navigation_list;
pub mod plain;
pub mod preferences;
pub mod shell;

use leptos::prelude::*;

use crate::{browser, i18n::texts::shell as words};

/// The first thing that the keyboard reaches: past the bar, to the page.
fn skip_link() -> AnyView {
    let skip = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        browser::focus("main");
    };
    view! {
        <a href="#main" on:click=skip class="sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-2 focus:z-50 btn btn-primary btn-sm">
            {words::SKIP}
        </a>
    }
    .into_any()
}
