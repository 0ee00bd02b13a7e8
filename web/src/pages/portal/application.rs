//! One application: its versions and what is in them, publishing, and whether it can be distributed.

use leptos::prelude::*;

use super::channels;
use crate::components::dynamic::dynamic;

use crate::{
    api::application::{
        self, Application, ApplicationAction, Component, ComponentCount, DescribeVersionInput, PublishVersionInput,
        Version, VersionAction,
    },
    api::self_test::SelfTestStatus,
    components::{
        alert::{Alert, Level, ProblemPanel},
        badge::Tone,
        button::{Button, ButtonLink, Look, Submit},
        dialog::{Confirm, Dialog, Width},
        empty::Empty,
        facts::{fact, facts, text_fact},
        field::TextArea,
        icon::Icon,
        layout::{Card, Columns, Row, Stack, muted, paragraph},
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Table, column, end_column},
        toast::toast,
    },
    format,
    forms::{Errors, submission::Submission},
    i18n::{
        Text, live,
        texts::{common, portal, self_test},
    },
    labels,
    load::{Loaded, load, show},
    pages::not_found,
    ranking::in_order,
    routes::Portal,
};

type Found = Option<Application>;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || application::application(id.clone()));
    show(found, Skeleton::Page, move |application| match application {
        Some(application) => body(found, application),
        None => not_found::page(),
    })
}

fn body(found: Loaded<Found>, application: Application) -> AnyView {
    let import = application
        .available_actions
        .contains(&ApplicationAction::ImportVersion)
        .then(|| {
            let href = format!("{}?application={}", Portal::Import.address(), application.id.inner());
            view! { <ButtonLink label=portal::IMPORT_VERSION href=href look=Look::Primary leading=Icon::Upload /> }
                .into_any()
        });
    let origin = labels::state_badge(labels::origin(application.origin));
    let side = side(&application);
    let versions: Vec<AnyView> = application
        .versions
        .into_iter()
        .map(|version| version_card(found, version))
        .collect();
    let main = if versions.is_empty() {
        view! { <Empty picture=Icon::Layers title=portal::NO_VERSIONS hint=portal::NO_VERSIONS_HINT /> }.into_any()
    } else {
        view! { <Stack>{versions}</Stack> }.into_any()
    };
    let actions = import.unwrap_or_else(|| ().into_any());
    view! {
        <PageHeader title=application.name crumbs=vec![super::applications_crumb()] hint=application.summary status=origin actions=actions />
        <Columns main=main side=side />
    }
    .into_any()
}

fn side(application: &Application) -> AnyView {
    let distribution = match application.distribution_barrier {
        None => view! { <Alert level=Level::Good title=portal::DISTRIBUTABLE><p>{portal::DISTRIBUTABLE_HINT}</p></Alert> }.into_any(),
        Some(barrier) => view! { <Alert level=Level::Warning title=portal::NOT_DISTRIBUTABLE><p>{labels::barrier(barrier)}</p></Alert> }.into_any(),
    };
    let (created, updated) = (application.created_at.clone(), application.updated_at.clone());
    let list = facts(vec![
        text_fact(
            portal::PUBLISHED_VERSION,
            application
                .published_version
                .as_ref()
                .map_or("", |version| &version.number),
        ),
        fact(portal::VERSION_COUNT, application.versions.len().to_string()),
        fact(
            portal::CREATED_AT,
            live(move || format::day_of(&created)).into_view_any(),
        ),
        fact(
            portal::UPDATED_AT,
            live(move || format::day_of(&updated)).into_view_any(),
        ),
    ]);
    let shelf = channels::card(application);
    view! { {distribution}{shelf}<Card title=portal::FACTS>{list}</Card> }.into_any()
}

fn version_card(found: Loaded<Found>, version: Version) -> AnyView {
    let publishing = RwSignal::new(false);
    let describing = RwSignal::new(false);
    let looking = RwSignal::new(false);
    let may = |action: VersionAction| version.available_actions.contains(&action);
    let number = version.number.clone();
    let title = Text::from(move || portal::version_number(&number));
    let publish = may(VersionAction::Publish)
        .then(|| view! { <Button label=portal::PUBLISH on_press=Callback::new(move |()| publishing.set(true)) look=Look::Primary small=true /> });
    let describe = may(VersionAction::Describe)
        .then(|| view! { <Button label=portal::DESCRIBE on_press=Callback::new(move |()| describing.set(true)) small=true leading=Icon::Edit /> });
    let status = version_status(&version);
    let tests = Portal::SelfTests(found.peek().flatten().map(|of| of.id.into_inner()).unwrap_or_default()).address();
    let tests = format!("{tests}?version={}", version.id.inner());
    let made = (version.created_at.clone(), version.created_by.name.clone());
    let description = version.description.clone();
    let rows = version.sample_row_count;
    let counted = counts(&version.component_counts);
    let described = (!description.is_empty()).then(|| paragraph(description));
    view! {
        <Card title=title aside=status>
            <Stack tight=true>
                {muted(live(move || format!("{} · {}", format::date_time(&made.0), made.1)))}
                {described}
                {counted}
                {(rows > 0).then(|| muted(Text::from(move || portal::sample_rows(&rows))))}
                <Row>
                    {publish}
                    {describe}
                    <ButtonLink label=self_test::TITLE href=tests small=true leading=Icon::Check />
                    <Button label=portal::SHOW_COMPONENTS on_press=Callback::new(move |()| looking.set(true)) small=true leading=Icon::Eye />
                </Row>
            </Stack>
        </Card>
        <PublishDialog open=publishing found=found version=version.clone() />
        <DescribeDialog open=describing found=found version=version.clone() />
        <ComponentsDialog open=looking version=version />
    }
    .into_any()
}

/// Whether it is published, and how far its self-test is.
fn version_status(version: &Version) -> AnyView {
    let tested = match (version.self_test_passed, &version.latest_self_test) {
        (true, _) => labels::self_test(SelfTestStatus::Passed),
        (false, Some(latest)) => labels::self_test(latest.status),
        (false, None) => (Tone::Neutral, self_test::NOT_TESTED),
    };
    let tested = labels::state_badge((tested.0, tested.1));
    let published = labels::state_badge(labels::version(version.status));
    view! { <Row>{tested}{published}</Row> }.into_any()
}

/// The components by kind as a sentence of numbers.
pub(super) fn counts(counts: &[ComponentCount]) -> AnyView {
    let counts = counts.to_vec();
    muted(Text::from(move || {
        let parts: Vec<String> = counts
            .iter()
            .map(|count| format!("{} {}", labels::component(count.kind).get(), count.count))
            .collect();
        format::list(&parts)
    }))
}

#[component]
fn PublishDialog(open: RwSignal<bool>, found: Loaded<Found>, version: Version) -> AnyView {
    let submission = Submission::new();
    let id = version.id.clone();
    let confirm = Callback::new(move |()| {
        submission.run(
            application::publish_version(PublishVersionInput { version_id: id.clone() }),
            move |_| {
                open.set(false);
                toast(portal::PUBLISHED);
                found.reload();
            },
        );
    });
    let number = version.number;
    let title = Text::from(move || portal::publish_title(&number));
    view! {
        <Confirm open=open title=title confirm=portal::PUBLISH on_confirm=confirm busy=submission.busy problem=submission.problem>
            {paragraph(portal::PUBLISH_EFFECT)}
        </Confirm>
    }
    .into_any()
}

#[component]
fn DescribeDialog(open: RwSignal<bool>, found: Loaded<Found>, version: Version) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let text = RwSignal::new(version.description);
    let id = StoredValue::new(version.id);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let input = DescribeVersionInput {
            version_id: id.get_value(),
            description: text.get_untracked(),
        };
        submission.run_form(errors, application::describe_version(input), move |_| {
            open.set(false);
            toast(common::SAVED);
            found.reload();
        });
    };
    view! {
        <Dialog open=open title=portal::DESCRIBE>
            <form novalidate=true on:submit=submit>
                <Stack tight=true>
                    {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                    <TextArea name="description" label=portal::VERSION_DESCRIPTION value=text errors=errors limit=2000 rows=6 />
                    <Row end=true>
                        <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                        <Submit label=common::SAVE busy=submission.busy />
                    </Row>
                </Stack>
            </form>
        </Dialog>
    }
    .into_any()
}

#[component]
fn ComponentsDialog(open: RwSignal<bool>, version: Version) -> AnyView {
    let number = version.number.clone();
    let title = Text::from(move || portal::components_of(&number));
    let id = StoredValue::new(version.id);
    view! {
        <Dialog open=open title=title width=Width::Wide>
            {dynamic(move || {
                let components = load(move || application::components_of(id.get_value()));
                show(components, Skeleton::Rows(5), component_table)
            })}
        </Dialog>
    }
    .into_any()
}

/// Every component, kind by kind.
fn component_table(components: Vec<Component>) -> AnyView {
    let components = in_order(components, |component| component.kind as u8);
    let columns = vec![
        column(portal::NAME),
        column(portal::KIND),
        column(portal::FOLDER),
        end_column(portal::DEPENDS_ON),
    ];
    let rows = components.iter().map(component_row).collect();
    view! { <Table label=portal::COMPONENTS columns=columns rows=rows inside=true /> }.into_any()
}

fn component_row(component: &Component) -> Vec<AnyView> {
    let count = component.dependencies.len();
    vec![
        component.name.clone().into_any(),
        muted(labels::component(component.kind)),
        muted(component.folder.clone().unwrap_or_else(|| "—".to_owned())),
        muted(if count == 0 {
            "—".to_owned()
        } else {
            count.to_string()
        }),
    ]
}
