//! Service requests, live.

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, ID, Result, SimpleObject, Subscription};

use super::types::ServiceRequest;
use crate::domain::id::ServiceRequestId;
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::progress::{Followed, follow};
use crate::services::service_request;
use crate::store::Signal;

/// That something was written.
#[derive(Clone, Debug, SimpleObject)]
pub struct ServiceRequestChange {
    /// The request in which it was; null where there is none at all.
    request: Option<ServiceRequest>,
}

impl Followed for ServiceRequestChange {
    /// Every message counts the version on.
    type State = Option<(ServiceRequestId, i32)>;

    fn state(&self) -> Self::State {
        self.request.as_ref().map(|it| (it.0.id.clone(), it.0.version))
    }

    fn is_finished(&self) -> bool {
        false
    }
}

#[derive(Default)]
pub struct ServiceRequestSubscription;

#[Subscription]
impl ServiceRequestSubscription {
    /// Sends the request in which something was written last now and whenever something is, of those that `serviceRequests` lists:
    /// whoever shows the list reads it again then.
    async fn service_requests_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
    ) -> Result<BoxStream<'static, Result<ServiceRequestChange>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let read = move |conn: &mut _| {
            let request = service_request::latest(conn, &viewer, party)?.map(ServiceRequest);
            Ok(Some(ServiceRequestChange { request }))
        };
        let moved = |signal: &Signal| matches!(signal, Signal::ServiceRequestMoved(_));
        Ok(follow(&ctx.app().store, locale, moved, read))
    }

    /// Sends one request now and whenever something is written in it: whoever shows its thread reads it again then.
    async fn service_request_changed(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<BoxStream<'static, Result<ServiceRequestChange>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let unknown = |_| query_error(Refusal::not_found().at("id").into(), locale);
        let id = id.parse::<ServiceRequestId>().map_err(unknown)?;
        let followed = id.clone();
        let read = move |conn: &mut _| {
            let found = service_request::find(conn, &viewer, &id)?.map(ServiceRequest);
            Ok(found.map(|request| ServiceRequestChange { request: Some(request) }))
        };
        let moved = move |signal: &Signal| *signal == Signal::ServiceRequestMoved(followed.clone());
        Ok(follow(&ctx.app().store, locale, moved, read))
    }
}
