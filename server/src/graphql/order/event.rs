//! The timeline of an order (D20).

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use crate::domain::order_event::OrderEventKind;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::delivery::{DeliveriesById, Delivery};
use crate::graphql::loaders;
use crate::graphql::session::types::{Organization, User};
use crate::store::order_event;

connection! {
    /// Steps of an order, newest first.
    OrderEventConnection, OrderEventEdge, OrderEvent
}

/// One step of an order: both sides see the same.
#[derive(Clone, Debug)]
pub struct OrderEvent(pub order_event::OrderEvent);

#[Object]
impl OrderEvent {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at.utc()
    }

    /// What happened.
    async fn kind(&self) -> OrderEventKind {
        self.0.kind
    }

    /// What happened, in the caller's language.
    async fn title(&self, ctx: &Context<'_>) -> String {
        self.0.kind.text().get(ctx.locale()).to_owned()
    }

    /// Null for the system.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.user_id.clone()).await
    }

    /// For which organisation the person acted.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.organization_id.clone() {
            Some(id) => Organization::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The delivery that the step is about.
    async fn delivery(&self, ctx: &Context<'_>) -> Result<Option<Delivery>> {
        match self.0.delivery_id.clone() {
            Some(id) => Ok(loaders::load::<DeliveriesById>(ctx, id).await?.map(Delivery)),
            None => Ok(None),
        }
    }

    /// Versions, choices, counts and reasons that belong to the step, one line each, in the caller's language.
    async fn details(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let locale = ctx.locale();
        let facts = self.0.parsed_facts().map_err(|error| query_error(error, locale))?;
        let lines = facts.map(|facts| facts.lines()).unwrap_or_default();
        Ok(lines.iter().map(|line| line.get(locale).to_owned()).collect())
    }
}
