//! Batched look-ups around distribution permission.

use async_graphql::{Context, Data, Result};

use crate::domain::id::OrganizationId;
use crate::graphql::loaders::{self, Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::{self, Store, permission};

/// The partners whose permission is granted at this moment (D1); others are absent.
pub struct Granted;

impl Batch for Granted {
    type Key = OrganizationId;
    type Row = ();

    fn load(conn: &mut Conn, keys: &[OrganizationId]) -> store::Result<Vec<(OrganizationId, ())>> {
        let granted = permission::granted(conn, keys)?;
        Ok(granted.into_iter().map(|id| (id, ())).collect())
    }
}

/// Whether the partner's permission is granted at this moment.
pub async fn is_granted(ctx: &Context<'_>, partner: &OrganizationId) -> Result<bool> {
    Ok(loaders::load::<Granted>(ctx, partner.clone()).await?.is_some())
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<Granted>(data, store);
}
