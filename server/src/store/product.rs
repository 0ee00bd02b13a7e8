//! Products with their timeline and their tasks before the marketplace. A partner sees its own; an operator those of the categories
//! that they hold, once they were handed in. What a product says is `product_revision`.

use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::Value;

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::error::is_unique_violation;
use super::page::{Page, PageRequest, paged};
use super::schema::{category_operators, product_events, product_revisions, product_tasks, products};
use super::{Result, Tx, product_revision};
use crate::auth::viewer::{CategoryOperatorScope, PartnerScope};
use crate::domain::id::{
    ApplicationId, CategoryId, OrganizationId, PreTaskId, ProductEventId, ProductId, ProductRevisionId, UserId,
};
use crate::domain::instant::Instant;
use crate::domain::problem::Problem;
use crate::domain::product::{ProductEventKind, ProductStatus, ProductTab, RevisionStatus};
use crate::domain::product_content::{ChargeForm, PromotionMode};
use crate::domain::refusal::Refusal;

/// A product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = products, treat_none_as_null = true)]
pub struct Product {
    pub id: ProductId,
    pub organization_id: OrganizationId,
    pub application_id: ApplicationId,
    pub status: ProductStatus,
    /// Follows from the status and the open revision; [`update`] works it out.
    pub tab: ProductTab,
    /// Of what is approved, else of what is being written; so are the next three.
    pub name: String,
    pub category_id: Option<CategoryId>,
    pub charge_form: Option<ChargeForm>,
    pub promotion_mode: Option<PromotionMode>,
    /// What customers see.
    pub approved_revision_id: Option<ProductRevisionId>,
    /// What is being written or reviewed.
    pub open_revision_id: Option<ProductRevisionId>,
    /// What was handed in first: what a product costs at all stays.
    pub first_revision_id: Option<ProductRevisionId>,
    pub listed_at: Option<Instant>,
    /// Why an operator hid or delisted it.
    pub status_reason: Option<String>,
    pub delisting_applied_by: Option<UserId>,
    pub delisting_applied_at: Option<Instant>,
    pub delisting_reason: Option<String>,
    pub created_by: UserId,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

/// One step of a product's timeline.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_events)]
pub struct ProductEvent {
    pub id: ProductEventId,
    pub product_id: ProductId,
    pub at: Instant,
    pub kind: ProductEventKind,
    /// `None` for the system.
    pub user_id: Option<UserId>,
    /// A name or a reason, as it was given.
    pub note: Option<String>,
}

/// A task before the marketplace that was done for a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_tasks)]
pub struct ProductTask {
    pub product_id: ProductId,
    pub task_id: PreTaskId,
    pub note: String,
    pub done_by: UserId,
    pub done_at: Instant,
}

/// Who reads products.
#[derive(Clone, Debug)]
pub enum ProductScope {
    Partner(PartnerScope),
    Operator(CategoryOperatorScope),
}

/// Which products of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct ProductFilter {
    pub tab: Option<ProductTab>,
    /// L10: only those whose partner applied to delist them.
    pub delisting_applied: bool,
}

type Boxed<'a> = products::BoxedQuery<'a, Dialect>;

fn visible<'a>(scope: &ProductScope) -> Boxed<'a> {
    let query = products::table.select(products::all_columns).into_boxed();
    match scope {
        ProductScope::Partner(partner) => query.filter(products::organization_id.eq(partner.organization_id.clone())),
        ProductScope::Operator(operator) => {
            let holds = category_operators::table
                .filter(category_operators::user_id.eq(operator.user_id.clone()))
                .filter(category_operators::category_id.nullable().eq(products::category_id));
            let mine = category_operators::table
                .filter(category_operators::user_id.eq(operator.user_id.clone()))
                .filter(
                    category_operators::category_id
                        .nullable()
                        .eq(product_revisions::category_id),
                );
            let reviews = product_revisions::table
                .filter(product_revisions::id.nullable().eq(products::open_revision_id))
                .filter(product_revisions::status.eq(RevisionStatus::InReview))
                .filter(exists(mine));
            query
                .filter(products::first_revision_id.is_not_null())
                .filter(exists(holds).or(exists(reviews)))
        }
    }
}

fn narrowed<'a>(scope: &ProductScope, filter: &ProductFilter) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(tab) = filter.tab {
        query = query.filter(products::tab.eq(tab));
    }
    if filter.delisting_applied {
        query = query.filter(products::delisting_applied_at.is_not_null());
    }
    query
}

/// The product, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &ProductScope, id: &ProductId) -> Result<Option<Product>> {
    Ok(visible(scope)
        .filter(products::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// The partner's own product, or `None`.
pub fn find_own(conn: &mut Conn, scope: &PartnerScope, id: &ProductId) -> Result<Option<Product>> {
    find(conn, &ProductScope::Partner(scope.clone()), id)
}

/// A product that was handed in, whatever its category: whether the operator holds it is asked next.
pub fn find_handed_in(conn: &mut Conn, _: &CategoryOperatorScope, id: &ProductId) -> Result<Option<Product>> {
    let query = products::table
        .filter(products::id.eq(id))
        .filter(products::first_revision_id.is_not_null())
        .select(products::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A product by an id that the system holds already.
pub fn get(conn: &mut Conn, id: &ProductId) -> Result<Product> {
    Ok(products::table.find(id).select(products::all_columns).first(conn)?)
}

/// Products by ids that the viewer was shown already.
pub fn by_ids(conn: &mut Conn, ids: &[ProductId]) -> Result<Vec<Product>> {
    let query = products::table
        .filter(products::id.eq_any(ids))
        .select(products::all_columns);
    Ok(query.load(conn)?)
}

/// The products of applications of the partner's own.
pub fn of_applications(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Product>> {
    let query = products::table
        .filter(products::application_id.eq_any(ids))
        .select(products::all_columns);
    Ok(query.load(conn)?)
}

/// A page of products, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &ProductScope,
    filter: &ProductFilter,
    page: &PageRequest,
) -> Result<Page<Product>> {
    let query = narrowed(scope, filter);
    Ok(page.cut(paged!(query, page, products::id, descending).load(conn)?))
}

/// How many products [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &ProductScope, filter: &ProductFilter) -> Result<i64> {
    Ok(narrowed(scope, filter).select(diesel::dsl::count_star()).first(conn)?)
}

/// The tab in which a product stands.
fn tab(status: ProductStatus, open: Option<RevisionStatus>) -> ProductTab {
    match (status, open) {
        (_, Some(RevisionStatus::InReview)) | (ProductStatus::InReview, _) => ProductTab::InReview,
        (ProductStatus::Listed | ProductStatus::Hidden, _) => ProductTab::Listed,
        (ProductStatus::Delisted, _) => ProductTab::Delisted,
        (ProductStatus::Draft | ProductStatus::Rejected | ProductStatus::Approved, _) => ProductTab::NotListed,
    }
}

/// Makes a product. An application has one; a second is refused.
pub fn insert(tx: &mut Tx<'_>, product: &Product) -> Result<()> {
    match diesel::insert_into(products::table).values(product).execute(tx.conn) {
        Err(error) if is_unique_violation(&error) => {
            Err(Refusal::invalid("applicationId", Problem::ProductExists).into())
        }
        other => {
            other?;
            Ok(())
        }
    }
}

/// Saves a product that was read at `before.version` in the tab where it stands now, and counts the version on; its open revision is
/// saved before. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Product, after: Product) -> Result<Product> {
    let open = match &after.open_revision_id {
        Some(id) => Some(product_revision::status(tx.conn, id)?),
        None => None,
    };
    let after = Product {
        tab: tab(after.status, open),
        version: before.version + 1,
        updated_at: tx.now,
        ..after
    };
    let read = products::table
        .filter(products::id.eq(&before.id))
        .filter(products::version.eq(before.version))
        .filter(products::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Deletes a product that was never handed in, with its timeline. Its revisions are gone before.
pub fn delete(tx: &mut Tx<'_>, product: &Product) -> Result<()> {
    let events = product_events::table.filter(product_events::product_id.eq(&product.id));
    diesel::delete(events).execute(tx.conn)?;
    let read = products::table
        .filter(products::id.eq(&product.id))
        .filter(products::version.eq(product.version));
    match diesel::delete(read).execute(tx.conn)? {
        1 => Ok(()),
        _ => Err(Refusal::stale().into()),
    }
}

/// Records a change in the log of the product's partner, and in that of the acting organisation where it is another.
pub fn audit(
    tx: &mut Tx<'_>,
    product: &Product,
    action: &'static str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    tx.audit_with_actor(Fact {
        organization_id: &product.organization_id,
        action,
        object_id: product.id.as_str(),
        label: &product.name,
        before,
        after,
    })
}

/// Adds a step to the timeline, by whoever acts.
pub fn add_event(tx: &mut Tx<'_>, product: &ProductId, kind: ProductEventKind, note: Option<&str>) -> Result<()> {
    let event = ProductEvent {
        id: tx.id(),
        product_id: product.clone(),
        at: tx.now,
        kind,
        user_id: tx.actor.user_id.clone(),
        note: note.map(str::to_owned),
    };
    diesel::insert_into(product_events::table)
        .values(event)
        .execute(tx.conn)?;
    Ok(())
}

/// A page of the timeline of a product that the viewer was shown already, newest first.
pub fn events(conn: &mut Conn, product: &ProductId, page: &PageRequest) -> Result<Page<ProductEvent>> {
    let query = product_events::table
        .filter(product_events::product_id.eq(product.clone()))
        .select(product_events::all_columns)
        .into_boxed::<Dialect>();
    Ok(page.cut(paged!(query, page, product_events::id, descending).load(conn)?))
}

/// How many steps [`events`] has in all.
pub fn count_events(conn: &mut Conn, product: &ProductId) -> Result<i64> {
    let query = product_events::table.filter(product_events::product_id.eq(product));
    Ok(query.count().get_result(conn)?)
}

/// The tasks that were done for products that the viewer was shown already.
pub fn tasks_of(conn: &mut Conn, ids: &[ProductId]) -> Result<Vec<ProductTask>> {
    let query = product_tasks::table
        .filter(product_tasks::product_id.eq_any(ids))
        .order((product_tasks::product_id.asc(), product_tasks::task_id.asc()))
        .select(product_tasks::all_columns);
    Ok(query.load(conn)?)
}

/// Records that a task was done, or with `None` that it was not.
pub fn set_task(tx: &mut Tx<'_>, product: &ProductId, task: &PreTaskId, done: Option<&ProductTask>) -> Result<()> {
    diesel::delete(product_tasks::table.find((product, task))).execute(tx.conn)?;
    if let Some(done) = done {
        diesel::insert_into(product_tasks::table)
            .values(done)
            .execute(tx.conn)?;
    }
    Ok(())
}
