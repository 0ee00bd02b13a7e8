//! Custom pages and portals from their definition, as far as texts, headings, pictures, links, tables, figures and forms go.
//! What needs an engine of its own is named, never left out.

mod builder;
mod data;

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    api::record::{AppFrame, OpenPage},
    components::{
        layout::{
            Align, Card, Cards, Stack, bullets, empty_column, equal_columns, link, muted, outside_link, paragraph,
            subheading,
        },
        placeholder::placeholder,
    },
    forms::record::plain_text,
    i18n::{Key, Text, texts::customer},
    routes::Customer,
};

/// Elements may hold elements; a page that nests deeper than people read is cut.
const DEEPEST: u8 = 8;
/// Pixels between columns that say nothing of it.
const USUAL_GAP: u64 = 20;

pub fn custom(page: &OpenPage, app: &AppFrame) -> AnyView {
    let built = builder::elements(&page.definition.0);
    let elements = built.as_deref().unwrap_or_else(|| list(&page.definition.0, "elements"));
    let content = if elements.is_empty() {
        muted(customer::NOTHING_TO_SHOW)
    } else {
        several(elements, app, DEEPEST)
    };
    view! { <Card title=page.name.clone()>{content}</Card> }.into_any()
}

pub fn portal(page: &OpenPage, app: &AppFrame) -> AnyView {
    let groups = list(&page.definition.0, "groups");
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

fn address_of(app: &AppFrame, key: &str) -> String {
    Customer::AppPage(app.id.inner().to_owned(), key.to_owned()).address()
}

/// A link to a page of the application; nothing where it did not arrive.
fn page_link(app: &AppFrame, key: &str) -> Option<AnyView> {
    let page = app.page(key)?;
    Some(link(address_of(app, key), page.name.clone()))
}

fn several(elements: &[Value], app: &AppFrame, depth: u8) -> AnyView {
    let views: Vec<AnyView> = shown(elements, app, depth);
    view! { <Stack tight=true>{views}</Stack> }.into_any()
}

/// Elements in their order; what cannot be drawn is named once for each run of its kind.
fn shown(elements: &[Value], app: &AppFrame, depth: u8) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut rest = elements;
    while let Some((element, after)) = rest.split_first() {
        rest = after;
        if let Some(view) = one(element, app, depth) {
            views.push(view);
            continue;
        }
        let kind = text(element, "type");
        let same = rest
            .iter()
            .take_while(|other| text(other, "type") == kind && one(other, app, depth).is_none())
            .count();
        rest = &rest[same..];
        views.push(if same == 0 {
            named(element)
        } else {
            counted(kind, same + 1)
        });
    }
    views
}

/// An element as it is drawn; nothing where this place cannot draw it.
fn one(element: &Value, app: &AppFrame, depth: u8) -> Option<AnyView> {
    let words = text(element, "text");
    match text(element, "type").as_str() {
        "heading" if !words.is_empty() => Some(subheading(words)),
        "text" if element["rich"] == true && !words.is_empty() => Some(super::rich_text(words)),
        "text" | "paragraph" if !words.is_empty() => Some(paragraph(words)),
        "list" => Some(bullets(
            list(element, "items")
                .iter()
                .map(|item| plain_text(item).into_any())
                .collect(),
        )),
        "link" | "button" => element_link(element, app, words),
        "statistic" => data::figure(element, app),
        "table" => data::table(element, app),
        "form" => data::form(element, app),
        "columns" if depth > 0 => {
            let inner = shown(list(element, "elements"), app, depth - 1);
            let gap = element["gap"].as_u64().unwrap_or(USUAL_GAP);
            let align = Align::of(element["align"].as_str().unwrap_or_default());
            Some(equal_columns(inner, gap, align))
        }
        "container" if list(element, "elements").is_empty() => Some(empty_column()),
        "section" | "container" | "group" if depth > 0 => {
            let inner = several(list(element, "elements"), app, depth - 1);
            let title = text(element, "title");
            let title = (!title.is_empty()).then(|| subheading(title));
            Some(view! { <div>{title}{inner}</div> }.into_any())
        }
        "image" => data::picture(element),
        _ => None,
    }
}

/// Leads to a page of the application, or out of it where the address is a web address.
fn element_link(element: &Value, app: &AppFrame, words: String) -> Option<AnyView> {
    let key = text(element, "page");
    if let Some(page) = app.page(&key) {
        let words = if words.is_empty() { page.name.clone() } else { words };
        return Some(link(address_of(app, &key), words));
    }
    let url = text(element, "url");
    if appshelf_rules::format::is_url(&url) {
        return Some(outside_link(url.clone(), if words.is_empty() { url } else { words }));
    }
    None
}

/// What people call a kind of element.
fn kind_words(kind: &str) -> Text {
    let known: Option<Key> = match kind {
        "statistic" => Some(customer::ELEMENT_STATISTIC),
        "table" => Some(customer::ELEMENT_TABLE),
        "chart" => Some(customer::ELEMENT_CHART),
        "image" => Some(customer::ELEMENT_IMAGE),
        "form" => Some(customer::ELEMENT_FORM),
        "text" | "paragraph" | "heading" | "link" => Some(customer::ELEMENT_TEXT),
        "button" => Some(customer::ELEMENT_BUTTON),
        _ => None,
    };
    let kind = kind.to_owned();
    known.map_or_else(|| Text::from(move || customer::element_other(&kind)), Text::from)
}

/// An element that this place cannot draw: what it is and what it is called.
fn named(element: &Value) -> AnyView {
    let kind = kind_words(&text(element, "type"));
    let label = ["label", "title", "text", "name"]
        .iter()
        .map(|name| text(element, name))
        .find(|label| !label.is_empty());
    placeholder(Text::from(move || match &label {
        Some(label) => customer::element_not_shown(&kind.get(), label),
        None => customer::elements_not_shown(1, &kind.get()),
    }))
}

fn counted(kind: String, count: usize) -> AnyView {
    let kind = kind_words(&kind);
    placeholder(Text::from(move || {
        customer::elements_not_shown(count as u64, &kind.get())
    }))
}
