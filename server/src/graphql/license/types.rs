//! The license itself, as both sides see it.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::loaders::{LatestDeliveries, Licenses};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::id::LicenseId;
use crate::domain::instance::InstanceStatus;
use crate::domain::license::{HeldTerm, LicenseAction, LicenseStatus};
use crate::graphql::context::{Ask, query_error};
use crate::graphql::delivery::Delivery;
use crate::graphql::instance::AppInstance;
use crate::graphql::loaders;
use crate::graphql::order::loaders::Instances;
use crate::graphql::session::types::Organization;
use crate::services::license as service;
use crate::store::license;

/// 授权: what an organisation may use of a product. An organisation has one for each product.
#[derive(Clone, Debug)]
pub struct License(pub license::License);

/// One stretch that was paid for.
#[derive(SimpleObject)]
pub struct LicenseTerm {
    /// By which plan.
    plan_name: String,
    /// For how many people.
    seats: i32,
    /// When it begins.
    from: DateTime<Utc>,
    /// When it ends.
    until: DateTime<Utc>,
}

impl From<HeldTerm> for LicenseTerm {
    fn from(term: HeldTerm) -> Self {
        Self {
            plan_name: term.plan_name,
            seats: term.seats,
            from: term.from.utc(),
            until: term.until.utc(),
        }
    }
}

impl License {
    /// By an id that an order or an instance holds.
    pub async fn load(ctx: &Context<'_>, id: LicenseId) -> Result<Self> {
        loaders::get::<Licenses>(ctx, id).await.map(Self)
    }

    async fn kept(&self, ctx: &Context<'_>) -> Result<Option<AppInstance>> {
        let Some(id) = self.0.instance_id.clone() else {
            return Ok(None);
        };
        let found = loaders::load::<Instances>(ctx, id).await?;
        Ok(found.filter(|it| it.status != InstanceStatus::Removed).map(AppInstance))
    }
}

#[Object]
impl License {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where it stands.
    async fn status(&self) -> LicenseStatus {
        self.0.status
    }

    /// Of which product; the marketplace shows it, where it is still sold.
    async fn product_id(&self) -> ID {
        ID(self.0.product_id.to_string())
    }

    /// As the product was called when it was opened last.
    async fn product_name(&self) -> &str {
        &self.0.product_name
    }

    /// Whose it is.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// Who sells the product.
    async fn partner_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Organization::load(ctx, self.0.partner_id.clone()).await?.0.name)
    }

    /// By which plan it is used; null for a trial, and where it costs nothing.
    async fn plan_name(&self) -> Option<&str> {
        Some(self.0.plan_name.as_str()).filter(|name| !name.is_empty())
    }

    /// How many people it admits; null for no limit (L15).
    async fn seats(&self) -> Option<i32> {
        self.0.seats
    }

    /// Since when it is held.
    async fn from(&self) -> DateTime<Utc> {
        self.0.from_at.utc()
    }

    /// When it ends; null for no end.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.until_at.map(|at| at.utc())
    }

    /// What was paid for, one stretch after the other: those that run or are to come.
    async fn terms(&self, ctx: &Context<'_>) -> Result<Vec<LicenseTerm>> {
        let held = self.0.held().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(held.terms.into_iter().map(Into::into).collect())
    }

    /// Where it is used: the application in the customer's organisation, for its admins; null before it arrived and once it was removed.
    async fn instance(&self, ctx: &Context<'_>) -> Result<Option<AppInstance>> {
        match ctx.viewer()?.customer_admin() {
            Ok(scope) if scope.organization_id == self.0.organization_id => self.kept(ctx).await,
            Ok(_) | Err(_) => Ok(None),
        }
    }

    /// The latest send of the application (L16).
    async fn delivery(&self, ctx: &Context<'_>) -> Result<Option<Delivery>> {
        let found = loaders::load::<LatestDeliveries>(ctx, self.0.id.clone()).await?;
        Ok(found.map(Delivery))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<LicenseAction>> {
        let latest = loaders::load::<LatestDeliveries>(ctx, self.0.id.clone()).await?;
        let delivered = match latest.map(|it| it.status) {
            None => false,
            Some(DeliveryStatus::Succeeded) => self.kept(ctx).await?.is_some(),
            // What did not succeed is tried again as a delivery.
            Some(_) => true,
        };
        Ok(service::actions(&ctx.viewer()?, &self.0, delivered))
    }
}
