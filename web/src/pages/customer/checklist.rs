//! What is left to people after a delivery (D23, D24): secrets, members, what was started elsewhere; and what the edition no
//! longer covers (D26). The same for the customer's admin and a developer in a remote maintenance.

use leptos::prelude::*;

use super::{
    checklist_steps::{Chosen, Step, step_dialog},
    settings::Found,
};
use crate::{
    api::{
        DateTime,
        binding::{self, BindingItem, BindingSlot, BindingWay, ConfirmBindingInput},
        instance::Instance,
        session::Person,
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        badge::{Tone, badge, tag},
        button::Button,
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Card, RowActions, Stack, bullets, link, muted, paragraph, two_lines},
        table::{Table, action_column, column},
        timeline::{Event, timeline},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{Text, live, texts::checklist as words},
    labels,
    routes::Customer,
};

pub fn tab(found: Found, app: Instance) -> AnyView {
    let chosen: Chosen = RwSignal::new(None);
    let submission = Submission::new();
    let changed = Callback::new(move |()| found.reload());
    let (suspended, waivers) = (suspended(&app), waivers(&app));
    let id = app.id.clone();
    let (done, total) = (app.bindings.iter().filter(|item| item.done).count(), app.bindings.len());
    let progress = (total > 0).then(|| tag(Text::from(move || words::progress(&done, &total))));
    let list = items(app, submission, chosen, changed);
    view! {
        <Stack>
            {suspended}
            <Card title=words::TITLE aside=progress.into_any()>
                <Stack tight=true>
                    {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                    {list}
                </Stack>
            </Card>
            {waivers}
        </Stack>
        {step_dialog(id, chosen, changed)}
    }
    .into_any()
}

/// A word on the overview while something is open.
pub fn reminder(app: &Instance) -> Option<AnyView> {
    let count = app.open_items().len() as u64;
    let settings = Customer::AppSettings(app.id.inner().to_owned()).address();
    let href = format!("{settings}?tab=checklist");
    (count > 0).then(|| {
        view! {
            <Alert level=Level::Warning title=Text::from(move || words::open_items(count))>
                <p>{words::OPEN_ITEMS_HINT}</p>
                <p>{link(href, words::GO)}</p>
            </Alert>
        }
        .into_any()
    })
}

/// D26: the parts that are suspended, each with why and what to do.
pub fn suspended(app: &Instance) -> Option<AnyView> {
    let name_of = |key: &str| {
        let pages = app.pages.iter().map(|page| (&page.key, &page.name));
        let others = app.other_components.iter().map(|part| (&part.key, &part.name));
        pages
            .chain(others)
            .find(|(known, _)| *known == key)
            .map_or_else(|| key.to_owned(), |(_, name)| name.clone())
    };
    let parts: Vec<AnyView> = app
        .suspensions
        .iter()
        .map(|part| two_lines(name_of(&part.component_key).into_any(), part.reason.clone().into_any()))
        .collect();
    (!parts.is_empty()).then(|| {
        view! {
            <Alert level=Level::Warning title=words::SUSPENDED_TITLE>
                {bullets(parts)}
                <p>{words::SUSPENDED_HINT}</p>
            </Alert>
        }
        .into_any()
    })
}

fn items(app: Instance, submission: Submission, chosen: Chosen, changed: Callback<()>) -> AnyView {
    if app.bindings.is_empty() {
        return view! { <Empty picture=Icon::Check title=words::EMPTY hint=words::EMPTY_HINT /> }.into_any();
    }
    let id = app.id;
    let rows = app
        .bindings
        .into_iter()
        .map(|item| row(&id, item, submission, chosen, changed))
        .collect();
    let columns = vec![column(words::WHAT), column(words::STATE), action_column()];
    view! {
        {paragraph(words::HINT)}
        <Table label=words::TITLE columns=columns rows=rows inside=true />
    }
    .into_any()
}

fn row(
    id: &cynic::Id,
    item: BindingItem,
    submission: Submission,
    chosen: Chosen,
    changed: Callback<()>,
) -> Vec<AnyView> {
    let kind = Text::from(labels::binding(item.kind)).into_view_any();
    let what = view! {
        {two_lines(item.text.clone().into_any(), kind)}
        {details(&item)}
    };
    let (tone, word) = match (item.done, item.waived) {
        (true, _) => (Tone::Good, words::DONE),
        (false, true) => (Tone::Neutral, words::WAIVED),
        (false, false) => (Tone::Attention, words::OPEN),
    };
    let when = by(item.set_by.clone(), item.set_at.clone());
    let actions = actions(id, item, submission, chosen, changed);
    vec![
        what.into_any(),
        two_lines(badge(tone, word), when),
        view! { <RowActions>{actions}</RowActions> }.into_any(),
    ]
}

/// Who did it last and when; nothing where nobody did.
fn by(person: Option<Person>, at: Option<DateTime>) -> AnyView {
    match (person, at) {
        (Some(person), Some(at)) => live(move || words::set_by(&person.name, &format::date_time(&at))).into_view_any(),
        _ => ().into_any(),
    }
}

/// What belongs to the item: its secrets, the connectors that it waits for, its members.
fn details(item: &BindingItem) -> AnyView {
    let slots: Vec<AnyView> = item.slots.iter().cloned().map(slot_line).collect();
    let waits = (!item.waits_for.is_empty()).then(|| {
        let names = item.waits_for.clone();
        muted(Text::from(move || words::waits_for(&format::list(&names))))
    });
    let members = (!item.members.is_empty()).then(|| {
        let names: Vec<String> = item.members.iter().map(|person| person.name.clone()).collect();
        muted(Text::from(move || format::list(&names)))
    });
    let reserved = (item.way == BindingWay::ChooseMembers && !item.editable).then(|| muted(words::ADMIN_ONLY));
    view! { {slots}{waits}{members}{reserved} }.into_any()
}

fn slot_line(slot: BindingSlot) -> AnyView {
    muted(live(move || match (&slot.set_by, &slot.set_at) {
        (Some(person), Some(at)) => words::slot_set(&slot.name, &person.name, &format::date_time(at)),
        _ => words::slot_open(&slot.name),
    }))
}

fn actions(
    id: &cynic::Id,
    item: BindingItem,
    submission: Submission,
    chosen: Chosen,
    changed: Callback<()>,
) -> AnyView {
    if !item.editable {
        return ().into_any();
    }
    match item.way {
        BindingWay::FillIn => {
            let buttons: Vec<AnyView> = item
                .slots
                .iter()
                .map(|slot| {
                    let (name, set) = (slot.name.clone(), slot.set_at.is_some());
                    let label = Text::from(move || match set {
                        true => words::fill_in_again(&name),
                        false => words::fill_in(&name),
                    });
                    let step = Step::Secret(item.clone(), slot.clone());
                    let press = Callback::new(move |()| chosen.set(Some(step.clone())));
                    view! { <Button label=label on_press=press small=true /> }.into_any()
                })
                .collect();
            buttons.into_any()
        }
        BindingWay::ChooseMembers => {
            let name = item.name.clone();
            let press = Callback::new(move |()| chosen.set(Some(Step::Members(item.clone()))));
            let full = Text::from(move || format!("{}: {name}", words::CHOOSE_MEMBERS.get()));
            view! { <Button label=words::CHOOSE_MEMBERS on_press=press small=true name=full /> }.into_any()
        }
        BindingWay::Confirm => {
            let (done, name, id) = (item.done, item.name, id.clone());
            let label = if done { words::MARK_OPEN } else { words::MARK_DONE };
            let press = Callback::new(move |()| {
                let input = ConfirmBindingInput {
                    instance_id: id.clone(),
                    item: item.key.clone(),
                    done: !done,
                };
                submission.run(binding::confirm_binding(input), move |_| {
                    toast(words::SAVED);
                    changed.run(());
                });
            });
            let full = Text::from(move || format!("{}: {name}", label.get()));
            view! { <Button label=label on_press=press busy=submission.busy small=true name=full /> }.into_any()
        }
    }
}

/// With what still open an admin enabled the application, when.
fn waivers(app: &Instance) -> Option<AnyView> {
    let events: Vec<Event> = app
        .waivers
        .iter()
        .rev()
        .map(|waiver| {
            let at = waiver.waived_at.clone();
            let names: Vec<String> = waiver.items.iter().map(|item| item.name.clone()).collect();
            Event {
                at: live(move || format::date_time(&at)),
                what: Text::from(move || words::waived_items(&format::list(&names))),
                by: Some(waiver.waived_by.name.clone()),
                note: None,
            }
        })
        .collect();
    (!events.is_empty()).then(|| view! { <Card title=words::WAIVERS>{timeline(events)}</Card> }.into_any())
}
