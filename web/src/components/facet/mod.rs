//! How many there are of each choice, as links that choose it or take the choice back. Each facet is one value of the address.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    button::{Button, Look},
    dialog::Dialog,
    icon::{Icon, icon},
    layout::Row,
};
use crate::{components::dynamic::dynamic, i18n::Text, navigation};

/// One choice of a facet: its value in the address, what it is called, and how many there are.
#[derive(Clone)]
pub struct FacetChoice {
    pub value: String,
    pub label: Text,
    pub count: i32,
}

/// The choices of one value of the address. A choice stays the element that it was while counts change, so that the keyboard keeps
/// its place.
pub fn facet(title: impl Into<Text>, name: &'static str, choices: Signal<Vec<FacetChoice>>, open: bool) -> AnyView {
    let title: Text = title.into();
    let current = navigation::query(name);
    let values =
        Memo::new(move |_| choices.with(|all| all.iter().map(|known| known.value.clone()).collect::<Vec<_>>()));
    let none = move || values.with(Vec::is_empty);
    view! {
        <details class="group border-b border-base-300 py-2 last:border-b-0" class:hidden=none open=open || !current.get_untracked().is_empty()>
            <summary class="flex cursor-pointer items-center justify-between rounded-field px-2 py-1.5 font-semibold">
                {title}
                <span class="text-muted transition-transform group-open:rotate-180">{icon(Icon::ChevronDown)}</span>
            </summary>
            <ul class="mt-1 space-y-0.5">
                <For each=move || values.get() key=String::clone children=move |value| choice(name, value, choices, current) />
            </ul>
        </details>
    }
    .into_any()
}

fn choice(name: &'static str, value: String, choices: Signal<Vec<FacetChoice>>, current: Memo<String>) -> AnyView {
    let own = value.to_lowercase();
    let chosen = Memo::new(move |_| current.with(|current| current.to_lowercase() == own));
    let address = {
        let value = value.clone();
        move || navigation::address_with(&[(name, if chosen.get() { "" } else { &value })])
    };
    let known = move || choices.with(|all| all.iter().find(|known| known.value == value).cloned());
    let (label, count) = (known.clone(), known);
    let label = Text::from(move || label().map(|known| known.label.get().into_owned()).unwrap_or_default());
    let count = Text::from(move || count().map(|known| known.count.to_string()).unwrap_or_default());
    view! {
        <li>
            <a
                class="flex items-center gap-2 rounded-field px-2 py-1.5 hover:bg-base-200"
                class=("bg-base-200", chosen)
                class=("font-medium", chosen)
                class=("text-primary", chosen)
                href=address
                aria-current=move || chosen.get().then_some("true")
            >
                <span class="min-w-0 flex-1 break-words">{label}</span>
                <span class="text-xs text-muted tabular-nums">{count}</span>
                {dynamic(move || chosen.get().then(|| icon(Icon::Close)))}
            </a>
        </li>
    }
    .into_any()
}

fn in_dialog(facets: AnyView, done: Text, close: Callback<()>) -> AnyView {
    view! {
        {facets}
        <div class="sticky bottom-0 -mx-5 -mb-5 border-t border-base-300 bg-base-100 px-5 py-3">
            <Row end=true><Button label=done on_press=close look=Look::Primary /></Row>
        </div>
    }
    .into_any()
}

/// Facets beside what they narrow; on small screens behind a button, in a dialog that `done` closes.
pub fn beside(
    title: impl Into<Text>,
    button: impl Into<Text>,
    done: impl Into<Text>,
    facets: Arc<dyn Fn() -> AnyView + Send + Sync>,
    content: AnyView,
) -> AnyView {
    let (title, button, done): (Text, Text, Text) = (title.into(), button.into(), done.into());
    let open = RwSignal::new(false);
    let (named, heading) = (title.clone(), title.clone());
    let (wide, narrow) = (facets(), facets);
    let close = Callback::new(move |()| open.set(false));
    view! {
        <div class="grid items-start gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
            <section class="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto rounded-box border border-base-300 bg-base-100 px-2 max-lg:hidden" aria-label=named>
                <h2 class="sr-only">{heading}</h2>
                {wide}
            </section>
            <div class="min-w-0 space-y-4">
                <div class="lg:hidden"><Button label=button on_press=Callback::new(move |()| open.set(true)) leading=Icon::Settings /></div>
                {content}
            </div>
        </div>
        <Dialog open=open title=title>{in_dialog(narrow(), done.clone(), close)}</Dialog>
    }
    .into_any()
}
