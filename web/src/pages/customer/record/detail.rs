//! One record: its values, who added and changed it, its history; the ways to change and delete it.

use leptos::prelude::*;

use super::{history, list, value};
use crate::{
    api::record::{self, AppFrame, DeleteRecordInput, OpenPage, OpenRecord, Record, RecordAction, RecordVariables},
    components::{
        badge::{Tone, badge},
        button::{Button, ButtonLink, Look},
        dialog::Confirm,
        facts::{Fact, fact, facts, wide_fact},
        icon::Icon,
        layout::{Card, Row, Stack, back_link, bullets, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::{
        record::{Form, Widget},
        submission::Submission,
    },
    i18n::{Text, live, texts::customer},
    load::{Loaded, load, show},
    navigation,
    pages::not_found,
    routes::Customer,
};

/// How people call a record.
pub fn title_of(record: &Record) -> Text {
    if record.title.is_empty() {
        customer::UNTITLED.into()
    } else {
        record.title.clone().into()
    }
}

pub fn page(app: AppFrame, page: OpenPage, id: String, changed: Callback<()>) -> AnyView {
    let variables = RecordVariables {
        id: app.id.clone(),
        key: page.key.clone(),
        record: cynic::Id::new(id),
    };
    let found: Loaded<Option<OpenRecord>> = load(move || record::open_record(variables.clone()));
    show(found, Skeleton::Page, move |found| match found {
        Some(OpenRecord {
            record: Some(record),
            draft,
        }) => body(&app, &page, record, draft.is_some(), changed),
        _ => not_found::page(),
    })
}

fn body(app: &AppFrame, page: &OpenPage, record: Record, has_draft: bool, changed: Callback<()>) -> AnyView {
    let form = Form::read(&page.definition.0);
    let address = Customer::AppPage(app.id.inner().to_owned(), page.key.clone()).address();
    let title = match form.title.as_deref().and_then(|key| form.field(key)) {
        Some(field) => list::heading(&record, field),
        None => title_of(&record),
    };
    let asking = RwSignal::new(false);
    let edit = record.may(RecordAction::Edit).then(|| {
        let href = Customer::EditRecord(
            app.id.inner().to_owned(),
            page.key.clone(),
            record.id.inner().to_owned(),
        )
        .address();
        let label = if has_draft {
            customer::EDIT_GO_ON
        } else {
            customer::EDIT
        };
        view! { <ButtonLink label=label href=href small=true look=Look::Primary leading=Icon::Edit /> }
    });
    let delete = record.may(RecordAction::Delete).then(|| {
        view! { <Button label=customer::DELETE on_press=Callback::new(move |()| asking.set(true)) small=true leading=Icon::Trash /> }
    });
    let sample = record.sample.then(|| badge(Tone::Attention, customer::SAMPLE));
    let actions = view! { <Row>{sample}{edit}{delete}</Row> }.into_any();
    let history = history::card(app, page, &record);
    let (back, content) = (
        back_link(address.clone(), page.name.clone()),
        facts(values(&form, &record, app)),
    );
    let origin = muted(origin(&record));
    view! {
        <Stack>
            {back}
            <Card title=title.clone() aside=actions><Stack>{content}{origin}</Stack></Card>
            {history}
            {delete_dialog(asking, title, record.id, address, changed)}
        </Stack>
    }
    .into_any()
}

fn values(form: &Form, record: &Record, app: &AppFrame) -> Vec<Fact> {
    form.fields
        .iter()
        .map(|field| {
            let shown = value::full(field, record.data.0.get(&field.key), app);
            match field.widget {
                Widget::Long | Widget::Link | Widget::File | Widget::Many => wide_fact(field.label.clone(), shown),
                _ => fact(field.label.clone(), shown),
            }
        })
        .collect()
}

/// Who added it and when, and who changed it last.
fn origin(record: &Record) -> Text {
    let (created_at, created_by) = (record.created_at.clone(), name_of(record.created_by.as_ref()));
    let updated = record
        .updated_at
        .clone()
        .map(|at| (at, name_of(record.updated_by.as_ref())));
    let sample = record.sample;
    live(move || {
        let at = format::date_time(&created_at);
        let made = if sample {
            customer::came_with_app(&at)
        } else {
            customer::added_by(&created_by, &at)
        };
        match &updated {
            Some((at, by)) => format!("{made} · {}", customer::changed_by(by, &format::date_time(at))),
            None => made,
        }
    })
}

fn name_of(person: Option<&crate::api::session::Person>) -> String {
    person.map_or_else(String::new, |person| person.name.clone())
}

fn delete_dialog(asking: RwSignal<bool>, title: Text, id: cynic::Id, list: String, changed: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let delete = Callback::new(move |()| {
        let (input, list) = (DeleteRecordInput { id: id.clone() }, list.clone());
        submission.run(record::delete_record(input), move |_| {
            asking.set(false);
            toast(customer::RECORD_DELETED);
            changed.run(());
            navigation::replace(&list);
        });
    });
    let question = Text::from(move || customer::delete_title(&title.get()));
    view! {
        <Confirm open=asking title=question confirm=customer::DELETE on_confirm=delete busy=submission.busy problem=submission.problem danger=true>
            {bullets(vec![
                muted(customer::DELETE_CONTENT),
                muted(customer::DELETE_LINKS),
                muted(customer::DELETE_FOREVER),
            ])}
        </Confirm>
    }
    .into_any()
}
