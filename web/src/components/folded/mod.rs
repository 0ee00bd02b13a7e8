//! Something long that opens on demand: the native disclosure.

use leptos::prelude::*;

use crate::i18n::Text;

pub fn folded(summary: impl Into<Text>, content: AnyView) -> AnyView {
    let summary: Text = summary.into();
    view! {
        <details class="rounded-field border border-base-300">
            <summary class="cursor-pointer px-3 py-2 font-medium">{summary}</summary>
            <div class="p-3 pt-0">{content}</div>
        </details>
    }
    .into_any()
}
