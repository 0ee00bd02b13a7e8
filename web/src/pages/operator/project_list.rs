//! The queue of projects in review (D4): the overdue ones first, and what was decided under its tabs.

use leptos::prelude::*;

use super::amendment_list;
use crate::{
    api::{
        DateTime,
        project::ProjectStatus,
        review::{self, QueuedProject},
    },
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Row, Stack, link, muted, short_code, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        search_box::SearchBox,
        table::column,
        tabs::{Tabs, tab},
    },
    format,
    i18n::{
        live,
        texts::{common, operator, portal, shell, status},
    },
    labels,
    load::reload_while,
    navigation,
    routes::Operator,
};

/// New projects come in while the queue stands open.
const EVERY_MS: u32 = 20_000;

pub fn page() -> AnyView {
    let (search, chosen) = (navigation::query("q"), navigation::query("status"));
    let list = load_page(move |window| {
        let search = Some(search.get()).filter(|words| !words.is_empty());
        review::projects(
            window.first,
            window.after,
            window.last,
            window.before,
            status_of(&chosen.get()),
            search,
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    let amendments = Memo::new(move |_| chosen.get() == "amendments");
    let tabs = vec![
        tab("", operator::TO_REVIEW),
        tab("amendments", operator::AMENDMENTS),
        tab("active", status::PROJECT_ACTIVE),
        tab("rejected", status::PROJECT_REJECTED),
        tab("withdrawn", status::PROJECT_WITHDRAWN),
        tab("closed", status::PROJECT_CLOSED),
        tab("all", common::ALL),
    ];
    view! {
        <PageHeader title=shell::NAV_REVIEW_PROJECTS hint=operator::PROJECTS_HINT />
        <Stack>
            <Tabs name="status" label=portal::STATUS tabs=tabs />
            {dynamic(move || match amendments.get() {
                true => amendment_list::queue(),
                false => view! { <Row><SearchBox label=operator::SEARCH_PROJECTS /></Row>{frame().show_steadily(list, row)} }.into_any(),
            })}
        </Stack>
    }
    .into_any()
}

/// Without a choice the page is the queue.
fn status_of(value: &str) -> Option<ProjectStatus> {
    Some(match value {
        "" => ProjectStatus::InReview,
        "active" => ProjectStatus::Active,
        "rejected" => ProjectStatus::Rejected,
        "withdrawn" => ProjectStatus::Withdrawn,
        "closed" => ProjectStatus::Closed,
        _ => return None,
    })
}

/// Its columns, and what stands there while nothing does.
fn frame() -> PagedList {
    let nothing = || {
        view! { <Empty picture=Icon::Check title=operator::QUEUE_EMPTY hint=operator::QUEUE_EMPTY_HINT /> }.into_any()
    };
    paged_list(
        shell::NAV_REVIEW_PROJECTS,
        vec![
            column(portal::PROJECT),
            column(operator::PARTNER),
            column(portal::CUSTOMER),
            column(portal::SUBMITTED_AT),
            column(operator::DUE),
            column(portal::STATUS),
        ],
        nothing,
    )
    .narrowed_by(&["q", "status"])
}

fn row(project: QueuedProject) -> Vec<AnyView> {
    let address = Operator::Project(project.id.inner().to_owned()).address();
    let submitted = project.submitted_at.clone();
    let submitted = live(move || submitted.as_ref().map_or_else(|| "—".to_owned(), format::date_time)).into_view_any();
    let waiting = project.status == ProjectStatus::InReview;
    let due = match project.due_at.filter(|_| waiting) {
        Some(at) => due(at, project.overdue),
        None => decided(project.decided_at),
    };
    vec![
        two_lines(link(address, project.name), project.creator.name.into_any()),
        project.partner.name.into_any(),
        two_lines(project.customer_name.into_any(), short_code(project.customer_corp_id)),
        submitted,
        due,
        labels::state_badge(labels::project(project.status)),
    ]
}

/// A due time as people plan by it: how long yet, and when exactly.
pub fn due(at: DateTime, overdue: bool) -> AnyView {
    let exact = at.clone();
    let relative = live(move || format::relative(&at));
    let first = if overdue {
        view! { <Row>{badge(Tone::Bad, operator::OVERDUE)}{muted(relative)}</Row> }.into_any()
    } else {
        relative.into_view_any()
    };
    two_lines(first, live(move || format::date_time(&exact)).into_view_any())
}

/// When something was decided; a dash before.
pub fn decided(at: Option<DateTime>) -> AnyView {
    match at {
        Some(at) => live(move || operator::decided_at(&format::date_time(&at))).into_view_any(),
        None => muted("—"),
    }
}
