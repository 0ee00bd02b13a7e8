//! The order itself, as both sides see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::event::{OrderEvent, OrderEventConnection};
use super::loaders::{DeliveriesOf, Instances, OrderProjects, Orders, Sending};
use crate::auth::viewer::Viewer;
use crate::domain::delivery::DeliveryKind;
use crate::domain::id::OrderId;
use crate::domain::instance::InstanceStatus;
use crate::domain::order::{OrderAction, OrderFacts, SendStatus};
use crate::domain::project::ProjectStatus;
use crate::graphql::application::loaders::Applications;
use crate::graphql::application::types::Application;
use crate::graphql::context::{Ask, read};
use crate::graphql::delivery::Delivery;
use crate::graphql::instance::{Acceptance, AppInstance};
use crate::graphql::loaders;
use crate::graphql::maintenance::{LatestOfOrder, MaintenanceSession};
use crate::graphql::permission::is_granted;
use crate::graphql::project::Project;
use crate::graphql::scalars::{MinorUnits, Money};
use crate::graphql::seat::OrderSeats;
use crate::graphql::session::types::{Organization, User};
use crate::store::conn::Conn;
use crate::store::{order, order_event};

/// A purchase of one application by one customer (D11). Its amount is zero: the contract value is agreed off-platform.
#[derive(Clone, Debug)]
pub struct Order(pub order::Order);

#[Object]
impl Order {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Short number that people read out.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Who bought.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.customer_id.clone()).await
    }

    /// As the application was called when it was bought.
    async fn application_name(&self) -> &str {
        &self.0.application_name
    }

    /// What was bought; for the partner alone.
    async fn application(&self, ctx: &Context<'_>) -> Result<Option<Application>> {
        if !self.is_sold_by_viewer(ctx)? {
            return Ok(None);
        }
        let found = loaders::load::<Applications>(ctx, self.0.application_id.clone()).await?;
        Ok(found.map(Application))
    }

    /// Under which project; for the partner and the reviewer alone.
    async fn project(&self, ctx: &Context<'_>) -> Result<Option<Project>> {
        if !self.is_sold_by_viewer(ctx)? && ctx.viewer()?.reviewer().is_err() {
            return Ok(None);
        }
        let found = loaders::load::<OrderProjects>(ctx, self.0.project_id.clone()).await?;
        Ok(found.map(Project))
    }

    /// Who sold.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.partner_id.clone()).await
    }

    /// The person who bought.
    async fn ordered_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.ordered_by.clone()).await
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// Always zero for a distribution order.
    async fn amount(&self) -> Money {
        Money {
            amount: MinorUnits(self.0.amount_minor),
            currency: self.0.currency.clone(),
        }
    }

    /// How far the application was sent (D15).
    async fn app_status(&self) -> SendStatus {
        self.0.app_status
    }

    /// How far pages were sent afterwards (D15); components and rollbacks have no status here.
    async fn page_status(&self) -> SendStatus {
        self.0.page_status
    }

    /// ON: the customer edits everything (D19).
    async fn full_edit_permission(&self) -> bool {
        self.0.full_edit_permission
    }

    /// The application that arrived; for the customer alone, and null once it is removed.
    async fn instance(&self, ctx: &Context<'_>) -> Result<Option<AppInstance>> {
        let viewer = ctx.viewer()?;
        let Some(id) = self.0.instance_id.clone().filter(|_| viewer.customer_admin().is_ok()) else {
            return Ok(None);
        };
        let found = loaders::load::<Instances>(ctx, id).await?;
        let seen = found.filter(|it| {
            it.organization_id == viewer.organization_id && it.arrived && it.status != InstanceStatus::Removed
        });
        Ok(seen.map(AppInstance))
    }

    /// The remote maintenance that was asked for last (D31), for the two sides; null where nobody ever did.
    async fn latest_maintenance(&self, ctx: &Context<'_>) -> Result<Option<MaintenanceSession>> {
        let viewer = ctx.viewer()?;
        let bought = viewer.customer_admin().is_ok() && viewer.organization_id == self.0.customer_id;
        if !bought && !self.is_sold_by_viewer(ctx)? {
            return Ok(None);
        }
        let found = loaders::load::<LatestOfOrder>(ctx, self.0.id.clone()).await?;
        Ok(found.map(MaintenanceSession))
    }

    /// L15: how many users the application admits; null for no limit.
    async fn seats(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        loaders::load::<OrderSeats>(ctx, self.0.id.clone()).await
    }

    /// D27: every sign-off of the application by the customer, newest first.
    async fn acceptances(&self, ctx: &Context<'_>) -> Result<Vec<Acceptance>> {
        match self.0.instance_id.clone() {
            Some(id) => Acceptance::of(ctx, id).await,
            None => Ok(Vec::new()),
        }
    }

    /// Everything that was ever sent, of every kind, and what was rolled back; newest first.
    async fn deliveries(&self, ctx: &Context<'_>) -> Result<Vec<Delivery>> {
        let found = loaders::load::<DeliveriesOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default().into_iter().map(Delivery).collect())
    }

    /// Everything that happened to it, newest first (D20).
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<OrderEventConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (listed, counted) = (self.0.clone(), self.0.clone());
        let rows = read(ctx, move |conn, _| order_event::list(conn, &listed, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, _: &Viewer| order_event::count(conn, &counted));
        Ok(OrderEventConnection::new(
            rows,
            order_event::page_key,
            OrderEvent,
            count,
        ))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<OrderAction>> {
        if !self.is_sold_by_viewer(ctx)? {
            return Ok(Vec::new());
        }
        // All at once, so that the look-ups of a page's orders meet whatever each of them has.
        let instance = async {
            match self.0.instance_id.clone() {
                Some(id) => loaders::load::<Instances>(ctx, id).await,
                None => Ok(None),
            }
        };
        let (project, permitted, sending, begun, instance) = tokio::try_join!(
            loaders::get::<OrderProjects>(ctx, self.0.project_id.clone()),
            is_granted(ctx, &self.0.partner_id),
            loaders::load::<Sending>(ctx, self.0.id.clone()),
            self.has_begun(ctx),
            instance,
        )?;
        let facts = OrderFacts {
            app: self.0.app_status,
            // Without its permission a partner does nothing with it (D1).
            project_active: project.status == ProjectStatus::Active && permitted,
            installed: instance.is_some_and(|it| it.status != InstanceStatus::Removed),
            sending: sending.is_some(),
            begun,
            admin: ctx.viewer()?.partner_admin().is_ok(),
        };
        Ok(facts.available_actions())
    }
}

impl Order {
    /// By id, through the loader.
    pub async fn load(ctx: &Context<'_>, id: OrderId) -> Result<Self> {
        loaders::get::<Orders>(ctx, id).await.map(Self)
    }

    /// Whether a send of the application has begun to write an instance.
    async fn has_begun(&self, ctx: &Context<'_>) -> Result<bool> {
        let sent = loaders::load::<DeliveriesOf>(ctx, self.0.id.clone()).await?;
        let mut applications = sent.iter().flatten().filter(|it| it.kind == DeliveryKind::App);
        Ok(applications.any(|it| it.instance_id.is_some()))
    }

    fn is_sold_by_viewer(&self, ctx: &Context<'_>) -> Result<bool> {
        let viewer = ctx.viewer()?;
        Ok(viewer.partner().is_ok() && viewer.organization_id == self.0.partner_id)
    }
}
