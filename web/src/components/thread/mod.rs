//! What two sides wrote to each other, oldest first: who, when, what it did, the text with its lines, and files. One's own side stands
//! at the other edge.

use leptos::prelude::*;

use super::badge::{Tone, badge};
use crate::i18n::Text;

/// One message.
pub struct Entry {
    pub author: Text,
    pub at: Text,
    /// What it did besides being said, and what that means.
    pub mark: Option<(Tone, Text)>,
    /// Its lines stay lines.
    pub text: Text,
    pub files: Vec<AnyView>,
    /// Written on the side of whoever reads.
    pub own: bool,
}

pub fn thread(label: impl Into<Text>, entries: Vec<Entry>) -> AnyView {
    let label: Text = label.into();
    let items: Vec<AnyView> = entries.into_iter().map(item).collect();
    view! { <ol class="space-y-4" aria-label=label>{items}</ol> }.into_any()
}

fn item(entry: Entry) -> AnyView {
    let class = match entry.own {
        true => "ms-4 rounded-box border border-base-300 bg-base-200 px-4 py-3 sm:ms-12",
        false => "me-4 rounded-box border border-base-300 bg-base-100 px-4 py-3 sm:me-12",
    };
    let files = (!entry.files.is_empty()).then(|| view! { <div class="mt-3 space-y-2">{entry.files}</div> });
    view! {
        <li class=class>
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span class="font-medium">{entry.author}</span>
                {entry.mark.map(|(tone, words)| badge(tone, words))}
                <time class="ms-auto text-xs text-muted">{entry.at}</time>
            </div>
            <p class="mt-2 break-words whitespace-pre-line">{entry.text}</p>
            {files}
        </li>
    }
    .into_any()
}
