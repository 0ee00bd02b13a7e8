//! Revisions of products: what each step of the wizard holds, and how each was decided. Their product says who may see them.

use diesel::prelude::*;

use super::conn::{Conn, Dialect};
use super::page::{Page, PageRequest, instant_key, paged, paged_by, parse_instant_key};
use super::schema::{category_operators, product_revisions};
use super::{Fault, Result, Tx};
use crate::auth::viewer::{CategoryOperatorScope, PartnerScope};
use crate::domain::id::{ApplicationVersionId, CategoryId, OrganizationId, ProductId, ProductRevisionId, UserId};
use crate::domain::instant::Instant;
use crate::domain::product::{ProductDecision, RevisionStatus};
use crate::domain::product_content::ProductContent;
use crate::domain::product_decision::FieldReason;
use crate::domain::refusal::Refusal;

/// A revision of a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = product_revisions, treat_none_as_null = true)]
pub struct ProductRevision {
    pub id: ProductRevisionId,
    pub product_id: ProductId,
    pub organization_id: OrganizationId,
    /// Counts from 1.
    pub number: i32,
    pub status: RevisionStatus,
    /// JSON, see [`ProductRevision::parsed`].
    pub content: String,
    /// Of the content, where it names one: routes the review.
    pub category_id: Option<CategoryId>,
    /// The version that was published when it was handed in.
    pub application_version_id: Option<ApplicationVersionId>,
    pub created_by: UserId,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub submitted_by: Option<UserId>,
    pub submitted_at: Option<Instant>,
    pub due_at: Option<Instant>,
    /// Four eyes: who approved first.
    pub first_approved_by: Option<UserId>,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Instant>,
    pub decision: Option<ProductDecision>,
    pub reason: Option<String>,
    /// JSON, see [`ProductRevision::reasons`].
    pub field_reasons: String,
    /// Grows with every change.
    pub version: i32,
}

impl ProductRevision {
    /// What it holds.
    pub fn parsed(&self) -> Result<ProductContent> {
        serde_json::from_str(&self.content).map_err(|error| self.broken("content", &error))
    }

    /// Reasons of its decision beside fields.
    pub fn reasons(&self) -> Result<Vec<FieldReason>> {
        serde_json::from_str(&self.field_reasons).map_err(|error| self.broken("field_reasons", &error))
    }

    fn broken(&self, column: &str, error: &serde_json::Error) -> super::Error {
        let fault = Fault::Inconsistent {
            table: "product_revisions",
            row: self.id.to_string(),
            what: format!("{column}: {error}"),
        };
        fault.into()
    }
}

/// A revision by an id that its product holds.
pub fn get(conn: &mut Conn, id: &ProductRevisionId) -> Result<ProductRevision> {
    let query = product_revisions::table.find(id).select(product_revisions::all_columns);
    Ok(query.first(conn)?)
}

/// The status of a revision by an id that its product holds.
pub fn status(conn: &mut Conn, id: &ProductRevisionId) -> Result<RevisionStatus> {
    let query = product_revisions::table.find(id).select(product_revisions::status);
    Ok(query.first(conn)?)
}

/// A revision, or `None`; whether the caller may see its product is still to be asked.
pub fn find(conn: &mut Conn, id: &ProductRevisionId) -> Result<Option<ProductRevision>> {
    let query = product_revisions::table.find(id).select(product_revisions::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Revisions by ids that their products hold.
pub fn by_ids(conn: &mut Conn, ids: &[ProductRevisionId]) -> Result<Vec<ProductRevision>> {
    let query = product_revisions::table
        .filter(product_revisions::id.eq_any(ids))
        .select(product_revisions::all_columns);
    Ok(query.load(conn)?)
}

/// The number of a product's next revision.
pub fn next_number(conn: &mut Conn, product: &ProductId) -> Result<i32> {
    let last: Option<i32> = product_revisions::table
        .filter(product_revisions::product_id.eq(product))
        .select(diesel::dsl::max(product_revisions::number))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

type Boxed<'a> = product_revisions::BoxedQuery<'a, Dialect>;

/// What waits for an operator: of the categories that they hold, and never a second time for who approved first.
fn waiting<'a>(scope: &CategoryOperatorScope, category: Option<&CategoryId>) -> Boxed<'a> {
    let held = category_operators::table
        .filter(category_operators::user_id.eq(scope.user_id.clone()))
        .select(category_operators::category_id.nullable());
    let query = product_revisions::table
        .filter(product_revisions::status.eq(RevisionStatus::InReview))
        .filter(product_revisions::category_id.eq_any(held))
        .filter(
            product_revisions::first_approved_by
                .is_null()
                .or(product_revisions::first_approved_by.ne(scope.user_id.clone())),
        )
        .select(product_revisions::all_columns)
        .into_boxed();
    match category {
        Some(id) => query.filter(product_revisions::category_id.eq(id.clone())),
        None => query,
    }
}

/// A page of an operator's queue (L6, L7), soonest due first.
pub fn queue(
    conn: &mut Conn,
    scope: &CategoryOperatorScope,
    category: Option<&CategoryId>,
    page: &PageRequest,
) -> Result<Page<ProductRevision>> {
    let query = waiting(scope, category);
    let due = diesel::dsl::sql::<diesel::sql_types::Timestamp>("product_revisions.due_at");
    let id = product_revisions::id;
    let query = paged_by!(query, page, parse_instant_key, due.clone(), id, ascending);
    Ok(page.cut(query.load(conn)?))
}

/// The page key of a revision in the queue.
pub fn queue_key(row: &ProductRevision) -> String {
    instant_key(row.due_at.unwrap_or(row.created_at), row.id.as_str())
}

/// How many [`queue`] has in all.
pub fn count_queue(conn: &mut Conn, scope: &CategoryOperatorScope, category: Option<&CategoryId>) -> Result<i64> {
    Ok(waiting(scope, category).select(diesel::dsl::count_star()).first(conn)?)
}

/// The partner's revisions that came back from their review and were not handed in again (L6).
fn came_back<'a>(scope: &PartnerScope) -> Boxed<'a> {
    product_revisions::table
        .filter(product_revisions::organization_id.eq(scope.organization_id.clone()))
        .filter(product_revisions::decision.eq_any([ProductDecision::Reject, ProductDecision::SendBack]))
        .select(product_revisions::all_columns)
        .into_boxed()
}

/// A page of [`came_back`], newest first.
pub fn returned(conn: &mut Conn, scope: &PartnerScope, page: &PageRequest) -> Result<Page<ProductRevision>> {
    Ok(page.cut(paged!(came_back(scope), page, product_revisions::id, descending).load(conn)?))
}

/// How many [`returned`] has in all.
pub fn count_returned(conn: &mut Conn, scope: &PartnerScope) -> Result<i64> {
    Ok(came_back(scope).select(diesel::dsl::count_star()).first(conn)?)
}

/// Makes a revision.
pub fn insert(tx: &mut Tx<'_>, made: &ProductRevision) -> Result<()> {
    diesel::insert_into(product_revisions::table)
        .values(made)
        .execute(tx.conn)?;
    Ok(())
}

/// Saves a revision that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &ProductRevision, after: ProductRevision) -> Result<ProductRevision> {
    let after = ProductRevision {
        version: before.version + 1,
        updated_at: tx.now,
        ..after
    };
    let read = product_revisions::table
        .filter(product_revisions::id.eq(&before.id))
        .filter(product_revisions::version.eq(before.version))
        .filter(product_revisions::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Deletes a revision that nothing rests on.
pub fn delete(tx: &mut Tx<'_>, revision: &ProductRevision) -> Result<()> {
    let read = product_revisions::table
        .filter(product_revisions::id.eq(&revision.id))
        .filter(product_revisions::version.eq(revision.version));
    match diesel::delete(read).execute(tx.conn)? {
        1 => Ok(()),
        _ => Err(Refusal::stale().into()),
    }
}
