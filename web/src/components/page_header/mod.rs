//! The top of a page: where it stands, its one heading, its state and its actions. Also names the browser's tab.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{
    browser,
    i18n::{Text, texts::shell},
};

/// One step of the way to a page.
#[derive(Clone)]
pub struct Crumb {
    pub label: Text,
    pub href: String,
}

pub fn crumb(label: impl Into<Text>, href: String) -> Crumb {
    Crumb {
        label: label.into(),
        href,
    }
}

/// The header. `actions` stand at the end of the heading's line, `status` beside the heading.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Text,
    #[prop(optional)] crumbs: Vec<Crumb>,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional)] status: Option<AnyView>,
    #[prop(optional)] actions: Option<AnyView>,
) -> AnyView {
    name_tab(title.clone());
    let way = (!crumbs.is_empty()).then(|| breadcrumbs(crumbs, title.clone()));
    view! {
        <header class="mb-6 space-y-2">
            {way}
            <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
                <div class="min-w-0">
                    <div class="flex flex-wrap items-center gap-3">
                        <h1 class="text-xl break-words">{title}</h1>
                        {status}
                    </div>
                    {hint.map(|hint| view! { <p class="mt-1 max-w-prose text-muted">{hint}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="flex flex-wrap gap-2">{actions}</div> })}
            </div>
        </header>
    }
    .into_any()
}

/// Names the browser's tab after the page, in the language in use.
pub fn name_tab(title: Text) {
    Effect::new(move |_| browser::set_title(&format!("{} · {}", title.get(), shell::PRODUCT.get())));
}

/// The way to a page whose heading stands elsewhere.
pub fn breadcrumbs(crumbs: Vec<Crumb>, title: Text) -> AnyView {
    let steps: Vec<AnyView> = crumbs
        .into_iter()
        .map(|step| {
            view! {
                <li class="flex items-center gap-1">
                    <a class="link link-hover" href=step.href>{step.label}</a>
                    {icon(Icon::ChevronRight)}
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <nav aria-label=shell::BREADCRUMBS>
            <ol class="flex flex-wrap items-center gap-1 text-xs text-muted">
                {steps}
                <li class="truncate" aria-current="page">{title}</li>
            </ol>
        </nav>
    }
    .into_any()
}
