//! An application as a card: its letter, its name, its state, a few lines and a ··· menu.

use leptos::prelude::*;

use crate::i18n::Text;

/// What a card shows. The name leads to `href` where there is one.
pub struct AppCard {
    pub name: String,
    pub href: Option<String>,
    pub summary: String,
    pub status: AnyView,
    /// Short lines under the summary.
    pub lines: Vec<Text>,
    pub menu: AnyView,
    /// The next step, at the foot of the card.
    pub action: Option<AnyView>,
}

pub fn app_card(card: AppCard) -> AnyView {
    let tile = app_tile(&card.name);
    let name = match card.href {
        Some(href) => view! { <a class="link link-hover break-words" href=href>{card.name}</a> }.into_any(),
        None => view! { <span class="break-words">{card.name}</span> }.into_any(),
    };
    let lines: Vec<AnyView> = card
        .lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> }.into_any())
        .collect();
    view! {
        <article class="flex min-w-0 flex-col gap-3 rounded-box border border-base-300 bg-base-100 p-4 shadow-raised">
            <div class="flex items-start gap-3">
                {tile}
                <div class="min-w-0 flex-1">
                    <h2 class="text-base">{name}</h2>
                    <div class="mt-1">{card.status}</div>
                </div>
                {card.menu}
            </div>
            {(!card.summary.is_empty()).then(|| view! { <p class="line-clamp-2 text-muted">{card.summary}</p> })}
            <ul class="mt-auto space-y-0.5 text-xs text-muted">{lines}</ul>
            {card.action.map(|action| view! { <div class="flex flex-wrap gap-2 border-t border-base-300 pt-3">{action}</div> })}
        </article>
    }
    .into_any()
}

/// Colours that carry light text in both themes.
const COLOURS: [&str; 5] = [
    "bg-primary text-primary-content",
    "bg-accent text-accent-content",
    "bg-info text-info-content",
    "bg-secondary text-secondary-content",
    "bg-success text-success-content",
];

/// The first letter of a name on a colour that stays the same for the name. Decoration: the name stands beside it.
pub fn app_tile(name: &str) -> AnyView {
    let letter: String = name
        .chars()
        .find(|letter| !letter.is_whitespace())
        .into_iter()
        .collect();
    let sum: usize = name.bytes().map(usize::from).sum();
    let class = format!(
        "flex size-11 shrink-0 items-center justify-center rounded-box text-lg font-semibold {}",
        COLOURS[sum % COLOURS.len()]
    );
    view! { <span class=class aria-hidden="true">{letter.to_uppercase()}</span> }.into_any()
}
