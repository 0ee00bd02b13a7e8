//! How good something is: stars for eyes, numbers for everybody else; and the field in which one says so.

use leptos::prelude::*;

use crate::{
    components::dynamic::dynamic,
    forms::Errors,
    i18n::{Text, texts::customer},
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
