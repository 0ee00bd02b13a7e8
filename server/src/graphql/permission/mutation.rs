//! Mutations about distribution permission.

use async_graphql::{Context, Object, Result};

use super::types::{ApplyForDistributionPermissionInput, DecideDistributionPermissionInput, DistributionPermission};
use crate::auth::viewer::Viewer;
use crate::domain::id::DistributionPermissionId;
use crate::domain::permission_form::PermissionFields;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::permission::{self, Decision};
use crate::store::conn::Conn;
use crate::store::{self, Tx};

result_union! {
    /// Result of applying for distribution permission.
    ApplyForDistributionPermissionResult = DistributionPermission
}
result_union! {
    /// Result of a decision about distribution permission.
    DecideDistributionPermissionResult = DistributionPermission
}

#[derive(Default)]
pub struct PermissionMutation;

#[Object]
impl PermissionMutation {
    /// D1: a partner admin applies.
    async fn apply_for_distribution_permission(
        &self,
        ctx: &Context<'_>,
        input: ApplyForDistributionPermissionInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<ApplyForDistributionPermissionResult> {
        let ended = apply(ctx, input, idempotency_key).await?;
        let wrap = |row| ApplyForDistributionPermissionResult::DistributionPermission(DistributionPermission(row));
        outcome(ctx, ended, wrap)
    }

    /// D1: an internal reviewer grants, rejects or revokes.
    async fn decide_distribution_permission(
        &self,
        ctx: &Context<'_>,
        input: DecideDistributionPermissionInput,
    ) -> Result<DecideDistributionPermissionResult> {
        let ended = decide(ctx, input).await?;
        let wrap = |row| DecideDistributionPermissionResult::DistributionPermission(DistributionPermission(row));
        outcome(ctx, ended, wrap)
    }
}

type Ended = store::Result<store::permission::DistributionPermission>;

async fn apply(ctx: &Context<'_>, input: ApplyForDistributionPermissionInput, key: Option<String>) -> Result<Ended> {
    let key = match idempotency_key(key, "applyForDistributionPermission", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let fields = PermissionFields::from(input);
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let row = permission::apply(tx, viewer, &fields)?;
        Ok((row.id.to_string(), row))
    };
    let load = |conn: &mut Conn, viewer: &Viewer, made: &str| {
        let id = made.parse().map_err(|_| Refusal::not_found())?;
        permission::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
    };
    write_once(ctx, key, make, load).await
}

async fn decide(ctx: &Context<'_>, input: DecideDistributionPermissionInput) -> Result<Ended> {
    let decision = Decision {
        decision: input.decision,
        reason: input.reason,
        tier: input.tier,
    };
    let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &DistributionPermissionId| {
        permission::decide(tx, viewer, id, &decision)
    };
    change(ctx, &input.id, Viewer::reviewer, work).await
}
