//! What is wrong with a form, summed up at its top with links to the fields. Takes the focus when it appears.

use leptos::{html, prelude::*};

use crate::components::dynamic::dynamic;

use super::{
    alert::ProblemPanel,
    icon::{Icon, icon},
};
use crate::{
    browser,
    forms::{Errors, field_id, submission::Submission},
    i18n::{Text, texts::common},
};

/// The summary. `labels` gives the name of each field as the form shows it.
#[component]
pub fn ErrorSummary(
    errors: Errors,
    #[prop(into)] labels: Callback<String, Option<Text>>,
    #[prop(optional)] submission: Option<Submission>,
) -> AnyView {
    let panel = NodeRef::<html::Div>::new();
    let shown = Memo::new(move |_| errors.all().len());
    // After each sending that failed, here or on the server, eyes and screen readers go to what is wrong.
    Effect::new(move |_| {
        let failed = submission.is_some_and(|submission| submission.problem.with(Option::is_some));
        if errors.refusals() > 0 || failed {
            browser::after(0, move || {
                if let Some(panel) = panel.try_get_untracked().flatten() {
                    panel.scroll_into_view_with_bool(true);
                    let _ = panel.focus();
                }
            });
        }
    });
    let other = move || {
        let problem = submission?.problem.get()?;
        let named = problem.refusal().is_some_and(|refused| !refused.issues.is_empty());
        (!named).then(|| view! { <ProblemPanel problem=problem /> })
    };
    view! {
        <div node_ref=panel tabindex="-1" class="space-y-3 empty:hidden">
            {dynamic(other)}
            {dynamic(move || (shown.get() > 0).then(|| {
                let links: Vec<AnyView> = errors.all().into_iter().map(|error| link(&error.name, error.message, labels)).collect();
                view! {
                    <div class="alert alert-soft alert-error items-start text-start" role="alert">
                        <span class="mt-0.5">{icon(Icon::Failure)}</span>
                        <div class="text-base-content">
                            <p class="font-semibold">{move || common::form_errors(shown.get() as u64)}</p>
                            <p>{common::FORM_KEPT}</p>
                            <ul class="mt-1 list-disc ps-5">{links}</ul>
                        </div>
                    </div>
                }
            }))}
        </div>
    }
    .into_any()
}

fn link(name: &str, message: Text, labels: Callback<String, Option<Text>>) -> AnyView {
    let id = field_id(name);
    let label = labels.run(name.to_owned());
    let href = format!("#{id}");
    let jump = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        browser::focus(&id);
    };
    view! {
        <li>
            <a class="link inline-block py-0.5" href=href on:click=jump>
                {label.map(|label| view! { {label}": " })}
                {message}
            </a>
        </li>
    }
    .into_any()
}
