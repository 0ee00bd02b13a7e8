//! A product as the marketplace shows it: its card, and the head of its page. Previews show the same.

use leptos::prelude::*;

use super::{
    app_card::app_tile,
    badge::{tag, tag_link},
    rating,
};
use crate::i18n::Text;

/// Most tags on a card; its page has all of them.
const TAGS_ON_CARD: usize = 3;

/// What both show.
#[derive(Clone)]
pub struct ProductFace {
    pub name: String,
    /// Where its card leads; a preview leads nowhere.
    pub href: Option<String>,
    /// The address of its icon; without one its letter stands there.
    pub icon: Option<String>,
    pub summary: String,
    pub partner: String,
    pub category: Option<FaceTag>,
    pub tags: Vec<FaceTag>,
    pub price: Text,
    /// What can be had before anybody pays.
    pub trial: Option<Text>,
    /// How often it was installed, where that is worth a word.
    pub installs: Option<Text>,
    /// Stars on average, in hundredths, and by how many.
    pub rating: Option<(i32, i32)>,
}

/// A word under which a product is found. On its page it leads to the others, where they can be looked for.
#[derive(Clone)]
pub struct FaceTag {
    pub word: String,
    pub href: Option<String>,
}

fn tile(face: &ProductFace) -> AnyView {
    match &face.icon {
        Some(url) => {
            let url = url.clone();
            view! { <img class="size-14 shrink-0 rounded-box border border-base-300 bg-white object-cover" src=url alt="" width="56" height="56" /> }.into_any()
        }
        None => app_tile(&face.name),
    }
}

fn tags(items: Vec<AnyView>) -> Option<AnyView> {
    let items: Vec<AnyView> = items
        .into_iter()
        .map(|item| view! { <li class="max-w-full">{item}</li> }.into_any())
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="flex flex-wrap gap-1">{items}</ul> }.into_any())
}

/// The words of a card: links in it would lie under the one that it is.
fn plain_tags(face: &ProductFace) -> Option<AnyView> {
    let words = face.category.iter().chain(face.tags.iter().take(TAGS_ON_CARD));
    tags(words.map(|known| tag(known.word.clone())).collect())
}

fn linked_tags(face: &ProductFace) -> Option<AnyView> {
    let words = face.category.iter().chain(&face.tags);
    let item = |known: &FaceTag| match &known.href {
        Some(href) => tag_link(known.word.clone(), href.clone()),
        None => tag(known.word.clone()),
    };
    tags(words.map(item).collect())
}

/// The card in a list: the whole of it leads to the product.
pub fn product_card(face: &ProductFace) -> AnyView {
    let (price, trial, installs) = (face.price.clone(), face.trial.clone(), face.installs.clone());
    let name = match face.href.clone() {
        Some(href) => view! {
            <h2 class="text-base break-words"><a class="link link-hover after:absolute after:inset-0 after:rounded-box" href=href>{face.name.clone()}</a></h2>
        }
        .into_any(),
        None => view! { <p class="text-base font-semibold break-words">{face.name.clone()}</p> }.into_any(),
    };
    view! {
        <article class="relative flex h-full min-w-0 flex-col gap-3 rounded-box border border-base-300 bg-base-100 p-4 shadow-raised has-[a:hover]:border-outline">
            <div class="flex items-start gap-3">
                {tile(face)}
                <div class="min-w-0 flex-1">
                    {name}
                    <p class="text-xs text-muted break-words">
                        {face.partner.clone()}
                        {installs.map(|installs| view! { <span>" · "{installs}</span> })}
                    </p>
                    {face.rating.map(|(average, count)| view! { <p class="text-xs text-muted">{rating::average(average, count)}</p> })}
                </div>
            </div>
            <p class="line-clamp-2 min-h-5 text-muted">{face.summary.clone()}</p>
            {plain_tags(face)}
            <p class="mt-auto flex flex-wrap items-baseline justify-between gap-2 border-t border-base-300 pt-3">
                <span class="font-semibold">{price}</span>
                {trial.map(|trial| view! { <span class="text-xs text-muted">{trial}</span> })}
            </p>
        </article>
    }
    .into_any()
}

/// Cards of a list, as many beside each other as the width allows.
pub fn product_cards(faces: Vec<ProductFace>) -> AnyView {
    let cards: Vec<AnyView> = faces
        .iter()
        .map(|face| view! { <li class="min-w-0">{product_card(face)}</li> }.into_any())
        .collect();
    view! { <ul class="grid grid-cols-[repeat(auto-fill,minmax(min(100%,16.5rem),1fr))] gap-4">{cards}</ul> }.into_any()
}

/// The head of its page; `heading` where its name is the page's own.
pub fn product_head(face: &ProductFace, heading: bool) -> AnyView {
    let name = face.name.clone();
    let name = match heading {
        true => view! { <h1 class="text-xl break-words">{name}</h1> }.into_any(),
        false => view! { <p class="text-lg font-semibold break-words">{name}</p> }.into_any(),
    };
    view! {
        <div class="space-y-3">
            <div class="flex items-start gap-4">
                {tile(face)}
                <div class="min-w-0">
                    {name}
                    <p class="text-xs text-muted break-words">{face.partner.clone()}</p>
                    <p class="mt-1 break-words">{face.summary.clone()}</p>
                </div>
            </div>
            {linked_tags(face)}
        </div>
    }
    .into_any()
}

/// What it costs, and how it is opened before anybody pays. `controls` is how it is had.
pub fn product_offer(price: Text, lines: Vec<Text>, controls: Option<AnyView>) -> AnyView {
    let lines: Vec<AnyView> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> }.into_any())
        .collect();
    view! {
        <div class="space-y-3">
            <p class="text-lg font-semibold">{price}</p>
            {(!lines.is_empty()).then(|| view! { <ul class="space-y-1 text-muted">{lines}</ul> })}
            {controls}
        </div>
    }
    .into_any()
}

/// The head with what it costs beside it, below it on small screens.
pub fn head_and_offer(head: AnyView, offer: AnyView) -> AnyView {
    view! {
        <div class="grid gap-5 rounded-box border border-base-300 bg-base-100 p-5 shadow-raised lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-8">
            {head}
            <div class="max-lg:border-t max-lg:border-base-300 max-lg:pt-5 lg:border-s lg:border-base-300 lg:ps-8">{offer}</div>
        </div>
    }
    .into_any()
}
