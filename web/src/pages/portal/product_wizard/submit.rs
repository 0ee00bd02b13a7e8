//! Handing the product in: everything is saved first, then the server checks all of it; what is wrong leads to the first field.

use leptos::prelude::*;

use super::{Wizard, report, saving, told::saving_words};
use crate::{
    api::{
        Problem,
        product::{self, ListingStep, SubmitProductInput},
    },
    browser,
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, ButtonLink, Look},
        dialog::Confirm,
        dynamic::dynamic,
        layout::{Row, focusable, paragraph, quiet_status},
        toast::toast,
    },
    forms::product::place::{self, STEPS, field_of},
    i18n::{live, texts::shelves as words},
    navigation,
    routes::Portal,
};

const PROBLEM: &str = "submit-problem";

/// Why it was not handed in.
pub fn problem(wizard: Wizard) -> AnyView {
    dynamic(move || {
        let problem = wizard.submission.problem.get()?;
        let named = problem.refusal().is_some_and(|refused| !refused.issues.is_empty());
        let left = wizard.draft.with(|draft| draft.preflight.len());
        let panel = match (named, left) {
            // What was wrong is put right.
            (true, 0) => return None,
            (true, left) => {
                let title = live(move || words::submit_refused(left as u64));
                view! { <Alert level=Level::Error title=title>{paragraph(words::SUBMIT_REFUSED_HINT)}</Alert> }
                    .into_any()
            }
            (false, _) => view! { <ProblemPanel problem=problem /> }.into_any(),
        };
        Some(focusable(PROBLEM, panel))
    })
}

/// The way to the next step, and handing in on the last.
pub fn buttons(wizard: Wizard) -> AnyView {
    let asking = RwSignal::new(false);
    let current = navigation::query("step");
    let ask = Callback::new(move |()| {
        wizard.checked.set(true);
        let issues = wizard.draft.with_untracked(|draft| draft.preflight.clone());
        let saved = saving::lock(&wizard.engine()).is_saved();
        // What is known to be wrong already needs no question first.
        match issues.is_empty() || !saved {
            true => asking.set(true),
            false => send(wizard, asking),
        }
    });
    let confirm = Callback::new(move |()| send(wizard, asking));
    view! {
        {dynamic(move || {
            let here = place::step_of_word(&current.get());
            let at = STEPS.iter().position(|(step, ..)| *step == here).unwrap_or(0);
            let back = at.checked_sub(1).map(|before| {
                let href = navigation::address_with(&[("step", STEPS[before].1)]);
                view! { <ButtonLink label=words::PREVIOUS_STEP href=href /> }
            });
            let next = STEPS.get(at + 1).map(|(_, word, _)| {
                let href = navigation::address_with(&[("step", word)]);
                view! { <ButtonLink label=words::NEXT_STEP href=href look=Look::Primary /> }
            });
            let submit = (here == ListingStep::Promotion)
                .then(|| view! { <Button label=words::SUBMIT on_press=ask look=Look::Primary busy=wizard.submission.busy /> });
            view! { <Row end=true>{quiet_status(move || saving_words(wizard))}{back}{next}{submit}</Row> }
        })}
        <Confirm open=asking title=words::SUBMIT_TITLE confirm=words::SUBMIT on_confirm=confirm busy=wizard.submission.busy>
            {paragraph(words::SUBMIT_EFFECT)}
            {paragraph(words::SUBMIT_LOCKS)}
        </Confirm>
    }
    .into_any()
}

fn send(wizard: Wizard, asking: RwSignal<bool>) {
    let engine = wizard.engine();
    let work = async move {
        let outcome = hand_in(&engine, wizard).await;
        let _ = asking.try_set(false);
        if let Err(problem) = &outcome {
            refused(wizard, problem);
        }
        outcome
    };
    wizard.submission.run(work, |id| {
        toast(words::SUBMITTED);
        navigation::replace(&Portal::Product(id.into_inner()).address());
    });
}

async fn hand_in(engine: &saving::Shared, wizard: Wizard) -> Result<cynic::Id, Problem> {
    let version = saving::flush(engine, wizard).await?;
    let id = saving::lock(engine).id.clone();
    product::submit_product(SubmitProductInput { id, version })
        .await
        .map(|state| state.id)
}

/// Goes to the first field that is wrong, else to what is said above the form.
fn refused(wizard: Wizard, problem: &Problem) {
    wizard.check_again();
    let issues = problem
        .refusal()
        .map(|refused| refused.issues.clone())
        .unwrap_or_default();
    let first = issues.iter().find_map(|issue| {
        let path = issue
            .path
            .iter()
            .skip_while(|part| *part == "input")
            .cloned()
            .collect::<Vec<_>>();
        let field = field_of(&path.join(".")).to_owned();
        (!field.is_empty()).then_some(field)
    });
    match first {
        Some(field) => browser::after(50, move || report::go_to(&field)),
        None => browser::after(50, || browser::focus(PROBLEM)),
    }
}
