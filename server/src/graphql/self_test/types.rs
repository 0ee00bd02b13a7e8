//! A self-test and the items of its checklist.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::loaders::{ItemsOf, LatestOf, PassedOf};
use crate::domain::id::ApplicationVersionId;
use crate::domain::self_test::{SelfTestAction, SelfTestQuestion, SelfTestStatus};
use crate::graphql::application::types::Application;
use crate::graphql::application::version::ApplicationVersion;
use crate::graphql::context::Ask;
use crate::graphql::delivery::{DeliveriesById, Delivery};
use crate::graphql::file::File;
use crate::graphql::loaders;
use crate::graphql::session::types::{Organization, User};
use crate::services::self_test::actions;
use crate::store::self_test;

/// A version tried in a test organisation (L2). Passed is every item of the checklist passed.
#[derive(Clone, Debug)]
pub struct SelfTest(pub self_test::SelfTest);

/// One item of a checklist.
#[derive(Clone, Debug)]
pub struct SelfTestItem(self_test::SelfTestItem);

#[Object]
impl SelfTest {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where it stands.
    async fn status(&self) -> SelfTestStatus {
        self.0.status
    }

    /// Of which application.
    async fn application(&self, ctx: &Context<'_>) -> Result<Application> {
        Application::load(ctx, self.0.application_id.clone()).await
    }

    /// Which version is tried.
    async fn version(&self, ctx: &Context<'_>) -> Result<ApplicationVersion> {
        ApplicationVersion::load(ctx, self.0.version_id.clone()).await
    }

    /// Where it is tried.
    async fn test_organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.test_organization_id.clone()).await
    }

    /// What brings the version there; followed with deliveryProgress, retried and stopped like any other.
    async fn delivery(&self, ctx: &Context<'_>) -> Result<Delivery> {
        loaders::get::<DeliveriesById>(ctx, self.0.delivery_id.clone())
            .await
            .map(Delivery)
    }

    /// The application in the test organisation, once it is there.
    async fn instance_id(&self, ctx: &Context<'_>) -> Result<Option<ID>> {
        if self.0.status == SelfTestStatus::Sending {
            return Ok(None);
        }
        let delivery = loaders::get::<DeliveriesById>(ctx, self.0.delivery_id.clone()).await?;
        Ok(delivery.instance_id.map(|id| ID(id.to_string())))
    }

    /// The checklist, in its order.
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<SelfTestItem>> {
        let rows = loaders::load::<ItemsOf>(ctx, self.0.id.clone()).await?;
        Ok(rows.unwrap_or_default().into_iter().map(SelfTestItem).collect())
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// Who began it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// When its last item passed; null until then.
    async fn passed_at(&self) -> Option<DateTime<Utc>> {
        self.0.passed_at.map(|at| at.utc())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<SelfTestAction>> {
        Ok(actions(&ctx.viewer()?, &self.0))
    }
}

#[Object]
impl SelfTestItem {
    /// What is asked.
    async fn item(&self) -> SelfTestQuestion {
        self.0.item
    }

    /// Whether it passed; null until it is answered.
    async fn passed(&self) -> Option<bool> {
        self.0.passed
    }

    /// What was seen.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// A picture or document of what was seen.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Option<File>> {
        File::load_if_any(ctx, self.0.evidence_id.clone()).await
    }

    /// Who answered it last.
    async fn tested_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.tested_by.clone()).await
    }

    /// When it was answered last.
    async fn tested_at(&self) -> Option<DateTime<Utc>> {
        self.0.tested_at.map(|at| at.utc())
    }
}

impl SelfTest {
    /// The latest one of a version that the viewer was shown.
    pub async fn latest_of(ctx: &Context<'_>, version: ApplicationVersionId) -> Result<Option<Self>> {
        Ok(loaders::load::<LatestOf>(ctx, version).await?.map(Self))
    }

    /// Whether a version that the viewer was shown passed one.
    pub async fn is_passed(ctx: &Context<'_>, version: ApplicationVersionId) -> Result<bool> {
        Ok(loaders::load::<PassedOf>(ctx, version).await?.is_some())
    }
}
