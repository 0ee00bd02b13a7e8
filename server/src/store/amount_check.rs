//! What was read in a project's contract (D2): pending from submission until a job has read the file.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::project_amount_checks as checks;
use super::{Fault, Result, Tx};
use crate::domain::amount_check::{AmountVerdict, FoundText};
use crate::domain::id::ProjectId;
use crate::domain::instant::Instant;

/// The check of one project.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = checks)]
pub struct AmountCheck {
    pub project_id: ProjectId,
    pub verdict: AmountVerdict,
    /// JSON array of [`FoundText`].
    pub found: String,
    pub checked_at: Option<Instant>,
}

impl AmountCheck {
    /// The amounts that were found.
    pub fn found(&self) -> Result<Vec<FoundText>> {
        serde_json::from_str(&self.found).map_err(|error| {
            let what = format!("found amounts: {error}");
            Fault::Inconsistent {
                table: "project_amount_checks",
                row: self.project_id.to_string(),
                what,
            }
            .into()
        })
    }
}

/// The check of one project, or `None` before it was submitted.
pub fn of_project(conn: &mut Conn, project: &ProjectId) -> Result<Option<AmountCheck>> {
    Ok(of_projects(conn, std::slice::from_ref(project))?.pop())
}

/// The checks of projects that the viewer was shown already.
pub fn of_projects(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<AmountCheck>> {
    let query = checks::table
        .filter(checks::project_id.eq_any(projects))
        .select(checks::all_columns);
    Ok(query.load(conn)?)
}

/// Begins the check of a project that was just submitted.
pub fn insert_pending(tx: &mut Tx<'_>, project: &ProjectId) -> Result<()> {
    let row = AmountCheck {
        project_id: project.clone(),
        verdict: AmountVerdict::Pending,
        found: "[]".to_owned(),
        checked_at: None,
    };
    diesel::insert_into(checks::table).values(row).execute(tx.conn)?;
    Ok(())
}

/// Saves what was read; says whether the check was still pending. A second reading changes nothing.
pub fn finish(tx: &mut Tx<'_>, project: &ProjectId, verdict: AmountVerdict, found: &[FoundText]) -> Result<bool> {
    let pending = checks::table
        .find(project)
        .filter(checks::verdict.eq(AmountVerdict::Pending));
    let saved = diesel::update(pending)
        .set((
            checks::verdict.eq(verdict),
            checks::found.eq(serde_json::to_string(found)?),
            checks::checked_at.eq(Some(tx.now)),
        ))
        .execute(tx.conn)?;
    Ok(saved == 1)
}
