//! Rollouts (L17) of a partner: the rollout itself. Its waves are `wave`, who gets the version `subscriber`, who would get it before it
//! begins `candidate`, and what follows when one of them ends `ending`.

pub mod candidate;
pub mod ending;
pub mod subscriber;
mod telling;
pub mod wave;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::error::is_unique_violation;
use super::page::{Page, PageRequest, paged};
use super::schema::rollouts;
use super::{Result, Signal, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::id::{ApplicationVersionId, OrganizationId, ProductId, RolloutId, UserId};
use crate::domain::instant::Instant;
use crate::domain::message::Code;
use crate::domain::refusal::Refusal;
use crate::domain::rollout::RolloutStatus;

/// A new version on its way to those who hold a license of a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rollouts, treat_none_as_null = true)]
pub struct Rollout {
    pub id: RolloutId,
    pub partner_id: OrganizationId,
    pub product_id: ProductId,
    pub version_id: ApplicationVersionId,
    pub version_number: String,
    /// As the product was called when it began.
    pub product_name: String,
    pub status: RolloutStatus,
    /// The next wave begins by itself where nobody of the one before failed.
    pub automatic: bool,
    /// Subscribers when it began.
    pub total: i32,
    pub created_by: UserId,
    pub created_at: Instant,
    pub finished_at: Option<Instant>,
    /// The product while it runs or is paused: one at a time.
    pub open_key: Option<String>,
    /// Grows with every change.
    pub version: i32,
}

/// Which rollouts of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct RolloutFilter {
    pub product_id: Option<ProductId>,
}

fn visible<'a>(scope: &PartnerScope, filter: &RolloutFilter) -> rollouts::BoxedQuery<'a, Dialect> {
    let query = rollouts::table
        .filter(rollouts::partner_id.eq(scope.organization_id.clone()))
        .select(rollouts::all_columns)
        .into_boxed();
    match filter.product_id.clone() {
        Some(product) => query.filter(rollouts::product_id.eq(product)),
        None => query,
    }
}

/// A page of the partner's rollouts, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &PartnerScope,
    filter: &RolloutFilter,
    page: &PageRequest,
) -> Result<Page<Rollout>> {
    let query = visible(scope, filter);
    Ok(page.cut(paged!(query, page, rollouts::id, descending).load(conn)?))
}

/// How many rollouts [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &PartnerScope, filter: &RolloutFilter) -> Result<i64> {
    let query = visible(scope, filter).select(diesel::dsl::count_star());
    Ok(query.first(conn)?)
}

/// A rollout of the partner's own, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &RolloutId) -> Result<Option<Rollout>> {
    let query = visible(scope, &RolloutFilter::default()).filter(rollouts::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// A rollout by an id that the system holds already: of a job or a delivery.
pub fn get(conn: &mut Conn, id: &RolloutId) -> Result<Rollout> {
    Ok(rollouts::table.find(id).select(rollouts::all_columns).first(conn)?)
}

/// Rollouts by id, for whoever was shown a subscriber of them.
pub fn by_ids(conn: &mut Conn, ids: &[RolloutId]) -> Result<Vec<Rollout>> {
    let query = rollouts::table
        .filter(rollouts::id.eq_any(ids))
        .select(rollouts::all_columns);
    Ok(query.load(conn)?)
}

/// The rollout of a product that runs or is paused.
pub fn open_of(conn: &mut Conn, product: &ProductId) -> Result<Option<Rollout>> {
    let query = rollouts::table
        .filter(rollouts::open_key.eq(product.as_str()))
        .select(rollouts::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Makes a rollout. Where another of the product is open, it says so.
pub fn insert(tx: &mut Tx<'_>, made: &Rollout) -> Result<()> {
    match diesel::insert_into(rollouts::table).values(made).execute(tx.conn) {
        Err(error) if is_unique_violation(&error) => Err(Refusal::rule(Code::RolloutOpen).into()),
        other => {
            tx.signal(Signal::RolloutMoved(made.id.clone()));
            Ok(other.map(drop)?)
        }
    }
}

/// Saves a rollout that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Rollout, after: Rollout) -> Result<Rollout> {
    let open = after.status.is_open();
    let after = Rollout {
        version: before.version + 1,
        finished_at: (!open).then_some(tx.now),
        open_key: open.then(|| after.product_id.to_string()),
        ..after
    };
    let read = rollouts::table
        .filter(rollouts::id.eq(&before.id))
        .filter(rollouts::version.eq(before.version));
    match diesel::update(read).set(&after).execute(tx.conn) {
        Ok(1) => {
            tx.signal(Signal::RolloutMoved(after.id.clone()));
            Ok(after)
        }
        Ok(_) => Err(Refusal::stale().into()),
        Err(error) if is_unique_violation(&error) => Err(Refusal::rule(Code::RolloutOpen).into()),
        Err(error) => Err(error.into()),
    }
}

/// Records what happened to a rollout.
pub fn audit(
    tx: &mut Tx<'_>,
    of: &Rollout,
    action: &'static str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: &of.partner_id,
        action,
        object_id: of.id.as_str(),
        label: &format!("{} {}", of.product_name, of.version_number),
        before,
        after,
    })
}

/// Records how a rollout moved.
pub fn audit_move(tx: &mut Tx<'_>, action: &'static str, before: &Rollout, after: &Rollout) -> Result<()> {
    let facts = |it: &Rollout| json!({ "status": it.status });
    audit(tx, after, action, Some(facts(before)), Some(facts(after)))
}
