//! Fields in which one types: a line, an amount, a day, several lines. A limit counts characters as people see them; nothing that is
//! typed or pasted is cut, the count says when it is too long.

use leptos::prelude::*;

use crate::components::dynamic::{said, told};

use super::{Field, Ids};
use crate::{format, forms::Errors, i18n::Text};

/// What a line is for: the browser's keyboard, checks and autofill follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Line,
    Email,
    Password,
    Phone,
    Url,
    Day,
    /// A day with its time, in the viewer's zone.
    Instant,
    Number,
    /// A number as people write it, with separators and in any digits; what is no number stays where it was typed.
    Decimal,
    /// An amount of money in major units.
    Money,
}

impl Kind {
    fn html(self) -> &'static str {
        match self {
            Self::Line | Self::Money | Self::Decimal => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Phone => "tel",
            Self::Url => "url",
            Self::Day => "date",
            Self::Instant => "datetime-local",
            Self::Number => "number",
        }
    }

    fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::Money | Self::Decimal => Some("decimal"),
            Self::Number => Some("numeric"),
            _ => None,
        }
    }
}

/// How much of the limit is used, from so many characters on.
fn counter(value: RwSignal<String>, limit: u32, from: u32) -> Text {
    Text::from(move || match value.with(|text| format::characters(text)) {
        count if count < from => String::new(),
        count => format!("{count} / {limit}"),
    })
}

/// One line; how long it is stands there once the limit is near. `prefix` stands inside the field before what is typed (a currency);
/// `on_leave` runs when the field is left.
#[component]
pub fn TextInput(
    name: &'static str,
    #[prop(into)] label: Text,
    value: RwSignal<String>,
    errors: Errors,
    #[prop(optional)] kind: Kind,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(optional)] limit: Option<u32>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] prefix: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<Text>,
    #[prop(optional, into)] on_leave: Option<Callback<()>>,
) -> AnyView {
    let ids = Ids::of(name);
    let has_hint = hint.is_some();
    let wrong = move || errors.of(name).is_some();
    let described = ids.clone();
    let counted = limit.map(|limit| counter(value, limit, limit - limit / 4));
    view! {
        <Field name=name label=label errors=errors hint=hint required=required counter=counted>
            <span class="input w-full" class=("input-error", wrong)>
                {prefix.map(|prefix| view! { <span class="text-muted" aria-hidden="true">{prefix}</span> })}
                <input
                    id=ids.control
                    name=name
                    type=kind.html()
                    inputmode=kind.keyboard()
                    class="grow min-w-0"
                    prop:value=value
                    autocomplete=autocomplete.unwrap_or("off")
                    placeholder=placeholder.map(|text| move || text.get())
                    aria-required=required.then_some("true")
                    aria-invalid=said(wrong)
                    aria-describedby=told(move || described.described_by(has_hint, wrong()))
                    on:input=move |event| { errors.clear(name); value.set(event_target_value(&event)); }
                    on:blur=move |_| if let Some(leave) = on_leave { leave.run(()) }
                />
            </span>
        </Field>
    }
    .into_any()
}

/// Several lines, with a count where there is a limit.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: Text,
    value: RwSignal<String>,
    errors: Errors,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(optional)] limit: Option<u32>,
    #[prop(optional)] placeholder: Option<String>,
    #[prop(default = 4)] rows: u32,
) -> AnyView {
    let ids = Ids::of(name);
    let has_hint = hint.is_some();
    let wrong = move || errors.of(name).is_some();
    let described = ids.clone();
    let counted = limit.map(|limit| counter(value, limit, 0));
    view! {
        <Field name=name label=label errors=errors hint=hint required=required counter=counted>
            <textarea
                id=ids.control
                name=name
                rows=rows
                class="textarea w-full"
                class=("textarea-error", wrong)
                prop:value=value
                placeholder=placeholder
                aria-required=required.then_some("true")
                aria-invalid=said(wrong)
                aria-describedby=told(move || described.described_by(has_hint, wrong()))
                on:input=move |event| { errors.clear(name); value.set(event_target_value(&event)); }
            ></textarea>
        </Field>
    }
    .into_any()
}
