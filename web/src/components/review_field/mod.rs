//! Fields of a thing under review, one below the other: the name with its mark and what can be done about it, the value, and what
//! stood there before where it changed. Pictures stand beside each other.

use leptos::prelude::*;

use crate::i18n::{Text, texts::reviews};

/// One field.
pub struct ReviewField {
    /// To which a link leads.
    pub id: String,
    pub name: Text,
    pub mark: Option<AnyView>,
    pub action: Option<AnyView>,
    pub value: AnyView,
    pub before: Option<AnyView>,
    /// What the reader writes about it.
    pub remark: Option<AnyView>,
}

pub fn review_fields(fields: Vec<ReviewField>) -> AnyView {
    let items: Vec<AnyView> = fields.into_iter().map(item).collect();
    view! { <div class="divide-y divide-base-300">{items}</div> }.into_any()
}

fn item(field: ReviewField) -> AnyView {
    let value = match field.before {
        None => field.value,
        Some(before) => view! {
            <div class="grid gap-3 sm:grid-cols-2">
                <div class="min-w-0 rounded-field bg-base-200 p-3">
                    <p class="mb-1 text-xs text-muted">{reviews::BEFORE}</p>
                    {before}
                </div>
                <div class="min-w-0 rounded-field border border-base-300 p-3">
                    <p class="mb-1 text-xs text-muted">{reviews::AFTER}</p>
                    {field.value}
                </div>
            </div>
        }
        .into_any(),
    };
    view! {
        <div id=field.id tabindex="-1" class="scroll-mt-20 py-4 first:pt-0 last:pb-0">
            <div class="mb-1.5 flex min-h-8 flex-wrap items-center justify-between gap-2">
                <div class="flex flex-wrap items-center gap-2">
                    <h3 class="text-sm font-semibold">{field.name}</h3>
                    {field.mark}
                </div>
                {field.action}
            </div>
            <div class="break-words whitespace-pre-line">{value}</div>
            {field.remark.map(|remark| view! { <div class="mt-3">{remark}</div> })}
        </div>
    }
    .into_any()
}

/// A square picture that stands for a thing.
pub fn icon_picture(words: impl Into<Text>, url: String) -> AnyView {
    let words: Text = words.into();
    view! { <img class="size-20 rounded-box border border-base-300 object-cover" src=url alt=words /> }.into_any()
}

/// The same beside a name in a list; the name says what it is.
pub fn named_with_picture(url: Option<String>, name: AnyView) -> AnyView {
    let picture = match url {
        Some(url) => view! { <img class="size-9 shrink-0 rounded-field border border-base-300 object-cover" src=url alt="" loading="lazy" /> }.into_any(),
        None => view! { <span class="size-9 shrink-0 rounded-field bg-base-200" aria-hidden="true"></span> }.into_any(),
    };
    view! { <div class="flex items-center gap-3 max-md:flex-row-reverse">{picture}<div class="min-w-0">{name}</div></div> }.into_any()
}

/// Pictures beside each other; each opens in its full size in a tab of its own.
pub fn gallery(pictures: Vec<(Text, String)>) -> AnyView {
    let items: Vec<AnyView> = pictures
        .into_iter()
        .map(|(words, url)| {
            let href = url.clone();
            view! {
                <li>
                    <a class="block" href=href target="_blank" rel="noopener">
                        <img class="h-40 max-w-full rounded-field border border-base-300 bg-base-200 object-contain" src=url alt=words loading="lazy" />
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="flex flex-wrap gap-3">{items}</ul> }.into_any()
}

/// Small words beside each other.
pub fn word_row(words: Vec<AnyView>) -> AnyView {
    view! { <div class="flex flex-wrap gap-2">{words}</div> }.into_any()
}
