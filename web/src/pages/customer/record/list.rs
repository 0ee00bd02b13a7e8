//! The records of a form page: searched, narrowed, sorted and read a page at a time, all of it in the address.

use leptos::prelude::*;

use super::{filter, value};
use crate::{
    api::{
        file,
        page::Window,
        record::{self, AppFrame, OpenPage, PageAction, Record, RecordList, RecordsVariables, SortDirection},
    },
    components::{
        alert::problem_title,
        badge::{Tone, badge},
        button::{ButtonLink, Look},
        empty::Empty,
        icon::Icon,
        layout::{Stack, link, muted, one_line, title_row, two_lines},
        menu::{Menu, entry, entry_link},
        paged_list::paged_list,
        search_box::SearchBox,
        table::{Column, column, sorted_column},
        toast::toast,
    },
    format,
    forms::{
        record::{Field, Form, Widget},
        record_filter,
    },
    i18n::{
        Text, live,
        texts::{common, customer},
    },
    load::{Loaded, load},
    navigation,
    routes::Customer,
};

/// Fields that the table shows; the rest stands in the record itself.
const SHOWN: usize = 5;

pub fn page(app: AppFrame, page: OpenPage) -> AnyView {
    let may_add = page.may(PageAction::AddRecord);
    let form = StoredValue::new(Form::read(&page.definition.0));
    let list = load_list(&app, &page, form);
    let new = Customer::NewRecord(app.id.inner().to_owned(), page.key.clone()).address();
    let add = may_add.then(|| {
        view! { <ButtonLink label=customer::NEW_RECORD href=new.clone() look=Look::Primary small=true leading=Icon::Plus /> }
    });
    let more = table_menu(&app, &page, form);
    let shown = form.with_value(shown);
    let nothing = move || {
        let next =
            may_add.then(|| view! { <ButtonLink label=customer::NEW_RECORD href=new.clone() leading=Icon::Plus /> });
        let hint = if may_add {
            customer::NO_RECORDS_HINT
        } else {
            customer::NO_RECORDS_YET
        };
        view! { <Empty picture=Icon::List title=customer::NO_RECORDS hint=hint>{next}</Empty> }.into_any()
    };
    let columns = columns(&shown);
    let (name, key) = (page.name.clone(), page.key.clone());
    let app = StoredValue::new(app);
    let rows = paged_list(name.clone(), columns, nothing)
        .narrowed_by(&["q", "f"])
        .advice(customer::NO_RECORD_MATCHES)
        .show(list, move |record| {
            app.with_value(|app| row(&record, &shown, app, &key))
        });
    view! {
        <Stack tight=true>
            {title_row(name, view! { {add}{more} }.into_any())}
            {filter::bar(form, app, view! { <SearchBox label=customer::SEARCH_RECORDS /> }.into_any())}
            {rows}
        </Stack>
    }
    .into_any()
}

/// The records as a table, in both directions.
fn table_menu(app: &AppFrame, page: &OpenPage, form: StoredValue<Form>) -> AnyView {
    let mut entries = Vec::new();
    if page.may(PageAction::ExportRecords) {
        let (id, key, name) = (app.id.clone(), page.key.clone(), page.name.clone());
        entries.push(entry(customer::EXPORT_TABLE, move || export(&id, &key, &name, form)));
    }
    if page.may(PageAction::ImportRecords) {
        let address = Customer::ImportRecords(app.id.inner().to_owned(), page.key.clone()).address();
        entries.push(entry_link(customer::IMPORT_TABLE, address));
    }
    let name = page.name.clone();
    view! { <Menu label=Text::from(move || customer::more_for(&name)) entries=entries /> }.into_any()
}

/// Saves the list as it is searched, narrowed and sorted now.
fn export(id: &cynic::Id, key: &str, name: &str, form: StoredValue<Form>) {
    let location = navigation::location_now();
    let value = |name: &str| location.value(name).unwrap_or_default().to_owned();
    let (sort, conditions) = form.with_value(|form| {
        (
            record_filter::sort(form, &value("sort")),
            record_filter::parse(form, &value("f")),
        )
    });
    let mut asked = vec![
        ("instance", id.inner().to_owned()),
        ("page", key.to_owned()),
        ("search", value("q")),
        ("filters", record_filter::export(&conditions)),
        ("utcOffset", format::utc_offset().to_string()),
    ];
    if let Some(sort) = sort {
        let down = sort.direction == SortDirection::Descending;
        asked.push(("sort", sort.field));
        asked.push(("direction", if down { "DESCENDING" } else { "ASCENDING" }.to_owned()));
    }
    let name = format!("{name}.csv");
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(problem) = file::export("/exports/records.csv", &asked, &name).await {
            toast(problem_title(&problem));
        }
    });
}

/// Loads what the address asks for, and again whenever that changes.
fn load_list(app: &AppFrame, page: &OpenPage, form: StoredValue<Form>) -> Loaded<RecordList> {
    let (id, key) = (app.id.clone(), page.key.clone());
    let (search, sort, filters) = (
        navigation::query("q"),
        navigation::query("sort"),
        navigation::query("f"),
    );
    // Other values of the address change nothing here.
    let window = Memo::new(|_| Window::of_address());
    load(move || {
        let Window {
            first,
            after,
            last,
            before,
        } = window.get();
        let (sort, conditions) = form.with_value(|form| {
            let conditions = record_filter::parse(form, &filters.get());
            (record_filter::sort(form, &sort.get()), conditions)
        });
        let variables = RecordsVariables {
            id: id.clone(),
            key: key.clone(),
            first,
            after,
            last,
            before,
            search: Some(search.get()).filter(|words| !words.is_empty()),
            sort,
            filters: record_filter::inputs(&conditions),
        };
        async move {
            let found = record::page_records(variables).await?;
            // A page that is gone meanwhile has no records; the frame says so when it is read anew.
            Ok(found.map_or_else(RecordList::nothing, |page| page.records))
        }
    })
}

/// The title field first, then the others in the order of the form. Long texts and what only machines fill in come last.
fn shown(form: &Form) -> Vec<Field> {
    let title = form.title.as_deref().and_then(|key| form.field(key));
    let is_title = |field: &&Field| title.is_some_and(|title| title.key == field.key);
    let plain = |field: &&Field| !matches!(field.widget, Widget::Long | Widget::File | Widget::Locked);
    let others = || form.fields.iter().filter(|field| !is_title(field));
    title
        .into_iter()
        .chain(others().filter(plain))
        .chain(others().filter(|field| !plain(field)))
        .take(SHOWN)
        .cloned()
        .collect()
}

fn columns(shown: &[Field]) -> Vec<Column> {
    shown
        .iter()
        .map(|field| match field.is_sortable() {
            true => sorted_column(
                field.label.clone(),
                format!("asc:{}", field.key),
                format!("desc:{}", field.key),
            ),
            false => column(field.label.clone()),
        })
        .chain([column(customer::SUBMITTED)])
        .collect()
}

fn row(record: &Record, shown: &[Field], app: &AppFrame, page: &str) -> Vec<AnyView> {
    let at = record.created_at.clone();
    let by = if record.sample {
        badge(Tone::Attention, customer::SAMPLE)
    } else {
        record
            .created_by
            .as_ref()
            .map_or_else(|| muted("—"), |by| by.name.clone().into_any())
    };
    let address = Customer::Record(app.id.inner().to_owned(), page.to_owned(), record.id.inner().to_owned()).address();
    let mut cells: Vec<AnyView> = Vec::with_capacity(shown.len() + 1);
    for (place, field) in shown.iter().enumerate() {
        cells.push(match place {
            // The first cell leads to the record, whatever it holds.
            0 => link(address.clone(), heading(record, field)),
            _ => value::cell(field, &record.data.0, app),
        });
    }
    cells.push(two_lines(by, one_line(live(move || format::date_time(&at)))));
    cells
}

/// What the first cell says: its value as words, or that there is none.
pub fn heading(record: &Record, field: &Field) -> crate::i18n::Text {
    let text = record.data.0.get(&field.key).map(value::plain).unwrap_or_default();
    match field.looks {
        _ if text.is_empty() => super::detail::title_of(record),
        Widget::Instant => {
            let instant = crate::api::DateTime(text);
            live(move || format::date_time(&instant))
        }
        Widget::Day => {
            let day = crate::api::Date(text);
            live(move || format::day(&day))
        }
        Widget::Boolean if text == "true" => common::YES.into(),
        Widget::Boolean => common::NO.into(),
        _ => value::words(field, &record.data.0[&field.key]).into(),
    }
}
