//! Names and values of one thing, as a description list in two columns.

use leptos::prelude::*;

use crate::i18n::Text;

/// One name and its value.
pub struct Fact {
    pub name: Text,
    pub value: AnyView,
    /// Takes the whole width: long texts.
    pub wide: bool,
}

pub fn fact(name: impl Into<Text>, value: impl IntoAny) -> Fact {
    Fact {
        name: name.into(),
        value: value.into_any(),
        wide: false,
    }
}

pub fn wide_fact(name: impl Into<Text>, value: impl IntoAny) -> Fact {
    Fact {
        name: name.into(),
        value: value.into_any(),
        wide: true,
    }
}

/// A fact that is plain text; a dash where it is empty.
pub fn text_fact(name: impl Into<Text>, value: &str) -> Fact {
    let shown = if value.is_empty() {
        "—".to_owned()
    } else {
        value.to_owned()
    };
    fact(name, shown)
}

pub fn facts(facts: Vec<Fact>) -> AnyView {
    let items: Vec<AnyView> = facts
        .into_iter()
        .map(|fact| {
            view! {
                <div class="min-w-0" class=("sm:col-span-2", fact.wide)>
                    <dt class="text-xs text-muted">{fact.name}</dt>
                    <dd class="mt-0.5 whitespace-pre-line">{fact.value}</dd>
                </div>
            }
            .into_any()
        })
        .collect();
    view! { <dl class="grid gap-x-8 gap-y-4 sm:grid-cols-2">{items}</dl> }.into_any()
}
