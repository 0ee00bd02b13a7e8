//! How far something is: a bar with its numbers in words.

use leptos::prelude::*;

use crate::i18n::Text;

/// A bar from 0 to `total`; without a total it only shows that something happens. `label` says what, with the counts.
#[component]
pub fn Progress(
    #[prop(into)] done: Signal<i32>,
    #[prop(into)] total: Signal<i32>,
    #[prop(into)] label: Text,
) -> AnyView {
    let name = label.clone();
    view! {
        <div class="min-w-28 space-y-1">
            <p class="whitespace-nowrap text-muted max-sm:whitespace-normal">{label}</p>
            <progress
                class="progress progress-primary w-full"
                aria-label=name
                max=move || (total.get() > 0).then(|| total.get())
                value=move || (total.get() > 0).then(|| done.get())
            ></progress>
        </div>
    }
    .into_any()
}
