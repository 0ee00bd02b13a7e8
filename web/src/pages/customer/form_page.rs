//! A form page in use: its records as a table, one record in full, and adding one.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{
    app_page::{Found, Shell, Surroundings},
    new_record::NewRecord,
    record_value,
};
use crate::{
    api::record::{OpenPage, Record},
    components::{
        badge::{Tone, badge},
        button::{Button, Look},
        dialog::{Dialog, Width},
        empty::Empty,
        facts::{Fact, facts, wide_fact},
        icon::Icon,
        layout::{Card, Row, RowActions, Stack, link, muted, one_line, two_lines},
        pagination::{Pagination, Position},
        search_box::SearchBox,
        table::{Column, Table, action_column, column},
    },
    format,
    forms::record::{Field, Form},
    i18n::{
        Text, live,
        texts::{customer, portal},
    },
    navigation,
};

/// Fields that the table shows; the rest stands in the record itself.
const SHOWN: usize = 5;

pub fn view(page: Shell, found: Found, surroundings: Surroundings, added: Callback<()>) -> AnyView {
    let form = StoredValue::new(Form::read(&page.definition));
    let adding = RwSignal::new(false);
    let reading = RwSignal::new(None::<Record>);
    let add = surroundings.writes.then(|| {
        let open = Callback::new(move |()| adding.set(true));
        view! { <Button label=customer::NEW_RECORD on_press=open look=Look::Primary small=true leading=Icon::Plus /> }
            .into_any()
    });
    // Only the records change while one searches: the search keeps the keyboard.
    let records = move || found.get().flatten().map(|page| records(&page, form, reading));
    view! {
        <Card title=page.name.clone() aside=add.into_any()>
            <Stack tight=true>
                <Row><SearchBox label=customer::SEARCH_RECORDS /></Row>
                {dynamic(records)}
            </Stack>
        </Card>
        <RecordDialog form=form reading=reading />
        <NewRecord open=adding page=page.key page_name=page.name form=form app=surroundings.app added=added />
    }
    .into_any()
}

fn records(page: &OpenPage, form: StoredValue<Form>, reading: RwSignal<Option<Record>>) -> AnyView {
    let location = navigation::location_now();
    let searching = location.value("q").is_some_and(|words| !words.is_empty());
    if page.records.nodes.is_empty() && searching {
        return view! { <Empty picture=Icon::Search title=portal::NOTHING_FOUND hint=portal::NOTHING_FOUND_HINT /> }
            .into_any();
    }
    if page.records.nodes.is_empty() {
        return view! { <Empty picture=Icon::List title=customer::NO_RECORDS hint=customer::NO_RECORDS_HINT /> }
            .into_any();
    }
    let shown: Vec<Field> = form.with_value(|form| form.fields.iter().take(SHOWN).cloned().collect());
    let columns: Vec<Column> = shown
        .iter()
        .map(|field| column(field.label.clone()))
        .chain([column(customer::SUBMITTED), action_column()])
        .collect();
    let rows = page
        .records
        .nodes
        .iter()
        .map(|record| row(record, &shown, form, reading))
        .collect();
    let position = Position {
        before: None,
        after: page
            .records
            .page_info
            .end_cursor
            .clone()
            .filter(|_| page.records.page_info.has_next_page),
        total: Some(page.records.total_count),
    };
    // Records are read forwards only; the way back is to their beginning.
    let later = location.value("after").is_some_and(|cursor| !cursor.is_empty());
    let first = later.then(|| {
        let href = navigation::address_with(&[]);
        link(href, customer::FIRST_PAGE)
    });
    view! {
        <Table label=page.name.clone() columns=columns rows=rows inside=true />
        {first}
        <Pagination position=position />
    }
    .into_any()
}

fn row(record: &Record, shown: &[Field], form: StoredValue<Form>, reading: RwSignal<Option<Record>>) -> Vec<AnyView> {
    let at = record.created_at.clone();
    let by = if record.sample {
        badge(Tone::Attention, customer::SAMPLE)
    } else {
        record
            .created_by
            .as_ref()
            .map_or_else(|| muted("—"), |by| by.name.clone().into_any())
    };
    let name = form.with_value(|form| form.title_of(&record.data.0));
    let label = Text::from(move || format!("{}: {name}", customer::SEE.get()));
    let whole = record.clone();
    let read = Callback::new(move |()| reading.set(Some(whole.clone())));
    let mut cells: Vec<AnyView> = shown
        .iter()
        .map(|field| record_value::cell(field, &record.data.0))
        .collect();
    cells.push(two_lines(by, one_line(live(move || format::date_time(&at)))));
    cells
        .push(view! { <RowActions><Button label=customer::SEE on_press=read look=Look::Quiet small=true name=label /></RowActions> }.into_any());
    cells
}

/// One record with all its fields.
#[component]
fn RecordDialog(form: StoredValue<Form>, reading: RwSignal<Option<Record>>) -> AnyView {
    dynamic(move || {
        let record = reading.get()?;
        let open = RwSignal::new(true);
        Effect::new(move |_| {
            if !open.get() {
                reading.set(None);
            }
        });
        let title = form.with_value(|form| form.title_of(&record.data.0));
        let title = if title.is_empty() {
            Text::from(customer::RECORD)
        } else {
            Text::from(title)
        };
        let record = StoredValue::new(record);
        Some(view! {
            <Dialog open=open title=title width=Width::Wide>
                {dynamic(move || record.with_value(|record| whole(record, form)))}
            </Dialog>
        })
    })
}

fn whole(record: &Record, form: StoredValue<Form>) -> AnyView {
    let list: Vec<Fact> = form.with_value(|form| {
        form.fields
            .iter()
            .map(|field| {
                wide_fact(
                    field.label.clone(),
                    record_value::value(field, record.data.0.get(&field.key)),
                )
            })
            .collect()
    });
    let at = record.created_at.clone();
    let by = record
        .created_by
        .as_ref()
        .map_or_else(String::new, |by| by.name.clone());
    let submitted = live(move || format!("{} {by}", format::date_time(&at)));
    let sample = record.sample.then(|| badge(Tone::Attention, customer::SAMPLE));
    view! {
        <Stack>
            {sample}
            {facts(list)}
            {muted(submitted)}
        </Stack>
    }
    .into_any()
}
