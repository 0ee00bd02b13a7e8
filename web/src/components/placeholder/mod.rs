//! Where something stands that cannot be shown here: what it is, in words.

use leptos::prelude::*;

use crate::i18n::Text;

pub fn placeholder(words: Text) -> AnyView {
    view! { <p class="rounded-field border border-dashed border-base-300 px-3 py-2 text-muted">{words}</p> }.into_any()
}
