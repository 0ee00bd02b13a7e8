//! The self-tests of an application (L2): beginning one, those that there are, and where they are made.

use leptos::prelude::*;

use super::test_organizations;
use crate::{
    api::{
        application::{self, Application},
        self_test::{self, SelfTestRow, StartSelfTestInput, TestOrganization},
    },
    components::{
        button::Submit,
        empty::Empty,
        error_summary::ErrorSummary,
        field::{Checkbox, Select, choice},
        icon::Icon,
        layout::{Card, FieldGrid, Row, Stack, link, muted, paragraph, section_heading, two_lines},
        page_header::{PageHeader, crumb},
        paged_list::{load_page, paged_list},
        skeleton::Skeleton,
        table::column,
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{Text, live, texts::self_test as words},
    labels,
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || application::application(id.clone()));
    show(found, Skeleton::Page, |application| match application {
        Some(application) => body(application),
        None => not_found::page(),
    })
}

fn body(application: Application) -> AnyView {
    let places = load(self_test::test_organizations);
    let name = application.name.clone();
    let title = Text::from(move || words::of_application(&name));
    let address = Portal::Application(application.id.inner().to_owned()).address();
    let crumbs = vec![super::applications_crumb(), crumb(application.name.clone(), address)];
    let list = list(application.id.clone());
    view! {
        <PageHeader title=title crumbs=crumbs hint=words::HINT />
        <Stack>
            {show(places, Skeleton::Lines, move |all| {
                let form = (!all.is_empty()).then(|| form(application.clone(), &all));
                view! { <Stack>{form}{test_organizations::card(places, all)}</Stack> }.into_any()
            })}
            {section_heading(words::LIST)}
            {list}
        </Stack>
    }
    .into_any()
}

fn form(application: Application, places: &[TestOrganization]) -> AnyView {
    let content = if application.versions.is_empty() {
        paragraph(words::NO_VERSIONS)
    } else {
        view! { <StartForm application=application places=places.to_vec() /> }.into_any()
    };
    view! { <Card title=words::NEW>{content}</Card> }.into_any()
}

#[component]
fn StartForm(application: Application, places: Vec<TestOrganization>) -> AnyView {
    let location = navigation::location_now();
    let wanted = location.value("version").map(str::to_owned);
    let newest = application
        .versions
        .first()
        .map(|version| version.id.inner().to_owned());
    let version = RwSignal::new(wanted.or(newest).unwrap_or_default());
    let only = (places.len() == 1).then(|| places[0].organization.id.inner().to_owned());
    let place = RwSignal::new(only.unwrap_or_default());
    let (samples, connectors) = (RwSignal::new(true), RwSignal::new(false));
    let errors = Errors::new();
    let submission = Submission::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let missing = [
            ("versionId", version, words::CHOOSE_VERSION),
            ("testOrganizationId", place, words::CHOOSE_PLACE),
        ];
        let wrong = missing
            .into_iter()
            .filter(|(_, value, _)| value.with_untracked(String::is_empty));
        let wrong = wrong.map(|(name, _, message)| FieldError {
            name: name.to_owned(),
            message: message.into(),
        });
        if !errors.set(wrong.collect()) {
            return;
        }
        let input = StartSelfTestInput {
            version_id: version.get_untracked().into(),
            test_organization_id: place.get_untracked().into(),
            include_sample_data: samples.get_untracked(),
            include_connectors: connectors.get_untracked(),
        };
        let started = self_test::start_self_test(input, Some(submission.key()));
        submission.run_form(errors, started, |begun| {
            toast(words::STARTED);
            navigation::go(&Portal::SelfTest(begun.id.into_inner()).address());
        });
    };
    let versions = application
        .versions
        .iter()
        .map(|version| {
            let (number, status) = (version.number.clone(), labels::version(version.status).1);
            let label = Text::from(move || words::version_of(&number, &status.get()));
            choice(version.id.inner(), label)
        })
        .collect();
    let choices = places
        .into_iter()
        .map(|place| {
            let label = place.organization.name;
            choice(place.organization.id.inner(), label).hint(labels::edition(place.organization.edition))
        })
        .collect();
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {muted(words::NEW_HINT)}
                <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                <FieldGrid>
                    <Select name="versionId" label=words::VERSION value=version errors=errors choices=versions required=true />
                    <Select name="testOrganizationId" label=words::PLACE value=place errors=errors choices=choices hint=words::PLACE_HINT required=true />
                    <Checkbox name="includeSampleData" value=samples errors=errors>{words::SAMPLE_DATA}</Checkbox>
                    <Checkbox name="includeConnectors" value=connectors errors=errors>{words::CONNECTORS}</Checkbox>
                </FieldGrid>
                <Row end=true><Submit label=words::START busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "versionId" => words::VERSION,
        "testOrganizationId" => words::PLACE,
        _ => return None,
    }))
}

fn list(application: cynic::Id) -> AnyView {
    let list = load_page(move |window| {
        self_test::self_tests(
            application.clone(),
            window.first,
            window.after,
            window.last,
            window.before,
        )
    });
    let nothing = || view! { <Empty picture=Icon::Check title=words::NOTHING hint=words::NOTHING_HINT /> }.into_any();
    let columns = vec![
        column(words::VERSION),
        column(words::PLACE),
        column(words::STATUS),
        column(words::BEGUN),
    ];
    paged_list(words::LIST, columns, nothing).show(list, row)
}

fn row(test: SelfTestRow) -> Vec<AnyView> {
    let address = Portal::SelfTest(test.id.into_inner()).address();
    let (person, at) = (test.created_by.name, test.created_at);
    vec![
        link(address, test.version.number),
        two_lines(
            test.test_organization.name.into_any(),
            muted(labels::edition(test.test_organization.edition)),
        ),
        labels::state_badge(labels::self_test(test.status)),
        live(move || words::begun_by(&person, &format::date_time(&at))).into_view_any(),
    ]
}
