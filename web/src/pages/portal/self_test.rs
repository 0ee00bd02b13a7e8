//! One self-test (L2): how its version arrives, what to do next, and the checklist.

use leptos::prelude::*;

use super::{
    delivery::delivery_card,
    self_test_answer::{Chosen, answer_dialog, question},
};
use crate::{
    api::{
        delivery::DeliveryStatus,
        self_test::{self, JoinTestOrganizationInput, SelfTest, SelfTestAction, SelfTestItem, SelfTestStatus},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        badge::{Tone, badge, tag},
        button::{Button, Look},
        dynamic::dynamic,
        facts::{fact, facts, text_fact},
        file_drop::file_link,
        icon::Icon,
        layout::{Card, Columns, Row, RowActions, Stack, link, muted, paragraph, two_lines},
        page_header::{PageHeader, crumb},
        skeleton::Skeleton,
        table::{Table, action_column, column},
    },
    format,
    forms::submission::Submission,
    i18n::{Text, live, texts::self_test as words},
    labels,
    load::{Loaded, load, reload_while, show},
    pages::not_found,
    routes::{Customer, Portal},
    session,
};

type Found = Loaded<Option<SelfTest>>;

/// How soon a version that has just arrived is looked at again.
const ARRIVING_MS: u32 = 1_000;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || self_test::self_test(id.clone()));
    // Both are read one after the other: between them the version may have arrived.
    reload_while(found, ARRIVING_MS, |test| test.as_ref().is_some_and(arriving));
    show(found, Skeleton::Page, move |test| match test {
        Some(test) => body(found, test),
        None => not_found::page(),
    })
}

fn body(found: Found, test: SelfTest) -> AnyView {
    let (application, number) = (test.application.name.clone(), test.version.number.clone());
    let title = Text::from(move || words::page_title(&application, &number));
    let of = test.application.id.inner().to_owned();
    let crumbs = vec![
        super::applications_crumb(),
        crumb(test.application.name.clone(), Portal::Application(of.clone()).address()),
        crumb(words::TITLE, Portal::SelfTests(of).address()),
    ];
    let changed = Callback::new(move |()| found.reload());
    let status = labels::state_badge(status(&test));
    let (next, side) = (next(&test), side(&test));
    let delivery = delivery_card(test.delivery.clone(), changed);
    let checklist = checklist(&test, changed);
    // What there is to do comes first.
    let main = match test.status {
        SelfTestStatus::Sending => view! { <Stack>{next}{delivery}{checklist}</Stack> },
        SelfTestStatus::Testing | SelfTestStatus::Failed | SelfTestStatus::Passed => {
            view! { <Stack>{next}{checklist}{delivery}</Stack> }
        }
    };
    view! {
        <PageHeader title=title crumbs=crumbs status=status />
        <Columns main=main.into_any() side=side />
    }
    .into_any()
}

/// The delivery has ended well, and the self-test was read before it knew.
fn arriving(test: &SelfTest) -> bool {
    test.status == SelfTestStatus::Sending && test.delivery.status == DeliveryStatus::Succeeded
}

/// The state in a word; a delivery that ended without arriving has its own.
fn status(test: &SelfTest) -> (Tone, crate::i18n::Key) {
    match test.status {
        SelfTestStatus::Sending if !test.delivery.status.running() && !arriving(test) => {
            (Tone::Bad, words::STATUS_NOT_SENT)
        }
        status => labels::self_test(status),
    }
}

fn next(test: &SelfTest) -> AnyView {
    let (level, title, hint) = match test.status {
        SelfTestStatus::Sending => match test.delivery.status {
            DeliveryStatus::Queued
            | DeliveryStatus::Preflight
            | DeliveryStatus::Sending
            | DeliveryStatus::Succeeded => (Level::Info, words::SENDING_TITLE, words::SENDING_HINT),
            DeliveryStatus::Partial | DeliveryStatus::Failed | DeliveryStatus::Cancelled => {
                (Level::Error, words::FAILED_TITLE, words::FAILED_HINT)
            }
        },
        SelfTestStatus::Testing => (Level::Info, words::TESTING_TITLE, words::TESTING_HINT),
        SelfTestStatus::Failed => (Level::Warning, words::NOT_PASSED_TITLE, words::NOT_PASSED_HINT),
        SelfTestStatus::Passed => (Level::Good, words::PASSED_TITLE, words::PASSED_HINT),
    };
    let enter = test
        .instance_id
        .clone()
        .map(|instance| enter(test.test_organization.id.clone(), instance));
    view! {
        <Alert level=level title=title>
            <p>{hint}</p>
            {enter}
        </Alert>
    }
    .into_any()
}

/// The way into the test organisation, to the application; who was not there yet joins on the way.
fn enter(organization: cynic::Id, instance: cynic::Id) -> AnyView {
    let submission = Submission::new();
    let go = Callback::new(move |()| {
        let (organization, instance) = (organization.clone(), instance.clone());
        let entering = async move {
            let input = JoinTestOrganizationInput {
                organization_id: organization.clone(),
            };
            self_test::join_test_organization(input).await?;
            session::switch_to(organization, &Customer::App(instance.into_inner()).address()).await
        };
        submission.run(entering, |()| ());
    });
    view! {
        {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
        <Row><Button label=words::ENTER on_press=go busy=submission.busy look=Look::Primary small=true leading=Icon::Building /></Row>
    }
    .into_any()
}

fn side(test: &SelfTest) -> AnyView {
    let (person, at) = (test.created_by.name.clone(), test.created_at.clone());
    let passed = test.passed_at.clone();
    let address = Portal::Application(test.application.id.inner().to_owned()).address();
    let list = facts(vec![
        fact(words::APPLICATION, link(address, test.application.name.clone())),
        text_fact(words::VERSION, &test.version.number),
        text_fact(words::PLACE, &test.test_organization.name),
        fact(
            words::EDITION,
            Text::from(labels::edition(test.test_organization.edition)).into_view_any(),
        ),
        fact(
            words::BEGUN,
            live(move || words::begun_by(&person, &format::date_time(&at))).into_view_any(),
        ),
        fact(
            words::PASSED_AT,
            live(move || passed.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any(),
        ),
    ]);
    view! { <Card title=words::TITLE>{list}</Card> }.into_any()
}

fn checklist(test: &SelfTest, changed: Callback<()>) -> AnyView {
    let chosen: Chosen = RwSignal::new(None);
    let may_answer = test.available_actions.contains(&SelfTestAction::Answer);
    let total = test.items.len();
    let done = test.items.iter().filter(|item| item.passed.is_some()).count();
    let progress = tag(Text::from(move || words::progress(&done, &total)));
    let hint = match test.status {
        SelfTestStatus::Sending => words::CHECKLIST_WAITS,
        SelfTestStatus::Testing | SelfTestStatus::Failed | SelfTestStatus::Passed => words::CHECKLIST_HINT,
    };
    let rows = test.items.iter().map(|item| row(item, may_answer, chosen)).collect();
    let columns = vec![column(words::WHAT), column(words::RESULT), action_column()];
    let id = test.id.clone();
    view! {
        <Card title=words::CHECKLIST aside=progress>
            <Stack tight=true>
                {paragraph(hint)}
                <Table label=words::CHECKLIST columns=columns rows=rows inside=true />
            </Stack>
        </Card>
        {answer_dialog(id, chosen, changed)}
    }
    .into_any()
}

fn row(item: &SelfTestItem, may_answer: bool, chosen: Chosen) -> Vec<AnyView> {
    let (what, hint) = question(item.item);
    let result = match item.passed {
        None => badge(Tone::Neutral, words::OPEN),
        Some(true) => badge(Tone::Good, words::PASS),
        Some(false) => badge(Tone::Bad, words::FAIL),
    };
    let by = item
        .tested_by
        .clone()
        .zip(item.tested_at.clone())
        .map(|(person, at)| muted(live(move || words::tested_by(&person.name, &format::date_time(&at)))));
    let note = (!item.note.is_empty()).then(|| paragraph(item.note.clone()));
    let evidence = item.evidence.clone().map(file_link);
    let below = view! { {note}{evidence}{by} }.into_any();
    let label = match item.passed {
        None => words::ANSWER,
        Some(_) => words::ANSWER_AGAIN,
    };
    let full = Text::from(move || format!("{}: {}", label.get(), what.get()));
    let own = item.clone();
    let open = Callback::new(move |()| chosen.set(Some(own.clone())));
    let action = may_answer.then(|| view! { <Button label=label name=full on_press=open small=true /> });
    vec![
        two_lines(Text::from(what).into_view_any(), muted(hint)),
        two_lines(result, below),
        view! { <RowActions>{action}</RowActions> }.into_any(),
    ]
}
