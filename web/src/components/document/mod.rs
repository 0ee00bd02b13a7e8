//! A stored document inside the page: a picture, or whatever the browser's own reader shows in a frame.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::i18n::Text;

/// Shows what stands behind an object URL; `label` is its name.
pub fn document(label: Text, url: String, picture: bool) -> AnyView {
    if picture {
        view! { <img class="max-h-[70vh] max-w-full rounded-field border border-base-300 bg-white" src=url alt=label /> }.into_any()
    } else {
        view! { <iframe class="h-[70vh] w-full rounded-field border border-base-300 bg-white" src=url title=label></iframe> }.into_any()
    }
}

/// A button-like link that opens the document in a tab of its own.
pub fn opened_in_tab(url: String, label: impl Into<Text>) -> AnyView {
    let label: Text = label.into();
    view! {
        <a class="btn btn-outline border-outline bg-base-100 btn-sm font-normal" href=url target="_blank" rel="noopener">
            {icon(Icon::Link)}
            {label}
        </a>
    }
    .into_any()
}
