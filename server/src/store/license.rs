//! Licenses (L13–L15). An organisation sees its own, a partner those of its products. What an order or the clock makes of one is
//! `domain::license`.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde_json::{Value, json};

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::instance::AppInstance;
use super::job::{self, NewJob};
use super::page::{Page, PageRequest, paged};
use super::schema::licenses;
use super::{Fault, Result, Tx};
use crate::auth::viewer::PartyScope;
use crate::domain::id::{ApplicationId, InstanceId, ItemCode, LicenseId, OrganizationId, ProductId};
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::license::{Held, LicenseStatus, next_due};
use crate::domain::refusal::Refusal;

/// What an organisation may use of a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = licenses, treat_none_as_null = true)]
pub struct License {
    pub id: LicenseId,
    pub organization_id: OrganizationId,
    pub partner_id: OrganizationId,
    pub product_id: ProductId,
    pub application_id: ApplicationId,
    /// Names as both sides knew them when it was opened last.
    pub product_name: String,
    pub organization_name: String,
    pub status: LicenseStatus,
    /// Nothing for a trial, and for a product that costs nothing.
    pub item_code: Option<ItemCode>,
    pub plan_name: String,
    /// Nothing is no limit.
    pub seats: Option<i32>,
    pub from_at: Instant,
    /// Nothing is no end.
    pub until_at: Option<Instant>,
    /// JSON, see [`License::held`].
    pub terms: String,
    /// When its one trial began.
    pub tried_at: Option<Instant>,
    /// Days before the end of which the customer was reminded last.
    pub reminded_days: Option<i32>,
    /// Where it is used, once it was delivered.
    pub instance_id: Option<InstanceId>,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

impl License {
    /// As the rules look at it.
    pub fn held(&self) -> Result<Held> {
        let terms = serde_json::from_str(&self.terms).map_err(|error| Fault::Inconsistent {
            table: "licenses",
            row: self.id.to_string(),
            what: format!("terms: {error}"),
        })?;
        Ok(Held {
            status: self.status,
            item_code: self.item_code.clone(),
            plan_name: self.plan_name.clone(),
            seats: self.seats,
            from: self.from_at,
            until: self.until_at,
            terms,
        })
    }

    /// The license as the rules made it. Another end is reminded of anew.
    pub fn with(self, held: &Held) -> Result<Self> {
        let reminded_days = self.reminded_days.filter(|_| self.until_at == held.until);
        Ok(Self {
            status: held.status,
            item_code: held.item_code.clone(),
            plan_name: held.plan_name.clone(),
            seats: held.seats,
            from_at: held.from,
            until_at: held.until,
            terms: serde_json::to_string(&held.terms)?,
            reminded_days,
            ..self
        })
    }

    /// What the audit log says of it.
    pub fn facts(&self) -> Value {
        json!({
            "status": self.status, "plan": self.plan_name, "seats": self.seats, "from": self.from_at, "until": self.until_at,
        })
    }
}

/// Which licenses of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct LicenseFilter {
    pub status: Option<LicenseStatus>,
    pub product_id: Option<ProductId>,
}

type Boxed<'a> = licenses::BoxedQuery<'a, Dialect>;

fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = licenses::table.select(licenses::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) => query.filter(licenses::partner_id.eq(partner.organization_id.clone())),
        PartyScope::Customer(customer) if customer.admin => {
            query.filter(licenses::organization_id.eq(customer.organization_id.clone()))
        }
        // Licenses are the admins' matter, and none of the reviewers'.
        PartyScope::Customer(_) | PartyScope::Reviewer(_) => query.filter(licenses::id.eq("")),
    }
}

fn narrowed<'a>(scope: &PartyScope, filter: &LicenseFilter) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(status) = filter.status {
        query = query.filter(licenses::status.eq(status));
    }
    if let Some(product) = &filter.product_id {
        query = query.filter(licenses::product_id.eq(product.clone()));
    }
    query
}

/// What the scope may see, newest first.
pub fn list(conn: &mut Conn, scope: &PartyScope, filter: &LicenseFilter, page: &PageRequest) -> Result<Page<License>> {
    let query = narrowed(scope, filter);
    Ok(page.cut(paged!(query, page, licenses::id, descending).load(conn)?))
}

/// How many the scope may see.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &LicenseFilter) -> Result<i64> {
    let query = narrowed(scope, filter);
    Ok(query.select(diesel::dsl::count_star()).first(conn)?)
}

/// The license, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &LicenseId) -> Result<Option<License>> {
    Ok(visible(scope)
        .filter(licenses::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// One license by an id that the system holds already: of a delivery, an order or a job.
pub fn get(conn: &mut Conn, id: &LicenseId) -> Result<License> {
    Ok(licenses::table.find(id).select(licenses::all_columns).first(conn)?)
}

/// Licenses by id, for whoever was shown an order or an instance of them.
pub fn by_ids(conn: &mut Conn, ids: &[LicenseId]) -> Result<Vec<License>> {
    Ok(licenses::table
        .filter(licenses::id.eq_any(ids))
        .select(licenses::all_columns)
        .load(conn)?)
}

/// What an organisation holds of a product.
pub fn of_product(conn: &mut Conn, organization: &OrganizationId, product: &ProductId) -> Result<Option<License>> {
    let query = licenses::table
        .filter(licenses::organization_id.eq(organization))
        .filter(licenses::product_id.eq(product))
        .select(licenses::all_columns);
    Ok(query.first(conn).optional()?)
}

/// How many trials of a product began since an instant.
pub fn trials_since(conn: &mut Conn, product: &ProductId, since: Instant) -> Result<i64> {
    let query = licenses::table
        .filter(licenses::product_id.eq(product))
        .filter(licenses::tried_at.ge(since).assume_not_null());
    Ok(query.count().get_result(conn)?)
}

/// The seats of the licenses by which instances are used; absent where there is no limit.
pub fn seats_of(conn: &mut Conn, instances: &[AppInstance]) -> Result<HashMap<LicenseId, i32>> {
    let ids = of_instances(instances);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(LicenseId, Option<i32>)> = licenses::table
        .filter(licenses::id.eq_any(ids))
        .select((licenses::id, licenses::seats))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, seats)| Some((id, seats?))).collect())
}

/// Those of the instances whose license is over.
pub fn ended(conn: &mut Conn, instances: &[AppInstance]) -> Result<HashSet<InstanceId>> {
    let ids = of_instances(instances);
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let over: Vec<LicenseId> = licenses::table
        .filter(licenses::id.eq_any(ids))
        .filter(licenses::status.eq_any([LicenseStatus::Expired, LicenseStatus::Refunded]))
        .select(licenses::id)
        .load(conn)?;
    let is_over = |instance: &&AppInstance| instance.license_id.as_ref().is_some_and(|id| over.contains(id));
    Ok(instances.iter().filter(is_over).map(|it| it.id.clone()).collect())
}

fn of_instances(instances: &[AppInstance]) -> Vec<LicenseId> {
    instances
        .iter()
        .filter_map(|instance| instance.license_id.clone())
        .collect()
}

/// Makes a license, or saves one that was read at its version, and has its next due moment looked after.
pub fn save(tx: &mut Tx<'_>, before: Option<&License>, after: License) -> Result<License> {
    let after = License {
        version: before.map_or(1, |before| before.version + 1),
        updated_at: tx.now,
        ..after
    };
    match before {
        None => {
            diesel::insert_into(licenses::table).values(&after).execute(tx.conn)?;
        }
        Some(before) => {
            let read = licenses::table
                .filter(licenses::id.eq(&before.id))
                .filter(licenses::version.eq(before.version));
            if diesel::update(read).set(&after).execute(tx.conn)? != 1 {
                return Err(Refusal::stale().into());
            }
        }
    }
    look_after(tx, &after)?;
    Ok(after)
}

/// Queues what the clock does to a license next.
pub fn look_after(tx: &mut Tx<'_>, license: &License) -> Result<()> {
    if let Some(at) = next_due(&license.held()?, tx.now) {
        let due = NewJob::new(JobKind::LicenseDue, json!({ "licenseId": license.id })).at(at);
        job::enqueue(tx, due.once(format!("license {} {at}", license.id)))?;
    }
    Ok(())
}

/// Records what became of a license, for the organisation and for the partner.
pub fn audit(tx: &mut Tx<'_>, action: &'static str, before: Option<&License>, after: &License) -> Result<()> {
    let fact = Fact {
        organization_id: &after.organization_id,
        action,
        object_id: after.id.as_str(),
        label: &after.product_name,
        before: before.map(License::facts),
        after: Some(after.facts()),
    };
    tx.audit_for_both(&after.partner_id, fact)
}
