//! Mutations about rollouts.

use async_graphql::{Context, Object, Result};

use super::input::{RolloutActionInput, RolloutInput, RolloutSubscriberInput};
use super::types::Rollout;
use crate::auth::viewer::Viewer;
use crate::domain::id::{LicenseId, RolloutId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::rollout::{self, start};
use crate::store::{self, Tx};

result_union! {
    /// Result of starting a rollout.
    StartRolloutResult = Rollout
}
result_union! {
    /// Result of beginning a wave.
    StartRolloutWaveResult = Rollout
}
result_union! {
    /// Result of pausing a rollout.
    PauseRolloutResult = Rollout
}
result_union! {
    /// Result of going on with a rollout.
    ResumeRolloutResult = Rollout
}
result_union! {
    /// Result of stopping a rollout.
    StopRolloutResult = Rollout
}
result_union! {
    /// Result of trying a subscriber again.
    RetryRolloutSubscriberResult = Rollout
}

#[derive(Default)]
pub struct RolloutMutation;

#[Object]
impl RolloutMutation {
    /// L17: rolls a published version out to everybody who holds a running license and has an older one, and begins the first wave. One
    /// rollout of a product is under way at a time.
    async fn start_rollout(
        &self,
        ctx: &Context<'_>,
        input: RolloutInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<StartRolloutResult> {
        let ended = begin(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| StartRolloutResult::Rollout(Rollout(row)))
    }

    /// L17: begins the next wave, whether the one before is finished or not.
    async fn start_rollout_wave(&self, ctx: &Context<'_>, input: RolloutActionInput) -> Result<StartRolloutWaveResult> {
        let ended = change(ctx, &input.id, Viewer::partner, rollout::start_wave).await?;
        outcome(ctx, ended, |row| StartRolloutWaveResult::Rollout(Rollout(row)))
    }

    /// L17: begins nothing more until it is resumed; what runs is finished.
    async fn pause_rollout(&self, ctx: &Context<'_>, input: RolloutActionInput) -> Result<PauseRolloutResult> {
        let ended = change(ctx, &input.id, Viewer::partner, rollout::pause).await?;
        outcome(ctx, ended, |row| PauseRolloutResult::Rollout(Rollout(row)))
    }

    /// L17: goes on where it was paused.
    async fn resume_rollout(&self, ctx: &Context<'_>, input: RolloutActionInput) -> Result<ResumeRolloutResult> {
        let ended = change(ctx, &input.id, Viewer::partner, rollout::resume).await?;
        outcome(ctx, ended, |row| ResumeRolloutResult::Rollout(Rollout(row)))
    }

    /// L17: ends it for good for everybody who waits; what runs is finished, and who has the version keeps it.
    async fn stop_rollout(&self, ctx: &Context<'_>, input: RolloutActionInput) -> Result<StopRolloutResult> {
        let ended = change(ctx, &input.id, Viewer::partner, rollout::stop).await?;
        outcome(ctx, ended, |row| StopRolloutResult::Rollout(Rollout(row)))
    }

    /// L17: tries a subscriber that failed again from where it stopped.
    async fn retry_rollout_subscriber(
        &self,
        ctx: &Context<'_>,
        input: RolloutSubscriberInput,
    ) -> Result<RetryRolloutSubscriberResult> {
        let license = input.license_id.parse::<LicenseId>().ok();
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &RolloutId| {
            let license = license.as_ref().ok_or_else(|| Refusal::not_found().at("licenseId"))?;
            rollout::retry(tx, viewer, id, license)
        };
        let ended = change(ctx, &input.id, Viewer::partner, work).await?;
        outcome(ctx, ended, |row| RetryRolloutSubscriberResult::Rollout(Rollout(row)))
    }
}

type Started = store::Result<store::rollout::Rollout>;

async fn begin(ctx: &Context<'_>, input: RolloutInput, key: Option<String>) -> Result<Started> {
    let key = match idempotency_key(key, "startRollout", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.partner()?;
        let row = start::start(tx, viewer, &input.parse()?)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, rollout::started).await
}
