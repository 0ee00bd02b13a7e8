//! A ··· menu: a native popover, so that Escape and a click beside it close it and nothing clips it. Where there is no room below
//! its button it opens above.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    button::fresh_id,
    icon::{Icon, icon},
};
use crate::{browser, i18n::Text};

/// One entry of a menu.
#[derive(Clone)]
pub struct Entry {
    pub label: Text,
    pub picture: Option<Icon>,
    pub step: Step,
    /// Cannot be taken back: shown in the colour of danger.
    pub danger: bool,
}

/// What an entry does.
#[derive(Clone)]
pub enum Step {
    Go(String),
    Run(Callback<()>),
    /// Stays visible but does nothing, with the reason.
    Greyed(String),
}

pub fn entry(label: impl Into<Text>, run: impl Fn() + Send + Sync + 'static) -> Entry {
    Entry {
        label: label.into(),
        picture: None,
        step: Step::Run(Callback::new(move |()| run())),
        danger: false,
    }
}

pub fn entry_link(label: impl Into<Text>, href: String) -> Entry {
    Entry {
        label: label.into(),
        picture: None,
        step: Step::Go(href),
        danger: false,
    }
}

pub fn entry_danger(label: impl Into<Text>, run: impl Fn() + Send + Sync + 'static) -> Entry {
    Entry {
        danger: true,
        ..entry(label, run)
    }
}

pub fn entry_greyed(label: impl Into<Text>, reason: String) -> Entry {
    Entry {
        label: label.into(),
        picture: None,
        step: Step::Greyed(reason),
        danger: false,
    }
}

/// A menu behind a ··· button; `label` names it ("More for Project X"). Nothing is shown without entries.
#[component]
pub fn Menu(#[prop(into)] label: Text, entries: Vec<Entry>) -> AnyView {
    if entries.is_empty() {
        return ().into_any();
    }
    let trigger = view! { {icon(Icon::More)} }.into_any();
    popover_menu(label, trigger, "btn btn-ghost btn-square btn-sm", entries)
}

/// A menu behind any button.
pub fn popover_menu(label: Text, trigger: AnyView, class: &'static str, entries: Vec<Entry>) -> AnyView {
    let items: Vec<AnyView> = entries.into_iter().map(|entry| item(entry).into_any()).collect();
    popover(
        label,
        trigger,
        class,
        view! { <ul class="menu w-56 p-1">{items}</ul> }.into_any(),
    )
}

/// Anything behind a button, in a floating panel at its end.
pub fn popover(label: Text, trigger: AnyView, class: &'static str, content: AnyView) -> AnyView {
    let id = fresh_id("menu");
    let anchor = format!("--{id}");
    view! {
        <button type="button" class=class popovertarget=id.clone() aria-haspopup="true" style=("anchor-name", anchor.clone())>
            {trigger}
            <span class="sr-only">{label.clone()}</span>
        </button>
        <div
            id=id
            popover="auto"
            class="dropdown dropdown-end mt-1 [position-try-fallbacks:flip-block] rounded-box border border-base-300 bg-base-100 p-0 text-base-content shadow-floating"
            style=("position-anchor", anchor)
            role="group"
            aria-label=label
            on:click=close_after_choice
        >
            {content}
        </div>
    }
    .into_any()
}

/// A chosen entry closes its menu; the panel's own empty space does not.
fn close_after_choice(event: web_sys::MouseEvent) {
    let chosen = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|target| target.closest("a, button:not([aria-disabled])").ok().flatten());
    let panel = event
        .current_target()
        .and_then(|panel| panel.dyn_into::<web_sys::HtmlElement>().ok());
    if let (Some(_), Some(panel)) = (chosen, panel) {
        browser::after(0, move || {
            if let Ok(hide) = browser::property(&panel, "hidePopover").dyn_into::<js_sys::Function>() {
                let _ = hide.call0(&panel);
            }
        });
    }
}

fn item(entry: Entry) -> AnyView {
    let class = if entry.danger { "text-error" } else { "" };
    let picture = entry.picture.map(icon);
    let label = entry.label;
    match entry.step {
        Step::Go(href) => view! { <li><a class=class href=href>{picture}{label}</a></li> }.into_any(),
        Step::Run(run) => view! { <li><button type="button" class=class on:click=move |_| run.run(())>{picture}{label}</button></li> }.into_any(),
        Step::Greyed(reason) => view! {
            <li>
                <button type="button" class="cursor-not-allowed flex-col items-start gap-0 text-muted" aria-disabled="true">
                    <span>{label}</span>
                    <span class="text-xs whitespace-normal">{reason}</span>
                </button>
            </li>
        }
        .into_any(),
    }
}
