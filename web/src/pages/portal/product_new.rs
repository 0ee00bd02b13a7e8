//! Listing an application: which of the partner's applications without a product becomes one, and what it needs first (L2).

use leptos::prelude::*;

use crate::{
    api::product::{self, CreateProductInput, Sellable},
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, ButtonLink, Look},
        dialog::Dialog,
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Row, Stack, muted, paragraph},
        option_list::{Item, OptionList},
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text, live,
        texts::{common, self_test, shelves as words},
    },
    load::{load, show},
    navigation,
    routes::Portal,
};

const MOST: i32 = 100;

/// `wanted` is the application that is chosen when the dialog opens.
pub fn dialog(open: RwSignal<bool>, wanted: Option<String>) -> AnyView {
    let wanted = StoredValue::new(wanted.unwrap_or_default());
    view! {
        <Dialog open=open title=words::NEW>
            {dynamic(move || {
                let found = load(|| async {
                    let page = product::applications(Some(MOST), None).await?;
                    Ok(page.nodes.into_iter().filter(|one| one.product.is_none()).collect::<Vec<_>>())
                });
                show(found, Skeleton::Rows(3), move |applications| match applications.is_empty() {
                    true => nothing(),
                    false => view! { <NewForm open=open applications=applications wanted=wanted.get_value() /> }.into_any(),
                })
            })}
        </Dialog>
    }
    .into_any()
}

fn nothing() -> AnyView {
    let href = Portal::Applications.address();
    view! {
        <Empty picture=Icon::Grid title=words::NO_APPLICATION hint=words::NO_APPLICATION_HINT>
            <ButtonLink label=words::GO_APPLICATIONS href=href />
        </Empty>
    }
    .into_any()
}

/// How far an application is on its way to the shelves.
fn progress(application: &Sellable) -> Text {
    match &application.published_version {
        None => words::NOTHING_PUBLISHED.into(),
        Some(version) => {
            let (number, passed) = (version.number.clone(), version.self_test_passed);
            live(move || match passed {
                true => words::version_tested(&number),
                false => words::version_untested(&number),
            })
        }
    }
}

#[component]
fn NewForm(open: RwSignal<bool>, applications: Vec<Sellable>, wanted: String) -> AnyView {
    let only = (applications.len() == 1).then(|| applications[0].id.inner().to_owned());
    let known = applications.iter().any(|one| one.id.inner() == wanted);
    let value = RwSignal::new(if known { wanted } else { only.unwrap_or_default() });
    let errors = Errors::new();
    let submission = Submission::new();
    let items = applications
        .iter()
        .map(|one| Item {
            value: one.id.inner().to_owned(),
            label: one.name.clone().into(),
            hint: progress(one),
            barrier: None,
        })
        .collect();
    let create = Callback::new(move |()| {
        let chosen = value.get_untracked();
        let missing = FieldError {
            name: "applicationId".to_owned(),
            message: words::CHOOSE_APPLICATION.into(),
        };
        if !errors.set(if chosen.is_empty() { vec![missing] } else { Vec::new() }) {
            return;
        }
        let input = CreateProductInput {
            application_id: chosen.into(),
        };
        let made = product::create_product(input, Some(submission.key()));
        submission.run_form(errors, made, move |made| {
            open.set(false);
            toast(words::CREATED);
            navigation::go(&Portal::EditProduct(made.id.into_inner()).address());
        });
    });
    let advice = move || {
        let chosen = value.get();
        let application = applications.iter().find(|one| one.id.inner() == chosen)?;
        advice(application)
    };
    view! {
        <Stack tight=true>
            {muted(words::NEW_HINT)}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <OptionList name="applicationId" label=words::APPLICATION items=items value=value errors=errors />
            {dynamic(advice)}
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=words::NEW_GO on_press=create look=Look::Primary busy=submission.busy />
            </Row>
        </Stack>
    }
    .into_any()
}

/// What the chosen application still needs before its product can be handed in, with the way there.
fn advice(application: &Sellable) -> Option<AnyView> {
    let id = application.id.inner().to_owned();
    let way = match &application.published_version {
        Some(version) if version.self_test_passed => return None,
        Some(version) => {
            let href = format!("{}?version={}", Portal::SelfTests(id).address(), version.id.inner());
            view! { <ButtonLink label=self_test::TITLE href=href small=true leading=Icon::Check /> }.into_any()
        }
        None => {
            let href = Portal::Application(id).address();
            view! { <ButtonLink label=words::GO_PUBLISH href=href small=true /> }.into_any()
        }
    };
    let title = match &application.published_version {
        Some(_) => words::SELF_TEST_MISSING,
        None => words::NOTHING_PUBLISHED,
    };
    let panel = view! {
        <Alert level=Level::Info title=title>
            {paragraph(words::SELF_TEST_IS)}
            <Row>{way}</Row>
        </Alert>
    };
    Some(panel.into_any())
}
