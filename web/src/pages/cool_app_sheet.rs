//! What an application to list a cool app says, field by field, for its partner, for operators and for customers: what changed with
//! what the market shows, and beside each field what is written about it.

use leptos::prelude::*;

use crate::{
    api::{
        cool_app::{CoolAppContent, CoolAppEntry, CoolAppRobot},
        file::picture_url,
    },
    components::{
        badge::{Tone, badge, tag},
        cool_app::{part_list, pictured},
        layout::{bullets, muted, outside_link},
        review_field::{ReviewField, gallery, icon_picture, review_fields, word_row},
    },
    i18n::{
        Key, Text, live,
        texts::{cool_apps as words, reviews},
    },
    labels::{self, product_review::industry},
};

/// The fields in the order of the form, by their names in the contract.
pub const FIELDS: [(&str, Key); 12] = [
    ("name", words::NAME),
    ("intro", words::INTRO),
    ("functionText", words::FUNCTION),
    ("inviteLine", words::INVITE),
    ("iconId", words::ICON),
    ("entryIconId", words::ENTRY_ICON),
    ("industries", words::INDUSTRIES),
    ("roles", words::ROLES),
    ("thumbnailIds", words::THUMBNAILS),
    ("caseIds", words::CASES),
    ("entries", words::ENTRIES),
    ("robot", words::ROBOT),
];

/// What stands beside a field: what can be done about it, and what is written.
pub type Beside = (Option<AnyView>, Option<AnyView>);

/// Where a field stands on the page.
pub fn anchor(field: &str) -> String {
    format!("cool-app-{field}")
}

/// All fields. `before` is what the market shows, where this would change it.
pub fn sheet(
    content: &CoolAppContent,
    before: Option<&CoolAppContent>,
    changed: &[String],
    beside: impl Fn(&'static str, Key) -> Beside,
) -> AnyView {
    let field = |(field, label): (&'static str, Key)| {
        let before = before.filter(|_| changed.iter().any(|name| name == field));
        let (action, remark) = beside(field, label);
        ReviewField {
            id: anchor(field),
            name: label.into(),
            mark: before.map(|_| badge(Tone::Attention, reviews::CHANGED)),
            action,
            value: value(field, content),
            before: before.map(|before| value(field, before)),
            remark,
        }
    };
    review_fields(FIELDS.into_iter().map(field).collect())
}

/// Nothing stands beside the fields.
pub fn plain(_: &'static str, _: Key) -> Beside {
    (None, None)
}

fn value(field: &str, content: &CoolAppContent) -> AnyView {
    match field {
        "name" => text(&content.name),
        "intro" => text(&content.intro),
        "functionText" => text(&content.function_text),
        "inviteLine" => text(&content.invite_line),
        "iconId" => picture(content.icon_id.as_ref(), words::ICON),
        "entryIconId" => picture(content.entry_icon_id.as_ref(), words::ENTRY_ICON),
        "industries" => for_whom(content.industries.iter().map(|one| tag(industry(*one))).collect()),
        "roles" => for_whom(
            content
                .roles
                .iter()
                .map(|one| tag(labels::cool_app::role(*one)))
                .collect(),
        ),
        "thumbnailIds" => pictures(&content.thumbnail_ids, words::THUMBNAIL),
        "caseIds" => pictures(&content.case_ids, words::CASE),
        "entries" => entries(&content.entries),
        _ => content.robot.as_ref().map_or_else(|| muted("—"), robot),
    }
}

fn text(text: &str) -> AnyView {
    match text {
        "" => muted("—"),
        text => text.to_owned().into_any(),
    }
}

fn picture(id: Option<&cynic::Id>, label: Key) -> AnyView {
    id.map_or_else(|| muted("—"), |id| icon_picture(label, picture_url(id.inner())))
}

/// Pictures beside each other, each with its number for those who do not see it.
pub fn pictures(ids: &[cynic::Id], label: Key) -> AnyView {
    if ids.is_empty() {
        return muted("—");
    }
    let numbered = ids.iter().enumerate().map(|(at, id)| {
        let words = live(move || format!("{} {}", label.get(), at + 1));
        (words, picture_url(id.inner()))
    });
    gallery(numbered.collect())
}

fn for_whom(chosen: Vec<AnyView>) -> AnyView {
    match chosen.is_empty() {
        true => Text::from(words::EVERYBODY).into_view_any(),
        false => word_row(chosen),
    }
}

/// The entries with their addresses and how they open.
fn entries(all: &[CoolAppEntry]) -> AnyView {
    if all.is_empty() {
        return muted("—");
    }
    let row = |entry: &CoolAppEntry| {
        let address = outside_link(entry.url.clone(), entry.url.clone());
        view! { {entry_name(entry)}{address} }.into_any()
    };
    part_list(all.iter().map(row).collect())
}

/// An entry with its picture and how it opens.
pub fn entry_name(entry: &CoolAppEntry) -> AnyView {
    let mode = entry.open_mode.map(|mode| tag(labels::cool_app::open_mode(mode)));
    pictured(entry.icon_id.as_ref().map(url_of), entry.name.clone(), mode)
}

/// A robot with its picture.
pub fn robot(robot: &CoolAppRobot) -> AnyView {
    pictured(robot.icon_id.as_ref().map(url_of), robot.name.clone(), None)
}

/// Where a picture is shown.
pub fn url_of(id: &cynic::Id) -> String {
    picture_url(id.inner())
}

/// What an operator said beside fields, each with the name of its field.
pub fn remarks(reasons: &[crate::api::product::FieldReason]) -> Option<AnyView> {
    let items: Vec<AnyView> = reasons
        .iter()
        .map(|reason| {
            let field = reason.path.split('.').nth(1).unwrap_or_default();
            let label = FIELDS
                .iter()
                .find(|(name, _)| *name == field)
                .map_or(words::FORM, |(_, label)| *label);
            let said = reason.reason.clone();
            live(move || format!("{}: {said}", label.get())).into_view_any()
        })
        .collect();
    (!items.is_empty()).then(|| bullets(items))
}
