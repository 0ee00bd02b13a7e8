//! The frame of pages for people who are not signed in: the product's name, language, theme, one column; where there is something to look
//! at, the way to sign in, which returns there.

use leptos::prelude::*;

use super::{preferences::Preferences, skip_link};
use crate::{
    components::{
        dynamic::dynamic,
        icon::{Icon, icon},
    },
    i18n::texts::shell,
    navigation, pages,
    routes::{Market, Route},
};

#[component]
pub fn PlainLayout(
    /// The person looks around.
    #[prop(optional)]
    visiting: bool,
    children: Children,
) -> AnyView {
    let home = if visiting {
        Route::Market(Market::Search)
    } else {
        Route::Home
    };
    view! {
        <div class="flex min-h-dvh flex-col">
            {visiting.then(skip_link)}
            <header class="flex h-14 items-center justify-between gap-4 border-b border-base-300 bg-base-100 px-5">
                <a href=home.address() class="text-base font-semibold">{shell::PRODUCT}</a>
                <div class="flex items-center gap-1">
                    <Preferences />
                    {visiting.then(|| dynamic(sign_in))}
                </div>
            </header>
            <main id="main" tabindex="-1" class="mx-auto w-full max-w-page flex-1 px-5 py-8">{children()}</main>
        </div>
    }
    .into_any()
}

/// Follows the address, since it leads back there.
fn sign_in() -> AnyView {
    let _ = navigation::location();
    view! {
        <a class="btn btn-primary btn-sm ms-2" href=pages::sign_in::address_back_here()>{icon(Icon::User)}{shell::SIGN_IN}</a>
    }
    .into_any()
}
