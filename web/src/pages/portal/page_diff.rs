//! What is different about one page, folded away under its name.

use leptos::prelude::*;

use crate::{
    api::page_delivery::{FieldChange, FieldChangeKind, PageChange},
    components::{
        badge::{Tone, badge},
        folded::folded,
        layout::{Stack, bullets, muted},
        table::{Table, column},
    },
    format,
    i18n::{Text, texts::portal},
};

/// The changes of a page: its fields first, then everything else.
pub fn page_diff(page: &PageChange) -> AnyView {
    let count = page.fields.len() + page.details.len();
    let name = page.name.clone();
    // Several stand open at once: each says whose it is.
    let title = Text::from(move || portal::changes_to(&name, &count));
    let rows: Vec<Vec<AnyView>> = page.fields.iter().map(field_row).collect();
    let columns = vec![column(portal::FIELD), column(portal::CHANGE), column(portal::DETAIL)];
    let fields =
        (!rows.is_empty()).then(|| view! { <Table label=title.clone() columns=columns rows=rows inside=true /> });
    let others: Vec<AnyView> = page.details.iter().map(|detail| detail.clone().into_any()).collect();
    let others = (!others.is_empty()).then(|| bullets(others));
    folded(title, view! { <Stack tight=true>{fields}{others}</Stack> }.into_any())
}

fn field_row(change: &FieldChange) -> Vec<AnyView> {
    let (tone, word) = match change.change {
        FieldChangeKind::Added => (Tone::Good, portal::FIELD_ADDED),
        FieldChangeKind::Removed => (Tone::Bad, portal::FIELD_REMOVED),
        FieldChangeKind::Changed => (Tone::Attention, portal::FIELD_CHANGED),
    };
    vec![
        change.label.clone().into_any(),
        badge(tone, word),
        muted(format::list(&change.details)),
    ]
}
