//! Cool apps from the application to the market (L21, L22), as both sides of the review see them: a partner its own, an open-platform
//! operator those that were handed in. As customers see them they are `cool_app_market`.

use diesel::prelude::*;
use serde_json::Value;

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::page::{Page, PageRequest, instant_key, paged, paged_by, parse_instant_key};
use super::schema::cool_apps;
use super::{Fault, Result, Tx};
use crate::auth::viewer::{OpenPlatformScope, PartnerScope};
use crate::domain::cool_app::{CoolAppCode, CoolAppDecision, CoolAppStatus};
use crate::domain::cool_app_content::CoolAppContent;
use crate::domain::id::{CoolAppId, OrganizationId, ProductId, UserId};
use crate::domain::instant::Instant;
use crate::domain::product_decision::FieldReason;
use crate::domain::refusal::Refusal;

/// A cool app.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = cool_apps, treat_none_as_null = true)]
pub struct CoolApp {
    pub id: CoolAppId,
    pub organization_id: OrganizationId,
    /// A product of the partner's own.
    pub product_id: ProductId,
    pub code: CoolAppCode,
    pub status: CoolAppStatus,
    /// Of what is approved, else of what is being written.
    pub name: String,
    /// JSON, see [`CoolApp::written`].
    pub content: String,
    /// JSON, see [`CoolApp::approved`].
    pub approved_content: Option<String>,
    /// Of what is approved.
    pub search_text: String,
    /// Since when the market shows it; `None` while it does not.
    pub market_at: Option<Instant>,
    pub submitted_by: Option<UserId>,
    pub submitted_at: Option<Instant>,
    pub due_at: Option<Instant>,
    /// The last decision, and what was said with it.
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Instant>,
    pub decision: Option<CoolAppDecision>,
    pub reason: Option<String>,
    /// JSON, see [`CoolApp::reasons`].
    pub field_reasons: String,
    pub delisted_by: Option<UserId>,
    pub delisted_at: Option<Instant>,
    pub delisting_reason: Option<String>,
    pub created_by: UserId,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

impl CoolApp {
    /// What is being written or reviewed.
    pub fn written(&self) -> Result<CoolAppContent> {
        serde_json::from_str(&self.content).map_err(|error| self.broken("content", &error))
    }

    /// What the operator approved last; `None` before that.
    pub fn approved(&self) -> Result<Option<CoolAppContent>> {
        let text = self.approved_content.as_deref();
        let read = text.map(serde_json::from_str).transpose();
        read.map_err(|error| self.broken("approved_content", &error))
    }

    /// Reasons of the last decision beside fields.
    pub fn reasons(&self) -> Result<Vec<FieldReason>> {
        serde_json::from_str(&self.field_reasons).map_err(|error| self.broken("field_reasons", &error))
    }

    fn broken(&self, column: &str, error: &serde_json::Error) -> super::Error {
        let fault = Fault::Inconsistent {
            table: "cool_apps",
            row: self.id.to_string(),
            what: format!("{column}: {error}"),
        };
        fault.into()
    }
}

/// Who reads applications to list cool apps.
#[derive(Clone, Debug)]
pub enum CoolAppScope {
    Partner(PartnerScope),
    Operator(OpenPlatformScope),
}

type Boxed<'a> = cool_apps::BoxedQuery<'a, Dialect>;

fn visible<'a>(scope: &CoolAppScope) -> Boxed<'a> {
    let query = cool_apps::table.select(cool_apps::all_columns).into_boxed();
    match scope {
        CoolAppScope::Partner(partner) => query.filter(cool_apps::organization_id.eq(partner.organization_id.clone())),
        CoolAppScope::Operator(_) => query.filter(cool_apps::status.ne(CoolAppStatus::Draft)),
    }
}

fn narrowed<'a>(scope: &CoolAppScope, status: Option<CoolAppStatus>) -> Boxed<'a> {
    match status {
        Some(status) => visible(scope).filter(cool_apps::status.eq(status)),
        None => visible(scope),
    }
}

/// The cool app, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &CoolAppScope, id: &CoolAppId) -> Result<Option<CoolApp>> {
    let query = visible(scope).filter(cool_apps::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// A cool app by an id that the system holds already.
pub fn get(conn: &mut Conn, id: &CoolAppId) -> Result<CoolApp> {
    Ok(cool_apps::table.find(id).select(cool_apps::all_columns).first(conn)?)
}

/// Cool apps by ids that the viewer was shown already.
pub fn by_ids(conn: &mut Conn, ids: &[CoolAppId]) -> Result<Vec<CoolApp>> {
    let query = cool_apps::table
        .filter(cool_apps::id.eq_any(ids))
        .select(cool_apps::all_columns);
    Ok(query.load(conn)?)
}

/// The cool apps of products that the viewer was shown as their partner, newest first.
pub fn of_products(conn: &mut Conn, ids: &[ProductId]) -> Result<Vec<CoolApp>> {
    let query = cool_apps::table
        .filter(cool_apps::product_id.eq_any(ids))
        .order(cool_apps::id.desc())
        .select(cool_apps::all_columns);
    Ok(query.load(conn)?)
}

/// A page of cool apps, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &CoolAppScope,
    status: Option<CoolAppStatus>,
    page: &PageRequest,
) -> Result<Page<CoolApp>> {
    let query = narrowed(scope, status);
    Ok(page.cut(paged!(query, page, cool_apps::id, descending).load(conn)?))
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &CoolAppScope, status: Option<CoolAppStatus>) -> Result<i64> {
    Ok(narrowed(scope, status).select(diesel::dsl::count_star()).first(conn)?)
}

/// What waits for the operators; written as the index that finds it has it.
fn waiting<'a>() -> Boxed<'a> {
    let in_review =
        diesel::dsl::sql::<diesel::sql_types::Bool>("cool_apps.status IN ('SUBMITTED', 'UPDATE_SUBMITTED')");
    cool_apps::table
        .filter(in_review)
        .select(cool_apps::all_columns)
        .into_boxed()
}

/// A page of the operators' queue, soonest due first.
pub fn queue(conn: &mut Conn, _: &OpenPlatformScope, page: &PageRequest) -> Result<Page<CoolApp>> {
    let query = waiting();
    let due = diesel::dsl::sql::<diesel::sql_types::Timestamp>("cool_apps.due_at");
    let id = cool_apps::id;
    let query = paged_by!(query, page, parse_instant_key, due.clone(), id, ascending);
    Ok(page.cut(query.load(conn)?))
}

/// The page key of a cool app in the queue.
pub fn queue_key(row: &CoolApp) -> String {
    instant_key(row.due_at.unwrap_or(row.created_at), row.id.as_str())
}

/// How many [`queue`] has in all.
pub fn count_queue(conn: &mut Conn, _: &OpenPlatformScope) -> Result<i64> {
    Ok(waiting().select(diesel::dsl::count_star()).first(conn)?)
}

/// Makes a cool app.
pub fn insert(tx: &mut Tx<'_>, made: &CoolApp) -> Result<()> {
    diesel::insert_into(cool_apps::table).values(made).execute(tx.conn)?;
    Ok(())
}

/// Saves a cool app that was read at `before.version`, and counts the version on. Its code never changes. Stale where somebody was
/// quicker.
pub fn update(tx: &mut Tx<'_>, before: &CoolApp, after: CoolApp) -> Result<CoolApp> {
    let after = CoolApp {
        code: before.code.clone(),
        version: before.version + 1,
        updated_at: tx.now,
        ..after
    };
    let read = cool_apps::table
        .filter(cool_apps::id.eq(&before.id))
        .filter(cool_apps::version.eq(before.version))
        .filter(cool_apps::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Deletes a draft that never was handed in.
pub fn delete(tx: &mut Tx<'_>, draft: &CoolApp) -> Result<()> {
    let read = cool_apps::table
        .filter(cool_apps::id.eq(&draft.id))
        .filter(cool_apps::version.eq(draft.version))
        .filter(cool_apps::status.eq(CoolAppStatus::Draft));
    match diesel::delete(read).execute(tx.conn)? {
        1 => Ok(()),
        _ => Err(Refusal::stale().into()),
    }
}

/// Records a change in the log of the partner, and in that of the acting organisation where it is another.
pub fn audit(
    tx: &mut Tx<'_>,
    app: &CoolApp,
    action: &'static str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    tx.audit_with_actor(Fact {
        organization_id: &app.organization_id,
        action,
        object_id: app.id.as_str(),
        label: &app.name,
        before,
        after,
    })
}
