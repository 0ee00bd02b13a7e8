//! Form fields: label above, hint, error beside, everything tied together for screen readers. Each field is bound to a
//! signal of what was typed and to the form's `Errors` by its name in the contract.

mod choice;
mod input;

pub use choice::{Checkbox, Choice, RadioGroup, Select, choice};
pub use input::{Kind, TextArea, TextInput};

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::icon::{Icon, icon};
use crate::{
    forms::{Errors, field_id},
    i18n::{Text, texts::common},
};

/// The ids that tie a control to its hint and its error.
#[derive(Clone)]
pub struct Ids {
    pub control: String,
    hint: String,
    error: String,
}

impl Ids {
    pub fn of(name: &str) -> Self {
        let control = field_id(name);
        Self {
            hint: format!("{control}-hint"),
            error: format!("{control}-error"),
            control,
        }
    }

    /// The value of `aria-describedby`.
    pub fn described_by(&self, hint: bool, error: bool) -> Option<String> {
        let ids: Vec<&str> = [(hint, &self.hint), (error, &self.error)]
            .into_iter()
            .filter(|(there, _)| *there)
            .map(|(_, id)| id.as_str())
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Label, control, hint and error of one field. `group` makes it a fieldset for several controls.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: Text,
    errors: Errors,
    hint: Option<Text>,
    /// Stands at the end of the hint's line.
    #[prop(default = None)]
    counter: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(optional)] group: bool,
    children: Children,
) -> AnyView {
    let ids = Ids::of(name);
    let words = view! {
        {label}
        {(!required).then(|| view! { <span class="ms-1 font-normal text-muted">{common::OPTIONAL}</span> })}
    }
    .into_any();
    let error_id = ids.error.clone();
    let below = view! {
        {(hint.is_some() || counter.is_some()).then(|| view! {
            <div class="mt-1 flex items-start justify-between gap-4 text-xs text-muted">
                {hint.map(|hint| view! { <p id=ids.hint.clone()>{hint}</p> })}
                {counter.map(|counter| view! { <p class="ms-auto shrink-0" aria-hidden="true">{counter}</p> })}
            </div>
        })}
        {dynamic(move || errors.of(name).map(|message| view! {
            <p id=error_id.clone() class="mt-1 flex items-start gap-1 text-error"><span class="mt-0.5">{icon(Icon::Failure)}</span><span>{message}</span></p>
        }))}
    }
    .into_any();
    if group {
        view! {
            <fieldset id=ids.control tabindex="-1" class="min-w-0">
                <legend class="mb-1 font-medium">{words}</legend>
                {children()}
                {below}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class="min-w-0">
                <label class="mb-1 block font-medium" for=ids.control>{words}</label>
                {children()}
                {below}
            </div>
        }
        .into_any()
    }
}
