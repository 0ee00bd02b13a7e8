//! Ratings of products (L12) and their sums. What is shown is public; its partner and the operators of the product's category see what was
//! hidden as well.

use diesel::prelude::*;
use serde_json::json;

use super::audit::Fact;
use super::conn::Conn;
use super::page::{Page, PageRequest, paged};
use super::schema::{product_rating_sums, product_ratings};
use super::{Result, Tx};
use crate::domain::id::{OrganizationId, ProductId, RatingId, UserId};
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;

/// What an organisation says of a product.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = product_ratings, treat_none_as_null = true)]
pub struct Rating {
    pub id: RatingId,
    pub product_id: ProductId,
    pub organization_id: OrganizationId,
    pub partner_id: OrganizationId,
    /// 1 to 5.
    pub stars: i32,
    pub text: String,
    pub rated_by: UserId,
    pub rated_at: Instant,
    /// The partner's; empty without one.
    pub answer: String,
    pub answered_at: Option<Instant>,
    /// Since when it is out of view.
    pub hidden_at: Option<Instant>,
    pub hidden_by: Option<UserId>,
    pub hidden_reason: String,
    /// Grows with every change.
    pub version: i32,
}

/// How many ratings of a product are shown, and their stars together.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_rating_sums)]
pub struct RatingSum {
    pub product_id: ProductId,
    pub ratings: i32,
    pub stars: i32,
}

/// The ratings of a product, newest first; hidden ones only for those who may see them.
pub fn list(conn: &mut Conn, product: &ProductId, hidden: bool, page: &PageRequest) -> Result<Page<Rating>> {
    let mut query = product_ratings::table
        .filter(product_ratings::product_id.eq(product.clone()))
        .select(product_ratings::all_columns)
        .into_boxed();
    if !hidden {
        query = query.filter(product_ratings::hidden_at.is_null());
    }
    Ok(page.cut(paged!(query, page, product_ratings::id, descending).load(conn)?))
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, product: &ProductId, hidden: bool) -> Result<i64> {
    let mut query = product_ratings::table
        .filter(product_ratings::product_id.eq(product.clone()))
        .into_boxed();
    if !hidden {
        query = query.filter(product_ratings::hidden_at.is_null());
    }
    Ok(query.count().get_result(conn)?)
}

/// A rating, whoever may see it.
pub fn find(conn: &mut Conn, id: &RatingId) -> Result<Option<Rating>> {
    let query = product_ratings::table.find(id).select(product_ratings::all_columns);
    Ok(query.first(conn).optional()?)
}

/// What an organisation said of a product.
pub fn of_organization(conn: &mut Conn, product: &ProductId, organization: &OrganizationId) -> Result<Option<Rating>> {
    let query = product_ratings::table
        .filter(product_ratings::product_id.eq(product))
        .filter(product_ratings::organization_id.eq(organization))
        .select(product_ratings::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The sums of products that have any ratings.
pub fn sums(conn: &mut Conn, products: &[ProductId]) -> Result<Vec<RatingSum>> {
    let query = product_rating_sums::table
        .filter(product_rating_sums::product_id.eq_any(products))
        .select(product_rating_sums::all_columns);
    Ok(query.load(conn)?)
}

/// Makes a rating, or saves one that was read at its version; the sums follow.
pub fn save(tx: &mut Tx<'_>, before: Option<&Rating>, after: Rating) -> Result<Rating> {
    let after = Rating {
        version: before.map_or(1, |before| before.version + 1),
        ..after
    };
    match before {
        None => {
            diesel::insert_into(product_ratings::table)
                .values(&after)
                .execute(tx.conn)?;
        }
        Some(before) => {
            let read = product_ratings::table
                .filter(product_ratings::id.eq(&before.id))
                .filter(product_ratings::version.eq(before.version));
            if diesel::update(read).set(&after).execute(tx.conn)? != 1 {
                return Err(Refusal::stale().into());
            }
        }
    }
    let counted = |rating: &Rating| match rating.hidden_at {
        None => (1, rating.stars),
        Some(_) => (0, 0),
    };
    let (old, new) = (before.map_or((0, 0), counted), counted(&after));
    count_on(tx, &after.product_id, new.0 - old.0, new.1 - old.1)?;
    Ok(after)
}

fn count_on(tx: &mut Tx<'_>, product: &ProductId, ratings: i32, stars: i32) -> Result<()> {
    if (ratings, stars) == (0, 0) {
        return Ok(());
    }
    let row = product_rating_sums::table.find(product);
    let more = (
        product_rating_sums::ratings.eq(product_rating_sums::ratings + ratings),
        product_rating_sums::stars.eq(product_rating_sums::stars + stars),
    );
    if diesel::update(row).set(more).execute(tx.conn)? == 0 {
        let product_id = product.clone();
        let first = RatingSum {
            product_id,
            ratings,
            stars,
        };
        diesel::insert_into(product_rating_sums::table)
            .values(&first)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Records what became of a rating, in the log of `of` and of whoever acts.
pub fn audit(
    tx: &mut Tx<'_>,
    of: &OrganizationId,
    action: &'static str,
    label: &str,
    before: Option<&Rating>,
    after: &Rating,
) -> Result<()> {
    let facts =
        |it: &Rating| json!({ "stars": it.stars, "hidden": it.hidden_at.is_some(), "reason": it.hidden_reason });
    tx.audit_with_actor(Fact {
        organization_id: of,
        action,
        object_id: after.product_id.as_str(),
        label,
        before: before.map(facts),
        after: Some(facts(after)),
    })
}
