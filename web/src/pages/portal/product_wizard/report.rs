//! Everything that keeps the product from being handed in (L5): what has to be done outside of the form first, and a list of all of it
//! with the way to each.

use leptos::prelude::*;

use super::Wizard;
use crate::{
    api::product::{ListingIssue, ListingStep},
    browser,
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        icon::Icon,
        layout::{Card, Row, Stack, muted, paragraph, subheading},
        link_list::jump_list,
    },
    forms::{
        field_id,
        product::place::{self, STEPS, field_of, part_of},
    },
    i18n::texts::{self_test, shelves as words},
    navigation,
    routes::Portal,
};

/// The id of the card in which the payee account stands.
pub const PAYEE: &str = "payee-account";

/// Goes to a field, on its step.
pub fn go_to(field: &str) {
    go_to_place(place::step_of(field), field_id(field));
}

fn go_to_place(step: ListingStep, id: String) {
    navigation::set_query(&[("step", place::word_of_step(step))]);
    browser::after(50, move || browser::focus(&id));
}

/// What is not of the form, each with the way to where it is solved.
pub fn preconditions(wizard: Wizard) -> AnyView {
    dynamic(move || {
        let open: Vec<ListingIssue> = wizard.draft.with(|draft| {
            let of_it = |issue: &&ListingIssue| issue.step == ListingStep::Precondition;
            draft.preflight.iter().filter(of_it).cloned().collect()
        });
        if open.is_empty() {
            return ().into_any();
        }
        let rows: Vec<AnyView> = open.iter().map(|issue| precondition(wizard, issue)).collect();
        view! {
            <Alert level=Level::Warning title=words::PRECONDITIONS>
                <Stack tight=true>{rows}</Stack>
            </Alert>
        }
        .into_any()
    })
}

fn precondition(wizard: Wizard, issue: &ListingIssue) -> AnyView {
    let application = wizard.draft.with_untracked(|draft| draft.application.clone());
    let id = application.id.inner().to_owned();
    let way = match application.published_version {
        None => {
            let href = Portal::Application(id).address();
            view! { <ButtonLink label=words::GO_PUBLISH href=href small=true /> }.into_any()
        }
        Some(version) if issue.code == "SELF_TEST_REQUIRED" => {
            let href = format!("{}?version={}", Portal::SelfTests(id).address(), version.id.inner());
            view! { <ButtonLink label=self_test::TITLE href=href small=true leading=Icon::Check /> }.into_any()
        }
        Some(_) => {
            let go = Callback::new(|()| go_to_place(ListingStep::Specification, PAYEE.to_owned()));
            view! { <Button label=words::GO_PAYEE on_press=go small=true /> }.into_any()
        }
    };
    view! {
        <div>
            {paragraph(issue.message.clone())}
            <Row>{way}</Row>
        </div>
    }
    .into_any()
}

/// The list of everything, whenever one wants to see it.
pub fn panel(wizard: Wizard) -> AnyView {
    let again = Callback::new(move |()| {
        wizard.checked.set(true);
        wizard.save();
        wizard.check_again();
    });
    let aside = view! { <Button label=words::CHECK on_press=again small=true look=Look::Plain leading=Icon::Retry /> }
        .into_any();
    view! {
        <Card title=words::REPORT aside=aside>
            {dynamic(move || {
                let issues = wizard.draft.with(|draft| draft.preflight.clone());
                if issues.is_empty() {
                    return clean();
                }
                let steps: Vec<AnyView> = STEPS.iter().filter_map(|(step, _, label)| {
                    let of_step: Vec<&ListingIssue> = issues.iter().filter(|issue| issue.step == *step).collect();
                    (!of_step.is_empty()).then(|| view! { <div>{subheading(*label)}{links(&of_step)}</div> }.into_any())
                }).collect();
                let count = issues.len() as u64;
                view! { <Stack tight=true>{muted(move || words::report_count(count))}{steps}</Stack> }.into_any()
            })}
        </Card>
    }
    .into_any()
}

fn links(issues: &[&ListingIssue]) -> AnyView {
    let items = issues.iter().map(|issue| {
        let field = field_of(&issue.path).to_owned();
        let (label, message, part) = (place::label(&field), issue.message.clone(), part_of(&issue.path));
        let said = crate::i18n::Text::from(move || match part {
            Some(at) => format!("{} {}: {message}", label.get(), at + 1),
            None => format!("{}: {message}", label.get()),
        });
        let href = format!("#{}", field_id(&field));
        (said, href, Callback::new(move |()| go_to(&field)))
    });
    jump_list(items.collect())
}

/// Nothing is missing: the way to handing in, from the other steps.
fn clean() -> AnyView {
    let last = place::word_of_step(ListingStep::Promotion);
    let here = navigation::location().value("step") == Some(last);
    let go = (!here).then(|| {
        let href = navigation::address_with(&[("step", last)]);
        view! { <Row><ButtonLink label=words::GO_SUBMIT href=href small=true /></Row> }
    });
    view! {
        <Alert level=Level::Good title=words::REPORT_CLEAN>
            {paragraph(words::REPORT_CLEAN_HINT)}
            {go}
        </Alert>
    }
    .into_any()
}
