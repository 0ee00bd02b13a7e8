//! Leads (L24): a partner's admins see all of theirs, its other people those that were given to them; at the customer its admins see what
//! the organisation passed on, employees what they passed on themselves.

use diesel::dsl::count_star;
use diesel::prelude::*;
use serde_json::json;

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::page::{Page, PageRequest, paged};
use super::schema::{lead_events, leads};
use super::{Result, Tx};
use crate::auth::viewer::PartyScope;
use crate::domain::id::{LeadEventId, LeadId, OrganizationId, ProductId, UserId};
use crate::domain::instant::Instant;
use crate::domain::lead::{LeadEventKind, LeadSource, LeadStatus};
use crate::domain::refusal::Refusal;

/// Somebody who is interested in a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = leads, treat_none_as_null = true)]
pub struct Lead {
    pub id: LeadId,
    pub product_id: ProductId,
    pub product_name: String,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    pub user_id: UserId,
    pub source: LeadSource,
    /// Of the promotion link through which the person came.
    pub channel_code: Option<String>,
    pub organization_name: String,
    pub person_name: String,
    pub email: String,
    /// Empty where it was not given.
    pub phone: String,
    pub message: String,
    pub status: LeadStatus,
    pub lost_reason: String,
    pub assigned_to: Option<UserId>,
    pub created_at: Instant,
    pub contacted_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// [`open_key`] while it is open.
    pub open_key: Option<String>,
    /// Grows with every change.
    pub version: i32,
}

/// One step of a lead.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = lead_events)]
pub struct LeadEvent {
    pub id: LeadEventId,
    pub lead_id: LeadId,
    pub kind: LeadEventKind,
    pub user_id: UserId,
    pub note: String,
    pub assigned_to: Option<UserId>,
    pub at: Instant,
}

/// Which leads of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct LeadFilter {
    pub status: Option<LeadStatus>,
    pub source: Option<LeadSource>,
    pub product_id: Option<ProductId>,
    pub assigned_to: Option<UserId>,
}

/// What an open lead is found by when the same person comes the same way once more.
pub fn open_key(product: &ProductId, user: &UserId, customer: &OrganizationId, source: LeadSource) -> String {
    format!("{product} {user} {customer} {source}")
}

type Boxed<'a> = leads::BoxedQuery<'a, Dialect>;

/// Every lead that the scope may see.
fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = leads::table.select(leads::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) => {
            let query = query.filter(leads::partner_id.eq(partner.organization_id.clone()));
            match partner.admin {
                true => query,
                false => query.filter(leads::assigned_to.eq(partner.user_id.clone())),
            }
        }
        PartyScope::Customer(customer) => {
            let query = query.filter(leads::customer_id.eq(customer.organization_id.clone()));
            match customer.admin {
                true => query,
                false => query.filter(leads::user_id.eq(customer.user_id.clone())),
            }
        }
        // Nobody of the platform has a part in it.
        PartyScope::Reviewer(_) => query.filter(leads::id.eq("")),
    }
}

fn narrowed<'a>(scope: &PartyScope, filter: &LeadFilter) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(status) = filter.status {
        query = query.filter(leads::status.eq(status));
    }
    if let Some(source) = filter.source {
        query = query.filter(leads::source.eq(source));
    }
    if let Some(product) = &filter.product_id {
        query = query.filter(leads::product_id.eq(product.clone()));
    }
    if let Some(person) = &filter.assigned_to {
        query = query.filter(leads::assigned_to.eq(person.clone()));
    }
    query
}

/// A page of leads, the newest first.
pub fn list(conn: &mut Conn, scope: &PartyScope, filter: &LeadFilter, page: &PageRequest) -> Result<Page<Lead>> {
    let query = narrowed(scope, filter);
    Ok(page.cut(paged!(query, page, leads::id, descending).load(conn)?))
}

/// How many leads a list has in all.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &LeadFilter) -> Result<i64> {
    Ok(narrowed(scope, filter).select(count_star()).first(conn)?)
}

/// The lead, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &LeadId) -> Result<Option<Lead>> {
    Ok(visible(scope).filter(leads::id.eq(id.clone())).first(conn).optional()?)
}

/// The open lead of that key.
pub fn open_of(conn: &mut Conn, key: &str) -> Result<Option<Lead>> {
    Ok(leads::table.filter(leads::open_key.eq(key)).first(conn).optional()?)
}

/// How many leads a product got since then.
pub fn since(conn: &mut Conn, product: &ProductId, at: Instant) -> Result<i64> {
    let query = leads::table
        .filter(leads::product_id.eq(product))
        .filter(leads::created_at.ge(at));
    Ok(query.count().get_result(conn)?)
}

/// How many open leads each of the people has; absent where there is none.
pub fn open_counts(conn: &mut Conn, people: &[UserId]) -> Result<Vec<(Option<UserId>, i64)>> {
    let query = leads::table
        .filter(leads::assigned_to.eq_any(people))
        .filter(leads::open_key.is_not_null())
        .group_by(leads::assigned_to)
        .select((leads::assigned_to, count_star()));
    Ok(query.load(conn)?)
}

/// The steps of a lead that the viewer was shown, oldest first.
pub fn events(conn: &mut Conn, lead: &LeadId, page: &PageRequest) -> Result<Page<LeadEvent>> {
    let query = lead_events::table
        .filter(lead_events::lead_id.eq(lead.clone()))
        .select(lead_events::all_columns)
        .into_boxed();
    Ok(page.cut(paged!(query, page, lead_events::id, ascending).load(conn)?))
}

/// How many steps a lead has.
pub fn event_count(conn: &mut Conn, lead: &LeadId) -> Result<i64> {
    let all = lead_events::table.filter(lead_events::lead_id.eq(lead));
    Ok(all.count().get_result(conn)?)
}

/// Makes a lead.
pub fn insert(tx: &mut Tx<'_>, lead: &Lead) -> Result<()> {
    diesel::insert_into(leads::table).values(lead).execute(tx.conn)?;
    Ok(())
}

/// Saves a lead that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Lead, after: Lead) -> Result<Lead> {
    let after = Lead {
        version: before.version + 1,
        ..after
    };
    let read = leads::table
        .filter(leads::id.eq(&before.id))
        .filter(leads::version.eq(before.version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Notes a step of a lead, in its timeline and for both organisations.
pub fn record(
    tx: &mut Tx<'_>,
    lead: &Lead,
    before: Option<LeadStatus>,
    kind: LeadEventKind,
    user: &UserId,
    note: &str,
) -> Result<()> {
    let assigned_to = (kind == LeadEventKind::Assigned)
        .then(|| lead.assigned_to.clone())
        .flatten();
    let event = LeadEvent {
        id: tx.id(),
        lead_id: lead.id.clone(),
        kind,
        user_id: user.clone(),
        note: note.to_owned(),
        assigned_to,
        at: tx.now,
    };
    diesel::insert_into(lead_events::table)
        .values(&event)
        .execute(tx.conn)?;
    // What was passed on stands in the lead; the log says that it was.
    let both = Fact {
        organization_id: &lead.partner_id,
        action: kind.audited(),
        object_id: lead.id.as_str(),
        label: &lead.product_name,
        before: before.map(|status| json!({ "status": status })),
        after: Some(json!({
            "status": lead.status, "source": lead.source, "productId": lead.product_id,
            "userId": lead.user_id, "assignedTo": lead.assigned_to, "channelCode": lead.channel_code,
        })),
    };
    tx.audit_for_both(&lead.customer_id, both)
}
