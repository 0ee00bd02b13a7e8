//! How far a sending is, live (D15): followed by subscription until it ends, and asked for while that is interrupted. The same
//! for those who send and those who receive.

use leptos::prelude::*;

use crate::{
    api::{
        delivery::{self, DeliveryKind, DeliverySummary},
        live::{self, Update},
        order::SendStatus,
    },
    browser,
    components::progress::Progress,
    i18n::live,
    labels,
};

/// Follows a delivery until it is finished: by subscription, and by asking while that is interrupted.
pub fn follow(first: DeliverySummary, finished: Callback<()>) -> RwSignal<DeliverySummary> {
    let state = RwSignal::new(first.clone());
    if first.status.running() {
        let id = first.id;
        let asked = id.clone();
        live::while_shown(delivery::delivery_progress(id, move |update| match update {
            Update::Value(value) => take(state, value, finished),
            Update::Complete => {}
            Update::Interrupted => ask_later(state, asked.clone(), finished),
        }));
    }
    state
}

fn take(state: RwSignal<DeliverySummary>, value: DeliverySummary, finished: Callback<()>) {
    let was_running = state
        .try_with_untracked(|state| state.status.running())
        .unwrap_or(false);
    let ends = was_running && !value.status.running();
    let _ = state.try_set(value);
    if ends {
        finished.run(());
    }
}

fn ask_later(state: RwSignal<DeliverySummary>, id: cynic::Id, finished: Callback<()>) {
    browser::after(1500, move || {
        if !state
            .try_with_untracked(|state| state.status.running())
            .unwrap_or(false)
        {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(Some(value)) = delivery::delivery(id).await {
                take(state, value, finished);
            }
        });
    });
}

/// The bar of a running delivery with its counts.
pub fn progress(state: RwSignal<DeliverySummary>) -> AnyView {
    let done = Signal::derive(move || state.with(|state| state.done + state.skipped + state.failed));
    let total = Signal::derive(move || state.with(|state| state.total));
    let label = live(move || {
        state.with(|state| {
            let status = labels::delivery(state.status).1.get();
            if state.total > 0 {
                format!(
                    "{status} · {} / {}",
                    state.done + state.skipped + state.failed,
                    state.total
                )
            } else {
                status.to_owned()
            }
        })
    });
    view! { <Progress done=done total=total label=label /> }.into_any()
}

/// 应用发送状态: a word, or the bar while the application is on its way.
pub fn app_cell(status: SendStatus, deliveries: &[DeliverySummary], changed: Callback<()>) -> AnyView {
    cell(status, deliveries, &[DeliveryKind::App], changed)
}

/// 页面发送状态, which stands for itself (D15).
pub fn page_cell(status: SendStatus, deliveries: &[DeliverySummary], changed: Callback<()>) -> AnyView {
    let kinds = [DeliveryKind::NewPages, DeliveryKind::OverwritePages];
    cell(status, deliveries, &kinds, changed)
}

fn cell(status: SendStatus, deliveries: &[DeliverySummary], kinds: &[DeliveryKind], changed: Callback<()>) -> AnyView {
    let running = deliveries
        .iter()
        .find(|delivery| delivery.status.running() && kinds.contains(&delivery.kind));
    match running {
        Some(delivery) => progress(follow(delivery.clone(), changed)),
        None => labels::state_badge(labels::send(status)),
    }
}
