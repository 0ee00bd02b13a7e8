//! The remote maintenance of one application, for the customer: whether requests are granted at once, what was asked for, and
//! its steps.

use leptos::prelude::*;

use super::{
    follow, rows,
    steps::{Chosen, step_dialog},
};
use crate::{
    api::{
        maintenance::{self, MaintenanceFilter, SetAutomaticMaintenanceInput},
        order::OrderParty,
    },
    components::{
        alert::ProblemPanel,
        button::Button,
        dynamic::dynamic,
        layout::{Card, Stack, link, paragraph},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::submission::Submission,
    i18n::texts::maintenance as words,
    load::{load, show_steadily},
    routes::Customer,
};

/// The newest of them stand on the card.
const SHOWN: i32 = 20;

/// `automatic` is the choice as it stands; `changed` runs when it was made anew.
pub fn tab(instance: cynic::Id, automatic: bool, changed: Callback<()>) -> AnyView {
    let of = instance.clone();
    let list = load(move || {
        let filter = MaintenanceFilter {
            instance_id: Some(of.clone()),
            ..MaintenanceFilter::default()
        };
        maintenance::maintenance_sessions(Some(SHOWN), None, None, None, OrderParty::Customer, Some(filter))
    });
    let moved = Callback::new(move |()| list.reload());
    follow(OrderParty::Customer, moved);
    let chosen: Chosen = RwSignal::new(None);
    let all = link(Customer::Maintenance.address(), words::ALL);
    view! {
        <Stack>
            <Card title=words::AUTOMATIC_TITLE><Automatic instance=instance automatic=automatic changed=changed /></Card>
            <Card title=words::CARD aside=all>
                {show_steadily(list, Skeleton::Rows(2), move |page| rows(OrderParty::Customer, page, chosen, words::APP_EMPTY))}
            </Card>
        </Stack>
        {step_dialog(chosen, moved)}
    }
    .into_any()
}

/// D31: whether requests are granted at once while the application is in development maintenance.
#[component]
fn Automatic(instance: cynic::Id, automatic: bool, changed: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let switch = Callback::new(move |()| {
        let input = SetAutomaticMaintenanceInput {
            instance_id: instance.clone(),
            automatic: !automatic,
        };
        submission.run(maintenance::set_automatic_maintenance(input), move |_| {
            toast(words::AUTOMATIC_SAVED);
            changed.run(());
        });
    });
    let (now, label) = match automatic {
        true => (words::AUTOMATIC_ON, words::AUTOMATIC_TURN_OFF),
        false => (words::AUTOMATIC_OFF, words::AUTOMATIC_TURN_ON),
    };
    view! {
        <Stack tight=true>
            {paragraph(now)}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <Button label=label on_press=switch busy=submission.busy small=true />
        </Stack>
    }
    .into_any()
}
