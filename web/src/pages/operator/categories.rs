//! Categories and the tasks before the marketplace, which superadmins keep: names, who reviews, four eyes, retirement.

use leptos::prelude::*;

use super::{
    calendar_form,
    category_dialogs::{Entry, entry_dialog, operators_dialog},
    pre_tasks,
};
use crate::{
    api::{
        category::{self, Category},
        session::Role,
    },
    components::{
        badge::{Tone, badge},
        button::{Button, Look},
        dialog::open_for,
        dynamic::dynamic,
        empty::Empty,
        folded::folded,
        icon::Icon,
        layout::{RowActions, Stack, attention, muted, paragraph, two_lines},
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Table, action_column, column},
        tabs::{Tabs, tab},
    },
    format,
    i18n::{Key, Text, live, texts::reviews},
    load::{load, show_steadily},
    navigation,
    pages::not_found,
    session,
};

pub fn page() -> AnyView {
    if !session::viewer_now().is_some_and(|viewer| viewer.is(Role::Superadmin)) {
        return not_found::page();
    }
    let chosen = navigation::query("list");
    let editing = RwSignal::new(None::<Entry>);
    let tabs = vec![
        tab("", reviews::TAB_CATEGORIES),
        tab("tasks", reviews::TAB_TASKS),
        tab("calendar", reviews::TAB_CALENDAR),
    ];
    let actions = dynamic(move || {
        let (label, entry): (Key, fn() -> Entry) = match chosen.get().as_str() {
            "tasks" => (reviews::TASK_ADD, Entry::new_task),
            "calendar" => return None,
            _ => (reviews::CATEGORY_ADD, Entry::new_category),
        };
        let press = Callback::new(move |()| editing.set(Some(entry())));
        Some(view! { <Button label=label on_press=press look=Look::Primary leading=Icon::Plus /> })
    });
    view! {
        <PageHeader title=reviews::NAV_CATEGORIES hint=reviews::CATEGORIES_HINT actions=actions />
        <Stack>
            <Tabs name="list" label=reviews::LISTS tabs=tabs />
            {dynamic(move || match chosen.get().as_str() {
                "tasks" => pre_tasks::list(editing),
                "calendar" => calendar_form::form(),
                _ => list(editing),
            })}
        </Stack>
    }
    .into_any()
}

fn list(editing: RwSignal<Option<Entry>>) -> AnyView {
    let categories = load(category::categories);
    let choosing = RwSignal::new(None::<Category>);
    let changed = Callback::new(move |()| categories.reload());
    view! {
        <Stack>
            {folded(reviews::WHAT_THEY_MEAN, explained())}
            {show_steadily(categories, Skeleton::Rows(6), move |categories| table(categories, editing, choosing))}
        </Stack>
        {dynamic(move || editing.get().map(|entry| {
            let open = open_for(editing);
            entry_dialog(entry, open, changed)
        }))}
        {dynamic(move || choosing.get().map(|category| {
            let open = open_for(choosing);
            operators_dialog(category, open, changed)
        }))}
    }
    .into_any()
}

fn explained() -> AnyView {
    view! {
        <Stack tight=true>
            {paragraph(reviews::OPERATORS_EXPLAINED)}
            {paragraph(reviews::FOUR_EYES_EXPLAINED)}
            {paragraph(reviews::RETIRED_EXPLAINED)}
        </Stack>
    }
    .into_any()
}

fn table(categories: Vec<Category>, editing: RwSignal<Option<Entry>>, choosing: RwSignal<Option<Category>>) -> AnyView {
    if categories.is_empty() {
        let add = Callback::new(move |()| editing.set(Some(Entry::new_category())));
        return view! {
            <Empty picture=Icon::Folder title=reviews::CATEGORIES_EMPTY hint=reviews::CATEGORIES_EMPTY_HINT>
                <Button label=reviews::CATEGORY_ADD on_press=add look=Look::Primary leading=Icon::Plus />
            </Empty>
        }
        .into_any();
    }
    let columns = vec![
        column(reviews::FIELD_CATEGORY),
        column(reviews::OPERATORS),
        column(reviews::APPROVALS),
        column(reviews::STATUS),
        action_column(),
    ];
    let rows = categories
        .into_iter()
        .map(|category| row(category, editing, choosing))
        .collect();
    view! { <Table label=reviews::TAB_CATEGORIES columns=columns rows=rows /> }.into_any()
}

fn row(category: Category, editing: RwSignal<Option<Entry>>, choosing: RwSignal<Option<Category>>) -> Vec<AnyView> {
    let people: Vec<String> = category.operators.iter().map(|person| person.name.clone()).collect();
    let count = people.len();
    let operators = match people.is_empty() {
        true => attention(reviews::NO_OPERATORS),
        false => live(move || format::list(&people)).into_view_any(),
    };
    let approvals = match (category.four_eyes, count) {
        (true, 0 | 1) => two_lines(
            Text::from(reviews::TWO_APPROVALS).into_view_any(),
            attention(reviews::TOO_FEW),
        ),
        (true, _) => Text::from(reviews::TWO_APPROVALS).into_view_any(),
        (false, _) => muted(reviews::ONE_APPROVAL),
    };
    let entry = Entry::from(&category);
    let edit = Callback::new(move |()| editing.set(Some(entry.clone())));
    let own = category.clone();
    let choose = Callback::new(move |()| choosing.set(Some(own.clone())));
    let (names_choice, names_edit) = (
        named(reviews::CHOOSE_OPERATORS, &category.name),
        named(reviews::EDIT, &category.name),
    );
    let actions = view! {
        <RowActions>
            <Button label=reviews::CHOOSE_OPERATORS name=names_choice on_press=choose look=Look::Quiet small=true />
            <Button label=reviews::EDIT name=names_edit on_press=edit look=Look::Quiet small=true />
        </RowActions>
    };
    vec![
        both_names(&category.name, &category.name_zh, &category.name_en),
        operators,
        approvals,
        in_use(category.retired),
        actions.into_any(),
    ]
}

/// What is done to which of them.
pub fn named(label: Key, name: &str) -> Text {
    let name = name.to_owned();
    Text::from(move || format!("{}: {name}", label.get()))
}

/// The name in the reader's language, and the other one below.
pub fn both_names(name: &str, zh: &str, en: &str) -> AnyView {
    let other = if name == zh { en } else { zh };
    two_lines(name.to_owned().into_any(), other.to_owned().into_any())
}

pub fn in_use(retired: bool) -> AnyView {
    match retired {
        true => badge(Tone::Neutral, reviews::IS_RETIRED),
        false => badge(Tone::Good, reviews::IN_USE),
    }
}
