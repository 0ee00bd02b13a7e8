//! Pages of one thing beside their content: links in groups, the present one marked.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::i18n::Text;

/// Links under a heading; without a name they stand at the top.
pub struct Group {
    pub name: Option<String>,
    pub items: Vec<Item>,
}

pub struct Item {
    pub label: String,
    pub picture: Icon,
    pub href: String,
    pub here: bool,
}

/// The list beside its content; above it on small screens, where it opens on demand.
pub fn beside(label: impl Into<Text>, groups: Vec<Group>, content: AnyView) -> AnyView {
    let label: Text = label.into();
    let here = groups
        .iter()
        .flat_map(|group| &group.items)
        .find(|item| item.here)
        .map(|item| item.label.clone());
    let small: Vec<AnyView> = groups.iter().map(group).collect();
    let large: Vec<AnyView> = groups.iter().map(group).collect();
    let (small_name, large_name, summary) = (label.clone(), label.clone(), label);
    view! {
        <div class="grid items-start gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
            <details class="rounded-box border border-base-300 bg-base-100 lg:hidden">
                <summary class="cursor-pointer px-4 py-3">
                    <span class="font-medium">{summary}</span>
                    {here.map(|here| view! { <span class="ms-2 text-muted">{here}</span> })}
                </summary>
                <nav class="p-2 pt-0" aria-label=small_name>{small}</nav>
            </details>
            <nav class="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto rounded-box border border-base-300 bg-base-100 p-2 max-lg:hidden" aria-label=large_name>
                {large}
            </nav>
            <div class="min-w-0 space-y-6">{content}</div>
        </div>
    }
    .into_any()
}

fn group(group: &Group) -> AnyView {
    let items: Vec<AnyView> = group.items.iter().map(item).collect();
    view! {
        {group.name.clone().map(|name| view! { <p class="px-3 pt-3 pb-1 text-xs text-muted">{name}</p> })}
        <ul class="space-y-0.5">{items}</ul>
    }
    .into_any()
}

fn item(item: &Item) -> AnyView {
    let class = if item.here {
        "flex items-center gap-2 rounded-field bg-base-200 px-3 py-1.5 font-medium text-primary"
    } else {
        "flex items-center gap-2 rounded-field px-3 py-1.5 hover:bg-base-200"
    };
    view! {
        <li>
            <a class=class href=item.href.clone() aria-current=item.here.then_some("page")>
                {icon(item.picture)}
                <span class="min-w-0 break-words">{item.label.clone()}</span>
            </a>
        </li>
    }
    .into_any()
}
