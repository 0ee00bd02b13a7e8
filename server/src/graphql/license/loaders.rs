//! Batched look-ups around licenses. Whoever hands out the id has decided that the viewer may see it.

use async_graphql::Data;

use crate::domain::id::LicenseId;
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery};
use crate::store::license::{self, License};
use crate::store::{Result, Store};

/// Licenses by id.
pub struct Licenses;

impl Batch for Licenses {
    type Key = LicenseId;
    type Row = License;

    fn load(conn: &mut Conn, keys: &[LicenseId]) -> Result<Vec<(LicenseId, License)>> {
        let rows = license::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The latest send of the application of each license; absent where there is none.
pub struct LatestDeliveries;

impl Batch for LatestDeliveries {
    type Key = LicenseId;
    type Row = Delivery;

    fn load(conn: &mut Conn, keys: &[LicenseId]) -> Result<Vec<(LicenseId, Delivery)>> {
        let rows = delivery::latest_of_licenses(conn, keys)?;
        Ok(rows
            .into_iter()
            .filter_map(|row| Some((row.license_id.clone()?, row)))
            .collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<Licenses>(data, store);
    insert_one::<LatestDeliveries>(data, store);
}
