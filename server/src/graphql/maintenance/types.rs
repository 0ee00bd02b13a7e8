//! A remote maintenance as both sides see it, and as the developer inside sees their own.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use crate::auth::viewer::Maintenance;
use crate::domain::instance::InstanceStatus;
use crate::domain::maintenance::{MaintenanceAction, MaintenanceStatus};
use crate::graphql::context::Ask;
use crate::graphql::instance::AppInstance;
use crate::graphql::loaders;
use crate::graphql::order::Order;
use crate::graphql::order::loaders::Instances;
use crate::graphql::session::types::{Organization, User};
use crate::services::maintenance as service;
use crate::store::maintenance;

/// A partner developer's time-boxed access to one instance (D31). It opens that instance and nothing else of the
/// organisation.
#[derive(Clone, Debug)]
pub struct MaintenanceSession(pub maintenance::MaintenanceSession);

#[Object]
impl MaintenanceSession {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where it stands now: hours that ran out end it at once.
    async fn status(&self, ctx: &Context<'_>) -> MaintenanceStatus {
        self.0.at(ctx.app().store.now())
    }

    /// The order whose application is maintained.
    async fn order(&self, ctx: &Context<'_>) -> Result<Order> {
        Order::load(ctx, self.0.order_id.clone()).await
    }

    /// The instance; for the customer's admins alone, and null once it is removed.
    async fn instance(&self, ctx: &Context<'_>) -> Result<Option<AppInstance>> {
        let viewer = ctx.viewer()?;
        if viewer.customer_admin().is_err() || viewer.organization_id != self.0.customer_id {
            return Ok(None);
        }
        let found = loaders::load::<Instances>(ctx, self.0.instance_id.clone()).await?;
        let seen = found.filter(|it| it.arrived && it.status != InstanceStatus::Removed);
        Ok(seen.map(AppInstance))
    }

    /// What the application is called at the customer's.
    async fn application_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(loaders::get::<Instances>(ctx, self.0.instance_id.clone()).await?.name)
    }

    /// Whose developer asked.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.partner_id.clone()).await
    }

    /// Whose application it is.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.customer_id.clone()).await
    }

    /// The developer.
    async fn requested_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.requested_by.clone()).await
    }

    /// When they asked.
    async fn requested_at(&self) -> DateTime<Utc> {
        self.0.requested_at.utc()
    }

    /// What for.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// For how many hours from the grant.
    async fn hours(&self) -> i32 {
        self.0.hours
    }

    /// When it was granted or declined.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at.map(Into::into)
    }

    /// By whom; null where the grant was automatic.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.decided_by.clone()).await
    }

    /// Granted at once, because the instance was in development maintenance.
    async fn automatic(&self) -> bool {
        self.0.automatic
    }

    /// When the hours run out; null until it is granted.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at.map(Into::into)
    }

    /// When the developer entered first.
    async fn entered_at(&self) -> Option<DateTime<Utc>> {
        self.0.entered_at.map(Into::into)
    }

    /// When it was over.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at.map(Into::into)
    }

    /// By whom; null where the hours ran out.
    async fn closed_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.closed_by.clone()).await
    }

    /// Why it was declined or revoked.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<MaintenanceAction>> {
        let seen_by = service::seen_by(&ctx.viewer()?, &self.0);
        let status = self.0.at(ctx.app().store.now());
        Ok(seen_by
            .map(|viewer| status.available_actions(viewer))
            .unwrap_or_default())
    }
}

/// The remote maintenance in which the viewer acts for a customer.
pub struct ViewerMaintenance(pub Maintenance);

#[Object]
impl ViewerMaintenance {
    /// The maintenance session's id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// The only instance that it opens.
    async fn instance_id(&self) -> ID {
        ID(self.0.instance_id.to_string())
    }

    /// The partner as whose developer the viewer works.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.partner_id.clone()).await
    }

    /// What for; it stands beside everything that is done inside.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When the hours run out.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.0.ends_at.utc()
    }
}
