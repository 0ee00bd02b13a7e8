//! The overview of an application: facts, work that is left to people, acceptance, sample data and what it is made of.

use leptos::prelude::*;

use super::{
    checklist,
    instance_steps::{Chosen, Step, Target},
};
use crate::{
    api::{
        application::ComponentKind,
        instance::{Instance, InstanceAction},
        license::LicenseBrief,
    },
    components::{
        button::Button,
        facts::{fact, facts, text_fact, wide_fact},
        layout::{Card, Columns, Stack, link, muted, paragraph, two_lines},
        table::{Table, column},
    },
    format,
    i18n::{
        Text, live,
        texts::{buying, customer, pages, portal},
    },
    labels, navigation,
    pages::sign_offs,
    routes::Customer,
};

pub fn tab(app: Instance, chosen: Chosen) -> AnyView {
    let work = checklist::reminder(&app);
    let suspended = checklist::suspended(&app);
    let (summary, contents) = (summary(&app), contents(&app));
    let (acceptance, samples) = (acceptance(&app), samples(&app, chosen));
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
        || app.license.as_ref().map_or_else(|| muted("—"), bought),
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

/// It came by a license and by no order of a project.
fn bought(license: &LicenseBrief) -> AnyView {
    let running = license.status.is_running();
    let until = license.until.clone();
    let said = live(move || match &until {
        None => buying::BOUGHT_OPEN.get().to_owned(),
        Some(until) if running => buying::bought_until(&format::day_of(until)),
        Some(until) => buying::bought_ended(&format::day_of(until)),
    });
    link(Customer::License(license.id.inner().to_owned()).address(), said)
}

fn acceptance(app: &Instance) -> AnyView {
    match app.acceptances.is_empty() {
        true => muted(customer::NOT_ACCEPTED),
        false => sign_offs::history(app.acceptances.clone()),
    }
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
fn contents(app: &Instance) -> AnyView {
    let id = app.id.inner();
    let pages = app.pages.iter().map(|page| {
        let name = link(
            Customer::AppPage(id.to_owned(), page.key.clone()).address(),
            page.name.clone(),
        );
        row(name, page.kind, page.folder.clone())
    });
    let others = app.other_components.iter().map(|component| {
        row(
            component.name.clone().into_any(),
            component.kind,
            component.note.clone(),
        )
    });
    let rows: Vec<Vec<AnyView>> = pages.chain(others).collect();
    let columns = vec![column(customer::COMPONENT), column(customer::FOLDER_OR_NOTE)];
    let care = link(navigation::address_now_with(&[("tab", "pages")]), pages::LOOK_AFTER);
    view! {
        <Stack tight=true>
            <Table label=customer::MADE_OF columns=columns rows=rows inside=true />
            {care}
        </Stack>
    }
    .into_any()
}

fn row(name: AnyView, kind: ComponentKind, note: Option<String>) -> Vec<AnyView> {
    vec![
        two_lines(name, Text::from(labels::component(kind)).into_view_any()),
        muted(note.unwrap_or_else(|| "—".to_owned())),
    ]
}
