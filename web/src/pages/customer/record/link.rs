//! The field of a link: records of another page, found by typing and picked one or several.

use leptos::prelude::*;
use serde_json::json;

use super::field::Around;
use crate::{
    api::record::{self, AppFrame, RecordsVariables},
    browser,
    components::{
        button::{Button, Look},
        check_list::{Tick, check_list, chosen_labels, quiet_search},
        dynamic::dynamic,
        field::Field as Labelled,
        icon::Icon,
        layout::{Row, Stack, Surface, muted},
        skeleton::Skeleton,
    },
    forms::{Errors, record::Field},
    i18n::{
        Text,
        texts::{common, customer},
    },
    load::{load, show},
};

/// Records that are offered at once; typing finds the others.
const OFFERED: i32 = 20;

pub fn picker(field: &Field, chosen: RwSignal<Vec<Tick>>, around: Around) -> AnyView {
    let target = field.target.clone();
    let name = around
        .app
        .with_value(|app| app.page(&target).map(|page| page.name.clone()));
    let Some(name) = name else {
        return muted(customer::LINK_TARGET_MISSING);
    };
    let open = RwSignal::new(false);
    if field.single {
        keep_the_newest(chosen, open);
    }
    let label = {
        let name = name.clone();
        Text::from(move || customer::pick_from(&name))
    };
    let toggle = Callback::new(move |()| open.update(|open| *open = !*open));
    let finder = dynamic(move || match open.get() {
        true => {
            let offered = offered(target.clone(), name.clone(), chosen, open, around);
            view! { <Surface>{offered}</Surface> }.into_any()
        }
        false => view! { <Button label=label.clone() on_press=toggle small=true leading=Icon::Search /> }.into_any(),
    });
    view! { <Stack tight=true>{chosen_labels(chosen)}{finder}</Stack> }.into_any()
}

/// One record of a link's target, with which a list is narrowed.
pub fn filter_picker(
    field: &Field,
    chosen: RwSignal<Vec<Tick>>,
    errors: Errors,
    app: StoredValue<AppFrame>,
) -> AnyView {
    let around = Around {
        app,
        page: StoredValue::new(String::new()),
        errors,
    };
    let one = Field {
        single: true,
        ..field.clone()
    };
    let picker = picker(&one, chosen, around);
    view! { <Labelled name="filter-value" label=customer::FILTER_VALUE errors=errors hint=None required=true group=true>{picker}</Labelled> }.into_any()
}

/// Where one record is linked, the one picked last takes the place of the other.
fn keep_the_newest(chosen: RwSignal<Vec<Tick>>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        if chosen.with(Vec::len) > 1 {
            chosen.update(|chosen| drop(chosen.drain(..chosen.len() - 1)));
            open.set(false);
        }
    });
}

fn offered(target: String, name: String, chosen: RwSignal<Vec<Tick>>, open: RwSignal<bool>, around: Around) -> AnyView {
    let typed = RwSignal::new(String::new());
    let asked = settled(typed);
    let id = around.app.with_value(|app| app.id.clone());
    let found = load(move || {
        let search = Some(asked.get()).filter(|words| !words.trim().is_empty());
        record::page_records(RecordsVariables {
            search,
            ..RecordsVariables::newest(id.clone(), target.clone(), OFFERED)
        })
    });
    let label = {
        let name = name.clone();
        Text::from(move || customer::search_in(&name))
    };
    view! {
        <Stack tight=true>
            {quiet_search(label, typed)}
            {show(found, Skeleton::Lines, move |page| {
                let Some(page) = page else { return muted(customer::LINK_TARGET_MISSING) };
                let more = page.records.page_info.has_next_page;
                let ticks: Vec<Tick> = page.records.nodes.into_iter().map(tick).collect();
                if ticks.is_empty() {
                    return muted(customer::NO_RECORD_FOUND);
                }
                view! {
                    {check_list(name.clone(), ticks, chosen)}
                    {more.then(|| muted(customer::MORE_BY_TYPING))}
                }
                .into_any()
            })}
            <Row end=true>
                <Button label=common::DONE on_press=Callback::new(move |()| open.set(false)) look=Look::Quiet small=true />
            </Row>
        </Stack>
    }
    .into_any()
}

fn tick(record: record::Record) -> Tick {
    let label = if record.title.is_empty() {
        customer::UNTITLED.get().to_owned()
    } else {
        record.title
    };
    Tick {
        value: json!({ "record": record.id.inner() }).to_string(),
        label,
    }
}

/// What was typed, once there is a pause.
fn settled(typed: RwSignal<String>) -> RwSignal<String> {
    let asked = RwSignal::new(String::new());
    Effect::new(move |_| {
        let words = typed.get();
        browser::after(300, move || {
            if typed.try_get_untracked().as_ref() == Some(&words) && asked.try_get_untracked().as_ref() != Some(&words)
            {
                let _ = asked.try_set(words);
            }
        });
    });
    asked
}
