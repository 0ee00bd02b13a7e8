//! How good something is: stars for eyes, numbers for everybody else; and the field in which one says so.

use leptos::prelude::*;

use crate::{
    components::dynamic::dynamic,
    forms::Errors,
    i18n::{
        Text,
        texts::{customer, ratings},
    },
};

pub fn stars(given: u32, best: u32) -> AnyView {
    let given = given.min(best);
    let full = "★".repeat(given as usize);
    let rest = "☆".repeat((best - given) as usize);
    view! {
        <span aria-hidden="true" class="whitespace-nowrap text-warning">{full}{rest}</span>
        <span class="sr-only">{dynamic(move || customer::rating_of(&given, &best))}</span>
    }
    .into_any()
}

/// The best of what is given in stars on average.
const BEST: i32 = 5;

/// What was given on average, in hundredths, and by how many.
pub fn average(hundredths: i32, count: i32) -> AnyView {
    let tenths = (hundredths + 5) / 10;
    let shown = format!("{}.{}", tenths / 10, tenths % 10);
    let (said, count) = (shown.clone(), u64::try_from(count).unwrap_or_default());
    view! {
        <span class="whitespace-nowrap">
            <span aria-hidden="true"><span class="text-warning">"★ "</span>{shown}</span>
            <span class="sr-only">{dynamic(move || ratings::average_of(&said, &BEST))}</span>
            " · "{dynamic(move || ratings::all_of(count))}
        </span>
    }
    .into_any()
}

/// What somebody gave: stars, who and when, their words, and what stands below.
pub struct Rated {
    pub stars: u32,
    pub best: u32,
    pub by: Text,
    pub at: Text,
    /// Its lines stay lines.
    pub text: String,
    pub below: Vec<AnyView>,
}

pub fn rated(given: Rated) -> AnyView {
    let text = (!given.text.is_empty()).then(|| view! { <p class="break-words whitespace-pre-line">{given.text}</p> });
    view! {
        <div class="space-y-2">
            <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                {stars(given.stars, given.best)}
                <span class="text-muted">{given.by}</span>
                <time class="ms-auto text-xs text-muted">{given.at}</time>
            </div>
            {text}
            {given.below}
        </div>
    }
    .into_any()
}

/// What several gave, a line between each.
pub fn rated_list(items: Vec<AnyView>) -> AnyView {
    let items: Vec<AnyView> = items
        .into_iter()
        .map(|item| view! { <li class="space-y-3 py-4 first:pt-0 last:pb-0">{item}</li> }.into_any())
        .collect();
    view! { <ul class="divide-y divide-base-300">{items}</ul> }.into_any()
}

/// Marks from 1 to `best` as one row; pressing the chosen one takes it back where the field may stay empty.
pub fn rating_input(name: &'static str, value: RwSignal<String>, best: u32, errors: Errors, required: bool) -> AnyView {
    let marks: Vec<AnyView> = (1..=best).map(|mark| mark_view(name, mark, value, errors)).collect();
    let shown = dynamic(move || {
        let given = value.get().parse::<u32>().ok()?;
        Some(
            view! { <span aria-hidden="true" class="whitespace-nowrap text-warning">{"★".repeat(given.min(best) as usize)}</span> },
        )
    });
    let clear = (!required).then(|| {
        dynamic(move || {
            (!value.get().is_empty()).then(|| view! {
                <button type="button" class="btn btn-ghost btn-sm font-normal" on:click=move |_| value.set(String::new())>{Text::from(customer::NO_RATING)}</button>
            })
        })
    });
    view! {
        <div class="flex flex-wrap items-center gap-3">
            <div class="join">{marks}</div>
            {shown}
            {clear}
        </div>
    }
    .into_any()
}

fn mark_view(name: &'static str, mark: u32, value: RwSignal<String>, errors: Errors) -> AnyView {
    let own = mark.to_string();
    let label = own.clone();
    let chosen = own.clone();
    view! {
        <label class="join-item btn btn-sm border-outline bg-base-100 font-normal has-checked:border-primary has-checked:bg-primary has-checked:text-primary-content has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary">
            <input
                type="radio"
                class="sr-only"
                name=name
                value=own.clone()
                prop:checked=move || value.with(|value| *value == own)
                on:change=move |_| { errors.clear(name); value.set(chosen.clone()); }
            />
            {label}
        </label>
    }
    .into_any()
}
