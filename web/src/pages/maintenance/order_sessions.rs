//! The remote maintenance of one order, for the partner: what was asked for, its steps, and asking.

use leptos::prelude::*;

use super::{
    follow, rows,
    steps::{Chosen, step_dialog},
};
use crate::{
    api::{
        maintenance::{self, MaintenanceFilter, MaintenanceStatus, RequestMaintenanceInput},
        order::{Order, OrderAction, OrderParty},
    },
    components::{
        button::{Button, Submit},
        dialog::Dialog,
        error_summary::ErrorSummary,
        field::{Kind, TextArea, TextInput},
        layout::{Card, Row, Stack, paragraph},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, maintenance as words},
    },
    load::{load, show_steadily},
};

/// The newest of them stand on the card.
const SHOWN: i32 = 10;

/// The sessions of an order; `asking` opens the request.
pub fn card(order: &Order, asking: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let may_ask = order.available_actions.contains(&OrderAction::RequestMaintenance);
    let order = order.id.clone();
    let list = load(move || {
        let filter = MaintenanceFilter {
            order_id: Some(order.clone()),
            ..MaintenanceFilter::default()
        };
        maintenance::maintenance_sessions(Some(SHOWN), None, None, None, OrderParty::Partner, Some(filter))
    });
    let moved = Callback::new(move |()| {
        list.reload();
        changed.run(());
    });
    follow(OrderParty::Partner, moved);
    let chosen: Chosen = RwSignal::new(None);
    let ask = may_ask.then(|| {
        let press = Callback::new(move |()| asking.set(true));
        view! { <Button label=words::REQUEST on_press=press small=true /> }.into_any()
    });
    view! {
        <Card title=words::CARD aside=ask.into_any()>
            {show_steadily(list, Skeleton::Rows(2), move |page| rows(OrderParty::Partner, page, chosen, words::CARD_EMPTY))}
        </Card>
        {step_dialog(chosen, moved)}
    }
    .into_any()
}

/// Asks for hours inside the order's application.
pub fn request_dialog(open: RwSignal<bool>, order: cynic::Id, sent: Callback<()>) -> AnyView {
    view! {
        <Dialog open=open title=words::REQUEST_TITLE>
            <RequestForm open=open order=order.clone() sent=sent />
        </Dialog>
    }
    .into_any()
}

#[component]
fn RequestForm(open: RwSignal<bool>, order: cynic::Id, sent: Callback<()>) -> AnyView {
    let reason = RwSignal::new(String::new());
    let hours = RwSignal::new("4".to_owned());
    let errors = Errors::new();
    let submission = Submission::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().trim().to_owned();
        let asked: Option<i32> = hours.get_untracked().trim().parse().ok();
        let asked = asked.filter(|hours| (1..=72).contains(hours));
        let mut wrong = Vec::new();
        if why.is_empty() {
            wrong.push(FieldError {
                name: "reason".to_owned(),
                message: common::REQUIRED.into(),
            });
        }
        if asked.is_none() {
            wrong.push(FieldError {
                name: "hours".to_owned(),
                message: words::HOURS_WRONG.into(),
            });
        }
        if !errors.set(wrong) {
            return;
        }
        let input = RequestMaintenanceInput {
            order_id: order.clone(),
            reason: why,
            hours: asked.unwrap_or_default(),
        };
        let asking = maintenance::request_maintenance(input, Some(submission.key()));
        submission.run_form(errors, asking, move |made| {
            toast(match made.status {
                MaintenanceStatus::Granted => words::REQUEST_GRANTED,
                _ => words::REQUEST_SENT,
            });
            let _ = open.try_set(false);
            sent.run(());
        });
    };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack tight=true>
                <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                {paragraph(words::REQUEST_HINT)}
                <TextArea name="reason" label=words::REASON value=reason errors=errors hint=words::REASON_HINT limit=500 rows=3 required=true />
                <TextInput name="hours" label=words::HOURS_LABEL value=hours errors=errors kind=Kind::Number hint=words::HOURS_HINT required=true />
                <Row end=true><Submit label=words::SEND_REQUEST busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(match name.as_str() {
        "reason" => words::REASON.into(),
        "hours" => words::HOURS_LABEL.into(),
        _ => return None,
    })
}
