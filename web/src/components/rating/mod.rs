//! How good something was: stars for eyes, numbers for everybody else.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::i18n::texts::customer;

pub fn stars(given: u32, best: u32) -> AnyView {
    let given = given.min(best);
    let full = "★".repeat(given as usize);
    let rest = "☆".repeat((best - given) as usize);
    view! {
        <span aria-hidden="true" class="whitespace-nowrap text-warning">{full}{rest}</span>
        <span class="sr-only">{dynamic(move || customer::rating_of(&given, &best))}</span>
    }
    .into_any()
}
