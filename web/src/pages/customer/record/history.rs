//! What was changed of a record: who, when, which fields, before and after. Newest first, a few at a time.

use std::collections::HashMap;

use leptos::prelude::*;

use super::value;
use crate::{
    api::record::{self, AppFrame, HistoryVariables, OpenPage, Record, RecordChange, RecordFieldChange},
    components::{
        button::Button,
        change_list::{Change, before_and_after, change_list},
        dynamic::dynamic,
        layout::{Card, Stack, muted},
        skeleton::Skeleton,
        timeline::{Event, detailed_timeline},
    },
    format,
    forms::record::{Field, Form},
    i18n::{Text, live, texts::{common, customer}},
    load::{load, show},
};

pub fn card(app: &AppFrame, page: &OpenPage, record: &Record) -> AnyView {
    let variables = HistoryVariables {
        id: app.id.clone(),
        key: page.key.clone(),
        record: record.id.clone(),
        after: None,
    };
    let form = Form::read(&page.definition.0);
    let fields: HashMap<String, Field> = form.fields.into_iter().map(|field| (field.key.clone(), field)).collect();
    let told = StoredValue::new((fields, app.clone()));
    let shown = if record.updated_at.is_none() {
        muted(customer::NEVER_CHANGED)
    } else {
        part(variables, told)
    };
    view! { <Card title=customer::HISTORY>{shown}</Card> }.into_any()
}

type Told = StoredValue<(HashMap<String, Field>, AppFrame)>;

/// A few changes, and the ones before them once they are asked for.
fn part(variables: HistoryVariables, told: Told) -> AnyView {
    let asked = variables.clone();
    let found = load(move || record::record_history(asked.clone()));
    show(found, Skeleton::Lines, move |page| {
        let Some(history) = page.map(|page| page.record_changes) else { return muted(customer::NEVER_CHANGED) };
        let events = history.nodes.into_iter().map(|change| event(change, told)).collect();
        let earlier = history.page_info.end_cursor.filter(|_| history.page_info.has_next_page);
        let more = earlier.map(|cursor| {
            let open = RwSignal::new(false);
            let variables = HistoryVariables {
                after: Some(cursor),
                ..variables.clone()
            };
            dynamic(move || match open.get() {
                true => part(variables.clone(), told),
                false => view! { <Button label=customer::EARLIER_CHANGES on_press=Callback::new(move |()| open.set(true)) small=true /> }.into_any(),
            })
        });
        view! { <Stack tight=true>{detailed_timeline(events)}{more}</Stack> }.into_any()
    })
}

fn event(change: RecordChange, told: Told) -> (Event, AnyView) {
    let names: Vec<String> = change.fields.iter().map(|field| field.label.clone()).collect();
    let event = Event {
        at: live(move || format::date_time(&change.at)),
        what: Text::from(move || names.join(common::LIST_SEPARATOR.get())),
        by: Some(change.by.name),
        note: None,
    };
    let changes = change.fields.into_iter().map(|field| difference(field, told)).collect();
    (event, change_list(changes, before_and_after()))
}

fn difference(change: RecordFieldChange, told: Told) -> Change {
    let shown = |content: &serde_json::Value| {
        told.with_value(|(fields, app)| match fields.get(&change.field) {
            Some(field) => value::value(field, Some(content), app),
            None => value::plain(content).into_any(),
        })
    };
    Change {
        before: shown(&change.before.0),
        after: shown(&change.after.0),
        name: change.label.into(),
        action: None,
    }
}
