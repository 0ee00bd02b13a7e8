//! 应用设置: what an application is made of, and its publishing, as tabs.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{
    apps_crumb, checklist,
    instance_steps::{Chosen, Step, StepDialog, Target, entries},
    overview, permission, publish, seats,
};
use crate::{
    api::instance::{self, Instance, InstanceAction},
    components::{
        button::ButtonLink,
        layout::{Row, Stack},
        menu::Menu,
        page_header::PageHeader,
        skeleton::Skeleton,
        tabs::{Tabs, tab},
    },
    i18n::{
        Text,
        texts::{checklist as checklist_words, customer, maintenance as maintenance_words, pages, rollout},
    },
    labels,
    load::{Loaded, load, show_steadily},
    navigation,
    pages::{area::Area, maintenance::app_sessions, not_found},
    routes::{Customer, Route},
    session,
};

/// The loaded application; nothing where there is none for this person.
pub type Found = Loaded<Option<Instance>>;

/// The tab that lies in a module of its own.
const PAGES: &str = "pages";

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found: Found = load(move || instance::app_instance(id.clone()));
    let chosen: Chosen = RwSignal::new(None);
    let done = Callback::new(move |step: Step| match step {
        Step::Remove => navigation::replace(&Customer::Apps.address()),
        _ => found.reload(),
    });
    view! {
        {show_steadily(found, Skeleton::Page, move |app| match app {
            // The settings are an admin's, removing is theirs in every state, and those of a developer who was let in.
            Some(app) if app.may(InstanceAction::Remove) || inside() => body(found, app, chosen),
            _ => not_found::page(),
        })}
        <StepDialog chosen=chosen done=done />
    }
    .into_any()
}

fn body(found: Found, app: Instance, chosen: Chosen) -> AnyView {
    let current = navigation::query("tab");
    // What is looked after beside this page shows in the overview.
    Effect::new(move |earlier: Option<String>| {
        let now = current.get();
        if earlier.is_some_and(|earlier| earlier == PAGES && now != PAGES) {
            found.reload();
        }
        now
    });
    let target = Target {
        id: app.id.clone(),
        name: app.name.clone(),
    };
    let name = app.name.clone();
    let title = Text::from(move || customer::settings_of(&name));
    let menu_entries = entries(&target, app.status, &app.available_actions, chosen);
    let address = Customer::App(app.id.inner().to_owned()).address();
    let more = {
        let name = app.name.clone();
        Text::from(move || customer::more_for(&name))
    };
    let updates = app.may(InstanceAction::Remove).then(|| {
        let href = Customer::AppUpdates(app.id.inner().to_owned()).address();
        view! { <ButtonLink label=rollout::UPDATES href=href /> }
    });
    let actions = view! {
        <Row>
            {updates}
            <ButtonLink label=customer::OPEN href=address />
            <Menu label=more entries=menu_entries />
        </Row>
    };
    let status = labels::state_badge(labels::instance(app.status));
    let admin = app.may(InstanceAction::Remove);
    let mut tabs = vec![
        tab("", customer::TAB_OVERVIEW),
        tab(PAGES, pages::TAB),
        tab("checklist", checklist_words::TAB),
    ];
    if admin {
        tabs.extend([
            tab("publish", customer::TAB_PUBLISH),
            tab("permission", customer::TAB_PERMISSION),
            tab("maintenance", maintenance_words::TAB),
        ]);
    }
    let seats = app.seats.clone();
    tabs.extend(seats.is_some().then(|| tab("seats", customer::TAB_SEATS)));
    let app = StoredValue::new(app);
    view! {
        <PageHeader title=title crumbs=vec![apps_crumb()] status=status actions=actions.into_any() />
        <Stack>
            <Tabs name="tab" label=customer::SETTINGS tabs=tabs />
            {dynamic(move || match current.get().as_str() {
                "publish" if admin => publish::tab(found, app.get_value(), chosen),
                "permission" if admin => app.with_value(permission::tab),
                PAGES => app.with_value(|app| Area::AppPages.page(Route::Customer(Customer::PagesInSettings(app.id.inner().to_owned())))),
                "checklist" => checklist::tab(found, app.get_value()),
                "maintenance" if admin => maintenance(found, app.get_value()),
                "seats" if seats.is_some() => {
                    let seats = seats.clone();
                    app.with_value(|app| seats.map(|seats| seats::tab(found, app, &seats))).into_any()
                }
                _ => overview::tab(app.get_value(), chosen),
            })}
        </Stack>
    }
    .into_any()
}

/// D31: whether a developer of a partner looks, in a remote maintenance.
pub fn inside() -> bool {
    session::viewer_now().is_some_and(|viewer| viewer.maintenance.is_some())
}

fn maintenance(found: Found, app: Instance) -> AnyView {
    let automatic = app.automatic_maintenance.unwrap_or_default();
    app_sessions::tab(app.id, automatic, Callback::new(move |()| found.reload()))
}
