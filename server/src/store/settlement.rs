//! Settlements (D32), and the facts about a project that its creator is warned of before.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::amendment;
use super::conn::Conn;
use super::schema::{app_instances, maintenance_sessions, orders, settlements, users};
use super::{Fault, Result, Tx};
use crate::domain::id::{FileId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::money::{Currency, Money};
use crate::domain::order::SendStatus;
use crate::domain::settlement::SettlementWarning;

/// Most warnings that are listed of one look; nobody reads more.
const MOST_WARNINGS: i64 = 100;

/// What the creator stated when the project was settled.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = settlements)]
pub struct Settlement {
    pub project_id: ProjectId,
    pub actual_end_on: NaiveDate,
    pub delivered_amount_minor: i64,
    pub delivered_currency: String,
    pub acceptance_file_id: Option<FileId>,
    pub customer_acceptor: String,
    pub open_issues: String,
    /// 1 to 5.
    pub satisfaction: i32,
    pub remark: String,
    pub settled_by: UserId,
    pub settled_at: Instant,
}

impl Settlement {
    /// The delivered amount.
    pub fn delivered_amount(&self) -> Result<Money> {
        let currency = Currency::parse(&self.delivered_currency).map_err(|_| Fault::Inconsistent {
            table: "settlements",
            row: self.project_id.to_string(),
            what: format!("currency {:?}", self.delivered_currency),
        })?;
        Ok(Money::new(self.delivered_amount_minor, currency))
    }
}

/// The settlements of projects that the viewer was shown already.
pub fn of_projects(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<Settlement>> {
    let query = settlements::table
        .filter(settlements::project_id.eq_any(projects))
        .select(settlements::all_columns);
    Ok(query.load(conn)?)
}

/// Makes the settlement of a project; there is one.
pub fn insert(tx: &mut Tx<'_>, settlement: &Settlement) -> Result<()> {
    diesel::insert_into(settlements::table)
        .values(settlement)
        .execute(tx.conn)?;
    Ok(())
}

/// What the creators of projects are warned of: orders whose application never arrived, then remote maintenance that is
/// still open, oldest first; then amendments that nobody has decided.
pub fn warnings(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<(ProjectId, SettlementWarning)>> {
    let mut warnings = never_delivered(conn, projects)?;
    warnings.extend(maintenance_open(conn, projects)?);
    let open = amendment::open_numbers(conn, projects)?;
    warnings.extend(
        open.into_iter()
            .map(|(project, number)| (project, SettlementWarning::AmendmentOpen { number })),
    );
    Ok(warnings)
}

fn never_delivered(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<(ProjectId, SettlementWarning)>> {
    let arrived = [SendStatus::Succeeded, SendStatus::Partial];
    let rows: Vec<(ProjectId, String, String)> = orders::table
        .filter(orders::project_id.eq_any(projects))
        .filter(orders::app_status.ne_all(arrived))
        .order(orders::id.asc())
        .limit(MOST_WARNINGS)
        .select((orders::project_id, orders::number, orders::application_name))
        .load(conn)?;
    let warning = |(project, number, application)| (project, SettlementWarning::NeverDelivered { number, application });
    Ok(rows.into_iter().map(warning).collect())
}

fn maintenance_open(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<(ProjectId, SettlementWarning)>> {
    let rows: Vec<(ProjectId, String, String)> = maintenance_sessions::table
        .inner_join(users::table.on(users::id.eq(maintenance_sessions::requested_by)))
        .inner_join(app_instances::table.on(app_instances::id.eq(maintenance_sessions::instance_id)))
        .filter(maintenance_sessions::project_id.eq_any(projects))
        .filter(maintenance_sessions::open_key.is_not_null())
        .order(maintenance_sessions::id.asc())
        .limit(MOST_WARNINGS)
        .select((maintenance_sessions::project_id, users::name, app_instances::name))
        .load(conn)?;
    let warning =
        |(project, person, application)| (project, SettlementWarning::MaintenanceOpen { person, application });
    Ok(rows.into_iter().map(warning).collect())
}
