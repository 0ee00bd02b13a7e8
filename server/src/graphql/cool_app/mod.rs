//! Cool apps in the schema (L21, L22): the application of a partner, its review, and the market. What is in groups is `group`.

mod content;
mod input;
mod market;
mod mutation;
mod query;
mod types;

pub use market::{CoolApp, CoolAppMarketQuery};
pub use mutation::CoolAppMutation;
pub use query::CoolAppQuery;
pub use types::CoolAppApplication;

use async_graphql::Data;

use super::loaders::{Batch, insert_one};
use crate::domain::id::CoolAppId;
use crate::store::conn::Conn;
use crate::store::{Result, Store, cool_app};

/// Cool apps by id; whoever hands out the id has decided that the viewer may see it.
pub struct CoolAppsById;

impl Batch for CoolAppsById {
    type Key = CoolAppId;
    type Row = cool_app::CoolApp;

    fn load(conn: &mut Conn, keys: &[CoolAppId]) -> Result<Vec<(CoolAppId, cool_app::CoolApp)>> {
        let rows = cool_app::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert_loaders(data: &mut Data, store: &Store) {
    insert_one::<CoolAppsById>(data, store);
}
