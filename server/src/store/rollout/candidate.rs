//! Who would get a version before a rollout begins: everybody who holds or held a license of the product, with what keeps them from it.
//! Callers were shown the product.

use std::collections::{HashMap, HashSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::domain::id::{LicenseId, OrganizationId, ProductId};
use crate::domain::instance::InstanceStatus;
use crate::domain::instant::Instant;
use crate::domain::license::LicenseStatus;
use crate::domain::rollout::{SubscriberReason, held_back};
use crate::store::conn::{Conn, Dialect};
use crate::store::page::{Page, PageRequest, paged};
use crate::store::schema::{app_instances, deliveries, licenses};
use crate::store::{Result, freeze_window};

/// Somebody who holds or held a license of the product.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub license_id: LicenseId,
    pub organization_id: OrganizationId,
    /// The version of their application, where it is there.
    pub installed: Option<String>,
    /// Why they do not get the version, or not at once; nothing where they do.
    pub reason: Option<SubscriberReason>,
    /// The end of the freeze windows that would keep them waiting.
    pub frozen_until: Option<Instant>,
}

/// What is read of a license: by whom it is held, whether it runs, and what of the application is there.
type Row = (
    LicenseId,
    OrganizationId,
    LicenseStatus,
    Option<(String, InstanceStatus)>,
);

/// How many licenses have this status, and applications of this version and status.
type Group = (LicenseStatus, Option<(String, InstanceStatus)>, i64);

/// How many hold the product, by what keeps them from the version; `None` is who gets it.
pub fn counts(conn: &mut Conn, product: &ProductId, version: &str) -> Result<HashMap<Option<SubscriberReason>, i64>> {
    let instances = app_instances::table.on(app_instances::id.nullable().eq(licenses::instance_id));
    let groups: Vec<Group> = licenses::table
        .left_join(instances)
        .filter(licenses::product_id.eq(product))
        .group_by((licenses::status, app_instances::version_number, app_instances::status))
        .select((
            licenses::status,
            (app_instances::version_number, app_instances::status).nullable(),
            count_star(),
        ))
        .load(conn)?;
    let mut counts = HashMap::new();
    for (license, instance, count) in groups {
        let installed = instance
            .as_ref()
            .filter(|(_, status)| *status != InstanceStatus::Removed);
        let reason = held_back(
            license.is_running(),
            installed.map(|(version, _)| version.as_str()),
            version,
        );
        *counts.entry(reason).or_default() += count;
    }
    Ok(counts)
}

/// The versions that are older than one, of those that applications of the product have.
pub fn older_versions(conn: &mut Conn, product: &ProductId, version: &str) -> Result<Vec<String>> {
    let instances = app_instances::table.on(app_instances::id.nullable().eq(licenses::instance_id));
    let all: Vec<String> = licenses::table
        .inner_join(instances)
        .filter(licenses::product_id.eq(product))
        .select(app_instances::version_number)
        .distinct()
        .load(conn)?;
    let older = |installed: &String| held_back(true, Some(installed), version).is_none();
    Ok(all.into_iter().filter(older).collect())
}

/// The running licenses of the product with their applications, of those that are there and have one of the versions: whom the dry run
/// counts and the start notes.
#[diesel::dsl::auto_type]
pub(super) fn chosen<'a>(product: &'a ProductId, versions: &'a [String]) -> _ {
    let instances = app_instances::table.on(app_instances::id.nullable().eq(licenses::instance_id));
    let running: Vec<LicenseStatus> = running();
    let removed: InstanceStatus = InstanceStatus::Removed;
    licenses::table
        .inner_join(instances)
        .filter(licenses::product_id.eq(product))
        .filter(licenses::status.eq_any(running))
        .filter(app_instances::status.ne(removed))
        .filter(app_instances::version_number.eq_any(versions))
}

fn running() -> Vec<LicenseStatus> {
    let all = LicenseStatus::ALL.iter().copied();
    all.filter(|status| status.is_running()).collect()
}

/// Everybody who gets the version, by license.
pub fn subscribers(conn: &mut Conn, product: &ProductId, versions: &[String]) -> Result<Vec<LicenseId>> {
    let query = chosen(product, versions).order(licenses::id.asc()).select(licenses::id);
    Ok(query.load(conn)?)
}

/// A page of everybody, by license.
pub fn list(
    conn: &mut Conn,
    product: &ProductId,
    version: &str,
    page: &PageRequest,
    now: Instant,
) -> Result<Page<Candidate>> {
    let instances = app_instances::table.on(app_instances::id.nullable().eq(licenses::instance_id));
    let query = licenses::table
        .left_join(instances)
        .filter(licenses::product_id.eq(product))
        .select((
            licenses::id,
            licenses::organization_id,
            licenses::status,
            (app_instances::version_number, app_instances::status).nullable(),
        ))
        .into_boxed::<Dialect>();
    let found: Page<Row> = page.cut(paged!(query, page, licenses::id, ascending).load(conn)?);
    let there = |row: &Row| row.3.clone().filter(|(_, status)| *status != InstanceStatus::Removed);
    let ids: Vec<LicenseId> = found.rows.iter().map(|row| row.0.clone()).collect();
    let busy = busy(conn, &ids)?;
    let organizations: Vec<OrganizationId> = found.rows.iter().map(|row| row.1.clone()).collect();
    let frozen = freeze_window::frozen(conn, &organizations, now)?;
    Ok(found.map(|row| {
        let installed = there(&row).map(|(version, _)| version);
        let held = held_back(row.2.is_running(), installed.as_deref(), version);
        let frozen_until = frozen.get(&row.1).copied().filter(|_| held.is_none());
        let frozen = frozen_until.map(|_| SubscriberReason::FreezeWindow);
        let under_way = busy.contains(&row.0).then_some(SubscriberReason::DeliveryRunning);
        Candidate {
            reason: held.or(frozen).or(under_way),
            license_id: row.0,
            organization_id: row.1,
            installed,
            frozen_until,
        }
    }))
}

/// How many hold or held a license of the product.
pub fn count(conn: &mut Conn, product: &ProductId) -> Result<i64> {
    let all = licenses::table.filter(licenses::product_id.eq(product));
    Ok(all.count().get_result(conn)?)
}

/// Those of the licenses into whose application something is being delivered.
pub fn busy(conn: &mut Conn, ids: &[LicenseId]) -> Result<HashSet<LicenseId>> {
    let keys = ids.iter().map(LicenseId::as_str);
    let query = deliveries::table
        .filter(deliveries::active_key.eq_any(keys))
        .select(deliveries::license_id.assume_not_null());
    Ok(query.load(conn)?.into_iter().collect())
}
