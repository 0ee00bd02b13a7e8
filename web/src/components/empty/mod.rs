//! What stands where nothing is yet: what this place is for, and the next step.

use leptos::prelude::*;

use super::icon::{Icon, large_icon};
use crate::i18n::Text;

/// An empty state. `children` is the next step, usually one button.
#[component]
pub fn Empty(
    picture: Icon,
    #[prop(into)] title: Text,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    view! {
        <div class="flex flex-col items-center gap-2 rounded-box border border-dashed border-base-300 bg-base-100 px-6 py-12 text-center">
            <span class="text-muted">{large_icon(picture)}</span>
            <p class="font-semibold">{title}</p>
            {hint.map(|hint| view! { <p class="max-w-prose text-muted">{hint}</p> })}
            {children.map(|children| view! { <div class="mt-3 flex flex-wrap justify-center gap-2">{children()}</div> })}
        </div>
    }
    .into_any()
}
