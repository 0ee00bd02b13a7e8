//! Elements of a custom page that show data: figures, tables of a form's records, the form itself, pictures.

use leptos::prelude::*;
use serde_json::Value;

use super::{address_of, list, text};
use crate::{
    api::record::{self, AppFrame, OpenPage, RecordConditionInput, RecordList, RecordTest, RecordsVariables},
    components::{
        layout::{Stack, figure as figure_view, link, muted, subheading},
        picture::picture as picture_view,
        skeleton::Skeleton,
        table::{Table, column},
    },
    forms::record::{Field, Form},
    i18n::{Text, texts::customer},
    load::{load, show},
    pages::{
        area::Area,
        customer::{
            app_page::load_page,
            record::{list::heading as record_heading, value},
        },
    },
    routes::{Customer, Route},
};

/// Rows of a table that says nothing of its length.
const USUAL: i32 = 10;
/// Columns of a table that names none.
const COLUMNS: usize = 5;

/// A figure that is a number of records; sums need an engine of their own.
pub fn figure(element: &Value, app: &AppFrame) -> Option<AnyView> {
    let key = text(element, "form");
    app.page(&key).filter(|_| text(element, "aggregate") == "COUNT")?;
    let filters = filter(element)?;
    let (id, label) = (app.id.clone(), text(element, "label"));
    let found = load(move || {
        record::page_records(RecordsVariables {
            filters: filters.clone(),
            ..RecordsVariables::newest(id.clone(), key.clone(), 1)
        })
    });
    Some(show(found, Skeleton::Lines, move |page| {
        let number = page.map_or(0, |page| page.records.total_count);
        figure_view(label.clone(), number.to_string().into_any())
    }))
}

/// The condition of an element: none where it has none, nothing at all where it is not one that a list understands.
#[allow(clippy::option_option)]
fn filter(element: &Value) -> Option<Option<Vec<RecordConditionInput>>> {
    let Some(filter) = element.get("filter").filter(|filter| !filter.is_null()) else {
        return Some(None);
    };
    let field = filter.get("field")?.as_str()?.to_owned();
    let (test, value) = match (filter.get("equals"), filter.get("notEquals")) {
        (Some(value), None) => (RecordTest::Equals, value),
        (None, Some(value)) => (RecordTest::Differs, value),
        _ => return None,
    };
    Some(Some(vec![RecordConditionInput {
        field,
        test,
        values: vec![value::plain(value)],
    }]))
}

/// The newest records of a form that fit the element's condition.
pub fn table(element: &Value, app: &AppFrame) -> Option<AnyView> {
    let key = text(element, "form");
    let name = app.page(&key)?.name.clone();
    let filters = filter(element)?;
    let wanted: Vec<String> = list(element, "fields")
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let limit = element
        .get("limit")
        .and_then(Value::as_i64)
        .and_then(|limit| limit.try_into().ok());
    let limit: i32 = limit.unwrap_or(USUAL);
    let label = Some(text(element, "label"))
        .filter(|label| !label.is_empty())
        .unwrap_or_else(|| name.clone());
    let page = load_page(app, key.clone());
    let (id, asked) = (app.id.clone(), key.clone());
    let records = load(move || {
        record::page_records(RecordsVariables {
            filters: filters.clone(),
            ..RecordsVariables::newest(id.clone(), asked.clone(), limit.clamp(1, 100))
        })
    });
    let app = app.clone();
    Some(show(page, Skeleton::Rows(3), move |page: Option<OpenPage>| {
        let Some(page) = page else {
            return muted(customer::LINK_TARGET_MISSING);
        };
        let form = Form::read(&page.definition.0);
        let shown: Vec<Field> = if wanted.is_empty() {
            form.fields.into_iter().take(COLUMNS).collect()
        } else {
            wanted.iter().filter_map(|key| form.field(key).cloned()).collect()
        };
        let (app, label, name, key) = (app.clone(), label.clone(), name.clone(), key.clone());
        show(records, Skeleton::Rows(3), move |found| {
            let list = found.map_or_else(RecordList::nothing, |page| page.records);
            rows(list, &shown, &app, &label, &name, &key)
        })
    }))
}

fn rows(list: RecordList, shown: &[Field], app: &AppFrame, label: &str, name: &str, key: &str) -> AnyView {
    let all = {
        let name = name.to_owned();
        link(
            address_of(app, key),
            Text::from(move || customer::see_all_records(&name)),
        )
    };
    let heading = subheading(label.to_owned());
    if list.nodes.is_empty() {
        let nothing = muted(customer::NO_RECORDS);
        return view! { <div>{heading}<Stack tight=true>{nothing}{all}</Stack></div> }.into_any();
    }
    let columns = shown.iter().map(|field| column(field.label.clone())).collect();
    let rows = list
        .nodes
        .iter()
        .map(|record| {
            let cell = |(place, field): (usize, &Field)| {
                let content = record.data.0.get(&field.key);
                let words = content.map(value::plain).unwrap_or_default();
                if place > 0 || words.is_empty() {
                    return value::cell(field, &record.data.0, app);
                }
                let address = Customer::Record(app.id.inner().to_owned(), key.to_owned(), record.id.inner().to_owned());
                link(address.address(), record_heading(record, field))
            };
            shown.iter().enumerate().map(cell).collect()
        })
        .collect();
    let label = label.to_owned();
    view! {
        <div>
            {heading}
            <Stack tight=true>
                <Table label=label columns=columns rows=rows inside=true />
                {all}
            </Stack>
        </div>
    }
    .into_any()
}

/// The form of a page, to fill in where it stands.
pub fn form(element: &Value, app: &AppFrame) -> Option<AnyView> {
    let key = text(element, "form");
    let name = app.page(&key)?.name.clone();
    let title = Some(text(element, "label"))
        .filter(|label| !label.is_empty())
        .unwrap_or(name);
    let route = Route::Customer(Customer::FormInPage(app.id.inner().to_owned(), key));
    let form = Area::RecordForm.page(route);
    Some(view! { <div>{subheading(title)}{form}</div> }.into_any())
}

/// A picture that travels inside the page. Others are elsewhere and the page may not fetch them: they are named.
pub fn picture(element: &Value) -> Option<AnyView> {
    let url = text(element, "url");
    let words = ["alt", "label", "text"]
        .iter()
        .map(|name| text(element, name))
        .find(|words| !words.is_empty());
    let inside = [
        "data:image/png;",
        "data:image/jpeg;",
        "data:image/gif;",
        "data:image/webp;",
    ];
    inside
        .iter()
        .any(|kind| url.starts_with(kind))
        .then(|| picture_view(words.unwrap_or_default(), url))
}
