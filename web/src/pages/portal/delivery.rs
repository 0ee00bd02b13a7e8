//! A delivery on the screen: how far it is, retry and cancel, and the reasons of every item that was not sent.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::rollback::RollbackDialog;

use crate::{
    api::delivery::{
        self, Delivery, DeliveryAction, DeliveryActionInput, DeliveryItem, DeliveryItemStatus, DeliveryKind,
        DeliverySummary,
    },
    components::{
        alert::{Alert, Level, ProblemPanel, reasons},
        badge::{Tone, badge},
        button::{Button, Look},
        dialog::Confirm,
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Row, Stack, muted, paragraph, two_lines},
        table::{Table, column},
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{common, portal},
    },
    labels,
    pages::sending::{follow, progress},
    ranking::in_order,
};

/// Retry, cancel and roll back, as the delivery's state allows.
#[component]
pub fn DeliveryActions(delivery: DeliverySummary, changed: Callback<()>) -> AnyView {
    let (cancelling, rolling_back) = (RwSignal::new(false), RwSignal::new(false));
    let submission = Submission::new();
    let id = StoredValue::new(delivery.id.clone());
    let input = move || DeliveryActionInput { id: id.get_value() };
    let retry = Callback::new(move |()| submission.run(delivery::retry_delivery(input()), move |_| changed.run(())));
    let cancel = Callback::new(move |()| {
        submission.run(delivery::cancel_delivery(input()), move |_| {
            cancelling.set(false);
            changed.run(());
        });
    });
    let may_retry = delivery.available_actions.contains(&DeliveryAction::Retry);
    let may_cancel = delivery.available_actions.contains(&DeliveryAction::Cancel);
    let may_roll_back = delivery.available_actions.contains(&DeliveryAction::RollBack);
    if !may_retry && !may_cancel && !may_roll_back {
        return ().into_any();
    }
    view! {
        <div>
        <Row>
            {may_retry.then(|| view! { <Button label=common::TRY_AGAIN on_press=retry busy=submission.busy small=true leading=Icon::Retry /> })}
            {may_cancel.then(|| view! { <Button label=portal::CANCEL_DELIVERY on_press=Callback::new(move |()| cancelling.set(true)) small=true look=Look::Quiet /> })}
            {may_roll_back.then(|| view! { <Button label=portal::ROLL_BACK on_press=Callback::new(move |()| rolling_back.set(true)) small=true leading=Icon::Retry /> })}
        </Row>
        {may_roll_back.then(|| view! { <RollbackDialog open=rolling_back delivery_id=delivery.id.clone() done=changed /> })}
        {dynamic(move || (!cancelling.get()).then(|| submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> })))}
        <Confirm open=cancelling title=portal::CANCEL_TITLE confirm=portal::CANCEL_DELIVERY on_confirm=cancel busy=submission.busy problem=submission.problem danger=true>
            {paragraph(portal::CANCEL_EFFECT)}
        </Confirm>
        </div>
    }
    .into_any()
}

/// One delivery in full.
pub fn delivery_card(delivery: Delivery, changed: Callback<()>) -> AnyView {
    let state = follow(delivery.summary(), changed);
    let running = delivery.status.running();
    let made = (delivery.created_at.clone(), delivery.created_by.name.clone());
    let finished = delivery.finished_at.clone();
    let mut all = vec![
        text_fact(portal::VERSION, &delivery.version_number),
        fact(
            portal::SENT_BY,
            live(move || format!("{} · {}", format::date_time(&made.0), made.1)).into_view_any(),
        ),
        fact(
            portal::FINISHED_AT,
            live(move || finished.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any(),
        ),
    ];
    match (delivery.kind, &delivery.folder) {
        (DeliveryKind::App, _) => all.push(options_fact(&delivery)),
        (_, Some(folder)) => all.push(text_fact(portal::NEW_FOLDER, folder)),
        (_, None) => {}
    }
    let list = facts(all);
    let taken_back = delivery
        .rolled_back_by
        .as_ref()
        .map(|_| badge(Tone::Neutral, portal::ROLLED_BACK));
    let counts = (delivery.done, delivery.skipped, delivery.failed);
    let failures = reasons(&delivery.failures)
        .map(|list| view! { <Alert level=Level::Error title=portal::DELIVERY_FAILURES>{list}</Alert> });
    let warnings = reasons(&delivery.warnings)
        .map(|list| view! { <Alert level=Level::Warning title=portal::DELIVERY_WARNINGS>{list}</Alert> });
    let state_badge = labels::state_badge(labels::delivery(delivery.status));
    let status = view! { <Row>{taken_back}{state_badge}</Row> }.into_any();
    let actions = view! { <DeliveryActions delivery=delivery.summary() changed=changed /> };
    view! {
        <Card title=labels::delivery_kind(delivery.kind) aside=status>
            <Stack>
                {running.then(|| progress(state))}
                {failures}
                {warnings}
                {list}
                {(!running && counts != (0, 0, 0)).then(|| muted(Text::from(move || portal::delivery_counts(&counts.0, &counts.1, &counts.2))))}
                {actions}
                {items(delivery.items)}
            </Stack>
        </Card>
    }
    .into_any()
}

fn options_fact(delivery: &Delivery) -> crate::components::facts::Fact {
    let chosen: Vec<crate::i18n::Key> = [
        (delivery.include_sample_data, portal::OPTION_SAMPLE_DATA),
        (delivery.include_connectors, portal::OPTION_CONNECTORS),
        (delivery.open_edit_permission, portal::OPTION_EDIT_PERMISSION),
    ]
    .into_iter()
    .filter(|(chosen, _)| *chosen)
    .map(|(_, option)| option)
    .collect();
    let words = live(move || {
        if chosen.is_empty() {
            return portal::NO_OPTIONS.get().to_owned();
        }
        format::list(&chosen.iter().map(|option| option.get().to_owned()).collect::<Vec<_>>())
    });
    fact(portal::OPTIONS, words.into_view_any())
}

/// Items: what failed and what was left out first, then the rest, folded away where there are many.
fn items(items: Vec<DeliveryItem>) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let rank: fn(&DeliveryItem) -> u8 = |item| match item.status {
        DeliveryItemStatus::Failed => 0,
        DeliveryItemStatus::Skipped => 1,
        DeliveryItemStatus::Queued => 2,
        DeliveryItemStatus::Done => 3,
    };
    let items = in_order(items, rank);
    let count = items.len();
    let rows = items.into_iter().map(item_row).collect();
    Some(
        crate::components::folded::folded(
            Text::from(move || portal::items_count(count as u64)),
            view! { <Table label=portal::ITEMS columns=vec![column(portal::COMPONENT), column(portal::STATUS), column(portal::REASON)] rows=rows inside=true /> }.into_any(),
        ),
    )
}

fn item_row(item: DeliveryItem) -> Vec<AnyView> {
    vec![
        two_lines(
            item.name.into_any(),
            Text::from(labels::component(item.kind)).into_view_any(),
        ),
        labels::state_badge(labels::item(item.status)),
        muted(item.reason.unwrap_or_else(|| "—".to_owned())),
    ]
}
