//! Queries about rollouts.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::input::RolloutInput;
use super::preflight::RolloutPreflight;
use super::subscriber::{InstanceUpgrade, InstanceUpgradeConnection};
use super::types::Rollout;
use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, ProductId, RolloutId};
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read, try_read};
use crate::graphql::error::{outcome, result_union};
use crate::services::rollout::{self, start};
use crate::store::conn::Conn;
use crate::store::rollout::RolloutFilter;
use crate::store::rollout::subscriber::Subscriber;

connection! {
    /// Rollouts.
    RolloutConnection, RolloutEdge, Rollout
}

result_union! {
    /// What a rollout would do, or why it cannot be planned so.
    RolloutPreflightResult = RolloutPreflight
}

#[derive(Default)]
pub struct RolloutQuery;

#[Object]
impl RolloutQuery {
    /// L17: what starting a rollout would do now: who gets the version in which wave, who does not and why. Nothing is written.
    async fn rollout_preflight(&self, ctx: &Context<'_>, input: RolloutInput) -> Result<RolloutPreflightResult> {
        let ended = try_read(ctx, move |conn, viewer| {
            viewer.partner()?;
            let planned = input.parse()?;
            let found = start::preflight(conn, viewer, &planned)?;
            Ok(RolloutPreflight {
                found: Arc::new(found),
                planned: Arc::new(planned),
            })
        });
        outcome(ctx, ended.await?, RolloutPreflightResult::RolloutPreflight)
    }

    /// L17: the rollouts of the acting partner, newest first; of one product where it is named.
    async fn rollouts(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        product_id: Option<ID>,
    ) -> Result<RolloutConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let product = product_id.map(|id| id.parse::<ProductId>()).transpose();
        let product_id = product.map_err(|_| refused(Refusal::not_found().at("productId")))?;
        let filter = RolloutFilter { product_id };
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| rollout::list(conn, viewer, &filter, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| rollout::count(conn, viewer, &counted));
        let key = |row: &crate::store::rollout::Rollout| row.id.to_string();
        Ok(RolloutConnection::new(rows, key, Rollout, count))
    }

    /// L17: one rollout of the acting partner; null where it does not exist or is another's.
    async fn rollout(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Rollout>> {
        let id = id.parse::<RolloutId>().ok();
        let found = read(ctx, move |conn, viewer| match &id {
            Some(id) => rollout::find(conn, viewer, id),
            None => Ok(None),
        });
        Ok(found.await?.map(Rollout))
    }

    /// L17: the new versions that came to an application of the acting organisation, newest first, and what stayed as the organisation
    /// had made it; for its admins.
    async fn instance_upgrades(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        instance_id: ID,
    ) -> Result<InstanceUpgradeConnection> {
        let page = ctx.page(first, after, last, before)?;
        let id = instance_id.parse::<InstanceId>().ok();
        let counted = id.clone();
        let rows = read(ctx, move |conn, viewer| {
            viewer.customer_admin()?;
            rollout::of_instance(conn, viewer, &id.ok_or_else(Refusal::not_found)?, &page)
        });
        let count = move |conn: &mut Conn, viewer: &Viewer| match &counted {
            Some(id) => rollout::count_of_instance(conn, viewer, id),
            None => Ok(0),
        };
        let key = |row: &Subscriber| row.rollout_id.to_string();
        Ok(InstanceUpgradeConnection::new(
            rows.await?,
            key,
            InstanceUpgrade,
            Arc::new(count),
        ))
    }
}
