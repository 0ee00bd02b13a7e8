//! Categories, the operators who hold them, and the tasks that stand before the marketplace. Everybody who is signed in may read
//! them; a superadmin writes them.

use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::schema::{categories, category_operators, pre_tasks};
use super::{Result, Tx};
use crate::auth::viewer::{CategoryOperatorScope, SuperadminScope};
use crate::domain::category::{CATEGORIES_MAX, TASKS_MAX};
use crate::domain::id::{CategoryId, PreTaskId, UserId};
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;

/// A category.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = categories)]
pub struct Category {
    pub id: CategoryId,
    pub name_zh: String,
    pub name_en: String,
    /// Two different operators approve.
    pub four_eyes: bool,
    /// Takes no new products; those that are there stay.
    pub retired: bool,
    pub created_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

/// A task that has to be done before a product comes onto the marketplace (L9).
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pre_tasks)]
pub struct PreTask {
    pub id: PreTaskId,
    pub name_zh: String,
    pub name_en: String,
    /// Asked of no product any more.
    pub retired: bool,
    pub created_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

#[derive(Insertable)]
#[diesel(table_name = category_operators)]
struct Holding {
    category_id: CategoryId,
    user_id: UserId,
}

/// All categories in the order in which they were made.
pub fn all(conn: &mut Conn) -> Result<Vec<Category>> {
    let query = categories::table
        .order(categories::id.asc())
        .limit(CATEGORIES_MAX)
        .select(categories::all_columns);
    Ok(query.load(conn)?)
}

/// Those of the ids that exist.
pub fn by_ids(conn: &mut Conn, ids: &[CategoryId]) -> Result<Vec<Category>> {
    let query = categories::table
        .filter(categories::id.eq_any(ids))
        .select(categories::all_columns);
    Ok(query.load(conn)?)
}

/// A category, or `None`.
pub fn find(conn: &mut Conn, id: &CategoryId) -> Result<Option<Category>> {
    let query = categories::table.find(id).select(categories::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Makes a category.
pub fn insert(tx: &mut Tx<'_>, _: &SuperadminScope, made: &Category) -> Result<()> {
    diesel::insert_into(categories::table).values(made).execute(tx.conn)?;
    Ok(())
}

/// Saves a category that was read at `version`. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, _: &SuperadminScope, version: i32, after: Category) -> Result<Category> {
    let after = Category {
        version: version + 1,
        ..after
    };
    let read = categories::table
        .filter(categories::id.eq(&after.id))
        .filter(categories::version.eq(version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Who holds each of the categories.
pub fn operators(conn: &mut Conn, ids: &[CategoryId]) -> Result<Vec<(CategoryId, UserId)>> {
    let query = category_operators::table
        .filter(category_operators::category_id.eq_any(ids))
        .order((category_operators::category_id.asc(), category_operators::user_id.asc()))
        .select((category_operators::category_id, category_operators::user_id));
    Ok(query.load(conn)?)
}

/// The categories that an operator holds.
pub fn held(conn: &mut Conn, scope: &CategoryOperatorScope) -> Result<Vec<CategoryId>> {
    let query = category_operators::table
        .filter(category_operators::user_id.eq(&scope.user_id))
        .order(category_operators::category_id.asc())
        .select(category_operators::category_id);
    Ok(query.load(conn)?)
}

/// L6: whether an operator holds a category.
pub fn is_held(conn: &mut Conn, scope: &CategoryOperatorScope, id: &CategoryId) -> Result<bool> {
    let held = category_operators::table.find((id, &scope.user_id));
    Ok(diesel::select(diesel::dsl::exists(held)).get_result(conn)?)
}

/// Makes these people the operators of a category, and nobody else.
pub fn set_operators(tx: &mut Tx<'_>, _: &SuperadminScope, id: &CategoryId, people: &[UserId]) -> Result<()> {
    let before = category_operators::table.filter(category_operators::category_id.eq(id));
    diesel::delete(before).execute(tx.conn)?;
    let rows: Vec<Holding> = people
        .iter()
        .map(|person| Holding {
            category_id: id.clone(),
            user_id: person.clone(),
        })
        .collect();
    on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(category_operators::table)
        .values(&rows)
        .execute(conn))?;
    Ok(())
}

/// The tasks before the marketplace in the order in which they were made, retired ones as well.
pub fn tasks(conn: &mut Conn) -> Result<Vec<PreTask>> {
    let query = pre_tasks::table
        .order(pre_tasks::id.asc())
        .limit(TASKS_MAX)
        .select(pre_tasks::all_columns);
    Ok(query.load(conn)?)
}

/// A task, or `None`.
pub fn find_task(conn: &mut Conn, id: &PreTaskId) -> Result<Option<PreTask>> {
    let query = pre_tasks::table.find(id).select(pre_tasks::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Makes a task.
pub fn insert_task(tx: &mut Tx<'_>, _: &SuperadminScope, made: &PreTask) -> Result<()> {
    diesel::insert_into(pre_tasks::table).values(made).execute(tx.conn)?;
    Ok(())
}

/// Saves a task that was read at `version`. Stale where somebody was quicker.
pub fn update_task(tx: &mut Tx<'_>, _: &SuperadminScope, version: i32, after: PreTask) -> Result<PreTask> {
    let after = PreTask {
        version: version + 1,
        ..after
    };
    let read = pre_tasks::table
        .filter(pre_tasks::id.eq(&after.id))
        .filter(pre_tasks::version.eq(version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}
