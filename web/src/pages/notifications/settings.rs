//! Which topics the person wants mails about. Each choice is kept at once.

use leptos::prelude::*;

use super::topic;
use crate::{
    api::{
        Problem,
        notification::{self, NotificationPreference, NotificationPreferences, SetNotificationPreferenceInput},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        dynamic::dynamic,
        field::Checkbox,
        layout::{Card, Stack, paragraph},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::Errors,
    i18n::texts::{common, inbox as words},
    load::{load, show},
    routes::{Notifications, Route},
    session,
};

pub fn page() -> AnyView {
    let preferences = load(notification::preferences);
    let back = crumb(words::TITLE, Route::Notifications(Notifications::List).address());
    view! {
        <PageHeader title=words::SETTINGS hint=words::SETTINGS_HINT crumbs=vec![back] />
        {show(preferences, Skeleton::Form, choices)}
    }
    .into_any()
}

fn choices(found: NotificationPreferences) -> AnyView {
    let problem = RwSignal::new(None::<Problem>);
    let email = session::viewer_now()
        .and_then(|viewer| viewer.user.email)
        .unwrap_or_default();
    let ticks: Vec<AnyView> = found.topics.iter().map(|topic| choice(topic, problem)).collect();
    view! {
        <Stack>
            {(!found.mails_are_sent).then(|| view! { <Alert level=Level::Info title=words::NO_MAILS /> })}
            {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <Card title=words::MAILS>
                <Stack tight=true>
                    {paragraph(move || words::mails_to(&email))}
                    {ticks}
                </Stack>
            </Card>
        </Stack>
    }
    .into_any()
}

fn choice(preference: &NotificationPreference, problem: RwSignal<Option<Problem>>) -> AnyView {
    let NotificationPreference { topic, email } = *preference;
    let value = RwSignal::new(email);
    Effect::new(move |kept: Option<bool>| {
        let email = value.get();
        if kept.is_some_and(|kept| kept != email) {
            keep(SetNotificationPreferenceInput { topic, email }, value, problem);
        }
        email
    });
    view! {
        <Checkbox name=topic::field(topic) value=value errors=Errors::default() hint=topic::hint(topic)>{topic::name(topic)}</Checkbox>
    }
    .into_any()
}

fn keep(input: SetNotificationPreferenceInput, value: RwSignal<bool>, problem: RwSignal<Option<Problem>>) {
    let before = !input.email;
    wasm_bindgen_futures::spawn_local(async move {
        match notification::set_notification_preference(input).await {
            Ok(_) => {
                let _ = problem.try_set(None);
                toast(common::SAVED);
            }
            Err(found) => {
                let _ = value.try_set(before);
                let _ = problem.try_set(Some(found));
            }
        }
    });
}
