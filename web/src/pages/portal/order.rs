//! One order (D20): its facts, its states, every delivery with its items and reasons, and what happened to it. A reviewer
//! reads the same.

use leptos::prelude::*;

use super::{
    delivery::delivery_card,
    follow_up::{self, Following},
    send::{Sending, Target, send_dialog},
};
use crate::{
    api::order::{self, Order, OrderAction, SendStatus, SetEditPermissionInput},
    components::{
        button::{Button, Look},
        dialog::Confirm,
        empty::Empty,
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Stack, code, link, muted, paragraph},
        page_header::{Crumb, PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{customer, portal, shell},
    },
    labels,
    load::{load, reload_while, show_steadily},
    pages::{maintenance::order_sessions, not_found, order_timeline, sign_offs},
    routes::{Operator, Portal},
};

/// Who looks at orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The partner that sells.
    Partner,
    /// A reviewer, who reads.
    Reviewer,
}

impl Side {
    /// The address of an order.
    pub fn order(self, id: String) -> String {
        match self {
            Self::Partner => Portal::Order(id).address(),
            Self::Reviewer => Operator::Order(id).address(),
        }
    }

    fn crumb(self) -> Crumb {
        let address = match self {
            Self::Partner => Portal::Orders.address(),
            Self::Reviewer => Operator::Orders.address(),
        };
        crumb(shell::NAV_ORDERS, address)
    }

    fn project(self, id: String) -> String {
        match self {
            Self::Partner => Portal::Project(id).address(),
            Self::Reviewer => Operator::Project(id).address(),
        }
    }
}

/// What others do to the order while the page stands open; a delivery on its way is followed by itself.
const EVERY_MS: u32 = 15_000;

pub fn page(id: String, side: Side) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let found = load(move || order::order(asked.clone()));
    reload_while(found, EVERY_MS, Option::is_some);
    let sending: Sending = RwSignal::new(None);
    let following: Following = RwSignal::new(None);
    let asking = RwSignal::new(false);
    let changed = Callback::new(move |()| found.reload());
    view! {
        {show_steadily(found, Skeleton::Page, move |order| match order {
            Some(order) => body(side, order, sending, following, asking, changed),
            None => not_found::page(),
        })}
        {send_dialog(sending, changed)}
        {follow_up::dialog(following, changed)}
        {order_sessions::request_dialog(asking, id, changed)}
    }
    .into_any()
}

fn body(
    side: Side,
    order: Order,
    sending: Sending,
    following: Following,
    asking: RwSignal<bool>,
    changed: Callback<()>,
) -> AnyView {
    let may = |action: OrderAction| order.available_actions.contains(&action);
    let target = Target {
        order_id: order.id.clone(),
        application: order.application_name.clone(),
        customer: order.customer.name.clone(),
    };
    let send = may(OrderAction::SendApplication).then(|| {
        let press = Callback::new(move |()| sending.set(Some(target.clone())));
        view! { <Button label=portal::SEND_APPLICATION on_press=press look=Look::Primary leading=Icon::Send /> }
    });
    let maintenance = (side == Side::Partner).then(|| order_sessions::card(&order, asking, changed));
    let title = format!("{} · {}", order.customer.name, order.application_name);
    let facts = summary(side, &order);
    let accepted = acceptance(&order);
    let switch = may(OrderAction::ToggleEditPermission)
        .then(|| view! { <EditPermission order=order.clone() changed=changed /> });
    let follow_up = follow_up::buttons(&order, following);
    let happened = order_timeline::card(order.id.clone());
    let sent = if order.deliveries.is_empty() {
        view! { <Empty picture=Icon::Send title=portal::NOT_SENT_YET hint=portal::NOT_SENT_YET_HINT /> }.into_any()
    } else {
        let cards: Vec<AnyView> = order
            .deliveries
            .into_iter()
            .map(|delivery| delivery_card(delivery, changed))
            .collect();
        view! { <Stack>{cards}</Stack> }.into_any()
    };
    let status = labels::state_badge(labels::send(order.app_status));
    let actions = view! { {switch}{follow_up}{send} };
    view! {
        <PageHeader title=title crumbs=vec![side.crumb()] status=status actions=actions.into_any() />
        <Columns main=view! { {sent}{maintenance}{happened} }.into_any() side=view! { {facts}{accepted} }.into_any() />
    }
    .into_any()
}

/// D27: what the customer signed, once the application is theirs to sign.
fn acceptance(order: &Order) -> Option<AnyView> {
    let content = match (order.acceptances.is_empty(), order.app_status) {
        (false, _) => sign_offs::history(order.acceptances.clone()),
        (true, SendStatus::Succeeded | SendStatus::Partial) => muted(customer::NOT_ACCEPTED_BY_CUSTOMER),
        (true, SendStatus::NotSent | SendStatus::Sending | SendStatus::Failed) => return None,
    };
    Some(view! { <Card title=customer::ACCEPTANCE>{content}</Card> }.into_any())
}

/// D19: opens or closes the customer's full edit permission, after naming what that means.
#[component]
fn EditPermission(order: Order, changed: Callback<()>) -> AnyView {
    let asking = RwSignal::new(false);
    let submission = Submission::new();
    let opens = !order.full_edit_permission;
    let (label, effect) = match opens {
        true => (portal::OPEN_EDIT_PERMISSION, portal::OPEN_EDIT_EFFECT),
        false => (portal::CLOSE_EDIT_PERMISSION, portal::CLOSE_EDIT_EFFECT),
    };
    let confirm = Callback::new(move |()| {
        let input = SetEditPermissionInput {
            order_id: order.id.clone(),
            full_edit_permission: opens,
        };
        submission.run(order::set_edit_permission(input), move |_| {
            toast(portal::EDIT_PERMISSION_SWITCHED);
            let _ = asking.try_set(false);
            changed.run(());
        });
    });
    view! {
        <Button label=label on_press=Callback::new(move |()| asking.set(true)) leading=Icon::Edit />
        <Confirm open=asking title=label confirm=label on_confirm=confirm busy=submission.busy problem=submission.problem>
            {paragraph(effect)}
            {paragraph(portal::EDIT_PERMISSION_TOLD)}
        </Confirm>
    }
    .into_any()
}

fn summary(side: Side, order: &Order) -> AnyView {
    let ordered = order.created_at.clone();
    let arrived = order.app_status == SendStatus::Succeeded;
    let edit = match (arrived, order.full_edit_permission) {
        (false, _) => Text::from("—"),
        (true, true) => portal::EDIT_ALL.into(),
        (true, false) => portal::EDIT_LIMITED.into(),
    };
    let application = match &order.application {
        Some(application) => link(
            Portal::Application(application.id.inner().to_owned()).address(),
            order.application_name.clone(),
        ),
        None => order.application_name.clone().into_any(),
    };
    let project = order.project.as_ref().map_or_else(
        || "—".into_any(),
        |project| link(side.project(project.id.inner().to_owned()), project.name.clone()),
    );
    let list = facts(vec![
        fact(portal::ORDER_NUMBER, code(order.number.clone())),
        text_fact(portal::BUYER, &order.customer.name),
        fact(portal::CORP_ID, code(order.customer.corp_id.clone())),
        fact(
            portal::EDITION,
            Text::from(labels::edition(order.customer.edition)).into_view_any(),
        ),
        fact(portal::BOUGHT_APPLICATION, application),
        fact(portal::PROJECT, project),
        text_fact(portal::ORDERED_BY, &order.ordered_by.name),
        fact(
            portal::ORDERED_AT,
            live(move || format::date_time(&ordered)).into_view_any(),
        ),
        fact(portal::APP_STATUS, labels::state_badge(labels::send(order.app_status))),
        fact(
            portal::PAGE_STATUS,
            labels::state_badge(labels::send(order.page_status)),
        ),
        fact(portal::EDIT_PERMISSION, edit.into_view_any()),
    ]);
    view! { <Card title=portal::FACTS>{list}</Card> }.into_any()
}
