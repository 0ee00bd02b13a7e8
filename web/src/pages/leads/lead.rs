//! One lead as its partner sees it: who it is and how they are reached, what happened, and what is to be done next.

use leptos::prelude::*;

use super::{assign, event, source, status, step};
use crate::{
    api::lead::{self, Lead, LeadAction, LeadEvent},
    components::{
        button::{Button, Look},
        facts::{Fact, fact, facts, text_fact, wide_fact},
        layout::{Card, Columns, Stack, link, mail_link, muted, phone_link},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        timeline::{Event, timeline},
    },
    format,
    i18n::{
        Key, Text, live,
        texts::{leads as words, shell},
    },
    labels,
    load::{load, show_steadily},
    pages::not_found,
    routes::Portal,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || lead::lead(id.clone()));
    let changed = Callback::new(move |()| found.reload());
    let (stepping, assigning): (step::Stepping, assign::Assigning) = (RwSignal::new(None), RwSignal::new(None));
    view! {
        {show_steadily(found, Skeleton::Page, move |lead| match lead {
            Some(lead) => body(lead, stepping, assigning),
            None => not_found::page(),
        })}
        {step::dialog(stepping, changed)}
        {assign::dialog(assigning, changed)}
    }
    .into_any()
}

fn body(lead: Lead, stepping: step::Stepping, assigning: assign::Assigning) -> AnyView {
    let title = format!("{} · {}", lead.organization_name, lead.person_name);
    let buttons: Vec<AnyView> = lead
        .available_actions
        .iter()
        .map(|action| button(*action, &lead, stepping, assigning))
        .collect();
    let message = match lead.message.is_empty() {
        true => muted(words::NO_MESSAGE),
        false => Text::from(lead.message.clone()).into_view_any(),
    };
    let reached = facts(vec![
        fact(words::MAIL, mail_link(lead.email.clone())),
        fact(words::PHONE, phone(&lead)),
        wide_fact(words::MESSAGE, message),
    ]);
    let events = lead.timeline.nodes.iter().rev().map(told).collect();
    let main = view! {
        <Stack>
            <Card title=words::PASSED_ON>{reached}</Card>
            <Card title=words::TIMELINE>{timeline(events)}</Card>
        </Stack>
    }
    .into_any();
    let known = facts(known(&lead));
    let side = view! { <Card title=words::FACTS>{known}</Card> }.into_any();
    let crumbs = vec![crumb(shell::NAV_LEADS, Portal::Leads.address())];
    let badge = labels::state_badge(status(lead.status));
    view! {
        <PageHeader title=title crumbs=crumbs status=badge actions=buttons.into_any() />
        <Columns main=main side=side />
    }
    .into_any()
}

fn phone(lead: &Lead) -> AnyView {
    match lead.phone.is_empty() {
        true => muted(words::NOT_GIVEN),
        false => phone_link(lead.phone.clone()),
    }
}

fn known(lead: &Lead) -> Vec<Fact> {
    let product = Portal::Product(lead.product_id.inner().to_owned()).address();
    let assigned = lead.assigned_to.as_ref().map(|person| person.name.clone());
    let looked_after = match assigned {
        Some(name) => name.into_any(),
        None => Text::from(words::NOBODY).into_view_any(),
    };
    let mut list = vec![
        fact(words::PRODUCT, link(product, lead.product_name.clone())),
        fact(words::SOURCE, Text::from(source(lead.source)).into_view_any()),
    ];
    if let Some(code) = &lead.channel_code {
        list.push(text_fact(words::CHANNEL, code));
    }
    list.push(fact(words::ASSIGNED_TO, looked_after));
    let times = [
        (words::AROSE, Some(&lead.created_at)),
        (words::EVENT_CONTACTED, lead.contacted_at.as_ref()),
        (words::CLOSED, lead.closed_at.as_ref()),
    ];
    for (name, at) in times {
        if let Some(at) = at.cloned() {
            list.push(fact(name, live(move || format::date_time(&at)).into_view_any()));
        }
    }
    list
}

fn told(step: &LeadEvent) -> Event {
    let at = step.at.clone();
    let to = step.assigned_to.as_ref().map(|person| person.name.clone());
    let kind = event(step.kind);
    Event {
        at: live(move || format::date_time(&at)),
        what: live(move || match &to {
            Some(name) => words::assigned_to_name(name),
            None => kind.get().to_owned(),
        }),
        by: Some(step.user.name.clone()),
        note: Some(step.note.clone()).filter(|note| !note.is_empty()),
    }
}

fn button(action: LeadAction, lead: &Lead, stepping: step::Stepping, assigning: assign::Assigning) -> AnyView {
    let (id, person) = (lead.id.clone(), lead.assigned_to.as_ref().map(|it| it.id.clone()));
    let (label, look): (Key, Look) = match action {
        LeadAction::Assign => (words::ASSIGN, Look::Plain),
        LeadAction::Contact => (words::CONTACT, Look::Primary),
        LeadAction::Win => (words::WIN, Look::Primary),
        LeadAction::Lose => (words::LOSE, Look::Plain),
    };
    let press = Callback::new(move |()| match action {
        LeadAction::Assign => assigning.set(Some((id.clone(), person.clone()))),
        LeadAction::Contact | LeadAction::Win | LeadAction::Lose => stepping.set(Some((id.clone(), action))),
    });
    view! { <Button label=label on_press=press look=look /> }.into_any()
}
