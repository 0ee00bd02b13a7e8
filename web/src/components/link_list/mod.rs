//! A short list of things to go to: a name that is a link, a line below it, and at the end a mark where there is one.

use leptos::prelude::*;

use super::layout::link;
use crate::i18n::Text;

pub struct Entry {
    pub href: String,
    pub name: String,
    pub line: Text,
    pub mark: Option<AnyView>,
}

pub fn link_list(entries: Vec<Entry>) -> AnyView {
    let items: Vec<AnyView> = entries
        .into_iter()
        .map(|entry| {
            view! {
                <li class="flex items-start justify-between gap-3 py-2.5 first:pt-0 last:pb-0">
                    <div class="min-w-0 break-words">
                        {link(entry.href, entry.name)}
                        <p class="text-xs text-muted">{entry.line}</p>
                    </div>
                    {entry.mark}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="divide-y divide-base-300">{items}</ul> }.into_any()
}

/// Sentences that each lead to a place on this page: what is said, its address, and how one goes there.
pub fn jump_list(places: Vec<(Text, String, Callback<()>)>) -> AnyView {
    let items: Vec<AnyView> = places
        .into_iter()
        .map(|(said, href, go)| {
            let jump = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                go.run(());
            };
            view! { <li><a class="link link-hover inline-block py-1" href=href on:click=jump>{said}</a></li> }
                .into_any()
        })
        .collect();
    view! { <ul class="list-disc ps-5">{items}</ul> }.into_any()
}
