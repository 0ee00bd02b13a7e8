//! What was rolled out to an application of the customer's, with what stayed as they had made it, and when nothing may come.

use leptos::prelude::*;

use super::{freeze, kept::kept};
use crate::{
    api::{
        instance,
        rollout::{self, InstanceUpgrade},
    },
    components::{
        empty::Empty,
        icon::Icon,
        layout::{Card, Stack, muted, one_line, two_lines},
        page_header::{PageHeader, crumb},
        paged_list::{load_page, paged_list},
        skeleton::Skeleton,
        table::column,
    },
    format,
    i18n::{
        Text, live,
        texts::{customer, rollout as words},
    },
    load::{load, show_steadily},
    pages::not_found,
    routes::Customer,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let found = load(move || instance::app_instance(asked.clone()));
    show_steadily(found, Skeleton::Page, move |app| match app {
        Some(app) => body(&id, app.name),
        None => not_found::page(),
    })
}

fn body(id: &cynic::Id, name: String) -> AnyView {
    let settings = Customer::AppSettings(id.inner().to_owned()).address();
    let crumbs = vec![crumb(customer::SETTINGS, settings)];
    let title = Text::from(move || words::updates_title(&name));
    let came = came(id.clone());
    view! {
        <PageHeader title=title crumbs=crumbs />
        <Stack>
            <Card title=words::CAME>{came}</Card>
            {freeze::card()}
        </Stack>
    }
    .into_any()
}

fn came(id: cynic::Id) -> AnyView {
    let list = load_page(move |window| {
        rollout::instance_upgrades(window.first, window.after, window.last, window.before, id.clone())
    });
    let nothing =
        || view! { <Empty picture=Icon::Upload title=words::CAME_NONE hint=words::CAME_NONE_HINT /> }.into_any();
    let columns = vec![column(words::VERSION), column(words::KEPT_YOURS)];
    paged_list(words::CAME, columns, nothing).show(list, row)
}

fn row(came: InstanceUpgrade) -> Vec<AnyView> {
    let versions = words::came_line(&came.from_version, &came.version_number);
    let at = came.arrived_at;
    let at = live(move || at.as_ref().map_or_else(String::new, format::date_time));
    let stayed = match came.kept.is_empty() {
        true => muted(words::NOTHING_KEPT),
        false => kept(&came.kept),
    };
    vec![two_lines(one_line(versions), muted(at)), stayed]
}
