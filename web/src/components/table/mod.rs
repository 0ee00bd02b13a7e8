//! Tables: sticky heading, sorting by the address, and on a phone each row becomes a card whose cells carry their
//! column's name. Rows are views, so that the table knows nothing of what it lists.

use std::borrow::Cow;

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{
    i18n::{Text, texts::common},
    navigation,
};

/// One column.
#[derive(Clone)]
pub struct Column {
    pub label: Text,
    /// Numbers and actions stand at the end.
    pub end: bool,
    /// The heading is for screen readers only (actions).
    pub quiet: bool,
    /// Values of the query `sort` for ascending and descending order.
    pub sort: Option<(Cow<'static, str>, Cow<'static, str>)>,
}

pub fn column(label: impl Into<Text>) -> Column {
    Column {
        label: label.into(),
        end: false,
        quiet: false,
        sort: None,
    }
}

pub fn end_column(label: impl Into<Text>) -> Column {
    Column {
        end: true,
        ..column(label)
    }
}

pub fn action_column() -> Column {
    Column {
        end: true,
        quiet: true,
        ..column(common::ACTIONS)
    }
}

/// A column whose heading sorts. An empty value is the order without a choice.
pub fn sorted_column(
    label: impl Into<Text>,
    ascending: impl Into<Cow<'static, str>>,
    descending: impl Into<Cow<'static, str>>,
) -> Column {
    Column {
        sort: Some((ascending.into(), descending.into())),
        ..column(label)
    }
}

/// A table; `label` is its caption for screen readers. Every row has as many cells as there are columns.
#[component]
pub fn Table(
    #[prop(into)] label: Text,
    columns: Vec<Column>,
    rows: Vec<Vec<AnyView>>,
    #[prop(optional)] inside: bool,
) -> AnyView {
    let headings: Vec<AnyView> = columns.iter().cloned().map(heading).collect();
    let body: Vec<AnyView> = rows
        .into_iter()
        .map(|cells| {
            let cells: Vec<AnyView> = cells.into_iter().zip(&columns).map(|(cell, column)| body_cell(cell, column)).collect();
            view! { <tr role="row" class="max-md:block max-md:border-b max-md:border-base-300 max-md:p-3 hover:bg-base-200/60">{cells}</tr> }.into_any()
        })
        .collect();
    let name = label.clone();
    let class = if inside {
        "md:-mx-2 md:overflow-x-auto 2xl:-mx-3"
    } else {
        "rounded-box border border-base-300 bg-base-100 shadow-raised md:overflow-x-auto"
    };
    view! {
        <div class=class tabindex="0" role="region" aria-label=name>
            <table class="table max-md:block" role="table">
                <caption class="sr-only">{label}</caption>
                <thead class="max-md:hidden sticky top-0 z-10 bg-base-100" role="rowgroup"><tr role="row">{headings}</tr></thead>
                <tbody class="max-md:block" role="rowgroup">{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn heading(column: Column) -> AnyView {
    let class = if column.end {
        "px-2 text-end [word-break:keep-all] 2xl:px-3"
    } else {
        "px-2 [word-break:keep-all] 2xl:px-3"
    };
    let Some((ascending, descending)) = column.sort else {
        let hidden = column.quiet;
        return view! { <th role="columnheader" scope="col" class=class><span class:sr-only=hidden>{column.label}</span></th> }.into_any();
    };
    let current = navigation::query("sort");
    let (up, down) = (ascending.clone(), descending.clone());
    let next = move || {
        let is_ascending = current.with(|current| *current == up);
        navigation::address_with(&[("sort", if is_ascending { &down } else { &up })])
    };
    let order = move || {
        current.with(|current| match current {
            current if *current == ascending => Some("ascending"),
            current if *current == descending => Some("descending"),
            _ => None,
        })
    };
    view! {
        <th role="columnheader" scope="col" class=class aria-sort=order>
            <a class="inline-flex items-center gap-1 link link-hover" href=next>{column.label}{icon(Icon::Sort)}</a>
        </th>
    }
    .into_any()
}

fn body_cell(cell: AnyView, column: &Column) -> AnyView {
    let class = match (column.end, column.quiet) {
        (_, true) => {
            "max-md:flex max-md:justify-end px-2 max-md:px-0 max-md:py-1 text-end md:sticky md:end-0 bg-base-100 2xl:px-3"
        }
        (true, _) => {
            "max-md:flex max-md:justify-between max-md:gap-4 px-2 max-md:px-0 max-md:py-1 md:text-end 2xl:px-3"
        }
        _ => "max-md:flex max-md:justify-between max-md:gap-4 px-2 max-md:px-0 max-md:py-1 2xl:px-3",
    };
    let label = (!column.quiet).then(|| {
        let label = column.label.clone();
        view! { <span class="md:hidden shrink-0 max-w-2/5 text-muted" aria-hidden="true">{label}</span> }
    });
    view! { <td role="cell" class=class>{label}<div class="min-w-0 max-md:text-end">{cell}</div></td> }.into_any()
}
