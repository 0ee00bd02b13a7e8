//! The send dialog (D13, D14): three options that are off, the agreement with its tick, the dry run against the target, then
//! the progress of the delivery.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::preflight::preflight_view;
use crate::{
    api::{
        delivery::{self, DeliveryOptions, DeliverySummary, SendApplicationInput},
        permission::{self, Agreement, AgreementKind},
    },
    components::{
        agreement::agreement_text,
        alert::{Alert, Level, ProblemPanel},
        button::{Button, ButtonLink, Look, Submit},
        dialog::{Dialog, Width, open_for},
        field::Checkbox,
        layout::{Row, Stack, muted, subheading},
        skeleton::Skeleton,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text,
        texts::{common, portal},
    },
    labels,
    load::{load, show},
    pages::sending::{follow, progress},
    routes::Portal,
};

/// The order that is about to be sent; nothing while no dialog is open.
pub type Sending = RwSignal<Option<Target>>;

/// An order and what the dialog calls it.
#[derive(Clone)]
pub struct Target {
    pub order_id: cynic::Id,
    pub application: String,
    pub customer: String,
}

/// The dialog of whatever `sending` names. It stands outside of what is behind it, which `sent` reads anew when the delivery
/// has started and when it has ended (D15).
pub fn send_dialog(sending: Sending, sent: Callback<()>) -> AnyView {
    dynamic(move || {
        let target = sending.get()?;
        let open = open_for(sending);
        Some(view! { <SendDialog open=open target=target sent=sent /> })
    })
}

#[component]
fn SendDialog(open: RwSignal<bool>, target: Target, sent: Callback<()>) -> AnyView {
    let order_id = StoredValue::new(target.order_id);
    let title = Text::from(move || portal::send_title(&target.application, &target.customer));
    let started = RwSignal::new(None::<DeliverySummary>);
    let agreement = load(|| permission::agreement(AgreementKind::Distribution));
    view! {
        <Dialog open=open title=title width=Width::Wide>
            {dynamic(move || match started.get() {
                Some(delivery) => progress_view(delivery, open, order_id.get_value(), sent),
                None => show(agreement, Skeleton::Form, move |agreement| {
                    view! { <SendForm order_id=order_id.get_value() agreement=agreement started=started sent=sent /> }.into_any()
                }),
            })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn SendForm(
    order_id: cynic::Id,
    agreement: Agreement,
    started: RwSignal<Option<DeliverySummary>>,
    sent: Callback<()>,
) -> AnyView {
    let (sample, connectors, edit, agreed) = (
        RwSignal::new(false),
        RwSignal::new(false),
        RwSignal::new(false),
        RwSignal::new(false),
    );
    let errors = Errors::new();
    let submission = Submission::new();
    let options = move || DeliveryOptions {
        include_sample_data: sample.get(),
        include_connectors: connectors.get(),
        open_edit_permission: edit.get(),
    };
    let asked = order_id.clone();
    let preflight = load(move || delivery::delivery_preflight(asked.clone(), options()));
    let version = agreement.version.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !agreed.get_untracked() {
            errors.set(vec![FieldError {
                name: "agreementVersion".to_owned(),
                message: portal::AGREEMENT_REQUIRED.into(),
            }]);
            crate::browser::focus("field-agreementVersion");
            return;
        }
        let input = SendApplicationInput {
            order_id: order_id.clone(),
            options: untrack(options),
            agreement_version: Some(version.clone()),
        };
        submission.run_form(
            errors,
            delivery::send_application(input, Some(submission.key())),
            move |delivery| {
                started.set(Some(delivery));
                sent.run(());
            },
        );
    };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <Stack tight=true>
                    {subheading(portal::OPTIONS)}
                    <Checkbox name="includeSampleData" value=sample errors=errors hint=portal::SAMPLE_DATA_HINT>{portal::SAMPLE_DATA}</Checkbox>
                    <Checkbox name="includeConnectors" value=connectors errors=errors hint=portal::CONNECTORS_HINT>{portal::CONNECTORS}</Checkbox>
                    <Checkbox name="openEditPermission" value=edit errors=errors hint=portal::FULL_EDIT_HINT>{portal::FULL_EDIT}</Checkbox>
                </Stack>
                <Stack tight=true>
                    {subheading(portal::PREFLIGHT)}
                    {show(preflight, Skeleton::Lines, preflight_view)}
                </Stack>
                <Stack tight=true>
                    {subheading(portal::AGREEMENT)}
                    {agreement_text(agreement.title.clone(), &agreement.body)}
                    <Checkbox name="agreementVersion" value=agreed errors=errors>{portal::AGREE}</Checkbox>
                </Stack>
                <Row end=true><Submit label=portal::SEND_APPLICATION busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

/// How far a delivery is; `ended` runs at its end.
pub(super) fn progress_view(
    delivery: DeliverySummary,
    open: RwSignal<bool>,
    order_id: cynic::Id,
    ended: Callback<()>,
) -> AnyView {
    let state = follow(delivery, ended);
    let outcome = move || {
        let status = state.with(|state| state.status);
        let level = match status {
            _ if status.running() => return muted(portal::SENDING_GOES_ON),
            delivery::DeliveryStatus::Succeeded => Level::Good,
            delivery::DeliveryStatus::Partial | delivery::DeliveryStatus::Cancelled => Level::Warning,
            _ => Level::Error,
        };
        view! { <Alert level=level title=labels::delivery(status).1 /> }.into_any()
    };
    view! {
        <Stack>
            {progress(state)}
            {dynamic(outcome)}
            <Row end=true>
                <ButtonLink label=portal::ORDER_DETAIL href=Portal::Order(order_id.into_inner()).address() />
                <Button label=common::CLOSE on_press=Callback::new(move |()| open.set(false)) look=Look::Primary />
            </Row>
        </Stack>
    }
    .into_any()
}
