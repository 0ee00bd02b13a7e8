//! What is said beside fields: by somebody else, and about a list of things.

use leptos::prelude::*;

use super::{
    dynamic::dynamic,
    icon::{Icon, icon},
};
use crate::{
    forms::{Errors, field_id},
    i18n::Text,
};

/// The field with a note below it; without a note, the field alone. `from` says whose words they are.
pub fn noted(field: AnyView, from: impl Into<Text>, note: Option<String>) -> AnyView {
    let Some(note) = note else { return field };
    let from: Text = from.into();
    view! {
        <div>
            {field}
            <p class="mt-1 flex items-start gap-1 text-warning" role="note">
                <span class="mt-0.5">{icon(Icon::Warning)}</span>
                <span class="whitespace-pre-line"><span class="font-medium">{from}": "</span>{note}</span>
            </p>
        </div>
    }
    .into_any()
}

/// What is wrong with a list of things, where no single field can say it. Links lead here.
pub fn list_error(name: &'static str, errors: Errors) -> AnyView {
    view! {
        <div id=field_id(name) tabindex="-1">
            {dynamic(move || errors.of(name).map(|message| view! {
                <p class="flex items-start gap-1 text-error"><span class="mt-0.5">{icon(Icon::Failure)}</span><span>{message}</span></p>
            }))}
        </div>
    }
    .into_any()
}
