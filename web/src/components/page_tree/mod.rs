//! Things in folders, as a list of lists: each folder with what stands in it, each thing with its tools at the end of its line.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::i18n::Text;

/// A folder with what it holds.
pub struct Branch {
    pub name: Text,
    /// What can be done with the folder itself.
    pub tools: AnyView,
    pub leaves: Vec<Leaf>,
}

pub struct Leaf {
    /// Where links to it lead, such as those of a form's summary of errors.
    pub id: Option<String>,
    pub picture: Icon,
    pub name: AnyView,
    pub hint: AnyView,
    pub tools: AnyView,
}

pub fn page_tree(label: impl Into<Text>, branches: Vec<Branch>) -> AnyView {
    let label: Text = label.into();
    let branches: Vec<AnyView> = branches.into_iter().map(branch).collect();
    view! { <ul class="space-y-5" aria-label=label>{branches}</ul> }.into_any()
}

/// Things without folders, in their order.
pub fn leaf_list(label: impl Into<Text>, leaves: Vec<Leaf>) -> AnyView {
    let label: Text = label.into();
    let leaves: Vec<AnyView> = leaves.into_iter().map(leaf).collect();
    view! { <ol class="divide-y divide-base-300" aria-label=label>{leaves}</ol> }.into_any()
}

fn branch(branch: Branch) -> AnyView {
    let leaves: Vec<AnyView> = branch.leaves.into_iter().map(leaf).collect();
    view! {
        <li>
            <div class="flex items-center gap-2">
                <span class="text-muted">{icon(Icon::Folder)}</span>
                <h3 class="min-w-0 text-sm font-semibold break-words">{branch.name}</h3>
                {branch.tools}
            </div>
            <ul class="mt-1 ms-2 divide-y divide-base-300 border-s border-base-300 ps-4">{leaves}</ul>
        </li>
    }
    .into_any()
}

fn leaf(leaf: Leaf) -> AnyView {
    let focusable = leaf.id.is_some().then_some("-1");
    view! {
        <li id=leaf.id tabindex=focusable class="flex items-center justify-between gap-x-3 py-2">
            <div class="flex min-w-0 grow items-start gap-2">
                <span class="mt-0.5 text-muted">{icon(leaf.picture)}</span>
                <div class="min-w-0 grow break-words"><div>{leaf.name}</div><div class="text-xs text-muted">{leaf.hint}</div></div>
            </div>
            <div class="flex shrink-0 items-center">{leaf.tools}</div>
        </li>
    }
    .into_any()
}
