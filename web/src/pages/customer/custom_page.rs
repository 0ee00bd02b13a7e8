//! Custom pages and portals as far as words and links go. What needs an engine of its own is named, never left out.

use leptos::prelude::*;
use serde_json::Value;

use super::app_page::Shell;
use crate::{
    api::record::{self, AppFrame, PageVariables},
    components::{
        layout::{Card, Cards, Stack, bullets, link, muted, outside_link, paragraph, subheading},
        placeholder::placeholder,
        skeleton::Skeleton,
    },
    forms::record::plain_text,
    i18n::{Key, Text, texts::customer},
    load::{load, show},
    routes::Customer,
};

/// Elements may hold elements; a page that nests deeper than people read is cut.
const DEEPEST: u8 = 8;

pub fn custom(page: &Shell, app: &AppFrame) -> AnyView {
    let elements = list(&page.definition, "elements");
    let content = if elements.is_empty() {
        muted(customer::NOTHING_TO_SHOW)
    } else {
        several(elements, app, DEEPEST)
    };
    view! { <Card title=page.name.clone()>{content}</Card> }.into_any()
}

pub fn portal(page: &Shell, app: &AppFrame) -> AnyView {
    let groups = list(&page.definition, "groups");
    let cards: Vec<AnyView> = groups
        .iter()
        .map(|group| {
            let links: Vec<AnyView> = list(group, "pages")
                .iter()
                .filter_map(|key| page_link(app, key.as_str()?))
                .collect();
            view! { <Card title=text(group, "title")>{bullets(links)}</Card> }.into_any()
        })
        .collect();
    if cards.is_empty() {
        let others = app.pages.iter().filter(|other| other.key != page.key);
        let all = bullets(others.filter_map(|other| page_link(app, &other.key)).collect());
        return view! { <Card title=page.name.clone()>{all}</Card> }.into_any();
    }
    view! { <Cards>{cards}</Cards> }.into_any()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A link to a page of the application; nothing where it did not arrive.
fn page_link(app: &AppFrame, key: &str) -> Option<AnyView> {
    let page = app.pages.iter().find(|page| page.key == key)?;
    let address = Customer::AppPage(app.id.inner().to_owned(), page.key.clone()).address();
    Some(link(address, page.name.clone()))
}

fn several(elements: &[Value], app: &AppFrame, depth: u8) -> AnyView {
    let views: Vec<AnyView> = elements.iter().map(|element| one(element, app, depth)).collect();
    view! { <Stack tight=true>{views}</Stack> }.into_any()
}

fn one(element: &Value, app: &AppFrame, depth: u8) -> AnyView {
    let words = text(element, "text");
    match text(element, "type").as_str() {
        "heading" => subheading(words),
        "text" | "paragraph" => paragraph(words),
        "list" => bullets(
            list(element, "items")
                .iter()
                .map(|item| plain_text(item).into_any())
                .collect(),
        ),
        "link" => element_link(element, app, words),
        "statistic" if counts_all(element) => figure(element, app),
        "columns" | "section" | "container" | "group" if depth > 0 => {
            let inner = several(list(element, "elements"), app, depth - 1);
            let title = text(element, "title");
            let title = (!title.is_empty()).then(|| subheading(title));
            view! { <div>{title}{inner}</div> }.into_any()
        }
        kind => named(kind, element),
    }
}

/// Leads to a page of the application, or out of it where the address is a web address.
fn element_link(element: &Value, app: &AppFrame, words: String) -> AnyView {
    let key = text(element, "page");
    if let Some(page) = app.pages.iter().find(|page| page.key == key) {
        let address = Customer::AppPage(app.id.inner().to_owned(), page.key.clone()).address();
        return link(address, if words.is_empty() { page.name.clone() } else { words });
    }
    let url = text(element, "url");
    if url.starts_with("https://") {
        return outside_link(url.clone(), if words.is_empty() { url } else { words });
    }
    muted(words)
}

/// A figure that is the number of all records of a form; filters and sums need an engine of their own.
fn counts_all(element: &Value) -> bool {
    text(element, "aggregate") == "COUNT" && element.get("filter").is_none_or(Value::is_null)
}

fn figure(element: &Value, app: &AppFrame) -> AnyView {
    let (id, key, label) = (app.id.clone(), text(element, "form"), text(element, "label"));
    if !app.pages.iter().any(|page| page.key == key) {
        return named("statistic", element);
    }
    let found = load(move || {
        record::open_page(PageVariables {
            id: id.clone(),
            key: key.clone(),
            first: Some(1),
            after: None,
            search: None,
        })
    });
    show(found, Skeleton::Lines, move |page| {
        let (label, number) = (label.clone(), page.map_or(0, |page| page.records.total_count));
        paragraph(Text::from(move || customer::figure_count(&label, &number)))
    })
}

/// An element that this place cannot draw: what it is and what it is called.
fn named(kind: &str, element: &Value) -> AnyView {
    let label = ["label", "title", "text"]
        .iter()
        .map(|name| text(element, name))
        .find(|label| !label.is_empty())
        .unwrap_or_default();
    let what: Option<Key> = match kind {
        "statistic" => Some(customer::ELEMENT_STATISTIC),
        "table" => Some(customer::ELEMENT_TABLE),
        "chart" => Some(customer::ELEMENT_CHART),
        "image" => Some(customer::ELEMENT_IMAGE),
        "form" => Some(customer::ELEMENT_FORM),
        _ => None,
    };
    let kind = kind.to_owned();
    placeholder(Text::from(move || {
        let what = what.map_or_else(|| kind.clone(), |what| what.get().to_owned());
        customer::element_not_shown(&what, &label)
    }))
}
