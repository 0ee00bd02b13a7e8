//! How a product is had, beside what it costs: whoever has not signed in does that first, and returns to the product.

use leptos::prelude::*;

use crate::{
    api::market::MarketProduct,
    components::{
        button::{ButtonLink, Look},
        dynamic::dynamic,
        layout::{Stack, muted},
    },
    i18n::texts::market as words,
    navigation,
    pages::sign_in,
    session,
};

/// The controls for this product; nothing where there is nothing to do.
pub fn controls(_product: &MarketProduct) -> Option<AnyView> {
    session::viewer_now().is_none().then(visitor)
}

fn visitor() -> AnyView {
    // The address follows the calculator, and signing in returns to it as it is then.
    let button = move || {
        let _ = navigation::location();
        view! { <ButtonLink label=words::SIGN_IN_TO_BUY href=sign_in::address_back_here() look=Look::Primary /> }
    };
    view! { <Stack tight=true>{dynamic(button)}{muted(words::SIGN_IN_HINT)}</Stack> }.into_any()
}
