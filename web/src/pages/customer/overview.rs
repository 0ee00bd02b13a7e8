//! The overview of an application: facts, work that is left to people, acceptance, sample data and what it is made of.

use leptos::prelude::*;

use super::{
    checklist,
    instance_steps::{Chosen, Step, Target},
    remove_page::{Doomed, RemovePageDialog},
    settings::Found,
};
use crate::{
    api::{
        application::ComponentKind,
        instance::{Acceptance, Instance, InstanceAction, PageName},
    },
    components::{
        button::{Button, Look},
        facts::{fact, facts, text_fact, wide_fact},
        layout::{Card, Columns, Stack, link, muted, paragraph, two_lines},
        table::{Table, action_column, column},
    },
    format,
    i18n::{
        Text, live,
        texts::{customer, portal},
    },
    labels,
    routes::Customer,
};

pub fn tab(found: Found, app: Instance, chosen: Chosen) -> AnyView {
    let work = checklist::reminder(&app);
    let suspended = checklist::suspended(&app);
    let (summary, contents) = (summary(&app), contents(found, &app));
    let (acceptance, samples) = (acceptance(app.acceptance.as_ref()), samples(&app, chosen));
    let main = view! {
        {suspended}
        {work}
        <Card title=customer::FACTS>{summary}</Card>
        <Card title=customer::MADE_OF>{contents}</Card>
    }
    .into_any();
    let side = view! {
        <Card title=customer::ACCEPTANCE>{acceptance}</Card>
        <Card title=customer::SAMPLE_DATA>{samples}</Card>
    }
    .into_any();
    view! { <Columns main=main side=side /> }.into_any()
}

fn summary(app: &Instance) -> AnyView {
    let arrived = app.created_at.clone();
    let edit = if app.full_edit_permission {
        portal::EDIT_ALL
    } else {
        portal::EDIT_LIMITED
    };
    let number = app.order.as_ref().map_or_else(
        || muted("—"),
        |order| {
            link(
                Customer::Order(order.id.inner().to_owned()).address(),
                order.number.clone(),
            )
        },
    );
    let summary = if app.summary.is_empty() {
        "—".to_owned()
    } else {
        app.summary.clone()
    };
    facts(vec![
        text_fact(customer::PARTNER, &app.partner_name),
        text_fact(customer::VERSION, &app.version_number),
        fact(
            customer::ARRIVED_AT,
            live(move || format::date_time(&arrived)).into_view_any(),
        ),
        fact(customer::ORDER_NUMBER, number),
        fact(portal::EDIT_PERMISSION, Text::from(edit).into_view_any()),
        wide_fact(customer::SUMMARY, summary),
    ])
}

fn acceptance(acceptance: Option<&Acceptance>) -> AnyView {
    let Some(acceptance) = acceptance else {
        return muted(customer::NOT_ACCEPTED);
    };
    let at = acceptance.at.clone();
    facts(vec![
        text_fact(customer::ACCEPTED_BY, &acceptance.by.name),
        fact(
            customer::ACCEPTED_AT,
            live(move || format::date_time(&at)).into_view_any(),
        ),
        text_fact(customer::VERSION, &acceptance.version_number),
        wide_fact(
            customer::ACCEPTANCE_NOTE,
            if acceptance.note.is_empty() {
                "—".to_owned()
            } else {
                acceptance.note.clone()
            },
        ),
    ])
}

fn samples(app: &Instance, chosen: Chosen) -> AnyView {
    let count = u64::try_from(app.sample_record_count).unwrap_or_default();
    let target = Target {
        id: app.id.clone(),
        name: app.name.clone(),
    };
    let may = count > 0 && app.may(InstanceAction::RemoveSampleData);
    let remove = may.then(|| {
        let press = Callback::new(move |()| chosen.set(Some((Step::RemoveSampleData, target.clone()))));
        view! { <Button label=customer::REMOVE_SAMPLES on_press=press small=true /> }
    });
    view! {
        <Stack tight=true>
            {paragraph(Text::from(move || customer::sample_count(count)))}
            {remove}
        </Stack>
    }
    .into_any()
}

/// Pages first, then everything else with the condition in which it arrived.
fn contents(found: Found, app: &Instance) -> AnyView {
    let id = app.id.inner().to_owned();
    let doomed = RwSignal::new(None::<Doomed>);
    let may_remove = app.may(InstanceAction::RemovePage);
    let pages = app.pages.iter().map(|page| {
        let name = link(
            Customer::AppPage(id.clone(), page.key.clone()).address(),
            page.name.clone(),
        );
        let folder = page.folder.clone().unwrap_or_else(|| "—".to_owned());
        let remove = may_remove.then(|| remove_button(page, doomed));
        row(name, page.kind, folder, remove)
    });
    let others = app.other_components.iter().map(|component| {
        let note = component.note.clone().unwrap_or_else(|| "—".to_owned());
        row(component.name.clone().into_any(), component.kind, note, None)
    });
    let mut rows: Vec<Vec<AnyView>> = pages.chain(others).collect();
    let mut columns = vec![column(customer::COMPONENT), column(customer::FOLDER_OR_NOTE)];
    if may_remove {
        columns.push(action_column());
    } else {
        rows.iter_mut().for_each(|row| row.truncate(columns.len()));
    }
    let removed = Callback::new(move |()| found.reload());
    view! {
        <Table label=customer::MADE_OF columns=columns rows=rows inside=true />
        <RemovePageDialog instance_id=app.id.clone() chosen=doomed done=removed />
    }
    .into_any()
}

fn remove_button(page: &PageName, doomed: RwSignal<Option<Doomed>>) -> AnyView {
    let (page, name) = (
        Doomed {
            key: page.key.clone(),
            name: page.name.clone(),
        },
        page.name.clone(),
    );
    let press = Callback::new(move |()| doomed.set(Some(page.clone())));
    let name = Text::from(move || format!("{}: {name}", customer::REMOVE_PAGE.get()));
    view! { <Button label=customer::REMOVE_PAGE on_press=press small=true look=Look::Quiet name=name /> }.into_any()
}

fn row(name: AnyView, kind: ComponentKind, note: String, action: Option<AnyView>) -> Vec<AnyView> {
    vec![
        two_lines(name, Text::from(labels::component(kind)).into_view_any()),
        muted(note),
        action.unwrap_or_else(|| ().into_any()),
    ]
}
