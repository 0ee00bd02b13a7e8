//! Grey shapes in the form of what comes. Hidden from screen readers, which hear one word instead.

use leptos::prelude::*;

use crate::i18n::texts::common;

/// The form of what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skeleton {
    /// A heading, facts and a section.
    Page,
    /// This many rows of a table.
    Rows(u8),
    /// This many cards.
    Cards(u8),
    /// This many cards of products.
    ProductCards(u8),
    /// A form.
    Form,
    /// A few lines of text.
    Lines,
}

impl Skeleton {
    pub fn view(self) -> AnyView {
        let shapes: Vec<AnyView> = match self {
            Self::Page => vec![block("h-8 w-64"), block("h-24 w-full"), block("h-48 w-full")],
            Self::Rows(count) => (0..count).map(|_| block("h-12 w-full")).collect(),
            Self::Cards(count) => {
                let cards: Vec<AnyView> = (0..count).map(|_| block("h-36 w-full")).collect();
                vec![view! { <div class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{cards}</div> }.into_any()]
            }
            Self::ProductCards(count) => {
                let cards: Vec<AnyView> = (0..count).map(|_| block("h-48 w-full")).collect();
                let class = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,16.5rem),1fr))] gap-4";
                vec![view! { <div class=class>{cards}</div> }.into_any()]
            }
            Self::Form => (0..5)
                .flat_map(|_| [block("h-4 w-32"), block("h-10 w-full max-w-form")])
                .collect(),
            Self::Lines => vec![block("h-4 w-full"), block("h-4 w-5/6"), block("h-4 w-2/3")],
        };
        view! {
            <div aria-busy="true">
                <p class="sr-only" role="status">{common::LOADING}</p>
                <div class="space-y-3" aria-hidden="true">{shapes}</div>
            </div>
        }
        .into_any()
    }
}

fn block(class: &'static str) -> AnyView {
    view! { <div class=format!("skeleton rounded-field bg-base-300 {class}")></div> }.into_any()
}
