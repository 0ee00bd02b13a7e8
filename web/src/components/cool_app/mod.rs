//! Parts of a cool app as people see them: its small pictures, its entries, its robot, and the line with which somebody invites to it.

use leptos::prelude::*;

use super::{
    icon::{Icon, icon},
    layout::{Row, muted},
};
use crate::i18n::Text;

/// A picture beside a name, which says what it is.
pub fn small_picture(url: String) -> AnyView {
    view! { <img class="size-8 shrink-0 rounded-field border border-base-300 bg-white object-cover" src=url alt="" /> }
        .into_any()
}

/// A name with its picture, and what stands beside it.
pub fn pictured(url: Option<String>, name: String, beside: Option<AnyView>) -> AnyView {
    let picture = url.map(small_picture);
    view! { <Row>{picture}<span class="font-medium">{name}</span>{beside}</Row> }.into_any()
}

/// A picture beside the line that says what the thing does.
pub fn introduced(url: Option<String>, line: String) -> AnyView {
    let picture = url.map(small_picture);
    view! { <Row>{picture}{muted(line)}</Row> }.into_any()
}

/// Entries or the like, below each other.
pub fn part_list(parts: Vec<AnyView>) -> AnyView {
    let items: Vec<AnyView> = parts
        .into_iter()
        .map(|part| view! { <li>{part}</li> }.into_any())
        .collect();
    view! { <ul class="space-y-2">{items}</ul> }.into_any()
}

/// What leads from a group into a cool app, side by side.
pub fn entry_links(links: Vec<AnyView>) -> AnyView {
    view! { <ul class="grid gap-3 sm:grid-cols-2">{links}</ul> }.into_any()
}

/// One of them. It opens beside the conversation or over it where the chat can do so; here in a tab of its own, and the other side
/// learns nothing of this page.
pub fn entry_link(url: String, picture: String, name: String, mode: impl Into<Text>) -> AnyView {
    let mode: Text = mode.into();
    view! {
        <li>
            <a
                class="flex items-center gap-3 rounded-field border border-base-300 px-3 py-2 hover:bg-base-200"
                href=url
                target="_blank"
                rel="noopener noreferrer"
            >
                {small_picture(picture)}
                <span class="min-w-0">
                    <span class="block font-medium break-words">{name}</span>
                    <span class="block text-xs text-muted">{mode}</span>
                </span>
                <span class="ms-auto text-muted">{icon(Icon::Link)}</span>
            </a>
        </li>
    }
    .into_any()
}

/// What a colleague would say.
pub fn quote(by: impl Into<Text>, said: String) -> AnyView {
    let by: Text = by.into();
    view! {
        <figure class="rounded-field bg-base-200 px-4 py-3">
            <figcaption class="mb-1 text-xs text-muted">{by}</figcaption>
            <blockquote class="break-words">{said}</blockquote>
        </figure>
    }
    .into_any()
}

/// Text with its line ends.
pub fn written(text: String) -> AnyView {
    view! { <div class="break-words whitespace-pre-line">{text}</div> }.into_any()
}
