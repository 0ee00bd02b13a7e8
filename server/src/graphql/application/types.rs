//! The application itself. Its versions stand in `version`.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::channels::LinkCounts;
use super::loaders::{Applications, VersionsOf};
use super::version::ApplicationVersion;
use crate::domain::application::{ApplicationAction, ApplicationOrigin, VersionStatus};
use crate::domain::distribution_barrier::DistributionBarrier;
use crate::domain::distribution_link::barrier;
use crate::domain::id::ApplicationId;
use crate::graphql::context::Ask;
use crate::graphql::cool_app::CoolAppApplication;
use crate::graphql::loaders;
use crate::graphql::product::Product;
use crate::services::application::application_actions;
use crate::store::application;
use crate::store::application_version::ApplicationVersion as Version;

/// What a partner builds and distributes.
#[derive(Clone, Debug)]
pub struct Application(pub application::Application);

#[Object]
impl Application {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// One line about it; may be empty.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Where it comes from.
    async fn origin(&self) -> ApplicationOrigin {
        self.0.origin
    }

    /// When its first version was imported.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When a version was imported, published or described last.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at.utc()
    }

    /// The version with the highest number.
    async fn latest_version(&self, ctx: &Context<'_>) -> Result<Option<ApplicationVersion>> {
        Ok(self.all(ctx).await?.into_iter().next().map(ApplicationVersion))
    }

    /// The published version with the highest number: the one that is sold and sent.
    async fn published_version(&self, ctx: &Context<'_>) -> Result<Option<ApplicationVersion>> {
        Ok(self
            .all(ctx)
            .await?
            .into_iter()
            .find(is_published)
            .map(ApplicationVersion))
    }

    /// Newest first.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<ApplicationVersion>> {
        Ok(self.all(ctx).await?.into_iter().map(ApplicationVersion).collect())
    }

    /// L4: the product that sells it; null where there is none, and for whoever is not of its partner.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        Product::of_application(ctx, self.0.id.clone()).await
    }

    /// L4: the promotion links of its product, which are none without one; null for whoever is not of its partner.
    async fn promotion_links(&self, ctx: &Context<'_>) -> Result<Option<LinkCounts>> {
        self.promotion_link_counts(ctx).await
    }

    /// L4: the cool apps of its product, newest first; none for whoever is not of its partner.
    async fn cool_apps(&self, ctx: &Context<'_>) -> Result<Vec<CoolAppApplication>> {
        self.own_cool_apps(ctx).await
    }

    /// L4: the links by which it is distributed; null for whoever is not of its partner.
    async fn distribution_links(&self, ctx: &Context<'_>) -> Result<Option<LinkCounts>> {
        self.distribution_link_counts(ctx).await
    }

    /// Null when it can be distributed.
    async fn distribution_barrier(&self, ctx: &Context<'_>) -> Result<Option<DistributionBarrier>> {
        Ok(barrier(self.0.origin, self.all(ctx).await?.iter().any(is_published)))
    }

    /// What the viewer may do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ApplicationAction>> {
        let versions = self.all(ctx).await?;
        Ok(application_actions(&ctx.viewer()?, &self.0, &versions))
    }
}

fn is_published(version: &Version) -> bool {
    version.status == VersionStatus::Published
}

impl Application {
    /// By id, through the loader.
    pub async fn load(ctx: &Context<'_>, id: ApplicationId) -> Result<Self> {
        loaders::get::<Applications>(ctx, id).await.map(Self)
    }

    /// Its versions, highest number first.
    async fn all(&self, ctx: &Context<'_>) -> Result<Vec<Version>> {
        let found = loaders::load::<VersionsOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default())
    }
}
