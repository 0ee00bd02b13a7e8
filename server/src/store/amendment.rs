//! Amendments of projects with what was read in their documents. The project's creator and reviewers read them; which of
//! them a viewer is stands in the service.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::conn::{Conn, Dialect};
use super::error::is_unique_violation;
use super::notification;
use super::page::{Page, PageRequest, instant_key, paged, paged_by, parse_instant_key};
use super::project::{self, Project};
use super::schema::amendments;
use super::{Fault, Result, Tx};
use crate::auth::viewer::{PartnerScope, ReviewerScope};
use crate::domain::amendment::{AmendmentAction, AmendmentStatus, Terms, already_open};
use crate::domain::amount_check::{AmountVerdict, FoundText};
use crate::domain::id::{AmendmentId, FileId, OrganizationId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::money::{Currency, Money};
use crate::domain::notification::NotificationKind;
use crate::domain::project::{ContractFileKind, ProjectDecisionCode, ProjectEventKind};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;

/// What reviewers were told of an amendment that waits for them.
const WAITING: [NotificationKind; 2] = [NotificationKind::AmendmentSubmitted, NotificationKind::AmendmentOverdue];
/// Most amendments that are shown of one project; nobody makes more.
const MOST: i64 = 200;

/// An amendment.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = amendments, treat_none_as_null = true)]
pub struct Amendment {
    pub id: AmendmentId,
    pub project_id: ProjectId,
    pub organization_id: OrganizationId,
    /// From 1 within the project.
    pub number: i32,
    pub status: AmendmentStatus,
    pub amount_minor: i64,
    pub currency: String,
    pub end_on: NaiveDate,
    pub description: String,
    pub before_amount_minor: i64,
    pub before_currency: String,
    pub before_end_on: NaiveDate,
    pub before_description: String,
    pub file_id: FileId,
    pub file_kind: ContractFileKind,
    pub reason: String,
    pub verdict: AmountVerdict,
    /// JSON array of [`FoundText`].
    pub found: String,
    pub proposed_by: UserId,
    pub proposed_at: Instant,
    pub due_at: Instant,
    pub decided_at: Option<Instant>,
    pub decision_code: Option<ProjectDecisionCode>,
    pub decision_reason: Option<String>,
    /// The project's id while in review: one open amendment at a time.
    pub open_key: Option<String>,
    /// Grows with every change.
    pub version: i32,
}

impl Amendment {
    /// What it wants the project to be.
    pub fn proposed(&self) -> Result<Terms> {
        self.terms(self.amount_minor, &self.currency, self.end_on, &self.description)
    }

    /// What the project was when it was proposed.
    pub fn before(&self) -> Result<Terms> {
        self.terms(
            self.before_amount_minor,
            &self.before_currency,
            self.before_end_on,
            &self.before_description,
        )
    }

    fn terms(&self, minor: i64, currency: &str, end_on: NaiveDate, description: &str) -> Result<Terms> {
        let currency = Currency::parse(currency).map_err(|_| self.inconsistent(format!("currency {currency:?}")))?;
        Ok(Terms {
            amount: Money::new(minor, currency),
            end_on,
            description: description.to_owned(),
        })
    }

    /// The amounts that were found in the document.
    pub fn found(&self) -> Result<Vec<FoundText>> {
        serde_json::from_str(&self.found).map_err(|error| self.inconsistent(format!("found amounts: {error}")).into())
    }

    fn inconsistent(&self, what: String) -> Fault {
        Fault::Inconsistent {
            table: "amendments",
            row: self.id.to_string(),
            what,
        }
    }
}

type Boxed<'a> = amendments::BoxedQuery<'a, Dialect>;

/// An amendment of a project of the partner, or `None`.
pub fn find_own(conn: &mut Conn, scope: &PartnerScope, id: &AmendmentId) -> Result<Option<Amendment>> {
    let query = amendments::table
        .find(id)
        .filter(amendments::organization_id.eq(&scope.organization_id))
        .select(amendments::all_columns);
    Ok(query.first(conn).optional()?)
}

/// An amendment of any partner, or `None`.
pub fn find_submitted(conn: &mut Conn, _: &ReviewerScope, id: &AmendmentId) -> Result<Option<Amendment>> {
    let query = amendments::table.find(id).select(amendments::all_columns);
    Ok(query.first(conn).optional()?)
}

/// One amendment by an id that the system holds already: of a job.
pub fn get(conn: &mut Conn, id: &AmendmentId) -> Result<Amendment> {
    Ok(amendments::table.find(id).select(amendments::all_columns).first(conn)?)
}

/// Amendments of projects that the viewer was shown whole, newest first.
pub fn of_projects(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<Amendment>> {
    let query = amendments::table
        .filter(amendments::project_id.eq_any(ids))
        .order(amendments::number.desc())
        .limit(MOST)
        .select(amendments::all_columns);
    Ok(query.load(conn)?)
}

/// Those of the projects that have an open amendment, with its number.
pub fn open_numbers(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<(ProjectId, i32)>> {
    let keys: Vec<Option<&str>> = ids.iter().map(|id| Some(id.as_str())).collect();
    let query = amendments::table
        .filter(amendments::open_key.eq_any(keys))
        .select((amendments::project_id, amendments::number));
    Ok(query.load(conn)?)
}

/// The open amendment of a project.
pub fn open_of(conn: &mut Conn, project: &ProjectId) -> Result<Option<Amendment>> {
    let query = amendments::table
        .filter(amendments::open_key.eq(project.as_str()))
        .select(amendments::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The number of the next amendment of a project.
pub fn next_number(conn: &mut Conn, project: &ProjectId) -> Result<i32> {
    let last: Option<i32> = amendments::table
        .filter(amendments::project_id.eq(project))
        .order(amendments::number.desc())
        .select(amendments::number)
        .first(conn)
        .optional()?;
    Ok(last.unwrap_or(0) + 1)
}

fn narrowed<'a>(status: Option<AmendmentStatus>) -> Boxed<'a> {
    let query = amendments::table.select(amendments::all_columns).into_boxed();
    match status {
        Some(status) => query.filter(amendments::status.eq(status)),
        None => query,
    }
}

/// A page of the amendments of every partner, newest first; those in review soonest due first.
pub fn list(
    conn: &mut Conn,
    _: &ReviewerScope,
    status: Option<AmendmentStatus>,
    page: &PageRequest,
) -> Result<Page<Amendment>> {
    let query = narrowed(status);
    let rows = match is_queue(status) {
        true => {
            let (due, id) = (amendments::due_at, amendments::id);
            paged_by!(query, page, parse_instant_key, due, id, ascending).load(conn)?
        }
        false => paged!(query, page, amendments::id, descending).load(conn)?,
    };
    Ok(page.cut(rows))
}

/// How many amendments such a list has in all.
pub fn count(conn: &mut Conn, _: &ReviewerScope, status: Option<AmendmentStatus>) -> Result<i64> {
    Ok(narrowed(status).select(diesel::dsl::count_star()).first(conn)?)
}

/// Whether the list is what a reviewer works off.
pub fn is_queue(status: Option<AmendmentStatus>) -> bool {
    status == Some(AmendmentStatus::InReview)
}

/// The page key of an amendment in its list.
pub fn page_key(amendment: &Amendment, queue: bool) -> String {
    match queue {
        true => instant_key(amendment.due_at, amendment.id.as_str()),
        false => amendment.id.to_string(),
    }
}

/// Makes an amendment. One that somebody opened in the same moment answers as one that was open before.
pub fn insert(tx: &mut Tx<'_>, amendment: &Amendment) -> Result<()> {
    match diesel::insert_into(amendments::table)
        .values(amendment)
        .execute(tx.conn)
    {
        Err(error) if is_unique_violation(&error) => Err(already_open().into()),
        other => Ok(other.map(drop)?),
    }
}

/// Saves an amendment that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Amendment, after: Amendment) -> Result<Amendment> {
    let after = Amendment {
        version: before.version + 1,
        ..after
    };
    let read = amendments::table
        .filter(amendments::id.eq(&before.id))
        .filter(amendments::version.eq(before.version))
        .filter(amendments::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Keeps what was read in the document. A second reading changes nothing, and a decision does not wait for it.
pub fn finish_check(tx: &mut Tx<'_>, id: &AmendmentId, verdict: AmountVerdict, found: &[FoundText]) -> Result<()> {
    let pending = amendments::table
        .find(id)
        .filter(amendments::verdict.eq(AmountVerdict::Pending));
    diesel::update(pending)
        .set((
            amendments::verdict.eq(verdict),
            amendments::found.eq(serde_json::to_string(found)?),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Tells on the project's timeline and in the audit logs how an amendment ended.
pub fn tell_end(tx: &mut Tx<'_>, of: &Project, ended: &Amendment) -> Result<()> {
    let (kind, action) = match ended.status {
        AmendmentStatus::Approved => (ProjectEventKind::AmendmentApproved, "project.amendment_approved"),
        AmendmentStatus::Rejected => (ProjectEventKind::AmendmentRejected, "project.amendment_rejected"),
        AmendmentStatus::Withdrawn | AmendmentStatus::InReview => {
            (ProjectEventKind::AmendmentWithdrawn, "project.amendment_withdrawn")
        }
    };
    // The other reviewers have nothing left to decide.
    notification::answered(tx, ended.id.as_str(), &WAITING)?;
    project::add_event(tx, &of.id, kind, ended.decision_reason.as_deref())?;
    let before = json!({ "amendment": ended.number, "status": AmendmentStatus::InReview });
    let after = json!({
        "amendment": ended.number,
        "status": ended.status,
        "contractAmountMinor": of.contract_amount_minor,
        "contractCurrency": of.contract_currency,
        "endOn": of.end_on,
        "decisionCode": ended.decision_code,
        "decisionReason": ended.decision_reason,
    });
    project::audit(tx, of, action, Some(before), Some(after))
}

/// Takes back the open amendment of a project that is settled, since nobody decides it any more.
pub fn withdraw_open(tx: &mut Tx<'_>, of: &Project) -> Result<()> {
    let Some(found) = open_of(tx.conn, &of.id)? else {
        return Ok(());
    };
    let ended = Amendment {
        status: found.status.apply(AmendmentAction::Withdraw)?,
        open_key: None,
        ..found.clone()
    };
    let saved = update(tx, &found, ended)?;
    tell_end(tx, of, &saved)
}
