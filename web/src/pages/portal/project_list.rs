//! Projects of the partner (D5): every admin sees the list and may get links; the detail is the creator's.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::links::LinkDialog;
use crate::{
    api::project::{self, ProjectAction, ProjectRow, ProjectStatus},
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look},
        dialog::open_for,
        empty::Empty,
        icon::Icon,
        layout::{Row, RowActions, Stack, attention, link, muted, one_line, short_code, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::{action_column, column},
        tabs::{Tabs, tab},
    },
    format,
    i18n::{
        Text, live,
        texts::{common, portal, shell, status},
    },
    labels, navigation,
    routes::Portal,
    session,
};

pub fn page() -> AnyView {
    let (search, chosen) = (navigation::query("q"), navigation::query("status"));
    let list = load_page(move |window| {
        let search = Some(search.get()).filter(|words| !words.is_empty());
        project::projects(
            window.first,
            window.after,
            window.last,
            window.before,
            status_of(&chosen.get()),
            search,
        )
    });
    let tabs = vec![
        tab("", common::ALL),
        tab("draft", status::PROJECT_DRAFT),
        tab("in-review", status::PROJECT_IN_REVIEW),
        tab("active", status::PROJECT_ACTIVE),
        tab("rejected", status::PROJECT_REJECTED),
        tab("withdrawn", status::PROJECT_WITHDRAWN),
        tab("closed", status::PROJECT_CLOSED),
    ];
    // Outside of the list, so that a newer list leaves an open dialog alone.
    let linking = RwSignal::new(None::<ProjectRow>);
    view! {
        <PageHeader title=shell::NAV_PROJECTS hint=portal::PROJECTS_HINT actions=new_project() />
        <Stack>
            {dynamic(move || session::viewer().filter(|viewer| !viewer.may_distribute()).map(|_| permission_missing()))}
            <Tabs name="status" label=portal::STATUS tabs=tabs />
            <Row><SearchBox label=portal::SEARCH_PROJECTS /></Row>
            {frame().show(list, move |project| row(project, linking))}
        </Stack>
        {dynamic(move || linking.get().map(|project| {
            let open = open_for(linking);
            let created = Callback::new(move |()| list.reload());
            view! { <LinkDialog open=open project_id=project.id project_name=project.name created=created /> }
        }))}
    }
    .into_any()
}

fn status_of(value: &str) -> Option<ProjectStatus> {
    Some(match value {
        "draft" => ProjectStatus::Draft,
        "in-review" => ProjectStatus::InReview,
        "active" => ProjectStatus::Active,
        "rejected" => ProjectStatus::Rejected,
        "withdrawn" => ProjectStatus::Withdrawn,
        "closed" => ProjectStatus::Closed,
        _ => return None,
    })
}

fn new_project() -> AnyView {
    view! { <ButtonLink label=portal::NEW_PROJECT href=Portal::NewProject.address() look=Look::Primary leading=Icon::Plus /> }.into_any()
}

fn permission_missing() -> AnyView {
    view! {
        <Alert level=Level::Warning title=portal::PERMISSION_MISSING>
            <Row><ButtonLink label=portal::GO_PERMISSION href=Portal::Permission.address() small=true /></Row>
        </Alert>
    }
    .into_any()
}

/// Its columns, and what stands there while nothing does.
fn frame() -> PagedList {
    let nothing = || {
        view! { <Empty picture=Icon::Folder title=portal::NO_PROJECTS hint=portal::NO_PROJECTS_HINT>{new_project()}</Empty> }.into_any()
    };
    paged_list(
        shell::NAV_PROJECTS,
        vec![
            column(portal::PROJECT),
            column(portal::CUSTOMER),
            column(portal::STATUS),
            column(portal::CREATOR),
            column(portal::SUBMITTED_AT),
            column(portal::LINKS_ORDERS),
            action_column(),
        ],
        nothing,
    )
    .narrowed_by(&["q", "status"])
}

fn row(project: ProjectRow, linking: RwSignal<Option<ProjectRow>>) -> Vec<AnyView> {
    let submitted = project.submitted_at.clone();
    let submitted = one_line(live(move || {
        submitted.as_ref().map_or_else(|| "—".to_owned(), format::day_of)
    }));
    let counts = (project.link_count, project.order_count);
    let state = match (project.status, project.due_at.clone()) {
        (ProjectStatus::InReview, Some(due)) => {
            let overdue = project.overdue;
            let due = live(move || {
                if overdue {
                    portal::OVERDUE.get().to_owned()
                } else {
                    portal::review_due(&format::relative(&due))
                }
            });
            two_lines(
                labels::state_badge(labels::project(project.status)),
                if overdue { attention(due) } else { due.into_view_any() },
            )
        }
        (status, _) => labels::state_badge(labels::project(status)),
    };
    let corp_id = if project.customer_corp_id.is_empty() {
        muted("—")
    } else {
        short_code(project.customer_corp_id.clone())
    };
    vec![
        name_cell(&project),
        two_lines(project.customer_name.clone().into_any(), corp_id),
        state,
        project.creator.name.clone().into_any(),
        submitted,
        one_line(live(move || portal::links_and_orders(&counts.0, &counts.1))),
        actions(project, linking),
    ]
}

/// The name leads to the detail where that is open to the viewer.
fn name_cell(project: &ProjectRow) -> AnyView {
    link(address(project), project.name.clone())
}

fn address(project: &ProjectRow) -> String {
    let id = project.id.inner().to_owned();
    if project.available_actions.contains(&ProjectAction::Edit) {
        Portal::EditProject(id).address()
    } else {
        Portal::Project(id).address()
    }
}

fn actions(project: ProjectRow, linking: RwSignal<Option<ProjectRow>>) -> AnyView {
    let may = |action: ProjectAction| project.available_actions.contains(&action);
    let named = |words: crate::i18n::Key| {
        let name = project.name.clone();
        Text::from(move || format!("{}: {name}", words.get()))
    };
    let links = may(ProjectAction::CreateLink).then(|| {
        let project = project.clone();
        let open = Callback::new(move |()| linking.set(Some(project.clone())));
        view! { <Button label=portal::GET_LINK on_press=open small=true leading=Icon::Link name=named(portal::GET_LINK) /> }
    });
    let detail = if may(ProjectAction::Edit) {
        view! { <ButtonLink label=portal::EDIT href=address(&project) small=true look=Look::Quiet name=named(portal::EDIT) /> }.into_any()
    } else if may(ProjectAction::TakeOwnership) {
        // D5: its creator has left; the page says what taking it over means.
        view! { <ButtonLink label=portal::TAKE href=address(&project) small=true look=Look::Quiet name=named(portal::TAKE) /> }.into_any()
    } else if let Some(reason) = project.detail_barrier.clone() {
        // D5: greyed with its reason for everybody but the creator.
        let reason = Signal::stored(Some(reason));
        view! { <Button label=portal::VIEW_DETAIL on_press=Callback::new(|()| ()) small=true look=Look::Quiet reason=reason name=named(portal::VIEW_DETAIL) /> }.into_any()
    } else {
        view! { <ButtonLink label=portal::VIEW_DETAIL href=address(&project) small=true look=Look::Quiet name=named(portal::VIEW_DETAIL) /> }.into_any()
    };
    view! { <RowActions>{links}{detail}</RowActions> }.into_any()
}
