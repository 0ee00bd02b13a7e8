//! Reading leads.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::input::LeadFilter;
use super::types::Lead;
use crate::auth::viewer::Viewer;
use crate::domain::id::LeadId;
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::lead;
use crate::store::conn::Conn;

connection! {
    /// Leads, the newest first.
    LeadConnection, LeadEdge, Lead
}

#[derive(Default)]
pub struct LeadQuery;

#[Object]
impl LeadQuery {
    /// L24: leads, the newest first: those of the acting partner, of which people who are no admins see what was given to them; or, as
    /// CUSTOMER, what the acting organisation passed on, of which employees see what they passed on themselves. `GET /exports/leads.csv`
    /// has the partner's as a table.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn leads(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
        filter: Option<LeadFilter>,
    ) -> Result<LeadConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let filter = filter.unwrap_or_default().parse().map_err(refused)?;
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| lead::list(conn, viewer, party, &filter, &page));
        let count = move |conn: &mut Conn, viewer: &Viewer| lead::count(conn, viewer, party, &counted);
        let key = |row: &crate::store::lead::Lead| row.id.to_string();
        Ok(LeadConnection::new(rows.await?, key, Lead, Arc::new(count)))
    }

    /// One lead of either side; null where it does not exist or belongs to others.
    async fn lead(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Lead>> {
        let Ok(id) = id.parse::<LeadId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| lead::find(conn, viewer, &id)).await?;
        Ok(found.map(Lead))
    }
}
