//! Batched look-ups around self-tests. Whoever hands out the id has decided that the viewer may see it.

use async_graphql::Data;

use crate::domain::id::{ApplicationVersionId, SelfTestId};
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::self_test::{self, SelfTest, SelfTestItem};
use crate::store::{Result, Store, grouped};

/// The latest self-test of each version; absent where there is none.
pub struct LatestOf;

impl Batch for LatestOf {
    type Key = ApplicationVersionId;
    type Row = SelfTest;

    fn load(conn: &mut Conn, keys: &[ApplicationVersionId]) -> Result<Vec<(ApplicationVersionId, SelfTest)>> {
        let rows = self_test::latest_of_versions(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.version_id.clone(), row)).collect())
    }
}

/// That a version passed a self-test; absent where it has not.
pub struct PassedOf;

impl Batch for PassedOf {
    type Key = ApplicationVersionId;
    type Row = ();

    fn load(conn: &mut Conn, keys: &[ApplicationVersionId]) -> Result<Vec<(ApplicationVersionId, ())>> {
        let passed = self_test::passed_of_versions(conn, keys)?;
        Ok(passed.into_iter().map(|version| (version, ())).collect())
    }
}

/// The checklist of each self-test in its order.
pub struct ItemsOf;

impl Batch for ItemsOf {
    type Key = SelfTestId;
    type Row = Vec<SelfTestItem>;

    fn load(conn: &mut Conn, keys: &[SelfTestId]) -> Result<Vec<(SelfTestId, Vec<SelfTestItem>)>> {
        let rows = self_test::items_of(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.self_test_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<LatestOf>(data, store);
    insert_one::<PassedOf>(data, store);
    insert_one::<ItemsOf>(data, store);
}
