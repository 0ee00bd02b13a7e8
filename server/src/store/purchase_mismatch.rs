//! Attempts to buy from the wrong organisation (D12): the partner sees that one happened, never whose it was.

use chrono::Duration;
use diesel::prelude::*;

use super::conn::Conn;
use super::schema::purchase_mismatches;
use super::{Result, Tx};
use crate::domain::id::{DistributionLinkId, ProjectId, PurchaseMismatchId};
use crate::domain::instant::Instant;

/// One attempt.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = purchase_mismatches)]
pub struct PurchaseMismatch {
    pub id: PurchaseMismatchId,
    pub project_id: ProjectId,
    pub link_id: DistributionLinkId,
    /// See `CorpId::masked`.
    pub masked_corp_id: String,
    pub at: Instant,
}

/// Records an attempt.
pub fn insert(tx: &mut Tx<'_>, mismatch: &PurchaseMismatch) -> Result<()> {
    diesel::insert_into(purchase_mismatches::table)
        .values(mismatch)
        .execute(tx.conn)?;
    Ok(())
}

/// The latest attempts on projects that the viewer was shown already, newest first, at most `limit` in all.
pub fn of_projects(conn: &mut Conn, projects: &[ProjectId], limit: i64) -> Result<Vec<PurchaseMismatch>> {
    let query = purchase_mismatches::table
        .filter(purchase_mismatches::project_id.eq_any(projects))
        .order(purchase_mismatches::id.desc())
        .limit(limit)
        .select(purchase_mismatches::all_columns);
    Ok(query.load(conn)?)
}

/// Whether an attempt of the same organisation through the link was recorded within `interval`.
pub fn was_recorded(
    conn: &mut Conn,
    link: &DistributionLinkId,
    masked: &str,
    now: Instant,
    interval: Duration,
) -> Result<bool> {
    let same = purchase_mismatches::table
        .filter(purchase_mismatches::link_id.eq(link))
        .filter(purchase_mismatches::masked_corp_id.eq(masked))
        .filter(purchase_mismatches::at.gt(now - interval));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}
