//! A product, and what stands around it: the report, tasks, timeline.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::loaders::{ActionsOf, AllTasks, PreflightOf, ProductsById, ProductsOf, TasksOf};
use super::revision::ProductRevision;
use crate::auth::viewer::Viewer;
use crate::domain::id::{ApplicationId, ProductId};
use crate::domain::product::{ProductAction, ProductEventKind, ProductStatus, ProductTab};
use crate::domain::product_content::{ChargeForm, PromotionMode};
use crate::domain::product_form::{ListingIssue as Issue, ListingStep};
use crate::graphql::application::types::Application;
use crate::graphql::category::{Category, PreTask};
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::graphql::loaders;
use crate::graphql::session::types::{Organization, User};
use crate::services;
use crate::store::conn::Conn;
use crate::store::product;

/// 商品: a listing of an application. What customers see is its approved revision.
#[derive(Clone, Debug)]
pub struct Product(pub product::Product);

/// One thing that keeps a revision from being handed in (L5).
#[derive(Clone, Debug, SimpleObject)]
pub struct ListingIssue {
    /// Where in the wizard it belongs.
    step: ListingStep,
    /// Its field, such as `content.plans.0.unitPrice`; empty for what is no field.
    path: String,
    /// Stable code.
    code: String,
    /// What is wrong, in the caller's language.
    message: String,
    /// What to do, in the caller's language.
    next_step: String,
}

/// A task before the marketplace, as it stands for a product (L9).
#[derive(Clone, Debug)]
pub struct ProductTask {
    task: crate::store::category::PreTask,
    done: Option<product::ProductTask>,
}

/// One step of a product's timeline.
#[derive(Clone, Debug)]
pub struct ProductEvent(product::ProductEvent);

connection! {
    /// The timeline of a product, newest first.
    ProductEventConnection, ProductEventEdge, ProductEvent
}

#[Object]
impl Product {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it is called: of what is approved, else of what is being written.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands.
    async fn status(&self) -> ProductStatus {
        self.0.status
    }

    /// In which tab of the shelves it is.
    async fn tab(&self) -> ProductTab {
        self.0.tab
    }

    /// Which application it sells.
    async fn application(&self, ctx: &Context<'_>) -> Result<Application> {
        Application::load(ctx, self.0.application_id.clone()).await
    }

    /// Whose product it is.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// Whose operators it concerns, once it was handed in.
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<Category>> {
        Category::load_if_any(ctx, self.0.category_id.clone()).await
    }

    /// 收费形式.
    async fn charge_form(&self) -> Option<ChargeForm> {
        self.0.charge_form
    }

    /// 推广模式.
    async fn promotion_mode(&self) -> Option<PromotionMode> {
        self.0.promotion_mode
    }

    /// Whether it was handed in once: charge form and charging rule never change any more.
    async fn was_submitted(&self) -> bool {
        self.0.first_revision_id.is_some()
    }

    /// What is being written or reviewed; null where nothing is. Operators see it in review alone.
    async fn open_revision(&self, ctx: &Context<'_>) -> Result<Option<ProductRevision>> {
        let found = ProductRevision::load_if_any(ctx, self.0.open_revision_id.clone()).await?;
        let own = self.is_own(ctx)?;
        Ok(found.filter(|revision| own || revision.0.status == crate::domain::product::RevisionStatus::InReview))
    }

    /// What customers see; null before the first approval.
    async fn approved_revision(&self, ctx: &Context<'_>) -> Result<Option<ProductRevision>> {
        ProductRevision::load_if_any(ctx, self.0.approved_revision_id.clone()).await
    }

    /// L5: everything that keeps the open revision from being handed in, for its partner; submitting lists the same.
    async fn preflight(&self, ctx: &Context<'_>) -> Result<Vec<ListingIssue>> {
        let found = loaders::seen::<PreflightOf>(ctx, self.0.id.clone())
            .await?
            .unwrap_or_default();
        let locale = ctx.locale();
        let issue = |found: Issue| {
            let code = found.issue.code();
            ListingIssue {
                step: found.step,
                path: found.issue.path.join("."),
                code: code.as_str().to_owned(),
                message: found.issue.message(locale),
                next_step: code.next_step(locale).to_owned(),
            }
        };
        Ok(found.into_iter().map(issue).collect())
    }

    /// L9: the tasks before the marketplace, as they stand for this product.
    async fn tasks(&self, ctx: &Context<'_>) -> Result<Vec<ProductTask>> {
        let done = loaders::load::<TasksOf>(ctx, self.0.id.clone())
            .await?
            .unwrap_or_default();
        let all = loaders::load::<AllTasks>(ctx, ()).await?.unwrap_or_default();
        let task = |task: crate::store::category::PreTask| {
            let done = done.iter().find(|done| done.task_id == task.id).cloned();
            (!task.retired || done.is_some()).then_some(ProductTask { task, done })
        };
        Ok(all.into_iter().filter_map(task).collect())
    }

    /// When it was put on the marketplace last.
    async fn listed_at(&self) -> Option<DateTime<Utc>> {
        self.0.listed_at.map(|at| at.utc())
    }

    /// Why an operator hid or delisted it.
    async fn status_reason(&self) -> Option<&str> {
        self.0.status_reason.as_deref()
    }

    /// L10: when its partner applied to delist it; null where nobody did.
    async fn delisting_applied_at(&self) -> Option<DateTime<Utc>> {
        self.0.delisting_applied_at.map(|at| at.utc())
    }

    /// Who applied to delist it.
    async fn delisting_applied_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.delisting_applied_by.clone()).await
    }

    /// Why its partner wants it off the shelves.
    async fn delisting_reason(&self) -> Option<&str> {
        self.0.delisting_reason.as_deref()
    }

    /// When anything about it changed last.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at.utc()
    }

    /// Its timeline, newest first.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<ProductEventConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (id, counted) = (self.0.id.clone(), self.0.id.clone());
        let rows = read(ctx, move |conn, viewer| {
            services::product::events(conn, viewer, &id, &page)
        })
        .await?;
        let count =
            Arc::new(move |conn: &mut Conn, viewer: &Viewer| services::product::count_events(conn, viewer, &counted));
        Ok(ProductEventConnection::new(
            rows,
            |row| row.id.to_string(),
            ProductEvent,
            count,
        ))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ProductAction>> {
        let found = loaders::seen::<ActionsOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default())
    }
}

#[Object]
impl ProductTask {
    /// What is asked.
    async fn task(&self) -> PreTask {
        PreTask(self.task.clone())
    }

    /// Whether it was done.
    async fn done(&self) -> bool {
        self.done.is_some()
    }

    /// What the operator noted.
    async fn note(&self) -> Option<&str> {
        self.done.as_ref().map(|done| done.note.as_str())
    }

    /// Who did it.
    async fn done_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.done.as_ref().map(|done| done.done_by.clone())).await
    }

    /// When it was done.
    async fn done_at(&self) -> Option<DateTime<Utc>> {
        self.done.as_ref().map(|done| done.done_at.utc())
    }
}

#[Object]
impl ProductEvent {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What happened.
    async fn kind(&self) -> ProductEventKind {
        self.0.kind
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at.utc()
    }

    /// By whom; null for the system.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.user_id.clone()).await
    }

    /// A name or a reason, as it was given.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
}

impl Product {
    /// By an id that something holds which the viewer was shown.
    pub async fn load(ctx: &Context<'_>, id: ProductId) -> Result<Self> {
        loaders::get::<ProductsById>(ctx, id).await.map(Self)
    }

    /// The product of an application of the partner's own.
    pub async fn of_application(ctx: &Context<'_>, application: ApplicationId) -> Result<Option<Self>> {
        let viewer = ctx.viewer()?;
        let found = loaders::load::<ProductsOf>(ctx, application).await?;
        Ok(found
            .filter(|row| row.organization_id == viewer.organization_id && viewer.partner().is_ok())
            .map(Self))
    }

    fn is_own(&self, ctx: &Context<'_>) -> Result<bool> {
        let viewer = ctx.viewer()?;
        Ok(viewer
            .partner()
            .is_ok_and(|scope| scope.organization_id == self.0.organization_id))
    }
}
