//! Versions and what they are made of. Definitions of components are not in the schema here: they are large, and whoever
//! uses an application reads them from its instance.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::loaders::{ComponentCounts, Components, Versions};
use super::types::Application;
use crate::domain::application::{VersionAction, VersionStatus};
use crate::domain::component::ComponentKind;
use crate::domain::id::ApplicationVersionId;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::loaders;
use crate::graphql::self_test::SelfTest;
use crate::graphql::session::types::User;
use crate::services::application::version_actions;
use crate::services::self_test;
use crate::store::application_component::ComponentHead;
use crate::store::{self, application_version};

/// An immutable content snapshot of an application.
#[derive(Clone, Debug)]
pub struct ApplicationVersion(pub application_version::ApplicationVersion);

/// How many components of one kind.
#[derive(Clone, Debug, SimpleObject)]
pub struct ComponentCount {
    /// Which kind.
    pub kind: ComponentKind,
    /// How many.
    pub count: i32,
}

impl ComponentCount {
    /// From a number that is small by the limits of the package format.
    pub fn new(kind: ComponentKind, count: i64) -> Self {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        Self { kind, count }
    }
}

/// One piece of a version.
#[derive(Clone, Debug, SimpleObject)]
pub struct Component {
    /// Identity over versions.
    key: String,
    /// What it is.
    kind: ComponentKind,
    /// What people see.
    name: String,
    /// The folder that it stands in; null is the top.
    folder: Option<String>,
    /// Keys of components that must be there before this one.
    dependencies: Vec<String>,
}

#[Object]
impl ApplicationVersion {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Of which application.
    async fn application(&self, ctx: &Context<'_>) -> Result<Application> {
        Application::load(ctx, self.0.application_id.clone()).await
    }

    /// Semantic version, unique in the application.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Whether it may be sold.
    async fn status(&self) -> VersionStatus {
        self.0.status
    }

    /// The only part that may be edited.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// When it was imported.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// Who imported it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// When it was published.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at.map(Into::into)
    }

    /// How many components of each kind that occurs.
    async fn component_counts(&self, ctx: &Context<'_>) -> Result<Vec<ComponentCount>> {
        let counts = loaders::load::<ComponentCounts>(ctx, self.0.id.clone()).await?;
        let count = |(kind, count)| ComponentCount::new(kind, count);
        Ok(counts.unwrap_or_default().into_iter().map(count).collect())
    }

    /// What it is made of, in the order in which people see it.
    async fn components(&self, ctx: &Context<'_>) -> Result<Vec<Component>> {
        let heads = loaders::load::<Components>(ctx, self.0.id.clone()).await?;
        let components: store::Result<Vec<_>> = heads.unwrap_or_default().into_iter().map(component).collect();
        components.map_err(|error| query_error(error, ctx.locale()))
    }

    /// Sample rows of all form pages together.
    async fn sample_row_count(&self) -> i32 {
        self.0.sample_row_count
    }

    /// The latest self-test of it (L2).
    async fn latest_self_test(&self, ctx: &Context<'_>) -> Result<Option<SelfTest>> {
        SelfTest::latest_of(ctx, self.0.id.clone()).await
    }

    /// Whether it passed a self-test (L2).
    async fn self_test_passed(&self, ctx: &Context<'_>) -> Result<bool> {
        SelfTest::is_passed(ctx, self.0.id.clone()).await
    }

    /// Why its product may not be submitted for listing, in the caller's language; null once it passed a self-test (L2).
    async fn listing_barrier(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let passed = SelfTest::is_passed(ctx, self.0.id.clone()).await?;
        Ok((!passed).then(|| self_test::required().message(ctx.locale())))
    }

    /// What the viewer may do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<VersionAction>> {
        Ok(version_actions(&ctx.viewer()?, &self.0))
    }
}

fn component(head: ComponentHead) -> store::Result<Component> {
    Ok(Component {
        dependencies: head.parsed_dependencies()?,
        key: head.key,
        kind: head.kind,
        name: head.name,
        folder: head.folder,
    })
}

impl ApplicationVersion {
    /// By id, through the loader.
    pub async fn load(ctx: &Context<'_>, id: ApplicationVersionId) -> Result<Self> {
        loaders::get::<Versions>(ctx, id).await.map(Self)
    }
}
