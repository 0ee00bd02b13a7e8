//! The dialog that sends custom components (D17): a version, some of its components, the dry run; then the progress.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{follow_up::Followed, preflight::preflight_view, send::progress_view};
use crate::{
    api::{
        application::{ComponentKind, VersionStatus},
        delivery::{DeliveryKind, DeliveryOptions, DeliverySummary},
        page_delivery::{self, SendComponentsInput, VersionContent},
    },
    components::{
        alert::ProblemPanel,
        button::Submit,
        check_list::{Tick, check_list},
        dialog::{Dialog, Width},
        error_summary::ErrorSummary,
        field::{Select, choice},
        layout::{Row, Stack, muted, subheading},
        skeleton::Skeleton,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{Text, texts::portal},
    load::{load, show},
};

#[component]
pub fn SendComponentsDialog(
    open: RwSignal<bool>,
    to: Followed,
    /// Runs when the delivery has started and when it has ended.
    sent: Callback<()>,
) -> AnyView {
    let (order_id, application_id) = (StoredValue::new(to.order_id), StoredValue::new(to.application_id));
    let title = Text::from(move || portal::send_components_title(&to.customer, &to.application));
    let started = RwSignal::new(None::<DeliverySummary>);
    view! {
        <Dialog open=open title=title width=Width::Wide>
            {dynamic(move || match started.get() {
                Some(delivery) => progress_view(delivery, open, order_id.get_value(), sent),
                None => {
                    let Some(id) = application_id.get_value() else {
                        return muted(portal::NO_COMPONENTS);
                    };
                    let found = load(move || page_delivery::application(id.clone()));
                    show(found, Skeleton::Form, move |found| {
                        let versions = found.map(|found| found.versions).unwrap_or_default();
                        form(order_id.get_value(), sendable(versions), started, sent)
                    })
                }
            })}
        </Dialog>
    }
    .into_any()
}

/// Published versions with their custom components alone; those without any are of no use here.
fn sendable(versions: Vec<VersionContent>) -> Vec<VersionContent> {
    let mut versions: Vec<VersionContent> = versions
        .into_iter()
        .filter(|version| version.status == VersionStatus::Published)
        .collect();
    for version in &mut versions {
        version
            .components
            .retain(|component| component.kind == ComponentKind::CustomComponent);
    }
    versions.retain(|version| !version.components.is_empty());
    versions
}

fn form(
    order_id: cynic::Id,
    versions: Vec<VersionContent>,
    started: RwSignal<Option<DeliverySummary>>,
    sent: Callback<()>,
) -> AnyView {
    let Some(latest) = versions.first() else {
        return muted(portal::NO_COMPONENTS);
    };
    let version = RwSignal::new(latest.id.inner().to_owned());
    let chosen = RwSignal::new(Vec::<Tick>::new());
    let (errors, submission) = (Errors::new(), Submission::new());
    let choices = versions
        .iter()
        .map(|version| choice(version.id.inner(), version.number.clone()))
        .collect();
    let versions = StoredValue::new(versions);
    let keys = move || chosen.with(|ticks| ticks.iter().map(|tick| tick.value.clone()).collect::<Vec<_>>());
    let asked = order_id.clone();
    let preflight = load(move || {
        let options = DeliveryOptions {
            include_sample_data: false,
            include_connectors: false,
            open_edit_permission: false,
        };
        let version = Some(cynic::Id::new(version.get()));
        page_delivery::delivery_preflight(
            asked.clone(),
            options,
            DeliveryKind::CustomComponents,
            Some(keys()),
            version,
        )
    });
    // Components are those of one version.
    Effect::new(move |before: Option<String>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            chosen.set(Vec::new());
        }
        now
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let missing = chosen.with_untracked(Vec::is_empty).then(|| FieldError {
            name: "componentKeys".to_owned(),
            message: portal::CHOOSE_SOMETHING.into(),
        });
        if !errors.set(missing.into_iter().collect()) {
            return;
        }
        let input = SendComponentsInput {
            order_id: order_id.clone(),
            component_keys: untrack(keys),
            version_id: Some(cynic::Id::new(version.get_untracked())),
        };
        let work = page_delivery::send_components(input, Some(submission.key()));
        submission.run_form(errors, work, move |delivery| {
            started.set(Some(delivery));
            sent.run(());
        });
    };
    let offered = move || {
        let id = version.get();
        let ticks: Vec<Tick> = versions.with_value(|versions| {
            let version = versions.iter().find(|version| version.id.inner() == id);
            let components = version.map(|version| version.components.as_slice()).unwrap_or_default();
            let tick = components.iter().map(|component| Tick {
                value: component.key.clone(),
                label: component.name.clone(),
            });
            tick.collect()
        });
        check_list(portal::CUSTOM_COMPONENTS, ticks, chosen)
    };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                <ErrorSummary errors=errors labels=Callback::new(field_label) submission=submission />
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <Select name="versionId" label=portal::COMPONENT_VERSION value=version errors=errors choices=choices required=true />
                <Stack tight=true>
                    {subheading(portal::CUSTOM_COMPONENTS)}
                    {dynamic(offered)}
                </Stack>
                {dynamic(move || {
                    chosen.with(|chosen| !chosen.is_empty()).then(|| {
                        let view = show(preflight, Skeleton::Lines, preflight_view);
                        view! { <Stack tight=true>{subheading(portal::PREFLIGHT)}{view}</Stack> }
                    })
                })}
                <Row end=true><Submit label=portal::SEND_COMPONENTS busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn field_label(name: String) -> Option<Text> {
    match name.as_str() {
        "componentKeys" => Some(portal::CUSTOM_COMPONENTS.into()),
        "versionId" => Some(portal::COMPONENT_VERSION.into()),
        _ => None,
    }
}
