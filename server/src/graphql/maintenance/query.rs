//! Queries about remote maintenance.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::input::MaintenanceFilter;
use super::types::MaintenanceSession;
use crate::auth::viewer::Viewer;
use crate::domain::id::MaintenanceSessionId;
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::maintenance;
use crate::store::conn::Conn;

connection! {
    /// Remote maintenance, newest first.
    MaintenanceSessionConnection, MaintenanceSessionEdge, MaintenanceSession
}

#[derive(Default)]
pub struct MaintenanceQuery;

#[Object]
impl MaintenanceQuery {
    /// Remote maintenance, newest first: what the acting organisation's people asked for or, as CUSTOMER, what concerns its
    /// instances. For people who build at a partner and for a customer's admins.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn maintenance_sessions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
        filter: Option<MaintenanceFilter>,
    ) -> Result<MaintenanceSessionConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let filter = filter.unwrap_or_default().parse().map_err(refused)?;
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| {
            maintenance::list(conn, viewer, party, &filter, &page)
        });
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| maintenance::count(conn, viewer, party, &counted));
        Ok(MaintenanceSessionConnection::new(
            rows.await?,
            |row| row.id.to_string(),
            MaintenanceSession,
            count,
        ))
    }

    /// One remote maintenance of either side; null where it does not exist or belongs to others.
    async fn maintenance_session(&self, ctx: &Context<'_>, id: ID) -> Result<Option<MaintenanceSession>> {
        let Ok(id) = id.parse::<MaintenanceSessionId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| maintenance::find(conn, viewer, &id)).await?;
        Ok(found.map(MaintenanceSession))
    }
}
