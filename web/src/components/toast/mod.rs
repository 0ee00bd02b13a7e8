//! Short confirmations in the corner, announced politely. Never the only place where something important stands.

use std::cell::OnceCell;

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::icon::{Icon, icon};
use crate::{browser, i18n::Text};

#[derive(Clone)]
struct Toast {
    id: u32,
    text: Text,
}

thread_local! {
    static TOASTS: OnceCell<ArcRwSignal<Vec<Toast>>> = const { OnceCell::new() };
}

fn signal() -> ArcRwSignal<Vec<Toast>> {
    TOASTS.with(|cell| cell.get_or_init(|| ArcRwSignal::new(Vec::new())).clone())
}

/// Long enough to be read twice.
const STAYS_MS: u32 = 6000;

/// Shows a confirmation for a few seconds.
pub fn toast(text: impl Into<Text>) {
    let text: Text = text.into();
    let toasts = signal();
    let id = toasts.with_untracked(|toasts| toasts.last().map_or(0, |toast| toast.id + 1));
    toasts.update(|toasts| toasts.push(Toast { id, text }));
    browser::after(STAYS_MS, move || {
        toasts.update(|toasts| toasts.retain(|toast| toast.id != id))
    });
}

/// Where confirmations appear. Once, in the root.
#[component]
pub fn Toasts() -> AnyView {
    view! {
        <div class="toast toast-end z-50 pointer-events-none" role="status" aria-live="polite">
            {dynamic(move || {
                signal().get().into_iter().map(|toast| view! {
                    <p class="alert bg-neutral text-neutral-content border-0 shadow-floating max-w-sm whitespace-normal">{icon(Icon::Check)}<span>{toast.text}</span></p>
                }.into_any()).collect::<Vec<_>>()
            })}
        </div>
    }
    .into_any()
}
