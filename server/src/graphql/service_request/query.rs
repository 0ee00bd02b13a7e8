//! Queries about service requests.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::input::ServiceRequestFilter;
use super::overview::ServiceOverview;
use super::types::ServiceRequest;
use crate::auth::viewer::Viewer;
use crate::domain::id::ServiceRequestId;
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::service_request;
use crate::store::conn::Conn;
use crate::store::service_request::page_key;

connection! {
    /// Service requests, the one in which something was written last first.
    ServiceRequestConnection, ServiceRequestEdge, ServiceRequest
}

#[derive(Default)]
pub struct ServiceRequestQuery;

#[Object]
impl ServiceRequestQuery {
    /// L25: service requests, the one in which something was written last first: those that customers opened at the acting partner
    /// or, as CUSTOMER, those of the acting organisation; an employee sees those that they opened.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn service_requests(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
        filter: Option<ServiceRequestFilter>,
    ) -> Result<ServiceRequestConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let filter = filter.unwrap_or_default().parse().map_err(refused)?;
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| {
            service_request::list(conn, viewer, party, &filter, &page)
        });
        let count = move |conn: &mut Conn, viewer: &Viewer| service_request::count(conn, viewer, party, &counted);
        Ok(ServiceRequestConnection::new(
            rows.await?,
            page_key,
            ServiceRequest,
            Arc::new(count),
        ))
    }

    /// One service request of either side; null where it does not exist or belongs to others.
    async fn service_request(&self, ctx: &Context<'_>, id: ID) -> Result<Option<ServiceRequest>> {
        let Ok(id) = id.parse::<ServiceRequestId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| service_request::find(conn, viewer, &id)).await?;
        Ok(found.map(ServiceRequest))
    }

    /// L25: what waits at the acting partner, and how long its answers took in the last 30 days.
    async fn service_overview(&self, ctx: &Context<'_>) -> Result<ServiceOverview> {
        let now = ctx.app().store.now();
        let figures = read(ctx, move |conn, viewer| service_request::overview(conn, viewer, now));
        Ok(ServiceOverview(figures.await?))
    }
}
