//! Buttons and links that look like buttons. A button that works shows it and takes no second click; one that may not be
//! used stays readable and reachable, with its reason for eyes and screen readers.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use crate::components::dynamic::{dynamic, said};

use super::icon::{Icon, icon};
use crate::i18n::{Text, texts::common};

/// How much a button asks for attention. One `Primary` a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    Primary,
    #[default]
    Plain,
    /// Without a frame, inside rows and bars.
    Quiet,
    /// For steps that cannot be taken back.
    Danger,
}

impl Look {
    fn class(self, small: bool) -> String {
        let look = match self {
            Self::Primary => "btn btn-primary",
            Self::Plain => "btn btn-outline border-outline bg-base-100 font-normal",
            Self::Quiet => "btn btn-ghost font-normal",
            Self::Danger => "btn btn-error",
        };
        format!("{look} {}", if small { "btn-sm" } else { "btn-md" })
    }
}

/// An id for an element that another one refers to.
pub fn fresh_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A button. `busy` keeps it pressed while its work runs; `reason` greys it and says why.
#[component]
pub fn Button(
    #[prop(into)] label: Text,
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional)] look: Look,
    #[prop(optional)] small: bool,
    #[prop(optional)] leading: Option<Icon>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] reason: Signal<Option<String>>,
    /// More words for screen readers where the label repeats in a list ("View detail: Project X").
    #[prop(optional, into)]
    name: Option<Text>,
) -> AnyView {
    let id = fresh_id("reason");
    let described_by = id.clone();
    let press = move |_| {
        if !busy.get_untracked() && reason.with_untracked(Option::is_none) {
            on_press.run(());
        }
    };
    view! {
        <span class:tooltip=move || reason.with(Option::is_some) class:tooltip-left=move || reason.with(Option::is_some) data-tip=move || reason.get() class="max-w-full">
            <button
                type="button"
                class=look.class(small)
                aria-disabled=said(move || busy.get() || reason.with(Option::is_some))
                aria-describedby=move || reason.with(Option::is_some).then(|| described_by.clone())
                aria-label=name.map(|name| move || name.get())
                on:click=press
            >
                {dynamic(move || busy.get().then(|| spinner(true)))}
                {leading.map(icon)}
                {label}
            </button>
            {dynamic(move || reason.get().map(|reason| view! { <span id=id.clone() class="sr-only">{reason}</span> }))}
        </span>
    }
    .into_any()
}

/// The button that sends a form; the form's `submit` event does the work.
#[component]
pub fn Submit(
    #[prop(into)] label: Text,
    #[prop(into)] busy: Signal<bool>,
    #[prop(optional)] danger: bool,
    #[prop(optional)] wide: bool,
) -> AnyView {
    let look = if danger { Look::Danger } else { Look::Primary };
    view! {
        <button type="submit" class=look.class(false) class:w-full=wide aria-disabled=move || busy.get().then_some("true")>
            {dynamic(move || busy.get().then(|| spinner(true)))}
            {label}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] label: Text,
    #[prop(into)] href: String,
    #[prop(optional)] look: Look,
    #[prop(optional)] small: bool,
    #[prop(optional)] leading: Option<Icon>,
    #[prop(optional, into)] name: Option<Text>,
) -> AnyView {
    view! {
        <a href=href class=look.class(small) aria-label=name.map(|name| move || name.get())>
            {leading.map(icon)}
            {label}
        </a>
    }
    .into_any()
}

/// A square button of one icon; `label` is its name.
#[component]
pub fn IconButton(#[prop(into)] label: Text, picture: Icon, #[prop(into)] on_press: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="btn btn-ghost btn-square btn-sm" aria-label=label.clone() title=label on:click=move |_| on_press.run(())>
            {icon(picture)}
        </button>
    }
    .into_any()
}

/// A turning ring; announced unless the words beside it say it already.
pub fn spinner(silent: bool) -> AnyView {
    view! {
        <span class="loading loading-spinner loading-sm" aria-hidden="true"></span>
        {(!silent).then(|| view! { <span class="sr-only">{common::LOADING}</span> })}
    }
    .into_any()
}
