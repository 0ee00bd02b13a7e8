//! Where a signed-in person begins: what waits for them in the acting organisation, kind by kind, with the way to it. Whose roles
//! never have anything waiting begins elsewhere.

use leptos::prelude::*;

use crate::{
    api::{
        session::{DistributionPermissionStatus, Role, Viewer},
        waiting::{self, Waiting, WaitingItem, WaitingKind},
    },
    components::{
        alert::{Alert, Level},
        badge::{Tone, badge, tag},
        button::ButtonLink,
        empty::Empty,
        icon::Icon,
        layout::{Card, Cards, Row, Stack, link},
        link_list::{Entry, link_list},
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    format,
    i18n::{
        Key, Text,
        texts::{operator, portal, shell},
    },
    load::{load, reload_while, show_steadily},
    routes::{Customer, Operator, Portal, Route},
    session,
};

/// Others work while the page stands open.
const EVERY_MS: u32 = 20_000;

/// The page on which a person begins in place of this one: employees with their applications, superadmins with the editions,
/// a developer in a remote maintenance with the application that it opens.
pub fn elsewhere(viewer: &Viewer) -> Option<String> {
    if let Some(inside) = &viewer.maintenance {
        return Some(Customer::App(inside.instance_id.inner().to_owned()).address());
    }
    let only = |role: Role| viewer.roles.iter().all(|own| *own == role);
    let route = if only(Role::CustomerEmployee) {
        Route::Customer(Customer::Apps)
    } else if only(Role::Superadmin) {
        Route::Operator(Operator::Editions)
    } else {
        return None;
    };
    Some(route.address())
}

/// True for an address outside of the one application that a remote maintenance opens.
pub fn outside(viewer: &Viewer, route: &Route) -> bool {
    let Some(inside) = &viewer.maintenance else {
        return false;
    };
    match route {
        Route::Customer(
            Customer::App(id)
            | Customer::AppPage(id, _)
            | Customer::Record(id, ..)
            | Customer::NewRecord(id, _)
            | Customer::EditRecord(id, ..)
            | Customer::FormInPage(id, _)
            | Customer::ImportRecords(id, _)
            | Customer::PagesInSettings(id)
            | Customer::EditForm(id, _)
            | Customer::ProcessDesign(id, _)
            | Customer::AppSettings(id),
        ) => id != inside.instance_id.inner(),
        _ => true,
    }
}

pub fn page() -> AnyView {
    let found = load(waiting::waiting);
    reload_while(found, EVERY_MS, |_| true);
    view! {
        <PageHeader title=shell::HOME_TITLE hint=shell::HOME_HINT />
        <Stack>
            {session::viewer_now().and_then(|viewer| permission_missing(&viewer))}
            {show_steadily(found, Skeleton::Cards(3), lists)}
        </Stack>
    }
    .into_any()
}

/// D1: a partner without the permission begins by applying for it.
fn permission_missing(viewer: &Viewer) -> Option<AnyView> {
    if !viewer.is(Role::PartnerAdmin) || viewer.may_distribute() {
        return None;
    }
    let asked = viewer
        .distribution_permission
        .as_ref()
        .map(|permission| permission.status);
    let (level, title) = match asked {
        Some(DistributionPermissionStatus::Submitted) => (Level::Info, portal::PERMISSION_WAITING),
        _ => (Level::Warning, portal::PERMISSION_MISSING),
    };
    Some(
        view! {
            <Alert level=level title=title>
                <Row><ButtonLink label=shell::NAV_PERMISSION href=Portal::Permission.address() small=true /></Row>
            </Alert>
        }
        .into_any(),
    )
}

fn lists(found: Vec<Waiting>) -> AnyView {
    if found.is_empty() {
        return view! { <Empty picture=Icon::Check title=shell::NOTHING_WAITS hint=shell::NOTHING_WAITS_HINT /> }
            .into_any();
    }
    let cards: Vec<AnyView> = found.into_iter().map(card).collect();
    view! { <Cards>{cards}</Cards> }.into_any()
}

fn card(list: Waiting) -> AnyView {
    let (title, all) = place(list.kind);
    let kind = list.kind;
    let count = tag(list.count.to_string());
    let aside = view! { <Row>{count}{link(all, shell::SEE_ALL)}</Row> }.into_any();
    let entries = list.items.into_iter().map(|item| entry(kind, item)).collect();
    view! { <Card title=title aside=aside>{link_list(entries)}</Card> }.into_any()
}

/// What a kind is called, and the list in which all of it stands.
fn place(kind: WaitingKind) -> (Key, String) {
    let (title, address, query) = match kind {
        WaitingKind::ProjectToReview => (shell::WAITING_PROJECT_TO_REVIEW, Operator::Projects.address(), ""),
        WaitingKind::PermissionToReview => (shell::WAITING_PERMISSION_TO_REVIEW, Operator::Permissions.address(), ""),
        WaitingKind::AmendmentToReview => (
            shell::WAITING_AMENDMENT_TO_REVIEW,
            Operator::Projects.address(),
            "?status=amendments",
        ),
        WaitingKind::ProductToReview => (shell::WAITING_PRODUCT_TO_REVIEW, Operator::Products.address(), ""),
        WaitingKind::CoolAppToReview => (shell::WAITING_COOL_APP_TO_REVIEW, Operator::CoolApps.address(), ""),
        WaitingKind::DelistingToDecide => (
            shell::WAITING_DELISTING_TO_DECIDE,
            Operator::Products.address(),
            "?list=delisting",
        ),
        WaitingKind::ProductReturned => (shell::WAITING_PRODUCT_RETURNED, Portal::Products.address(), ""),
        WaitingKind::OrderToSend => (shell::WAITING_ORDER_TO_SEND, Portal::Orders.address(), "?app=not-sent"),
        WaitingKind::OrderFailed => (shell::WAITING_ORDER_FAILED, Portal::Orders.address(), "?app=failed"),
        WaitingKind::OrderPartlySent => (
            shell::WAITING_ORDER_PARTLY_SENT,
            Portal::Orders.address(),
            "?app=partial",
        ),
        WaitingKind::ServiceRequestToAnswer => (
            shell::WAITING_SERVICE_REQUEST_TO_ANSWER,
            Portal::Service.address(),
            "?status=open",
        ),
        WaitingKind::ProjectApproved => (
            shell::WAITING_PROJECT_APPROVED,
            Portal::Projects.address(),
            "?status=active",
        ),
        WaitingKind::ProjectRejected => (
            shell::WAITING_PROJECT_REJECTED,
            Portal::Projects.address(),
            "?status=rejected",
        ),
        WaitingKind::AppToAccept => (
            shell::WAITING_APP_TO_ACCEPT,
            Customer::Apps.address(),
            "?status=maintenance",
        ),
        WaitingKind::AppToEnable => (shell::WAITING_APP_TO_ENABLE, Customer::Apps.address(), "?status=ready"),
        WaitingKind::MaintenanceToDecide => (
            shell::WAITING_MAINTENANCE_TO_DECIDE,
            Customer::Maintenance.address(),
            "?status=waiting",
        ),
    };
    (title, format!("{address}{query}"))
}

/// Where one thing is dealt with.
fn address(kind: WaitingKind, id: String) -> String {
    match kind {
        WaitingKind::ProjectToReview => Operator::Project(id).address(),
        WaitingKind::PermissionToReview => Operator::Permission(id).address(),
        WaitingKind::AmendmentToReview => Operator::Amendment(id).address(),
        WaitingKind::ProductToReview | WaitingKind::DelistingToDecide => Operator::Product(id).address(),
        WaitingKind::CoolAppToReview => Operator::CoolApp(id).address(),
        WaitingKind::ProductReturned => Portal::Product(id).address(),
        WaitingKind::OrderToSend | WaitingKind::OrderFailed | WaitingKind::OrderPartlySent => {
            Portal::Order(id).address()
        }
        WaitingKind::ServiceRequestToAnswer => Portal::ServiceRequest(id).address(),
        WaitingKind::ProjectApproved | WaitingKind::ProjectRejected => Portal::Project(id).address(),
        WaitingKind::AppToAccept => Customer::App(id).address(),
        WaitingKind::MaintenanceToDecide => Customer::MaintenanceSession(id).address(),
        WaitingKind::AppToEnable => format!("{}?tab=publish", Customer::AppSettings(id).address()),
    }
}

/// A decision is due at a time, everything else waits since one.
fn entry(kind: WaitingKind, item: WaitingItem) -> Entry {
    let (party, since, due) = (item.party, item.since, item.due_at);
    let line = Text::from(move || {
        let when = match &due {
            Some(due) => portal::review_due(&format::relative(due)),
            None => format::relative(&since),
        };
        match party.as_str() {
            "" => when,
            party => format!("{party} · {when}"),
        }
    });
    Entry {
        href: address(kind, item.id.into_inner()),
        name: item.name,
        line,
        mark: item.overdue.then(|| badge(Tone::Bad, operator::OVERDUE)),
    }
}
