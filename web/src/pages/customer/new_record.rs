//! Adding a record: a dialog drawn from the form's definition. What was typed stays when the dialog is closed by mistake.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;
use serde_json::{Map, Value};

use super::record_field::{Bound, field_view, interned};
use crate::{
    api::{
        Problem,
        record::{self, AppFrame, SubmitRecordInput},
        scalar::Json,
    },
    components::{
        button::{Button, Submit},
        dialog::{Dialog, Width},
        error_summary::ErrorSummary,
        layout::{Row, Stack, muted, subheading},
        toast::toast,
    },
    forms::{
        Errors, FieldError,
        record::{Form, Widget, field_of_issue, value_of},
        submission::Submission,
    },
    i18n::{
        Text,
        texts::{common, customer},
    },
};

/// The dialog. Form and typed values live as long as the page.
#[component]
pub fn NewRecord(
    open: RwSignal<bool>,
    page: String,
    page_name: String,
    form: StoredValue<Form>,
    app: AppFrame,
    added: Callback<()>,
) -> AnyView {
    let bounds: StoredValue<Vec<Bound>> =
        StoredValue::new(form.with_value(|form| form.fields.iter().cloned().map(Bound::new).collect()));
    let errors = Errors::new();
    let submission = Submission::new();
    let app = StoredValue::new(app);
    let page = StoredValue::new(page);
    let finish = move || {
        toast(customer::RECORD_ADDED);
        bounds.with_value(|bounds| bounds.iter().for_each(Bound::clear));
        let _ = open.try_set(false);
        added.run(());
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(data) = gather(bounds, errors) else { return };
        let input = SubmitRecordInput {
            instance_id: app.with_value(|app| app.id.clone()),
            page_key: page.get_value(),
            data: Json(data),
        };
        let key = submission.key();
        submission.run(
            async move {
                let answer = record::submit_record(input, Some(key)).await;
                take_issues(&answer, form, errors);
                answer
            },
            move |_| finish(),
        );
    };
    let label = Callback::new(move |key: String| {
        form.with_value(|form| form.field(&key).map(|field| Text::from(field.label.clone())))
    });
    let title = Text::from(move || customer::new_record_in(&page_name));
    view! {
        <Dialog open=open title=title width=Width::Wide>
            <form novalidate=true on:submit=submit>
                <Stack>
                    <ErrorSummary errors=errors labels=label submission=submission />
                    {dynamic(move || fields(bounds, errors, app))}
                    <Row end=true>
                        <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                        <Submit label=customer::SUBMIT_RECORD busy=submission.busy />
                    </Row>
                </Stack>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The record as JSON; nothing where something is wrong, which then stands beside its field.
fn gather(bounds: StoredValue<Vec<Bound>>, errors: Errors) -> Option<Value> {
    let mut data = Map::new();
    let mut wrong = Vec::new();
    bounds.with_value(|bounds| {
        for bound in bounds.iter().filter(|bound| bound.field.widget != Widget::Locked) {
            match value_of(&bound.field, &bound.filled()) {
                Ok(Some(value)) => drop(data.insert(bound.field.key.clone(), value)),
                Ok(None) => {}
                Err(message) => wrong.push(FieldError {
                    name: bound.field.key.clone(),
                    message,
                }),
            }
        }
    });
    errors.set(wrong).then_some(Value::Object(data))
}

/// What the server says about single fields stands beside them.
fn take_issues<T>(answer: &Result<T, Problem>, form: StoredValue<Form>, errors: Errors) {
    let Err(Problem::Refused(refused)) = answer else { return };
    let named = form.try_with_value(|form| {
        let issues = refused.issues.iter();
        issues
            .filter_map(|issue| {
                Some(FieldError {
                    name: field_of_issue(form, &issue.path)?,
                    message: issue.message.clone().into(),
                })
            })
            .collect()
    });
    errors.set(named.unwrap_or_default());
}

fn fields(bounds: StoredValue<Vec<Bound>>, errors: Errors, app: StoredValue<AppFrame>) -> AnyView {
    let bounds = bounds.get_value();
    if bounds.is_empty() {
        return muted(customer::NO_FIELDS);
    }
    let mut group = String::new();
    let views: Vec<AnyView> = bounds
        .into_iter()
        .map(|bound| {
            let heading = (bound.field.group != group && !bound.field.group.is_empty())
                .then(|| subheading(bound.field.group.clone()));
            group.clone_from(&bound.field.group);
            let name = interned(&bound.field.key);
            view! { {heading}{field_view(name, bound, errors, app)} }.into_any()
        })
        .collect();
    views.into_any()
}
