//! My apps 我的应用: every application of the organisation for its admins, the enabled ones in their range for employees.

use leptos::prelude::*;

use super::instance_steps::{Chosen, Step, StepDialog, Target, entries, is_admin};
use crate::{
    api::{
        instance::{self, InstanceAction, InstanceCard, InstanceList, InstanceStatus},
        page::Window,
    },
    components::{
        app_card::{AppCard, app_card},
        button::{Button, ButtonLink, Look},
        empty::Empty,
        filter_bar::{FilterBar, SelectFilter},
        icon::Icon,
        layout::{Cards, Stack},
        menu::Menu,
        page_header::PageHeader,
        pagination::Pagination,
        search_box::SearchBox,
        skeleton::Skeleton,
    },
    i18n::{
        Text, live,
        texts::{common, customer, portal, shell},
    },
    labels,
    load::{load, reload_while, show_steadily},
    navigation,
    routes::Customer,
};

/// Applications arrive and change while the page stands open.
const EVERY_MS: u32 = 15_000;

pub fn page() -> AnyView {
    let [search, chosen_status] = ["q", "status"].map(navigation::query);
    let list = load(move || {
        let Window {
            first,
            after,
            last,
            before,
        } = Window::of_address();
        let search = Some(search.get()).filter(|words| !words.is_empty());
        instance::app_instances(first, after, last, before, status_of(&chosen_status.get()), search)
    });
    reload_while(list, EVERY_MS, |_| true);
    let filtered = move || {
        search.with_untracked(|words| !words.is_empty()) || chosen_status.with_untracked(|value| !value.is_empty())
    };
    let chosen: Chosen = RwSignal::new(None);
    let done = Callback::new(move |_: Step| list.reload());
    let admin = is_admin();
    let states = vec![
        ("", Text::from(common::ALL)),
        ("maintenance", customer::STATUS_MAINTENANCE.into()),
        ("ready", customer::STATUS_READY.into()),
        ("enabled", customer::STATUS_ENABLED.into()),
        ("disabled", customer::STATUS_DISABLED.into()),
    ];
    let hint = if admin {
        customer::APPS_HINT
    } else {
        customer::APPS_HINT_EMPLOYEE
    };
    view! {
        <PageHeader title=shell::NAV_APPS hint=hint />
        <Stack>
            <FilterBar>
                <SearchBox label=customer::SEARCH_APPS />
                {admin.then(|| view! { <SelectFilter name="status" label=portal::STATUS choices=states /> })}
            </FilterBar>
            {show_steadily(list, Skeleton::Cards(6), move |page| cards(page, filtered(), admin, chosen))}
        </Stack>
        <StepDialog chosen=chosen done=done />
    }
    .into_any()
}

fn status_of(value: &str) -> Option<InstanceStatus> {
    Some(match value {
        "maintenance" => InstanceStatus::DevMaintenance,
        "ready" => InstanceStatus::Ready,
        "enabled" => InstanceStatus::Enabled,
        "disabled" => InstanceStatus::Disabled,
        _ => return None,
    })
}

fn cards(page: InstanceList, filtered: bool, admin: bool, chosen: Chosen) -> AnyView {
    if page.nodes.is_empty() && filtered {
        return view! { <Empty picture=Icon::Search title=portal::NOTHING_FOUND hint=portal::NOTHING_FOUND_HINT /> }
            .into_any();
    }
    if page.nodes.is_empty() && !admin {
        return view! { <Empty picture=Icon::Grid title=customer::NO_APPS hint=customer::NO_APPS_HINT_EMPLOYEE /> }
            .into_any();
    }
    if page.nodes.is_empty() {
        return view! {
            <Empty picture=Icon::Grid title=customer::NO_APPS hint=customer::NO_APPS_HINT>
                <ButtonLink label=customer::SEE_ORDERS href=Customer::Orders.address() />
            </Empty>
        }
        .into_any();
    }
    let position = page.page_info.position(page.total_count);
    let cards: Vec<AnyView> = page.nodes.into_iter().map(|app| card(app, chosen)).collect();
    view! {
        <Stack>
            <Cards>{cards}</Cards>
            <Pagination position=position />
        </Stack>
    }
    .into_any()
}

fn card(app: InstanceCard, chosen: Chosen) -> AnyView {
    let target = Target {
        id: app.id.clone(),
        name: app.name.clone(),
    };
    let may = |action: InstanceAction| app.available_actions.contains(&action);
    let address = Customer::App(app.id.inner().to_owned()).address();
    let settings = Customer::AppSettings(app.id.inner().to_owned()).address();
    let opens = may(InstanceAction::Open) || may(InstanceAction::ViewData);
    let more = {
        let name = app.name.clone();
        Text::from(move || customer::more_for(&name))
    };
    let menu_entries = entries(&target, app.status, &app.available_actions, chosen);
    // An employee only opens: the card itself does that, and a menu of one entry would be a detour.
    let menu = if menu_entries.len() > 1 {
        view! { <Menu label=more entries=menu_entries /> }.into_any()
    } else {
        ().into_any()
    };
    let mut lines = vec![by(&app.partner_name), version(&app.version_number)];
    if !app.workbench_group.is_empty() {
        let group = app.workbench_group.clone();
        lines.push(live(move || customer::in_group(&group)));
    }
    let action = next_step(&app, &target, settings, chosen);
    app_card(AppCard {
        name: app.name.clone(),
        href: opens.then_some(address),
        summary: app.summary.clone(),
        status: labels::state_badge(labels::instance(app.status)),
        lines,
        menu,
        action,
    })
}

fn by(partner: &str) -> Text {
    let partner = partner.to_owned();
    live(move || customer::by_partner(&partner))
}

fn version(number: &str) -> Text {
    let number = number.to_owned();
    live(move || portal::version_number(&number))
}

/// What brings an application on: trying it out and closing maintenance, then enabling it.
fn next_step(app: &InstanceCard, target: &Target, settings: String, chosen: Chosen) -> Option<AnyView> {
    let may = |action: InstanceAction| app.available_actions.contains(&action);
    let named = |words: crate::i18n::Key| {
        let name = app.name.clone();
        Text::from(move || format!("{}: {name}", words.get()))
    };
    if may(InstanceAction::CloseMaintenance) {
        let target = target.clone();
        let close = Callback::new(move |()| chosen.set(Some((Step::CloseMaintenance, target.clone()))));
        let address = Customer::App(app.id.inner().to_owned()).address();
        return Some(
            view! {
                <ButtonLink label=customer::TRY_OUT href=address small=true look=Look::Plain name=named(customer::TRY_OUT) />
                <Button label=customer::CLOSE_MAINTENANCE on_press=close small=true look=Look::Quiet name=named(customer::CLOSE_MAINTENANCE) />
            }
            .into_any(),
        );
    }
    if app.status == InstanceStatus::Enabled && may(InstanceAction::Open) {
        let address = Customer::App(app.id.inner().to_owned()).address();
        return Some(
            view! { <ButtonLink label=customer::OPEN href=address small=true look=Look::Plain name=named(customer::OPEN) /> }
                .into_any(),
        );
    }
    may(InstanceAction::Enable).then(|| {
        let href = format!("{settings}?tab=publish");
        view! { <ButtonLink label=customer::GO_PUBLISH href=href small=true look=Look::Plain name=named(customer::GO_PUBLISH) /> }.into_any()
    })
}
