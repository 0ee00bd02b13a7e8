//! A link that lets the customer of a project buy one application.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::Serialize;

use crate::domain::distribution_link::{DistributionLinkAction, DistributionLinkStatus};
use crate::domain::link_token::{LinkToken, purchase_url};
use crate::domain::qr;
use crate::graphql::application::types::Application;
use crate::graphql::context::Ask;
use crate::graphql::fault::fault;
use crate::graphql::loaders;
use crate::graphql::permission::is_granted;
use crate::graphql::project::Project;
use crate::graphql::project::loaders::LinkOrderCounts;
use crate::graphql::seat::LinkSeats;
use crate::graphql::session::types::User;
use crate::store::{distribution_link, project};

/// Lets that customer buy one application under that project.
#[derive(Clone, Debug)]
pub struct DistributionLink {
    pub row: distribution_link::DistributionLink,
    /// Its project: it decides whether the link sells.
    pub project: project::Project,
}

#[Object]
impl DistributionLink {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Under which contract.
    async fn project(&self) -> Project {
        Project(self.project.clone())
    }

    /// What is sold.
    async fn application(&self, ctx: &Context<'_>) -> Result<Application> {
        Application::load(ctx, self.row.application_id.clone()).await
    }

    /// For the partner's admins. Null where the signing key was replaced since; the link itself still works.
    async fn url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.address(ctx)
    }

    /// QR code of the url as SVG markup.
    async fn qr_svg(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(url) = self.address(ctx)? else {
            return Ok(None);
        };
        let name = self.project.name.clone();
        // Drawing takes milliseconds: done here it would hold up every other field of the request.
        let drawn = tokio::task::spawn_blocking(move || qr::svg(&url, &name));
        drawn.await.map_err(fault)
    }

    /// Whether it sells.
    async fn status(&self, ctx: &Context<'_>) -> DistributionLinkStatus {
        self.status_now(ctx)
    }

    /// Null sells until the project closes.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.row.expires_at.map(|at| at.utc())
    }

    /// How many users the application admits once it is bought; null for no limit (L15).
    async fn seats(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        loaders::load::<LinkSeats>(ctx, self.row.id.clone()).await
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }

    /// By whom.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.row.created_by.clone()).await
    }

    /// How many orders came through it.
    async fn order_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = loaders::load::<LinkOrderCounts>(ctx, self.row.id.clone()).await?;
        Ok(i32::try_from(count.unwrap_or(0)).unwrap_or(i32::MAX))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<DistributionLinkAction>> {
        if !self.is_own(ctx)? {
            return Ok(Vec::new());
        }
        let mut open = self.status_now(ctx).available_actions().to_vec();
        // What sells nothing without the permission is not passed on; it can be stopped.
        if open.contains(&DistributionLinkAction::Copy) && !is_granted(ctx, &self.row.organization_id).await? {
            open.retain(|action| *action != DistributionLinkAction::Copy);
        }
        Ok(open)
    }
}

impl DistributionLink {
    fn status_now(&self, ctx: &Context<'_>) -> DistributionLinkStatus {
        self.row.status(&self.project, ctx.app().store.now())
    }

    /// Whether the viewer is an admin of the link's partner (D5).
    fn is_own(&self, ctx: &Context<'_>) -> Result<bool> {
        let scope = ctx.viewer()?.partner_admin();
        Ok(scope.is_ok_and(|scope| scope.organization_id == self.row.organization_id))
    }

    fn address(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if !self.is_own(ctx)? {
            return Ok(None);
        }
        let app = ctx.app();
        let token = LinkToken::of(app.link_secret.expose_secret().as_bytes(), self.row.id.as_str());
        // Made with another key, the token would open nothing.
        let current = token.hash().as_str() == self.row.token_hash;
        Ok(current.then(|| purchase_url(&app.config.base_url, &token, &self.project.customer_name)))
    }
}

/// A new link.
#[derive(InputObject, Serialize)]
pub struct CreateDistributionLinkInput {
    /// An active project of the partner.
    pub project_id: ID,
    /// An own application with a published version.
    pub application_id: ID,
    /// In the future; null sells until the project closes.
    pub expires_at: Option<DateTime<Utc>>,
    /// How many users the application admits once it is bought, 1 or more; null for no limit (L15).
    pub seats: Option<i32>,
}

/// Names a link.
#[derive(InputObject)]
pub struct RevokeDistributionLinkInput {
    /// The link.
    pub id: ID,
}
