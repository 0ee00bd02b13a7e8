//! A product as the marketplace shows it: its card, and the head of its page.

use leptos::prelude::*;

use super::{app_card::app_tile, badge::tag};
use crate::i18n::Text;

/// What both show.
#[derive(Clone)]
pub struct ProductFace {
    pub name: String,
    /// The address of its icon; without one its letter stands there.
    pub icon: Option<String>,
    pub summary: String,
    pub partner: String,
    pub category: Option<String>,
    pub tags: Vec<String>,
    pub price: Text,
    pub trial: Option<Text>,
}

fn tile(face: &ProductFace) -> AnyView {
    match &face.icon {
        Some(url) => {
            let url = url.clone();
            view! { <img class="size-14 shrink-0 rounded-box border border-base-300 bg-white object-cover" src=url alt="" /> }.into_any()
        }
        None => app_tile(&face.name),
    }
}

fn tags(face: &ProductFace) -> Option<AnyView> {
    let words: Vec<AnyView> = face
        .category
        .iter()
        .chain(&face.tags)
        .map(|word| view! { <li class="max-w-full">{tag(word.clone())}</li> }.into_any())
        .collect();
    (!words.is_empty()).then(|| view! { <ul class="flex flex-wrap gap-1">{words}</ul> }.into_any())
}

/// The card in a list.
pub fn product_card(face: &ProductFace) -> AnyView {
    let (price, trial) = (face.price.clone(), face.trial.clone());
    view! {
        <article class="flex min-w-0 flex-col gap-3 rounded-box border border-base-300 bg-base-100 p-4 shadow-raised">
            <div class="flex items-start gap-3">
                {tile(face)}
                <div class="min-w-0 flex-1">
                    <p class="text-base font-semibold break-words">{face.name.clone()}</p>
                    <p class="text-xs text-muted">{face.partner.clone()}</p>
                </div>
            </div>
            <p class="line-clamp-2 min-h-5 text-muted">{face.summary.clone()}</p>
            {tags(face)}
            <p class="mt-auto flex flex-wrap items-baseline justify-between gap-2 border-t border-base-300 pt-3">
                <span class="font-semibold">{price}</span>
                {trial.map(|trial| view! { <span class="text-xs text-muted">{trial}</span> })}
            </p>
        </article>
    }
    .into_any()
}

/// The head of its page.
pub fn product_head(face: &ProductFace) -> AnyView {
    let price = face.price.clone();
    view! {
        <div class="space-y-3">
            <div class="flex items-start gap-4">
                {tile(face)}
                <div class="min-w-0">
                    <p class="text-lg font-semibold break-words">{face.name.clone()}</p>
                    <p class="text-xs text-muted">{face.partner.clone()}</p>
                    <p class="mt-1 break-words">{face.summary.clone()}</p>
                </div>
            </div>
            {tags(face)}
            <p class="text-lg font-semibold">{price}</p>
        </div>
    }
    .into_any()
}

/// Screenshots beside each other in a strip that scrolls.
pub fn picture_strip(label: impl Into<Text>, urls: Vec<String>) -> AnyView {
    let label: Text = label.into();
    let pictures: Vec<AnyView> = urls
        .into_iter()
        .map(|url| {
            let words = label.clone();
            view! { <li class="shrink-0"><img class="h-40 w-auto max-w-72 rounded-field border border-base-300 bg-base-200 object-contain" src=url alt=words loading="lazy" /></li> }.into_any()
        })
        .collect();
    view! { <ul class="flex gap-3 overflow-x-auto pb-1" tabindex="0" aria-label=label>{pictures}</ul> }.into_any()
}
