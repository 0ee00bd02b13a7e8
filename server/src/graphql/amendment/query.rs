//! Queries about amendments.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::Amendment;
use crate::auth::viewer::Viewer;
use crate::domain::amendment::AmendmentStatus;
use crate::domain::id::AmendmentId;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::amendment;
use crate::store::conn::Conn;
use crate::store::{self};

connection! {
    /// Amendments.
    AmendmentConnection, AmendmentEdge, Amendment
}

#[derive(Default)]
pub struct AmendmentQuery;

#[Object]
impl AmendmentQuery {
    /// For internal reviewers: the amendments of every partner. Newest first; those in review overdue first.
    async fn amendments(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        status: Option<AmendmentStatus>,
    ) -> Result<AmendmentConnection> {
        let page = ctx.page(first, after, last, before)?;
        let rows = read(ctx, move |conn, viewer| amendment::list(conn, viewer, status, &page)).await?;
        let queue = store::amendment::is_queue(status);
        let key = |row: &store::amendment::Amendment| store::amendment::page_key(row, queue);
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| amendment::count(conn, viewer, status));
        Ok(AmendmentConnection::new(rows, key, Amendment, count))
    }

    /// One amendment, for the project's creator or a reviewer; null where it does not exist for them.
    async fn amendment(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Amendment>> {
        let id = id.parse::<AmendmentId>().ok();
        let found = read(ctx, move |conn, viewer| match &id {
            Some(id) => amendment::find(conn, viewer, id),
            None => Ok(None),
        });
        Ok(found.await?.map(Amendment))
    }
}
