//! The cool-app market as customers and visitors see it (L22): what was approved, newest first, found by words, industry and role. What
//! belongs to an app there (its traits, its words) changes in the transaction that changes the app.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::conn::{Conn, Dialect, on_each_backend};
use super::cool_app::CoolApp;
use super::membership::escape_like;
use super::page::{Page, PageRequest, instant_key, paged_by, parse_instant_key};
use super::schema::{cool_app_traits, cool_apps};
use super::search::{self, Candidates};
use super::{Result, Tx};
use crate::domain::cool_app_content::{CoolAppRole, industry_trait, role_trait, traits};
use crate::domain::id::CoolAppId;
use crate::domain::product_content::Industry;
use crate::domain::search_token::SearchNoun;

/// What the market is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct CoolAppFilter {
    /// Stands in the name or the introduction.
    pub search: String,
    pub industry: Option<Industry>,
    pub role: Option<CoolAppRole>,
}

#[derive(Insertable)]
#[diesel(table_name = cool_app_traits)]
struct Trait {
    word: String,
    cool_app_id: CoolAppId,
}

type Boxed<'a> = cool_apps::BoxedQuery<'a, Dialect>;

fn shown<'a>() -> Boxed<'a> {
    cool_apps::table
        .filter(cool_apps::market_at.is_not_null())
        .select(cool_apps::all_columns)
        .into_boxed()
}

fn narrowed<'a>(conn: &mut Conn, filter: &CoolAppFilter) -> Result<Boxed<'a>> {
    let mut query = shown();
    let industry = filter.industry.map(industry_trait);
    for word in industry.into_iter().chain(filter.role.map(role_trait)) {
        let of_it = cool_app_traits::table
            .filter(cool_app_traits::word.eq(word))
            .filter(cool_app_traits::cool_app_id.eq(cool_apps::id));
        query = query.filter(exists(of_it));
    }
    let searched = filter.search.trim().to_lowercase();
    if searched.is_empty() {
        return Ok(query);
    }
    if let Candidates::Few(ids) = search::public_candidates(conn, SearchNoun::CoolApp, &searched)? {
        let ids: Vec<CoolAppId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        query = query.filter(cool_apps::id.eq_any(ids));
    }
    let like = format!("%{}%", escape_like(&searched));
    Ok(query.filter(cool_apps::search_text.like(like).escape('\\')))
}

/// A page of the market, newest first.
pub fn list(conn: &mut Conn, filter: &CoolAppFilter, page: &PageRequest) -> Result<Page<CoolApp>> {
    let query = narrowed(conn, filter)?;
    let at = diesel::dsl::sql::<diesel::sql_types::Timestamp>("cool_apps.market_at");
    let id = cool_apps::id;
    let query = paged_by!(query, page, parse_instant_key, at.clone(), id, descending);
    Ok(page.cut(query.load(conn)?))
}

/// The page key of a cool app on the market.
pub fn page_key(row: &CoolApp) -> String {
    instant_key(row.market_at.unwrap_or(row.created_at), row.id.as_str())
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, filter: &CoolAppFilter) -> Result<i64> {
    Ok(narrowed(conn, filter)?.select(diesel::dsl::count_star()).first(conn)?)
}

/// A cool app that the market shows, or `None`.
pub fn find(conn: &mut Conn, id: &CoolAppId) -> Result<Option<CoolApp>> {
    let query = shown().filter(cool_apps::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// Brings the market up to a cool app that was approved or taken off it.
pub fn follow(tx: &mut Tx<'_>, app: &CoolApp) -> Result<()> {
    let before = cool_app_traits::table.filter(cool_app_traits::cool_app_id.eq(&app.id));
    diesel::delete(before).execute(tx.conn)?;
    search::forget(tx, app.id.as_str())?;
    let Some(content) = app.approved()?.filter(|_| app.market_at.is_some()) else {
        return Ok(());
    };
    let row = |word| Trait {
        word,
        cool_app_id: app.id.clone(),
    };
    let rows: Vec<Trait> = traits(&content).into_iter().map(row).collect();
    on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(cool_app_traits::table)
        .values(&rows)
        .execute(conn))?;
    search::index(tx, SearchNoun::CoolApp, &[], app.id.as_str(), &app.search_text)
}
