//! What was changed of a record: who, when, which fields, before and after. Newest first, a few at a time.

use std::collections::HashMap;

use leptos::prelude::*;

use super::value;
use crate::{
    api::{
        DateTime,
        record::{self, AppFrame, HistoryVariables, OpenPage, Record, RecordChange, RecordFieldChange},
    },
    components::{
        button::Button,
        change_list::{Change, before_and_after, change_list},
        dynamic::dynamic,
        layout::{Card, Stack},
        skeleton::Skeleton,
        timeline::{Event, detailed_timeline},
    },
    format,
    forms::record::{Field, Form},
    i18n::{Text, live, texts::customer},
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
    let fields: HashMap<String, Field> = form
        .fields
        .into_iter()
        .map(|field| (field.key.clone(), field))
        .collect();
    let made = Made {
        at: record.created_at.clone(),
        by: record.created_by.as_ref().map(|by| by.name.clone()),
        sample: record.sample,
    };
    let told = StoredValue::new(About {
        fields,
        app: app.clone(),
        made,
    });
    let shown = if record.updated_at.is_none() {
        detailed_timeline(vec![told.with_value(|about| beginning(&about.made))])
    } else {
        part(variables, told)
    };
    view! { <Card title=customer::HISTORY>{shown}</Card> }.into_any()
}

/// What every part of the history needs.
struct About {
    fields: HashMap<String, Field>,
    app: AppFrame,
    made: Made,
}

/// How the record began.
struct Made {
    at: DateTime,
    by: Option<String>,
    sample: bool,
}

type Told = StoredValue<About>;

fn beginning(made: &Made) -> (Event, AnyView) {
    let at = made.at.clone();
    let event = Event {
        at: live(move || format::date_time(&at)),
        what: if made.sample {
            customer::HISTORY_CAME
        } else {
            customer::HISTORY_ADDED
        }
        .into(),
        by: made.by.clone(),
        note: None,
    };
    (event, ().into_any())
}

/// A few changes, and the ones before them once they are asked for.
fn part(variables: HistoryVariables, told: Told) -> AnyView {
    let asked = variables.clone();
    let found = load(move || record::record_history(asked.clone()));
    show(found, Skeleton::Lines, move |page| {
        let Some(history) = page.map(|page| page.record_changes) else {
            return ().into_any();
        };
        let mut events: Vec<_> = history.nodes.into_iter().map(|change| event(change, told)).collect();
        if !history.page_info.has_next_page {
            events.push(told.with_value(|about| beginning(&about.made)));
        }
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
    let count = change.fields.len() as u64;
    let event = Event {
        at: live(move || format::date_time(&change.at)),
        what: Text::from(move || customer::history_changed(count)),
        by: Some(change.by.name),
        note: None,
    };
    let changes = change.fields.into_iter().map(|field| difference(field, told)).collect();
    (event, change_list(changes, before_and_after()))
}

fn difference(change: RecordFieldChange, told: Told) -> Change {
    let shown = |content: &serde_json::Value| {
        told.with_value(|about| match about.fields.get(&change.field) {
            Some(field) => value::value(field, Some(content), &about.app),
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
