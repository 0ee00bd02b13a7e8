//! A service request as both sides see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::loaders::OpenInstances;
use super::message::{ServiceMessage, ServiceMessageConnection};
use crate::auth::viewer::Viewer;
use crate::domain::service_request::{ServiceRequestAction, ServiceRequestKind, ServiceRequestStatus};
use crate::graphql::context::{Ask, read};
use crate::graphql::instance::AppInstance;
use crate::graphql::loaders::{self, seen};
use crate::graphql::order::loaders::Instances;
use crate::graphql::session::types::{Organization, User};
use crate::services::service_request as service;
use crate::store::conn::Conn;
use crate::store::{service_message, service_request};

/// What a customer asks the partner of an application, and the answers (L25). The person who opened it and their admins see it,
/// and the people of the partner.
#[derive(Clone, Debug)]
pub struct ServiceRequest(pub service_request::ServiceRequest);

#[Object]
impl ServiceRequest {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it is about.
    async fn kind(&self) -> ServiceRequestKind {
        self.0.kind
    }

    /// In one line.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it stands.
    async fn status(&self) -> ServiceRequestStatus {
        self.0.status
    }

    /// The application; null for the partner, and for people of the customer who do not see it (any more).
    async fn instance(&self, ctx: &Context<'_>) -> Result<Option<AppInstance>> {
        let found = seen::<OpenInstances>(ctx, self.0.instance_id.clone()).await?;
        Ok(found.map(AppInstance))
    }

    /// What the application is called at the customer's.
    async fn application_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(loaders::get::<Instances>(ctx, self.0.instance_id.clone()).await?.name)
    }

    /// In which version the customer has it.
    async fn version_number(&self, ctx: &Context<'_>) -> Result<String> {
        let found = loaders::get::<Instances>(ctx, self.0.instance_id.clone()).await?;
        Ok(found.version_number)
    }

    /// Who answers.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.partner_id.clone()).await
    }

    /// Who asks.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.customer_id.clone()).await
    }

    /// The person who asked.
    async fn opened_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.opened_by.clone()).await
    }

    /// When they asked.
    async fn opened_at(&self) -> DateTime<Utc> {
        self.0.opened_at.utc()
    }

    /// When something was written last.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.0.changed_at.utc()
    }

    /// Since when the partner's answer is waited for; null while it is not.
    async fn waiting_since(&self) -> Option<DateTime<Utc>> {
        self.0.waiting_since.map(Into::into)
    }

    /// When the partner wrote first.
    async fn first_response_at(&self) -> Option<DateTime<Utc>> {
        self.0.first_response_at.map(Into::into)
    }

    /// How many seconds after the opening that was, by the clock.
    async fn first_response_seconds(&self) -> Option<i32> {
        self.0.first_response_seconds.map(seconds)
    }

    /// When it was closed; null again once it is opened again.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at.map(Into::into)
    }

    /// By whom.
    async fn closed_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.closed_by.clone()).await
    }

    /// How many seconds after the opening that was, by the clock.
    async fn closing_seconds(&self) -> Option<i32> {
        self.0.closing_seconds.map(seconds)
    }

    /// Everything that was written, oldest first; `last` begins with the newest.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<ServiceMessageConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (listed, counted) = (self.0.id.clone(), self.0.id.clone());
        let rows = read(ctx, move |conn, _| service_message::list(conn, &listed, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, _: &Viewer| service_message::count(conn, &counted));
        Ok(ServiceMessageConnection::new(
            rows,
            |row| row.id.to_string(),
            ServiceMessage,
            count,
        ))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ServiceRequestAction>> {
        let now = ctx.app().store.now();
        Ok(service::available_actions(&ctx.viewer()?, &self.0, now))
    }
}

/// Seconds as the schema counts them.
fn seconds(taken: i64) -> i32 {
    i32::try_from(taken).unwrap_or(i32::MAX)
}
