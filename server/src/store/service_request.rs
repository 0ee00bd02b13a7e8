//! Service requests (L25): a partner sees those of its customers, a customer's admin those of the organisation, an employee those
//! that they opened; for everybody else there are none. Their messages stand in `service_message`.

mod overview;
mod telling;

pub use overview::{Overview, Times, overview};
pub use telling::tell;

use diesel::prelude::*;

use super::conn::{Conn, Dialect};
use super::page::{Page, PageRequest, instant_key, paged_by, parse_instant_key};
use super::schema::{application_versions, deliveries, instance_components, service_requests};
use super::{Result, Signal, Tx};
use crate::auth::viewer::{PartnerScope, PartyScope};
use crate::domain::id::{ApplicationId, InstanceId, OrganizationId, ServiceRequestId, UserId};
use crate::domain::instant::Instant;
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::domain::service_request::{ServiceRequestKind, ServiceRequestStatus};

/// What a customer asks its partner about an application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = service_requests, treat_none_as_null = true)]
pub struct ServiceRequest {
    pub id: ServiceRequestId,
    pub instance_id: InstanceId,
    /// Of which the instance is a copy.
    pub application_id: Option<ApplicationId>,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    pub kind: ServiceRequestKind,
    pub title: String,
    pub status: ServiceRequestStatus,
    pub opened_by: UserId,
    pub opened_at: Instant,
    /// The last message.
    pub changed_at: Instant,
    /// Since when the partner's answer is waited for.
    pub waiting_since: Option<Instant>,
    pub first_response_at: Option<Instant>,
    /// From the opening.
    pub first_response_seconds: Option<i64>,
    pub closed_at: Option<Instant>,
    pub closed_by: Option<UserId>,
    /// From the opening.
    pub closing_seconds: Option<i64>,
    /// Grows with every message.
    pub version: i32,
}

impl ServiceRequest {
    /// On which side of it the party stands.
    pub fn side_of(&self, scope: &PartyScope) -> Option<OrderParty> {
        match scope {
            PartyScope::Partner(partner) => (partner.organization_id == self.partner_id).then_some(OrderParty::Partner),
            PartyScope::Customer(customer) => (customer.organization_id == self.customer_id
                && (customer.admin || customer.user_id == self.opened_by))
                .then_some(OrderParty::Customer),
            PartyScope::Reviewer(_) => None,
        }
    }

    /// Whole seconds since it was opened.
    pub fn seconds_until(&self, at: Instant) -> i64 {
        (at.utc() - self.opened_at.utc()).num_seconds()
    }
}

/// Which requests of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct ServiceRequestFilter {
    pub status: Option<ServiceRequestStatus>,
    pub kind: Option<ServiceRequestKind>,
    pub application_id: Option<ApplicationId>,
    pub instance_id: Option<InstanceId>,
}

type Boxed<'a> = service_requests::BoxedQuery<'a, Dialect>;

/// Every request that the scope may see.
fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = service_requests::table
        .select(service_requests::all_columns)
        .into_boxed();
    match scope {
        PartyScope::Partner(partner) => query.filter(service_requests::partner_id.eq(partner.organization_id.clone())),
        PartyScope::Customer(customer) => {
            let query = query.filter(service_requests::customer_id.eq(customer.organization_id.clone()));
            match customer.admin {
                true => query,
                false => query.filter(service_requests::opened_by.eq(customer.user_id.clone())),
            }
        }
        // Nobody of the platform has a part in it.
        PartyScope::Reviewer(_) => query.filter(service_requests::id.eq("")),
    }
}

fn narrowed<'a>(scope: &PartyScope, filter: &ServiceRequestFilter) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(status) = filter.status {
        query = query.filter(service_requests::status.eq(status));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(service_requests::kind.eq(kind));
    }
    if let Some(application) = &filter.application_id {
        query = query.filter(service_requests::application_id.eq(application.clone()));
    }
    if let Some(instance) = &filter.instance_id {
        query = query.filter(service_requests::instance_id.eq(instance.clone()));
    }
    query
}

/// A page of requests, the one in which something was written last first.
pub fn list(
    conn: &mut Conn,
    scope: &PartyScope,
    filter: &ServiceRequestFilter,
    page: &PageRequest,
) -> Result<Page<ServiceRequest>> {
    let query = narrowed(scope, filter);
    let (at, id) = (service_requests::changed_at, service_requests::id);
    Ok(page.cut(paged_by!(query, page, parse_instant_key, at, id, descending).load(conn)?))
}

/// The page key of a request.
pub fn page_key(request: &ServiceRequest) -> String {
    instant_key(request.changed_at, request.id.as_str())
}

/// How many requests a list has in all.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &ServiceRequestFilter) -> Result<i64> {
    Ok(narrowed(scope, filter).select(diesel::dsl::count_star()).first(conn)?)
}

/// The requests that wait for the partner's answer, longest first.
pub fn waiting(conn: &mut Conn, scope: &PartnerScope, limit: i64) -> Result<Vec<ServiceRequest>> {
    let query = visible(&PartyScope::Partner(scope.clone()))
        .filter(service_requests::waiting_since.is_not_null())
        .order((service_requests::waiting_since.asc(), service_requests::id.asc()))
        .limit(limit);
    Ok(query.load(conn)?)
}

/// How many requests wait for the partner's answer.
pub fn count_waiting(conn: &mut Conn, scope: &PartnerScope) -> Result<i64> {
    let open = service_requests::table
        .filter(service_requests::partner_id.eq(&scope.organization_id))
        .filter(service_requests::waiting_since.is_not_null());
    Ok(open.count().get_result(conn)?)
}

/// The request, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &ServiceRequestId) -> Result<Option<ServiceRequest>> {
    Ok(visible(scope)
        .filter(service_requests::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// The request of the scope that changed last.
pub fn latest(conn: &mut Conn, scope: &PartyScope) -> Result<Option<ServiceRequest>> {
    let query = visible(scope).order((service_requests::changed_at.desc(), service_requests::id.desc()));
    Ok(query.first(conn).optional()?)
}

/// The application of which an instance is a copy, told by what was delivered into it; `None` where nothing of that is left.
pub fn application_of(conn: &mut Conn, instance: &InstanceId) -> Result<Option<ApplicationId>> {
    let query = instance_components::table
        .inner_join(deliveries::table.on(deliveries::id.eq(instance_components::delivery_id)))
        .inner_join(application_versions::table.on(application_versions::id.eq(deliveries::version_id)))
        .filter(instance_components::instance_id.eq(instance))
        .select(application_versions::application_id);
    Ok(query.first(conn).optional()?)
}

/// Makes a request.
pub fn insert(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<()> {
    diesel::insert_into(service_requests::table)
        .values(request)
        .execute(tx.conn)?;
    tx.signal(Signal::ServiceRequestMoved(request.id.clone()));
    Ok(())
}

/// Saves a request that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &ServiceRequest, after: ServiceRequest) -> Result<ServiceRequest> {
    let after = ServiceRequest {
        changed_at: tx.now,
        version: before.version + 1,
        ..after
    };
    let read = service_requests::table
        .filter(service_requests::id.eq(&before.id))
        .filter(service_requests::version.eq(before.version))
        .filter(service_requests::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => {
            tx.signal(Signal::ServiceRequestMoved(after.id.clone()));
            Ok(after)
        }
        _ => Err(Refusal::stale().into()),
    }
}
