//! A lead as both sides see it: what was passed on both read, what the partner makes of it the partner alone.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use crate::auth::viewer::Viewer;
use crate::domain::lead::{LeadAction, LeadEventKind, LeadSource, LeadStatus};
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::graphql::session::types::{Organization, User};
use crate::services::lead as service;
use crate::store::conn::Conn;
use crate::store::lead;

connection! {
    /// Steps of a lead, oldest first.
    LeadEventConnection, LeadEventEdge, LeadEvent
}

/// 商机: somebody who is interested in a product, with what they agreed to pass on to its partner (L24).
#[derive(Clone, Debug)]
pub struct Lead(pub lead::Lead);

#[Object]
impl Lead {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// The product.
    async fn product_id(&self) -> ID {
        ID(self.0.product_id.to_string())
    }

    /// What it was called then.
    async fn product_name(&self) -> &str {
        &self.0.product_name
    }

    /// From what the lead arose.
    async fn source(&self) -> LeadSource {
        self.0.source
    }

    /// Of the promotion link through which the person came; null without one, and for the customer.
    async fn channel_code(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.0.channel_code.as_deref().filter(|_| self.is_partner(ctx)))
    }

    /// Passed on: the organisation.
    async fn organization_name(&self) -> &str {
        &self.0.organization_name
    }

    /// Passed on: the person.
    async fn person_name(&self) -> &str {
        &self.0.person_name
    }

    /// Passed on: where mail reaches the person.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Passed on: a number in E.164 form; empty where none was given.
    async fn phone(&self) -> &str {
        &self.0.phone
    }

    /// Passed on: what was written when the lead arose; may be empty.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// Where it stands.
    async fn status(&self) -> LeadStatus {
        self.0.status
    }

    /// Why nothing came of it; empty otherwise, and for the customer.
    async fn lost_reason(&self, ctx: &Context<'_>) -> &str {
        match self.is_partner(ctx) {
            true => &self.0.lost_reason,
            false => "",
        }
    }

    /// Who sells the product.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.partner_id.clone()).await
    }

    /// The partner's person who looks after it; null where nobody does.
    async fn assigned_to(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.assigned_to.clone()).await
    }

    /// When it arose.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When the partner was in touch first.
    async fn contacted_at(&self) -> Option<DateTime<Utc>> {
        self.0.contacted_at.map(Into::into)
    }

    /// When it was won or lost.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at.map(Into::into)
    }

    /// What happened to it, oldest first; for the partner.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<LeadEventConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (of, counted) = (self.0.clone(), self.0.id.clone());
        let rows = read(ctx, move |conn, viewer| service::events(conn, viewer, &of, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, _: &Viewer| lead::event_count(conn, &counted));
        Ok(LeadEventConnection::new(
            rows,
            |row| row.id.to_string(),
            LeadEvent,
            count,
        ))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<LeadAction>> {
        Ok(service::actions(&ctx.viewer()?, &self.0))
    }
}

impl Lead {
    fn is_partner(&self, ctx: &Context<'_>) -> bool {
        ctx.viewer_if_any()
            .is_some_and(|viewer| service::is_partner(viewer, &self.0))
    }
}

/// One step of a lead.
#[derive(Clone, Debug)]
pub struct LeadEvent(pub lead::LeadEvent);

#[Object]
impl LeadEvent {
    /// What happened.
    async fn kind(&self) -> LeadEventKind {
        self.0.kind
    }

    /// By whom.
    async fn user(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.user_id.clone()).await
    }

    /// To whom the lead was given.
    async fn assigned_to(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.assigned_to.clone()).await
    }

    /// A message, a note or a reason; empty without one.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at.utc()
    }
}
