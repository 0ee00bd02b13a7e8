//! Values before and after, one below the other: the name, what was there, what is there now.

use leptos::prelude::*;

use crate::i18n::{Text, texts::customer};

/// One value that changed.
pub struct Change {
    pub name: Text,
    pub before: AnyView,
    pub after: AnyView,
    /// What can be done about it.
    pub action: Option<AnyView>,
}

/// The list; `words` name both sides for screen readers and where they stand beside each other.
pub fn change_list(changes: Vec<Change>, words: (Text, Text)) -> AnyView {
    let items: Vec<AnyView> = changes.into_iter().map(|change| item(change, &words)).collect();
    view! { <dl class="space-y-3">{items}</dl> }.into_any()
}

/// The usual words.
pub fn before_and_after() -> (Text, Text) {
    (customer::BEFORE.into(), customer::AFTER.into())
}

fn item(change: Change, words: &(Text, Text)) -> AnyView {
    let (before, after) = words.clone();
    view! {
        <div class="rounded-field border border-base-300 px-3 py-2">
            <dt class="font-medium">{change.name}</dt>
            <dd class="mt-1 grid gap-x-6 gap-y-1 sm:grid-cols-2">
                <div class="min-w-0"><span class="me-2 text-xs text-muted">{before}</span><div class="break-words">{change.before}</div></div>
                <div class="min-w-0"><span class="me-2 text-xs text-muted">{after}</span><div class="break-words">{change.after}</div></div>
                {change.action.map(|action| view! { <div class="sm:col-span-2">{action}</div> })}
            </dd>
        </div>
    }
    .into_any()
}
