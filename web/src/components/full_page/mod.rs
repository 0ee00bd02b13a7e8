//! A page that says one thing: why something cannot be done here and what to do, or that it is done.

use leptos::prelude::*;

use super::{
    icon::{Icon, large_icon},
    page_header::name_tab,
};
use crate::i18n::Text;

/// One message as the whole page. `children` explains it and holds the next step; the heading takes the focus so that
/// screen readers begin there.
#[component]
pub fn FullPage(
    picture: Icon,
    #[prop(into)] title: Text,
    #[prop(optional, into)] hint: Option<Text>,
    children: Children,
) -> AnyView {
    name_tab(title.clone());
    let heading = NodeRef::<leptos::html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    view! {
        <section class="mx-auto max-w-prose rounded-box border border-base-300 bg-base-100 p-6 shadow-raised sm:mt-6 sm:p-10">
            <span class="text-muted">{large_icon(picture)}</span>
            <h1 node_ref=heading tabindex="-1" class="mt-3 text-xl">{title}</h1>
            {hint.map(|hint| view! { <p class="mt-2 whitespace-pre-line">{hint}</p> })}
            <div class="mt-5 space-y-5">{children()}</div>
        </section>
    }
    .into_any()
}
