//! Freeze windows in the schema (L17): for the admins of the organisation that wants no rollout to change its applications meanwhile.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};

use crate::auth::viewer::Viewer;
use crate::domain::instant::Instant;
use crate::graphql::context::{Ask, change, read, write};
use crate::graphql::error::{outcome, result_union};
use crate::graphql::session::types::User;
use crate::services::freeze_window as service;
use crate::store::freeze_window;

/// 冻结期: a time in which rollouts wait and change no application of the organisation.
#[derive(Clone, Debug)]
pub struct FreezeWindow(pub freeze_window::FreezeWindow);

#[Object]
impl FreezeWindow {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// When it begins.
    async fn from(&self) -> DateTime<Utc> {
        self.0.from_at.utc()
    }

    /// When it ends.
    async fn until(&self) -> DateTime<Utc> {
        self.0.until_at.utc()
    }

    /// Why; may be empty.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Whether it runs at this moment.
    async fn running(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.app().store.now();
        self.0.from_at <= now && now < self.0.until_at
    }

    /// Who set it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }
}

/// A time in which rollouts wait.
#[derive(InputObject)]
pub struct AddFreezeWindowInput {
    /// When it begins: at most 365 days ahead. At most 5 windows that are not over.
    pub from: DateTime<Utc>,
    /// When it ends: after its beginning, in the future, and at most 90 days long.
    pub until: DateTime<Utc>,
    /// Why; at most 200 characters. The organisation's own: no partner reads it.
    #[graphql(default)]
    pub reason: String,
}

/// Names a freeze window.
#[derive(InputObject)]
pub struct FreezeWindowActionInput {
    /// The window.
    pub id: ID,
}

result_union! {
    /// Result of adding a freeze window.
    AddFreezeWindowResult = FreezeWindow
}
result_union! {
    /// Result of removing a freeze window.
    RemoveFreezeWindowResult = FreezeWindow
}

#[derive(Default)]
pub struct FreezeWindowQuery;

#[Object]
impl FreezeWindowQuery {
    /// L17: the freeze windows of the acting organisation that are not over, soonest first, at most 5; for its admins.
    async fn freeze_windows(&self, ctx: &Context<'_>) -> Result<Vec<FreezeWindow>> {
        let now = ctx.app().store.now();
        let rows = read(ctx, move |conn, viewer| service::list(conn, viewer, now)).await?;
        Ok(rows.into_iter().map(FreezeWindow).collect())
    }
}

#[derive(Default)]
pub struct FreezeWindowMutation;

#[Object]
impl FreezeWindowMutation {
    /// L17: sets a time in which no rollout changes an application of the acting organisation; for its admins. What is being delivered
    /// at its beginning is finished.
    async fn add_freeze_window(&self, ctx: &Context<'_>, input: AddFreezeWindowInput) -> Result<AddFreezeWindowResult> {
        let (from, until, reason) = (Instant::from(input.from), Instant::from(input.until), input.reason);
        let ended = write(ctx, move |tx, viewer| service::add(tx, viewer, from, until, &reason)).await?;
        outcome(ctx, ended, |row| AddFreezeWindowResult::FreezeWindow(FreezeWindow(row)))
    }

    /// L17: takes a freeze window away; rollouts that waited for its end go on.
    async fn remove_freeze_window(
        &self,
        ctx: &Context<'_>,
        input: FreezeWindowActionInput,
    ) -> Result<RemoveFreezeWindowResult> {
        let ended = change(ctx, &input.id, Viewer::customer_admin, service::remove).await?;
        outcome(ctx, ended, |row| {
            RemoveFreezeWindowResult::FreezeWindow(FreezeWindow(row))
        })
    }
}
