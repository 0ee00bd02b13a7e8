//! One project: what every partner admin sees (state, links, orders), the creator's detail, and the steps that its state
//! allows.

use leptos::prelude::*;

use super::{
    amendment,
    links::{LinkDialog, links_card},
    order_list::order_cells,
    project_detail,
};
use crate::{
    api::project::{self, Project, ProjectAction, ProjectActionInput, ProjectStatus},
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look},
        dialog::Confirm,
        facts::{fact, facts, text_fact},
        icon::Icon,
        layout::{Card, Columns, Stack, code, paragraph},
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Table, action_column, column},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{live, texts::portal},
    labels,
    load::{Loaded, load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};

type Found = Option<Project>;

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || project::project(id.clone()));
    let linking = RwSignal::new(false);
    show(found, Skeleton::Page, move |project| match project {
        Some(project) => body(found, project, linking),
        None => not_found::page(),
    })
}

fn body(found: Loaded<Found>, project: Project, linking: RwSignal<bool>) -> AnyView {
    let actions = view! { <Actions found=found project=project.clone() linking=linking /> }.into_any();
    let status = labels::state_badge(labels::project(project.status));
    let links = (!project.links.is_empty() || project.may(ProjectAction::CreateLink))
        .then(|| links_card(project.links.clone(), Callback::new(move |()| found.reload())));
    let orders = (!project.orders.is_empty()).then(|| orders_card(&project));
    let changed = Callback::new(move |()| found.reload());
    let amendments = project
        .detail
        .as_ref()
        .map(|detail| amendment::cards(&detail.amendments, changed));
    let (state, detail) = (state_panel(&project), project_detail::main(&project));
    let main = view! {
        <Stack>
            {state}
            {amendments}
            {detail}
            {links}
            {orders}
        </Stack>
    }
    .into_any();
    let side = view! { {summary(&project)}{project_detail::side(&project)} }.into_any();
    let created = Callback::new(move |()| found.reload());
    view! {
        <PageHeader title=project.name.clone() crumbs=vec![super::projects_crumb()] status=status actions=actions />
        <Columns main=main side=side />
        <LinkDialog open=linking project_id=project.id project_name=project.name created=created />
    }
    .into_any()
}

/// What the state means and what comes next.
fn state_panel(project: &Project) -> AnyView {
    let reason = project.decision_reason.clone().unwrap_or_default();
    match (project.status, project.due_at.clone()) {
        (ProjectStatus::InReview, Some(due)) => {
            let overdue = project.overdue;
            view! {
                <Alert level=if overdue { Level::Warning } else { Level::Info } title=portal::IN_REVIEW_TITLE>
                    <p>{live(move || if overdue { portal::OVERDUE_HINT.get().to_owned() } else { portal::decision_by(&format::date_time(&due)) })}</p>
                </Alert>
            }
            .into_any()
        }
        (ProjectStatus::Rejected, _) => view! {
            <Alert level=Level::Error title=portal::REJECTED_TITLE>
                <p>{live(move || portal::reason_is(&reason))}</p>
                <p>{portal::REJECTED_HINT}</p>
            </Alert>
        }
        .into_any(),
        (ProjectStatus::Active, _) if project.links.is_empty() => {
            view! { <Alert level=Level::Good title=portal::ACTIVE_TITLE><p>{portal::ACTIVE_HINT}</p></Alert> }
                .into_any()
        }
        _ => ().into_any(),
    }
}

fn summary(project: &Project) -> AnyView {
    let created = project.created_at.clone();
    let submitted = project.submitted_at.clone();
    let decided = project.decided_at.clone();
    let instant = |at: Option<crate::api::DateTime>| {
        live(move || at.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any()
    };
    let list = facts(vec![
        text_fact(portal::CUSTOMER_NAME, &project.customer_name),
        fact(portal::CORP_ID, code(project.customer_corp_id.clone())),
        text_fact(portal::CREATOR, &project.creator.name),
        fact(
            portal::CREATED_AT,
            live(move || format::date_time(&created)).into_view_any(),
        ),
        fact(portal::SUBMITTED_AT, instant(submitted)),
        fact(portal::DECIDED_AT, instant(decided)),
    ]);
    view! { <Card title=portal::FACTS>{list}</Card> }.into_any()
}

fn orders_card(project: &Project) -> AnyView {
    let columns = vec![
        column(portal::ORDER_NUMBER),
        column(portal::APPLICATION),
        column(portal::ORDERED_AT),
        column(portal::APP_STATUS),
        action_column(),
    ];
    let rows = project.orders.iter().map(order_cells).collect();
    view! { <Card title=portal::ORDERS><Table label=portal::ORDERS columns=columns rows=rows inside=true /></Card> }
        .into_any()
}

#[component]
fn Actions(found: Loaded<Found>, project: Project, linking: RwSignal<bool>) -> AnyView {
    let withdrawing = RwSignal::new(false);
    let discarding = RwSignal::new(false);
    let taking = RwSignal::new(false);
    let submission = Submission::new();
    let id = StoredValue::new(project.id.clone());
    let input = move || ProjectActionInput { id: id.get_value() };
    let withdraw = Callback::new(move |()| {
        submission.run(project::withdraw_project(input()), move |_| {
            withdrawing.set(false);
            toast(portal::WITHDRAWN);
            found.reload();
        });
    });
    let take = Callback::new(move |()| {
        submission.run(project::take_project_ownership(input()), move |_| {
            taking.set(false);
            toast(portal::TAKEN);
            found.reload();
        });
    });
    let discard = Callback::new(move |()| {
        submission.run(project::discard_project(input()), |_| {
            toast(portal::DISCARDED);
            navigation::replace(&Portal::Projects.address());
        });
    });
    let copy = Callback::new(move |()| {
        submission.run(project::copy_project(input(), Some(submission.key())), |copy| {
            toast(portal::COPIED_PROJECT);
            navigation::go(&Portal::EditProject(copy.id.into_inner()).address());
        });
    });
    let own = project.id.inner().to_owned();
    let may = |action| project.may(action);
    view! {
        {may(ProjectAction::Edit).then(|| view! { <ButtonLink label=portal::EDIT href=Portal::EditProject(own.clone()).address() leading=Icon::Edit /> })}
        {may(ProjectAction::Copy).then(|| view! { <Button label=portal::COPY_PROJECT on_press=copy busy=submission.busy leading=Icon::Copy /> })}
        {may(ProjectAction::Withdraw).then(|| view! { <Button label=portal::WITHDRAW on_press=Callback::new(move |()| withdrawing.set(true)) /> })}
        {may(ProjectAction::Discard).then(|| view! { <Button label=portal::DISCARD on_press=Callback::new(move |()| discarding.set(true)) leading=Icon::Trash /> })}
        {may(ProjectAction::ProposeAmendment).then(|| view! { <ButtonLink label=portal::PROPOSE_AMENDMENT href=Portal::Amendment(own.clone()).address() leading=Icon::Edit /> })}
        {may(ProjectAction::Settle).then(|| view! { <ButtonLink label=portal::SETTLE href=Portal::Settlement(own.clone()).address() leading=Icon::Check /> })}
        {may(ProjectAction::TakeOwnership).then(|| view! { <Button label=portal::TAKE on_press=Callback::new(move |()| taking.set(true)) /> })}
        {may(ProjectAction::CreateLink).then(|| view! {
            <Button label=portal::GET_LINK on_press=Callback::new(move |()| linking.set(true)) look=Look::Primary leading=Icon::Link />
        })}
        <Confirm open=withdrawing title=portal::WITHDRAW_TITLE confirm=portal::WITHDRAW on_confirm=withdraw busy=submission.busy problem=submission.problem danger=true>
            {paragraph(portal::WITHDRAW_EFFECT)}
        </Confirm>
        <Confirm open=taking title=portal::TAKE_TITLE confirm=portal::TAKE on_confirm=take busy=submission.busy problem=submission.problem>
            {paragraph(portal::TAKE_EFFECT)}
        </Confirm>
        <Confirm open=discarding title=portal::DISCARD_TITLE confirm=portal::DISCARD on_confirm=discard busy=submission.busy problem=submission.problem danger=true>
            {paragraph(portal::DISCARD_EFFECT)}
        </Confirm>
    }
    .into_any()
}
