//! What the wizard says by itself: how saving stands, what came back from an earlier visit, and what the operator decided last.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Wizard, report, saving::Saving};
use crate::{
    api::{DateTime, product::Revision},
    components::{
        alert::{Alert, Level, ProblemPanel, problem_title},
        button::{Button, Look},
        dynamic::dynamic,
        icon::Icon,
        layout::{Row, paragraph, polite},
    },
    format,
    i18n::{Text, live, texts::shelves as words},
    pages::portal::product_decision,
};

/// What an earlier visit left is here again.
pub fn restored(at: DateTime) -> AnyView {
    let title = Text::from(move || words::restored(&format::date_time(&at)));
    view! { <Alert level=Level::Info title=title>{paragraph(words::RESTORED_HINT)}</Alert> }.into_any()
}

/// Why what is typed cannot be kept, where the rules say so.
pub fn not_saved(wizard: Wizard) -> AnyView {
    dynamic(move || match wizard.saving.get() {
        Saving::Failed(problem) if problem.refusal().is_some() => view! { <ProblemPanel problem=problem /> }.into_any(),
        _ => ().into_any(),
    })
}

/// How saving stands, in a few words.
pub fn saving_words(wizard: Wizard) -> String {
    match wizard.saving.get() {
        Saving::Untouched => words::SAVING_ITSELF.get().to_owned(),
        Saving::Waiting | Saving::Running => words::SAVING_NOW.get().to_owned(),
        Saving::Saved(at) => words::saved_at(&format::clock(at)),
        Saving::Held => words::SAVING_HELD.get().to_owned(),
        Saving::Failed(problem) => words::not_saved(&problem_title(&problem).get()),
    }
}

/// The same in the page's header, with a way to try again.
pub fn saving_state(wizard: Wizard) -> AnyView {
    let said = live(move || saving_words(wizard));
    let retry = move || {
        let failed = matches!(wizard.saving.get(), Saving::Failed(_));
        failed.then(|| view! { <Button label=words::SAVE_NOW on_press=Callback::new(move |()| wizard.save()) small=true look=Look::Quiet leading=Icon::Retry /> })
    };
    view! { <Row>{polite(said)}{dynamic(retry)}</Row> }.into_any()
}

/// What the operator decided last, with the reason and the way to each field that it names.
pub fn decision_panel(revision: &Revision) -> AnyView {
    let go = |field: String| Callback::new(move |()| report::go_to(&field));
    product_decision::panel(revision, Some(Arc::new(go))).unwrap_or_else(|| ().into_any())
}
