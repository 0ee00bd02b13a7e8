//! Search, conditions and order of a list of records. Everything stands in the address, so that a narrowed list can be shared
//! and gone back to.

use leptos::prelude::*;

use crate::{
    api::record::{AppFrame, RecordTest},
    components::{
        button::Button,
        check_list::Tick,
        dynamic::dynamic,
        field::{Choice, Kind, Select, TextInput, choice},
        filter_bar::{Chip, FilterBar, SelectFilter, chips, disclosure},
        icon::Icon,
        layout::{FieldGrid, Row, Stack, Surface},
    },
    format,
    forms::{
        Errors, interned,
        record::{Field, Form, Widget, flaw_text},
        record_filter::{self, Condition, needs_value, tests_for, word_of},
    },
    i18n::{
        Key, Text,
        texts::{common, customer},
    },
    navigation,
};

/// The bar above the list: `search`, the order, the conditions in force and the way to add one.
pub fn bar(form: StoredValue<Form>, app: StoredValue<AppFrame>, search: AnyView) -> AnyView {
    let open = RwSignal::new(false);
    let current = navigation::query("f");
    let in_force = move || {
        let conditions = form.with_value(|form| record_filter::parse(form, &current.get()));
        let shown = form.with_value(|form| {
            (0..conditions.len())
                .filter_map(|place| chip(form, &conditions, place))
                .collect()
        });
        chips(customer::FILTERS, shown)
    };
    view! {
        <Stack tight=true>
            <FilterBar>
                {search}
                <SelectFilter name="sort" label=customer::SORT choices=form.with_value(orders) />
                {disclosure(customer::ADD_FILTER, Icon::Settings, open)}
            </FilterBar>
            {dynamic(move || open.get().then(|| editor(form, app, open)))}
            {dynamic(in_force)}
        </Stack>
    }
    .into_any()
}

/// Newest first, and both ways of every field that a list can be sorted by.
fn orders(form: &Form) -> Vec<(&'static str, Text)> {
    let mut orders: Vec<(&'static str, Text)> = vec![("", customer::SORT_NEWEST.into())];
    for field in form.fields.iter().filter(|field| field.is_sortable()) {
        let (up, down) = (field.label.clone(), field.label.clone());
        orders.push((
            interned(&format!("asc:{}", field.key)),
            Text::from(move || customer::sort_up(&up)),
        ));
        orders.push((
            interned(&format!("desc:{}", field.key)),
            Text::from(move || customer::sort_down(&down)),
        ));
    }
    orders
}

fn chip(form: &Form, conditions: &[Condition], place: usize) -> Option<Chip> {
    let condition = &conditions[place];
    let field = form.field(&condition.field)?.clone();
    let mut others = conditions.to_vec();
    others.remove(place);
    let without = navigation::address_with(&[("f", &record_filter::write(&others))]);
    let condition = condition.clone();
    let label = Text::from(move || {
        let test = words(&field, condition.test).get();
        match needs_value(condition.test) {
            true => customer::condition_value(&field.label, &test, &shown(&field, &condition)),
            false => customer::condition(&field.label, &test),
        }
    });
    Some(Chip { label, without })
}

/// The value of a condition as people read it.
fn shown(field: &Field, condition: &Condition) -> String {
    let value = &condition.value;
    match field.widget {
        Widget::Boolean if value == "true" => common::YES.get().to_owned(),
        Widget::Boolean => common::NO.get().to_owned(),
        Widget::Day | Widget::Instant => format::day(&crate::api::Date(value.clone())),
        Widget::Single | Widget::Many => {
            let known = field
                .choices
                .iter()
                .find(|one| super::value::plain(&one.value) == *value);
            known.map_or_else(|| value.clone(), |one| one.label.clone())
        }
        Widget::Duration => {
            let seconds: serde_json::Value = serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into());
            appshelf_rules::value::duration_text(field, &seconds)
        }
        Widget::Link if !condition.label.is_empty() => condition.label.clone(),
        _ => value.clone(),
    }
}

/// The words of a test, as the field's values have them.
fn words(field: &Field, test: RecordTest) -> Key {
    match (test, field.widget) {
        (RecordTest::Equals, Widget::Many | Widget::Link) => customer::TEST_HAS,
        (RecordTest::Differs, Widget::Many | Widget::Link) => customer::TEST_HAS_NOT,
        (RecordTest::Equals | RecordTest::AnyOf, _) => customer::TEST_EQUALS,
        (RecordTest::Differs, _) => customer::TEST_DIFFERS,
        (RecordTest::Contains, _) => customer::TEST_CONTAINS,
        (RecordTest::Before, _) => customer::TEST_BEFORE,
        (RecordTest::After, _) => customer::TEST_AFTER,
        (RecordTest::Less, _) => customer::TEST_LESS,
        (RecordTest::Greater, _) => customer::TEST_GREATER,
        (RecordTest::Empty, _) => customer::TEST_EMPTY,
        (RecordTest::Filled, _) => customer::TEST_FILLED,
    }
}

/// Where a condition is put together: the field, how it is compared, with what.
fn editor(form: StoredValue<Form>, app: StoredValue<AppFrame>, open: RwSignal<bool>) -> AnyView {
    let errors = Errors::new();
    let (key, test, typed) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let picked = RwSignal::new(Vec::<Tick>::new());
    let field = Memo::new(move |_| form.with_value(|form| form.field(&key.get()).cloned()));
    // Another field begins with its most usual test and without a value.
    Effect::new(move |_| {
        let first = field.with(|field| field.as_ref().map_or("", |field| word_of(tests_for(field)[0])));
        test.set(first.to_owned());
        typed.set(String::new());
        picked.set(Vec::new());
    });
    let fields: Vec<Choice> = form.with_value(|form| {
        form.fields
            .iter()
            .map(|field| choice(field.key.clone(), field.label.clone()))
            .collect()
    });
    let apply = Callback::new(move |()| {
        if let Some(condition) = read(field.get_untracked(), test, typed, picked, errors) {
            add(form, condition);
            open.set(false);
        }
    });
    view! {
        <Surface><Stack tight=true>
            <FieldGrid>
                <Select name="filter-field" label=customer::FILTER_FIELD value=key errors=errors choices=fields required=true />
                {dynamic(move || field.get().map(|field| {
                    let tests = tests_for(&field).iter().map(|test| choice(word_of(*test), words(&field, *test))).collect();
                    view! { <Select name="filter-test" label=customer::FILTER_TEST value=test errors=errors choices=tests required=true /> }
                }))}
                {dynamic(move || {
                    let field = field.get()?;
                    let wanted = record_filter::test_of(&test.get()).is_some_and(needs_value);
                    wanted.then(|| value_input(&field, typed, picked, errors, app))
                })}
            </FieldGrid>
            <Row>
                <Button label=customer::APPLY_FILTER on_press=apply small=true />
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) small=true />
            </Row>
        </Stack></Surface>
    }
    .into_any()
}

fn value_input(
    field: &Field,
    typed: RwSignal<String>,
    picked: RwSignal<Vec<Tick>>,
    errors: Errors,
    app: StoredValue<AppFrame>,
) -> AnyView {
    let of_choices = |choices: Vec<Choice>| {
        view! { <Select name="filter-value" label=customer::FILTER_VALUE value=typed errors=errors choices=choices required=true /> }
            .into_any()
    };
    match field.widget {
        Widget::Boolean => of_choices(vec![choice("true", common::YES), choice("false", common::NO)]),
        Widget::Single | Widget::Many if !field.choices.is_empty() => of_choices(
            field
                .choices
                .iter()
                .map(|one| choice(super::value::plain(&one.value), one.label.clone()))
                .collect(),
        ),
        Widget::Link => super::link::filter_picker(field, picked, errors, app),
        widget => {
            let kind = match widget {
                Widget::Day | Widget::Instant => Kind::Day,
                Widget::Number | Widget::Rating => Kind::Decimal,
                _ => Kind::Line,
            };
            view! { <TextInput name="filter-value" label=customer::FILTER_VALUE value=typed errors=errors kind=kind required=true limit=200 /> }.into_any()
        }
    }
}

/// The condition that was put together; nothing where a part is missing, which is said beside it.
fn read(
    field: Option<Field>,
    test: RwSignal<String>,
    typed: RwSignal<String>,
    picked: RwSignal<Vec<Tick>>,
    errors: Errors,
) -> Option<Condition> {
    let required = |name| {
        errors.replace(name, Some(common::REQUIRED.into()));
        None
    };
    let Some(field) = field else {
        return required("filter-field");
    };
    let Some(test) = record_filter::test_of(&test.get_untracked()) else {
        return required("filter-test");
    };
    let (mut value, mut label) = (typed.get_untracked().trim().to_owned(), String::new());
    if let (Widget::Link, Some(tick)) = (field.widget, picked.get_untracked().pop()) {
        let record: serde_json::Value = serde_json::from_str(&tick.value).unwrap_or_default();
        value = record["record"].as_str().unwrap_or_default().to_owned();
        label = tick.label;
    }
    if needs_value(test) && value.is_empty() {
        return required("filter-value");
    }
    let is_number = matches!(field.widget, Widget::Number | Widget::Duration | Widget::Rating);
    if is_number && needs_value(test) {
        match appshelf_rules::value::parse(&field, &value) {
            Ok(Some(number)) => value = super::value::plain(&number),
            Ok(None) => return required("filter-value"),
            Err(flaw) => {
                errors.replace("filter-value", Some(flaw_text(&flaw)));
                return None;
            }
        }
    }
    Some(Condition {
        field: field.key,
        test,
        value: if needs_value(test) { value } else { String::new() },
        label,
    })
}

fn add(form: StoredValue<Form>, condition: Condition) {
    let location = navigation::location_now();
    let mut conditions = form.with_value(|form| record_filter::parse(form, location.value("f").unwrap_or_default()));
    conditions.retain(|known| *known != condition);
    conditions.truncate(record_filter::MOST - 1);
    conditions.push(condition);
    navigation::go(&navigation::address_now_with(&[(
        "f",
        &record_filter::write(&conditions),
    )]));
}
