//! Panels that say something the person has to know: what happened, what was kept, what to do next.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::{
    button::{Button, Look},
    icon::{Icon, icon},
};
use crate::{
    api::Problem,
    browser,
    i18n::{Text, texts::common},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Info,
    Good,
    Warning,
    Error,
}

impl Level {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "alert alert-soft alert-info items-start text-start",
            Self::Good => "alert alert-soft alert-success items-start text-start",
            Self::Warning => "alert alert-soft alert-warning items-start text-start",
            Self::Error => "alert alert-soft alert-error items-start text-start",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Warning => Icon::Warning,
            Self::Error => Icon::Failure,
        }
    }
}

/// A panel with a title and whatever explains it.
#[component]
pub fn Alert(level: Level, #[prop(into)] title: Text, #[prop(optional)] children: Option<Children>) -> AnyView {
    view! {
        <div class=level.class() role=if level == Level::Error { "alert" } else { "note" }>
            <span class="mt-0.5">{icon(level.icon())}</span>
            <div class="min-w-0 text-base-content">
                <p class="font-semibold">{title}</p>
                {children.map(|children| view! { <div class="mt-1 space-y-1">{children()}</div> })}
            </div>
        </div>
    }
    .into_any()
}

/// Why an operation has no result, with the way on. `retry` offers to try again where that can help.
#[component]
pub fn ProblemPanel(problem: Problem, #[prop(optional, into)] retry: Option<Callback<()>>) -> AnyView {
    let again = retry.map(|retry| {
        view! { <div class="mt-2"><Button label=common::TRY_AGAIN on_press=retry small=true look=Look::Plain leading=Icon::Retry /></div> }
    });
    let title = problem_title(&problem);
    match problem {
        Problem::Lost => view! { <Alert level=Level::Warning title=title><p>{common::LOST_HINT}</p>{again}</Alert> }.into_any(),
        Problem::SignedOut => view! { <Alert level=Level::Warning title=title><p>{common::SIGNED_OUT_HINT}</p></Alert> }.into_any(),
        Problem::Fault { request_id } => view! {
            <Alert level=Level::Error title=title>
                <p>{common::FAULT_HINT}</p>
                {request_id.map(|id| view! { <p class="font-mono text-xs">{dynamic(move || common::request_number(&id))}</p> })}
                {again}
            </Alert>
        }
        .into_any(),
        Problem::Outdated => {
            let reload = Callback::new(|()| browser::reload());
            view! {
                <Alert level=Level::Warning title=title>
                    <p>{common::OUTDATED_HINT}</p>
                    <div class="mt-2"><Button label=common::RELOAD on_press=reload small=true look=Look::Plain leading=Icon::Retry /></div>
                </Alert>
            }
            .into_any()
        }
        Problem::Refused(refused) => {
            view! {
                <Alert level=Level::Error title=title>
                    {(!refused.next_step.is_empty()).then(|| view! { <p>{refused.next_step.clone()}</p> })}
                    {reasons(&untold(&refused.message, &refused.details))}
                </Alert>
            }
            .into_any()
        }
    }
}

/// What happened, in a few words.
pub fn problem_title(problem: &Problem) -> Text {
    match problem {
        Problem::Lost => common::LOST_TITLE.into(),
        Problem::SignedOut => common::SIGNED_OUT_TITLE.into(),
        Problem::Fault { .. } => common::FAULT_TITLE.into(),
        Problem::Outdated => common::OUTDATED_TITLE.into(),
        Problem::Refused(refused) if refused.message.is_empty() && refused.code == "RATE_LIMITED" => {
            common::RATE_LIMITED.into()
        }
        Problem::Refused(refused) => refused.message.clone().into(),
    }
}

/// Details that the message does not hold already.
fn untold(message: &str, details: &[String]) -> Vec<String> {
    let told = |detail: &&String| !message.contains(detail.as_str());
    details.iter().filter(told).cloned().collect()
}

/// Reasons as a list, nothing for none.
pub fn reasons(details: &[String]) -> Option<AnyView> {
    if details.is_empty() {
        return None;
    }
    let items: Vec<AnyView> = details
        .iter()
        .map(|detail| view! { <li>{detail.clone()}</li> }.into_any())
        .collect();
    Some(view! { <ul class="list-disc ps-5">{items}</ul> }.into_any())
}
