//! Projects and their timeline. Reviewers see what was submitted; drafts belong to their partner alone. No rule is
//! decided here.

use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::Value;

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::error::is_unique_violation;
use super::membership::{self, escape_like};
use super::page::{Page, PageRequest, paged};
use super::schema::{distribution_links, memberships, orders, project_events, projects};
use super::search::{self, Candidates};
use super::{Fault, Result, Tx};
use crate::auth::viewer::{PartnerScope, PartyScope, ReviewerScope};
use crate::domain::id::{FileId, OrganizationId, ProjectEventId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::money::{Currency, Money};
use crate::domain::problem::Problem;
use crate::domain::project::{
    ContractFileKind, OrganizationSize, ProjectDecisionCode, ProjectEventKind, ProjectStatus, ProjectViewer,
};
use crate::domain::refusal::Refusal;
use crate::domain::search_token::SearchNoun;

/// A project. Texts of a draft may be empty.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = projects, treat_none_as_null = true)]
pub struct Project {
    pub id: ProjectId,
    pub organization_id: OrganizationId,
    pub name: String,
    /// See `domain::project_form::name_key`.
    pub name_key: String,
    pub status: ProjectStatus,
    pub contract_amount_minor: Option<i64>,
    pub contract_currency: String,
    pub contract_file_id: Option<FileId>,
    pub contract_file_kind: Option<ContractFileKind>,
    pub part_of_larger_contract: bool,
    pub description: String,
    pub start_on: Option<NaiveDate>,
    pub end_on: Option<NaiveDate>,
    pub delivery_scope: String,
    pub owner_name: String,
    pub customer_name: String,
    /// Folded, see `domain::corp_id`; what was typed while the project is a draft.
    pub customer_corp_id: String,
    pub customer_industry: String,
    pub customer_size: Option<OrganizationSize>,
    pub customer_contact_name: String,
    pub customer_contact_mobile: String,
    pub creator_id: UserId,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub submitted_at: Option<Instant>,
    pub due_at: Option<Instant>,
    pub decided_at: Option<Instant>,
    /// A reason of the decision that has a text of its own.
    pub decision_code: Option<ProjectDecisionCode>,
    pub decision_reason: Option<String>,
    pub closed_at: Option<Instant>,
    /// Grows with every change.
    pub version: i32,
}

impl Project {
    /// What this admin of the partner is to the project, as far as the project itself tells.
    pub fn seen_by(&self, scope: &PartnerScope) -> ProjectViewer {
        if self.creator_id == scope.user_id {
            ProjectViewer::Creator
        } else {
            ProjectViewer::PartnerAdmin
        }
    }

    /// The contract amount, where one was given.
    pub fn contract_amount(&self) -> Result<Option<Money>> {
        let currency = Currency::parse(&self.contract_currency).map_err(|_| Fault::Inconsistent {
            table: "projects",
            row: self.id.to_string(),
            what: format!("currency {:?}", self.contract_currency),
        })?;
        Ok(self.contract_amount_minor.map(|minor| Money::new(minor, currency)))
    }
}

/// One step of a project's timeline.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = project_events)]
pub struct ProjectEvent {
    pub id: ProjectEventId,
    pub project_id: ProjectId,
    pub at: Instant,
    pub kind: ProjectEventKind,
    /// `None` for the system.
    pub user_id: Option<UserId>,
    /// A name or a reason, as it was given.
    pub note: Option<String>,
}

/// Which projects of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct ProjectFilter {
    pub status: Option<ProjectStatus>,
    /// Part of the project's or the customer's name, or of the CorpID.
    pub search: Option<String>,
    /// Decided at that instant or later.
    pub decided_since: Option<Instant>,
    /// Only those for which no link was made yet.
    pub without_links: bool,
}

type Boxed<'a> = projects::BoxedQuery<'a, Dialect>;

/// Every project that the scope may see. Of rows that are looked up by id the organisation only filters, see
/// `store::order`.
fn visible<'a>(scope: &PartyScope, by_id: bool) -> Boxed<'a> {
    let query = projects::table.select(projects::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) if by_id => {
            query.filter(projects::organization_id.concat("").eq(partner.organization_id.clone()))
        }
        PartyScope::Partner(partner) => query.filter(projects::organization_id.eq(partner.organization_id.clone())),
        PartyScope::Reviewer(_) => query.filter(projects::status.ne(ProjectStatus::Draft)),
        // Customers never read projects; what they may know of one is in their offers and orders.
        PartyScope::Customer(_) => query.filter(projects::id.eq("")),
    }
}

fn narrowed<'a>(conn: &mut Conn, scope: &PartyScope, filter: &ProjectFilter) -> Result<Boxed<'a>> {
    let searched = filter.search.as_deref().map(|text| text.trim().to_lowercase());
    let searched = searched.filter(|text| !text.is_empty());
    let candidates = match &searched {
        Some(text) => search::candidates(conn, SearchNoun::Project, scope, text)?,
        None => Candidates::Many,
    };
    let by_id = candidates != Candidates::Many;
    let mut query = visible(scope, by_id);
    if let Candidates::Few(ids) = candidates {
        query = query.filter(projects::id.eq_any(ids));
    }
    if let Some(since) = filter.decided_since {
        query = query.filter(projects::decided_at.ge(Some(since)));
    }
    if filter.without_links {
        let links = distribution_links::table.filter(distribution_links::project_id.eq(projects::id));
        query = query.filter(not(exists(links)));
    }
    query = match filter.status {
        Some(status) if by_id => query.filter(projects::status.concat("").eq(status)),
        Some(status) => query.filter(projects::status.eq(status)),
        None => query,
    };
    if let Some(text) = searched {
        let like = format!("%{}%", escape_like(&text));
        let customer = sql::<Text>("lower(projects.customer_name)");
        query = query.filter(
            (projects::name_key.like(like.clone()).escape('\\'))
                .or(customer.like(like.clone()).escape('\\'))
                .or(projects::customer_corp_id.like(like).escape('\\')),
        );
    }
    Ok(query)
}

/// What a project is searched by, in lower case.
fn searchable(project: &Project) -> String {
    let customer = project.customer_name.to_lowercase();
    let corp_id = project.customer_corp_id.to_lowercase();
    [project.name_key.as_str(), &customer, &corp_id].join("\n")
}

fn index(tx: &mut Tx<'_>, project: &Project) -> Result<()> {
    let (partner, id) = (project.organization_id.as_str(), project.id.as_str());
    search::index(tx, SearchNoun::Project, &[partner], id, &searchable(project))
}

/// The project, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &ProjectId) -> Result<Option<Project>> {
    Ok(visible(scope, true)
        .filter(projects::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// The partner's own project, or `None`.
pub fn find_own(conn: &mut Conn, scope: &PartnerScope, id: &ProjectId) -> Result<Option<Project>> {
    find(conn, &PartyScope::Partner(scope.clone()), id)
}

/// A submitted project of any partner, or `None`.
pub fn find_submitted(conn: &mut Conn, scope: &ReviewerScope, id: &ProjectId) -> Result<Option<Project>> {
    find(conn, &PartyScope::Reviewer(scope.clone()), id)
}

/// What this admin of the partner is to the project (D5): somebody else's creator may have left.
pub fn viewer_of(conn: &mut Conn, project: &Project, scope: &PartnerScope) -> Result<ProjectViewer> {
    let seen = project.seen_by(scope);
    if seen != ProjectViewer::PartnerAdmin {
        return Ok(seen);
    }
    let place = membership::find(conn, &project.organization_id, &project.creator_id)?;
    Ok(seen.with_creator(place.is_some_and(|place| place.active)))
}

/// Those of the projects whose creator is an active member of their partner. The viewer was shown the projects already.
pub fn with_present_creator(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<ProjectId>> {
    let place = memberships::organization_id
        .eq(projects::organization_id)
        .and(memberships::user_id.eq(projects::creator_id));
    let query = projects::table
        .inner_join(memberships::table.on(place))
        .filter(projects::id.eq_any(ids))
        .filter(memberships::active.eq(true))
        .select(projects::id);
    Ok(query.load(conn)?)
}

/// One project by an id that the system holds already: of a link, an order or a job.
pub fn get(conn: &mut Conn, id: &ProjectId) -> Result<Project> {
    Ok(projects::table.find(id).select(projects::all_columns).first(conn)?)
}

/// Those of the ids that exist for this scope.
pub fn by_ids(conn: &mut Conn, scope: &PartyScope, ids: &[ProjectId]) -> Result<Vec<Project>> {
    Ok(visible(scope, true)
        .filter(projects::id.eq_any(ids.to_vec()))
        .load(conn)?)
}

/// A page of projects, newest first; the queue of a reviewer (IN_REVIEW) soonest due first.
pub fn list(conn: &mut Conn, scope: &PartyScope, filter: &ProjectFilter, page: &PageRequest) -> Result<Page<Project>> {
    let query = narrowed(conn, scope, filter)?;
    if is_queue(scope, filter) {
        return Ok(page.cut(by_due(query, page)?.load(conn)?));
    }
    Ok(page.cut(paged!(query, page, projects::id, descending).load(conn)?))
}

/// How many projects a list has in all.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &ProjectFilter) -> Result<i64> {
    let query = narrowed(conn, scope, filter)?;
    Ok(query.select(diesel::dsl::count_star()).first(conn)?)
}

/// Whether the list is what a reviewer works off.
pub fn is_queue(scope: &PartyScope, filter: &ProjectFilter) -> bool {
    matches!(scope, PartyScope::Reviewer(_)) && filter.status == Some(ProjectStatus::InReview)
}

/// The page key of a project in its list.
pub fn page_key(project: &Project, queue: bool) -> String {
    match project.due_at {
        Some(due) if queue => super::page::instant_key(due, project.id.as_str()),
        _ => project.id.to_string(),
    }
}

fn by_due<'a>(query: Boxed<'a>, page: &PageRequest) -> Result<Boxed<'a>> {
    let (due, id) = (projects::due_at, projects::id);
    let query = query.limit(page.limit());
    let from = page.from.as_deref().map(super::page::parse_instant_key).transpose()?;
    Ok(match (page.backwards, from) {
        (false, None) => query.order((due.asc(), id.asc())),
        (true, None) => query.order((due.desc(), id.desc())),
        (false, Some((at, last))) => query
            .filter(due.ge(Some(at)))
            .filter(due.gt(Some(at)).or(id.gt(last).nullable()))
            .order((due.asc(), id.asc())),
        (true, Some((at, last))) => query
            .filter(due.le(Some(at)))
            .filter(due.lt(Some(at)).or(id.lt(last).nullable()))
            .order((due.desc(), id.desc())),
    })
}

/// Which of the keys are taken by projects of the partner, apart from one project.
pub fn taken_names(
    conn: &mut Conn,
    scope: &PartnerScope,
    keys: &[String],
    except: Option<&ProjectId>,
) -> Result<Vec<String>> {
    let mut query = projects::table
        .filter(projects::organization_id.eq(&scope.organization_id))
        .filter(projects::name_key.eq_any(keys))
        .select(projects::name_key)
        .into_boxed();
    if let Some(id) = except {
        query = query.filter(projects::id.ne(id));
    }
    Ok(query.load(conn)?)
}

/// Makes a project. A name that somebody took in the same moment answers as one taken before.
pub fn insert(tx: &mut Tx<'_>, project: &Project) -> Result<()> {
    match diesel::insert_into(projects::table).values(project).execute(tx.conn) {
        Err(error) if is_unique_violation(&error) => Err(Refusal::invalid("fields.name", Problem::NotUnique).into()),
        other => {
            other?;
            index(tx, project)
        }
    }
}

/// Saves a project that was read at `version` and in `status`, and counts the version on. Stale where somebody was
/// quicker.
pub fn update(tx: &mut Tx<'_>, before: &Project, after: Project) -> Result<Project> {
    let after = Project {
        version: before.version + 1,
        updated_at: tx.now,
        ..after
    };
    let read = projects::table
        .filter(projects::id.eq(&before.id))
        .filter(projects::version.eq(before.version))
        .filter(projects::status.eq(before.status));
    if diesel::update(read).set(&after).execute(tx.conn)? != 1 {
        return Err(Refusal::stale().into());
    }
    if searchable(before) != searchable(&after) {
        search::forget(tx, after.id.as_str())?;
        index(tx, &after)?;
    }
    Ok(after)
}

/// Deletes a draft with its timeline. Stale where it is none any more.
pub fn delete_draft(tx: &mut Tx<'_>, project: &Project) -> Result<()> {
    let draft = projects::table
        .filter(projects::id.eq(&project.id))
        .filter(projects::version.eq(project.version))
        .filter(projects::status.eq(ProjectStatus::Draft));
    match diesel::delete(draft).execute(tx.conn)? {
        1 => search::forget(tx, project.id.as_str()),
        _ => Err(Refusal::stale().into()),
    }
}

/// Records a change of a project in the log of its partner, and in that of the acting organisation where it is another.
pub fn audit(
    tx: &mut Tx<'_>,
    project: &Project,
    action: &'static str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    tx.audit_with_actor(Fact {
        organization_id: &project.organization_id,
        action,
        object_id: project.id.as_str(),
        label: &project.name,
        before,
        after,
    })
}

/// Adds a step to the timeline, by whoever acts.
pub fn add_event(tx: &mut Tx<'_>, project: &ProjectId, kind: ProjectEventKind, note: Option<&str>) -> Result<()> {
    let event = ProjectEvent {
        id: tx.id(),
        project_id: project.clone(),
        at: tx.now,
        kind,
        user_id: tx.actor.user_id.clone(),
        note: note.map(str::to_owned),
    };
    diesel::insert_into(project_events::table)
        .values(event)
        .execute(tx.conn)?;
    Ok(())
}

/// The timelines of projects that the viewer was shown already, oldest step first.
pub fn events(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<ProjectEvent>> {
    let query = project_events::table
        .filter(project_events::project_id.eq_any(projects))
        .order(project_events::id.asc())
        .select(project_events::all_columns);
    Ok(query.load(conn)?)
}

/// How many orders each of the projects has; those without any are absent. The viewer was shown the projects already.
pub fn order_counts(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<(ProjectId, i64)>> {
    let query = orders::table
        .filter(orders::project_id.eq_any(ids))
        .group_by(orders::project_id)
        .select((orders::project_id, diesel::dsl::count_star()));
    Ok(query.load(conn)?)
}
