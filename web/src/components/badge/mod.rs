//! A state in a word: colour and text together, never colour alone.

use leptos::prelude::*;

use crate::i18n::Text;

/// What a state means for the person who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    /// Under way.
    Active,
    Good,
    /// Somebody has to look.
    Attention,
    Bad,
}

/// A state badge.
pub fn badge(tone: Tone, label: impl Into<Text>) -> AnyView {
    let label: Text = label.into();
    let class = match tone {
        Tone::Neutral => "badge badge-sm badge-soft whitespace-nowrap",
        Tone::Active => "badge badge-sm badge-soft badge-info whitespace-nowrap",
        Tone::Good => "badge badge-sm badge-soft badge-success whitespace-nowrap",
        Tone::Attention => "badge badge-sm badge-soft badge-warning whitespace-nowrap",
        Tone::Bad => "badge badge-sm badge-soft badge-error whitespace-nowrap",
    };
    view! {
        <span class=class>
            <span class="size-1.5 rounded-full bg-current" aria-hidden="true"></span>
            {label}
        </span>
    }
    .into_any()
}

/// A value that somebody chose: a word in a frame, without the dot of a state.
pub fn tag(label: impl Into<Text>) -> AnyView {
    let label: Text = label.into();
    view! { <span class="badge badge-sm badge-soft whitespace-nowrap">{label}</span> }.into_any()
}

/// A value that leads to whatever else has it.
pub fn tag_link(label: impl Into<Text>, href: String) -> AnyView {
    let label: Text = label.into();
    view! { <a class="badge badge-sm badge-soft whitespace-nowrap hover:underline" href=href>{label}</a> }.into_any()
}
