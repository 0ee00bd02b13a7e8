//! The queue of partners that ask for distribution permission (D1), and what was decided.

use leptos::prelude::*;

use super::project_list::{decided, due};
use crate::{
    api::{
        review::{self, QueuedPermission},
        session::DistributionPermissionStatus,
    },
    components::{
        empty::Empty,
        icon::Icon,
        layout::{Stack, link, short_code, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
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

const EVERY_MS: u32 = 20_000;

pub fn page() -> AnyView {
    let chosen = navigation::query("status");
    let list = load_page(move |window| {
        review::distribution_permissions(
            window.first,
            window.after,
            window.last,
            window.before,
            status_of(&chosen.get()),
        )
    });
    reload_while(list, EVERY_MS, |_| true);
    let tabs = vec![
        tab("", operator::TO_REVIEW),
        tab("granted", status::PERMISSION_GRANTED),
        tab("rejected", status::PERMISSION_REJECTED),
        tab("revoked", status::PERMISSION_REVOKED),
        tab("all", common::ALL),
    ];
    view! {
        <PageHeader title=shell::NAV_REVIEW_PERMISSIONS hint=operator::PERMISSIONS_HINT />
        <Stack>
            <Tabs name="status" label=portal::STATUS tabs=tabs />
            {frame().show_steadily(list, row)}
        </Stack>
    }
    .into_any()
}

/// Without a choice the page is the queue.
fn status_of(value: &str) -> Option<DistributionPermissionStatus> {
    Some(match value {
        "" => DistributionPermissionStatus::Submitted,
        "granted" => DistributionPermissionStatus::Granted,
        "rejected" => DistributionPermissionStatus::Rejected,
        "revoked" => DistributionPermissionStatus::Revoked,
        _ => return None,
    })
}

/// Its columns, and what stands there while nothing does.
fn frame() -> PagedList {
    let nothing = || {
        view! { <Empty picture=Icon::Check title=operator::QUEUE_EMPTY hint=operator::PERMISSION_QUEUE_EMPTY_HINT /> }
            .into_any()
    };
    paged_list(
        shell::NAV_REVIEW_PERMISSIONS,
        vec![
            column(operator::PARTNER),
            column(operator::TIER),
            column(portal::SUBMITTED_AT),
            column(operator::DUE),
            column(portal::STATUS),
        ],
        nothing,
    )
    .narrowed_by(&["status"])
}

fn row(permission: QueuedPermission) -> Vec<AnyView> {
    let address = Operator::Permission(permission.id.inner().to_owned()).address();
    let submitted = permission.submitted_at.clone();
    let waiting = permission.status == DistributionPermissionStatus::Submitted;
    let when = if waiting {
        due(permission.due_at, permission.overdue)
    } else {
        decided(permission.decided_at)
    };
    vec![
        two_lines(
            link(address, permission.organization.name),
            short_code(permission.organization.corp_id),
        ),
        labels::state_badge(labels::tier(permission.organization.partner_tier)),
        two_lines(
            live(move || format::date_time(&submitted)).into_view_any(),
            permission.submitted_by.name.into_any(),
        ),
        when,
        labels::state_badge(labels::permission(permission.status)),
    ]
}
