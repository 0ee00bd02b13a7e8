//! Self-tests with their checklists. Readers and writers are the partner's people; the engine moves one when its version
//! arrives.

use diesel::prelude::*;

use super::conn::{Conn, Dialect, on_each_backend};
use super::page::{Page, PageRequest, paged};
use super::schema::{self_test_items, self_tests};
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::id::{ApplicationId, ApplicationVersionId, DeliveryId, FileId, OrganizationId, SelfTestId, UserId};
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;
use crate::domain::self_test::{SelfTestQuestion, SelfTestStatus};

/// A self-test.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = self_tests, treat_none_as_null = true)]
pub struct SelfTest {
    pub id: SelfTestId,
    pub partner_id: OrganizationId,
    pub application_id: ApplicationId,
    pub version_id: ApplicationVersionId,
    pub test_organization_id: OrganizationId,
    pub delivery_id: DeliveryId,
    pub status: SelfTestStatus,
    pub created_by: UserId,
    pub created_at: Instant,
    pub passed_at: Option<Instant>,
    /// Grows with every change.
    pub version: i32,
}

/// One item of a checklist.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = self_test_items, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct SelfTestItem {
    pub self_test_id: SelfTestId,
    pub item: SelfTestQuestion,
    pub position: i32,
    /// Nothing until it is answered.
    pub passed: Option<bool>,
    pub note: String,
    pub evidence_id: Option<FileId>,
    pub tested_by: Option<UserId>,
    pub tested_at: Option<Instant>,
}

type Boxed<'a> = self_tests::BoxedQuery<'a, Dialect>;

fn visible<'a>(scope: &PartnerScope) -> Boxed<'a> {
    self_tests::table
        .filter(self_tests::partner_id.eq(scope.organization_id.clone()))
        .select(self_tests::all_columns)
        .into_boxed()
}

/// A self-test of the partner's own, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &SelfTestId) -> Result<Option<SelfTest>> {
    Ok(visible(scope)
        .filter(self_tests::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// The self-tests of an application of the partner's own, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &PartnerScope,
    application: &ApplicationId,
    page: &PageRequest,
) -> Result<Page<SelfTest>> {
    let query = visible(scope).filter(self_tests::application_id.eq(application.clone()));
    Ok(page.cut(paged!(query, page, self_tests::id, descending).load(conn)?))
}

/// How many self-tests [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &PartnerScope, application: &ApplicationId) -> Result<i64> {
    let query = self_tests::table
        .filter(self_tests::partner_id.eq(&scope.organization_id))
        .filter(self_tests::application_id.eq(application));
    Ok(query.count().get_result(conn)?)
}

/// The self-test that a delivery carries out, for the engine.
pub fn of_delivery(conn: &mut Conn, delivery: &DeliveryId) -> Result<SelfTest> {
    let query = self_tests::table
        .filter(self_tests::delivery_id.eq(delivery))
        .select(self_tests::all_columns);
    Ok(query.first(conn)?)
}

/// The latest self-test of each version that the viewer was shown already.
pub fn latest_of_versions(conn: &mut Conn, versions: &[ApplicationVersionId]) -> Result<Vec<SelfTest>> {
    let latest: Vec<Option<SelfTestId>> = self_tests::table
        .filter(self_tests::version_id.eq_any(versions))
        .group_by(self_tests::version_id)
        .select(diesel::dsl::max(self_tests::id))
        .load(conn)?;
    let query = self_tests::table
        .filter(self_tests::id.eq_any(latest.into_iter().flatten()))
        .select(self_tests::all_columns);
    Ok(query.load(conn)?)
}

/// Those of the versions that passed a self-test.
pub fn passed_of_versions(conn: &mut Conn, versions: &[ApplicationVersionId]) -> Result<Vec<ApplicationVersionId>> {
    let query = self_tests::table
        .filter(self_tests::version_id.eq_any(versions))
        .filter(self_tests::status.eq(SelfTestStatus::Passed))
        .group_by(self_tests::version_id)
        .select(self_tests::version_id);
    Ok(query.load(conn)?)
}

/// The checklists of self-tests that the viewer was shown already, each in its order.
pub fn items_of(conn: &mut Conn, ids: &[SelfTestId]) -> Result<Vec<SelfTestItem>> {
    let query = self_test_items::table
        .filter(self_test_items::self_test_id.eq_any(ids))
        .order((self_test_items::self_test_id.asc(), self_test_items::position.asc()))
        .select(self_test_items::all_columns);
    Ok(query.load(conn)?)
}

/// Makes a self-test with its checklist.
pub fn insert(tx: &mut Tx<'_>, made: &SelfTest, items: &[SelfTestItem]) -> Result<()> {
    diesel::insert_into(self_tests::table).values(made).execute(tx.conn)?;
    on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(self_test_items::table)
        .values(items)
        .execute(conn))?;
    Ok(())
}

/// Saves a self-test that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &SelfTest, after: SelfTest) -> Result<SelfTest> {
    let after = SelfTest {
        version: before.version + 1,
        ..after
    };
    let read = self_tests::table
        .filter(self_tests::id.eq(&before.id))
        .filter(self_tests::version.eq(before.version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Saves an answer.
pub fn save_item(tx: &mut Tx<'_>, item: &SelfTestItem) -> Result<()> {
    diesel::update(self_test_items::table.find((&item.self_test_id, item.item)))
        .set((
            self_test_items::passed.eq(item.passed),
            self_test_items::note.eq(&item.note),
            self_test_items::evidence_id.eq(&item.evidence_id),
            self_test_items::tested_by.eq(&item.tested_by),
            self_test_items::tested_at.eq(item.tested_at),
        ))
        .execute(tx.conn)?;
    Ok(())
}
