//! Forward and back through a list by cursors that stand in the address.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{i18n::texts::common, navigation};

/// Where a page of a list stands. `total` is shown where it was counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Position {
    /// Cursor of the first row where there are rows before it.
    pub before: Option<String>,
    /// Cursor of the last row where there are rows after it.
    pub after: Option<String>,
    pub total: Option<i32>,
}

#[component]
pub fn Pagination(position: Position) -> AnyView {
    let previous = position
        .before
        .map(|cursor| navigation::address_now_with(&[("before", &cursor)]));
    let next = position
        .after
        .map(|cursor| navigation::address_now_with(&[("after", &cursor)]));
    let alone = previous.is_none() && next.is_none();
    view! {
        <nav class="flex flex-wrap items-center justify-between gap-3" aria-label=common::PAGES>
            <p class="text-muted">
                {position.total.map(|total| move || common::total(u64::try_from(total).unwrap_or_default()))}
            </p>
            {(!alone).then(|| view! {
                <div class="flex gap-2">
                    {step(previous, common::PREVIOUS, Some(Icon::ChevronLeft), None)}
                    {step(next, common::NEXT, None, Some(Icon::ChevronRight))}
                </div>
            })}
        </nav>
    }
    .into_any()
}

fn step(address: Option<String>, label: crate::i18n::Key, before: Option<Icon>, after: Option<Icon>) -> AnyView {
    let class = "btn btn-sm btn-outline border-outline bg-base-100 font-normal";
    match address {
        Some(address) => view! { <a class=class href=address>{before.map(icon)}{label}{after.map(icon)}</a> }.into_any(),
        None => view! { <button type="button" class=class disabled=true>{before.map(icon)}{label}{after.map(icon)}</button> }.into_any(),
    }
}
