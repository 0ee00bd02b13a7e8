//! What waits for the viewer in the acting organisation: the beginning of each list that their roles open, and how long it is.
//! Reading only; each list has its own use cases.

use chrono::Duration;

use crate::auth::viewer::{
    CategoryOperatorScope, CustomerScope, OpenPlatformScope, PartnerScope, PartyScope, ReviewerScope, Viewer,
};
use crate::domain::amendment::AmendmentStatus;
use crate::domain::instance::InstanceStatus;
use crate::domain::instant::Instant;
use crate::domain::maintenance::MaintenanceStatus;
use crate::domain::order::{OrderSort, SendStatus};
use crate::domain::permission::DistributionPermissionStatus;
use crate::domain::project::ProjectStatus;
use crate::domain::waiting::{DECISION_DAYS, WaitingKind};
use crate::domain::working_day::is_overdue;
use crate::store::conn::Conn;
use crate::store::instance::{self, InstanceFilter};
use crate::store::maintenance::{self, MaintenanceFilter};
use crate::store::order::{self, OrderFilter};
use crate::store::page::PageRequest;
use crate::store::product::{self, ProductFilter, ProductScope};
use crate::store::project::{self, ProjectFilter};
use crate::store::{Result, amendment, cool_app, organization, permission, product_revision, service_request};

/// How many of a list are shown.
const SHOWN: i64 = 5;

/// The things of one kind that wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub kind: WaitingKind,
    /// How many there are in all.
    pub count: i64,
    /// The first of them.
    pub items: Vec<WaitingItem>,
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingItem {
    pub id: String,
    /// Of the project or application; of a service request its title.
    pub name: String,
    /// Who stands on the other side.
    pub party: String,
    pub since: Instant,
    /// Until when a decision is due.
    pub due_at: Option<Instant>,
    pub overdue: bool,
}

/// Everything that waits for the viewer, by kind; a kind of which nothing waits is absent.
pub fn list(conn: &mut Conn, viewer: &Viewer, now: Instant) -> Result<Vec<Waiting>> {
    let mut lists = Vec::new();
    if let Ok(scope) = viewer.reviewer() {
        lists.push(projects_to_review(conn, &scope, now)?);
        lists.push(permissions_to_review(conn, &scope, now)?);
        lists.push(amendments_to_review(conn, &scope, now)?);
    }
    if let Ok(scope) = viewer.category_operator() {
        lists.push(products_to_review(conn, &scope, now)?);
        lists.push(delistings_to_decide(conn, scope)?);
    }
    if let Ok(scope) = viewer.open_platform_operator() {
        lists.push(cool_apps_to_review(conn, &scope, now)?);
    }
    if let Ok(scope) = viewer.partner() {
        for (kind, status) in [
            (WaitingKind::OrderToSend, SendStatus::NotSent),
            (WaitingKind::OrderFailed, SendStatus::Failed),
            (WaitingKind::OrderPartlySent, SendStatus::Partial),
        ] {
            lists.push(orders(conn, &scope, kind, status)?);
        }
        lists.push(service_requests_to_answer(conn, &scope)?);
    }
    if let Ok(scope) = viewer.partner_admin() {
        lists.push(returned_products(conn, &scope)?);
        lists.push(decided(conn, &scope, WaitingKind::ProjectApproved, now)?);
        lists.push(decided(conn, &scope, WaitingKind::ProjectRejected, now)?);
    }
    if let Ok(scope) = viewer.customer_admin() {
        for (kind, status) in [
            (WaitingKind::AppToAccept, InstanceStatus::DevMaintenance),
            (WaitingKind::AppToEnable, InstanceStatus::Ready),
        ] {
            lists.push(instances(conn, &scope, kind, status)?);
        }
        lists.push(maintenance_to_decide(conn, scope)?);
    }
    lists.retain(|list| list.count > 0);
    Ok(lists)
}

fn first() -> PageRequest {
    PageRequest {
        size: SHOWN,
        ..PageRequest::default()
    }
}

fn projects_to_review(conn: &mut Conn, scope: &ReviewerScope, now: Instant) -> Result<Waiting> {
    let scope = PartyScope::Reviewer(scope.clone());
    let filter = ProjectFilter {
        status: Some(ProjectStatus::InReview),
        ..ProjectFilter::default()
    };
    let count = project::count(conn, &scope, &filter)?;
    let rows = project::list(conn, &scope, &filter, &first())?.rows;
    let item = |row: project::Project| WaitingItem {
        id: row.id.to_string(),
        name: row.name,
        party: row.customer_name,
        since: row.submitted_at.unwrap_or(row.created_at),
        due_at: row.due_at,
        overdue: row.due_at.is_some_and(|due| is_overdue(due.utc(), now.utc())),
    };
    Ok(Waiting {
        kind: WaitingKind::ProjectToReview,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn permissions_to_review(conn: &mut Conn, scope: &ReviewerScope, now: Instant) -> Result<Waiting> {
    let status = Some(DistributionPermissionStatus::Submitted);
    let count = permission::count(conn, scope, status)?;
    let rows = permission::list(conn, scope, status, &first())?.rows;
    let ids: Vec<_> = rows.iter().map(|row| row.organization_id.clone()).collect();
    let partners = organization::by_ids(conn, &ids)?;
    let item = |row: permission::DistributionPermission| {
        let partner = partners.iter().find(|partner| partner.id == row.organization_id);
        WaitingItem {
            id: row.id.to_string(),
            name: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            party: row.contact_name,
            since: row.submitted_at,
            due_at: Some(row.due_at),
            overdue: is_overdue(row.due_at.utc(), now.utc()),
        }
    };
    Ok(Waiting {
        kind: WaitingKind::PermissionToReview,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn amendments_to_review(conn: &mut Conn, scope: &ReviewerScope, now: Instant) -> Result<Waiting> {
    let status = Some(AmendmentStatus::InReview);
    let count = amendment::count(conn, scope, status)?;
    let rows = amendment::list(conn, scope, status, &first())?.rows;
    let ids: Vec<_> = rows.iter().map(|row| row.project_id.clone()).collect();
    let projects = project::by_ids(conn, &PartyScope::Reviewer(scope.clone()), &ids)?;
    let item = |row: amendment::Amendment| {
        let of = projects.iter().find(|project| project.id == row.project_id);
        WaitingItem {
            id: row.id.to_string(),
            name: of.map(|project| project.name.clone()).unwrap_or_default(),
            party: of.map(|project| project.customer_name.clone()).unwrap_or_default(),
            since: row.proposed_at,
            due_at: Some(row.due_at),
            overdue: is_overdue(row.due_at.utc(), now.utc()),
        }
    };
    Ok(Waiting {
        kind: WaitingKind::AmendmentToReview,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn products_to_review(conn: &mut Conn, scope: &CategoryOperatorScope, now: Instant) -> Result<Waiting> {
    let count = product_revision::count_queue(conn, scope, None)?;
    let rows = product_revision::queue(conn, scope, None, &first())?.rows;
    let ids: Vec<_> = rows.iter().map(|row| row.product_id.clone()).collect();
    let products = product::by_ids(conn, &ids)?;
    let partners: Vec<_> = rows.iter().map(|row| row.organization_id.clone()).collect();
    let partners = organization::by_ids(conn, &partners)?;
    let item = |row: product_revision::ProductRevision| {
        let of = products.iter().find(|product| product.id == row.product_id);
        let partner = partners.iter().find(|partner| partner.id == row.organization_id);
        WaitingItem {
            id: row.product_id.to_string(),
            name: of.map(|product| product.name.clone()).unwrap_or_default(),
            party: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            since: row.submitted_at.unwrap_or(row.created_at),
            due_at: row.due_at,
            overdue: row.due_at.is_some_and(|due| is_overdue(due.utc(), now.utc())),
        }
    };
    Ok(Waiting {
        kind: WaitingKind::ProductToReview,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn cool_apps_to_review(conn: &mut Conn, scope: &OpenPlatformScope, now: Instant) -> Result<Waiting> {
    let count = cool_app::count_queue(conn, scope)?;
    let rows = cool_app::queue(conn, scope, &first())?.rows;
    let partners: Vec<_> = rows.iter().map(|row| row.organization_id.clone()).collect();
    let partners = organization::by_ids(conn, &partners)?;
    let item = |row: cool_app::CoolApp| {
        let partner = partners.iter().find(|partner| partner.id == row.organization_id);
        WaitingItem {
            id: row.id.to_string(),
            name: row.name,
            party: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            since: row.submitted_at.unwrap_or(row.created_at),
            due_at: row.due_at,
            overdue: row.due_at.is_some_and(|due| is_overdue(due.utc(), now.utc())),
        }
    };
    Ok(Waiting {
        kind: WaitingKind::CoolAppToReview,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn delistings_to_decide(conn: &mut Conn, scope: CategoryOperatorScope) -> Result<Waiting> {
    let scope = ProductScope::Operator(scope);
    let filter = ProductFilter {
        delisting_applied: true,
        ..ProductFilter::default()
    };
    let count = product::count(conn, &scope, &filter)?;
    let rows = product::list(conn, &scope, &filter, &first())?.rows;
    let partners: Vec<_> = rows.iter().map(|row| row.organization_id.clone()).collect();
    let partners = organization::by_ids(conn, &partners)?;
    let item = |row: product::Product| {
        let partner = partners.iter().find(|partner| partner.id == row.organization_id);
        WaitingItem {
            id: row.id.to_string(),
            party: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            name: row.name,
            since: row.delisting_applied_at.unwrap_or(row.created_at),
            due_at: None,
            overdue: false,
        }
    };
    Ok(Waiting {
        kind: WaitingKind::DelistingToDecide,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn returned_products(conn: &mut Conn, scope: &PartnerScope) -> Result<Waiting> {
    let count = product_revision::count_returned(conn, scope)?;
    let rows = product_revision::returned(conn, scope, &first())?.rows;
    let ids: Vec<_> = rows.iter().map(|row| row.product_id.clone()).collect();
    let products = product::by_ids(conn, &ids)?;
    let item = |row: product_revision::ProductRevision| {
        let of = products.iter().find(|product| product.id == row.product_id);
        WaitingItem {
            id: row.product_id.to_string(),
            name: of.map(|product| product.name.clone()).unwrap_or_default(),
            party: String::new(),
            since: row.decided_at.unwrap_or(row.created_at),
            due_at: None,
            overdue: false,
        }
    };
    Ok(Waiting {
        kind: WaitingKind::ProductReturned,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn maintenance_to_decide(conn: &mut Conn, scope: CustomerScope) -> Result<Waiting> {
    let scope = PartyScope::Customer(scope);
    let filter = MaintenanceFilter {
        statuses: Some(vec![MaintenanceStatus::Requested]),
        ..MaintenanceFilter::default()
    };
    let count = maintenance::count(conn, &scope, &filter)?;
    let rows = maintenance::list(conn, &scope, &filter, &first())?.rows;
    let apps: Vec<_> = rows.iter().map(|row| row.instance_id.clone()).collect();
    let apps = instance::by_ids(conn, &apps)?;
    let partners: Vec<_> = rows.iter().map(|row| row.partner_id.clone()).collect();
    let partners = organization::by_ids(conn, &partners)?;
    let item = |row: maintenance::MaintenanceSession| {
        let app = apps.iter().find(|app| app.id == row.instance_id);
        let partner = partners.iter().find(|partner| partner.id == row.partner_id);
        WaitingItem {
            id: row.id.to_string(),
            name: app.map(|app| app.name.clone()).unwrap_or_default(),
            party: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            since: row.requested_at,
            due_at: None,
            overdue: false,
        }
    };
    Ok(Waiting {
        kind: WaitingKind::MaintenanceToDecide,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn orders(conn: &mut Conn, scope: &PartnerScope, kind: WaitingKind, status: SendStatus) -> Result<Waiting> {
    let scope = PartyScope::Partner(scope.clone());
    let filter = OrderFilter {
        app_status: Some(status),
        // What is settled sends nothing more (D32).
        project_active: true,
        ..OrderFilter::default()
    };
    let count = order::count(conn, &scope, &filter)?;
    let rows = order::list(conn, &scope, &filter, OrderSort::CreatedAsc, &first())?.rows;
    let item = |row: order::Order| WaitingItem {
        id: row.id.to_string(),
        name: row.application_name,
        party: row.customer_name,
        since: row.created_at,
        due_at: None,
        overdue: false,
    };
    Ok(Waiting {
        kind,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn service_requests_to_answer(conn: &mut Conn, scope: &PartnerScope) -> Result<Waiting> {
    let rows = service_request::waiting(conn, scope, SHOWN)?;
    let customers: Vec<_> = rows.iter().map(|row| row.customer_id.clone()).collect();
    let customers = organization::by_ids(conn, &customers)?;
    let item = |row: service_request::ServiceRequest| {
        let customer = customers.iter().find(|customer| customer.id == row.customer_id);
        WaitingItem {
            id: row.id.to_string(),
            name: row.title,
            party: customer.map(|customer| customer.name.clone()).unwrap_or_default(),
            since: row.waiting_since.unwrap_or(row.opened_at),
            due_at: None,
            overdue: false,
        }
    };
    Ok(Waiting {
        kind: WaitingKind::ServiceRequestToAnswer,
        count: service_request::count_waiting(conn, scope)?,
        items: rows.into_iter().map(item).collect(),
    })
}

/// Projects on which a decision was taken lately. An approved one waits for its first link, a rejected one for being read.
fn decided(conn: &mut Conn, scope: &PartnerScope, kind: WaitingKind, now: Instant) -> Result<Waiting> {
    let approved = kind == WaitingKind::ProjectApproved;
    let scope = PartyScope::Partner(scope.clone());
    let filter = ProjectFilter {
        status: Some(if approved {
            ProjectStatus::Active
        } else {
            ProjectStatus::Rejected
        }),
        decided_since: Some(Instant::from(now.utc() - Duration::days(DECISION_DAYS))),
        without_links: approved,
        ..ProjectFilter::default()
    };
    let count = project::count(conn, &scope, &filter)?;
    let rows = project::list(conn, &scope, &filter, &first())?.rows;
    let item = |row: project::Project| WaitingItem {
        id: row.id.to_string(),
        name: row.name,
        party: row.customer_name,
        since: row.decided_at.unwrap_or(row.created_at),
        due_at: None,
        overdue: false,
    };
    Ok(Waiting {
        kind,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}

fn instances(conn: &mut Conn, scope: &CustomerScope, kind: WaitingKind, status: InstanceStatus) -> Result<Waiting> {
    let filter = InstanceFilter {
        status: Some(status),
        ..InstanceFilter::default()
    };
    let count = instance::count(conn, scope, &filter)?;
    let rows = instance::list(conn, scope, &filter, &first())?.rows;
    let ids: Vec<_> = rows.iter().map(|row| row.partner_id.clone()).collect();
    let partners = organization::by_ids(conn, &ids)?;
    let item = |row: instance::AppInstance| {
        let partner = partners.iter().find(|partner| partner.id == row.partner_id);
        WaitingItem {
            id: row.id.to_string(),
            name: row.name,
            party: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            since: row.accepted_at.unwrap_or(row.created_at),
            due_at: None,
            overdue: false,
        }
    };
    Ok(Waiting {
        kind,
        count,
        items: rows.into_iter().map(item).collect(),
    })
}
