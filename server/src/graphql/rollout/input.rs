//! What clients say about rollouts.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use crate::domain::id::{ApplicationVersionId, LicenseId, ProductId};
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::domain::rollout::wave::{PlannedWave, WaveKind};
use crate::services::rollout::start::NewRollout;

/// One wave as it is planned.
#[derive(InputObject, Serialize)]
pub struct RolloutWaveInput {
    /// Whom it reaches.
    pub kind: WaveKind,
    /// Of PERCENT: 1 to 100, of all subscribers, rounded up.
    pub percent: Option<i32>,
    /// Of LIST: the licenses of those who are named, at most 500.
    #[graphql(default)]
    pub license_ids: Vec<ID>,
}

/// A rollout as it is planned.
#[derive(InputObject, Serialize)]
pub struct RolloutInput {
    /// A product of the acting partner.
    pub product_id: ID,
    /// A published version of its application; the one that is sold where left out.
    pub version_id: Option<ID>,
    /// 1 to 10; ALL can only be the last.
    pub waves: Vec<RolloutWaveInput>,
    /// Each wave begins by itself once nobody of the one before waits or runs, where nobody of it failed. Otherwise the partner begins
    /// each but the first.
    #[graphql(default)]
    pub automatic: bool,
}

impl RolloutInput {
    /// Reads it; what is no id names nothing.
    pub fn parse(&self) -> Result<NewRollout, Refusal> {
        let product = self.product_id.parse::<ProductId>();
        let product_id = product.map_err(|_| Refusal::not_found().at("productId"))?;
        let version = self.version_id.as_ref().map(|id| id.parse::<ApplicationVersionId>());
        let version_id = version
            .transpose()
            .map_err(|_| Refusal::invalid("versionId", Problem::Unknown))?;
        let mut issues = Vec::new();
        let mut waves = Vec::with_capacity(self.waves.len());
        for (index, wave) in self.waves.iter().enumerate() {
            let mut licenses = Vec::with_capacity(wave.license_ids.len());
            for (place, id) in wave.license_ids.iter().enumerate() {
                match id.parse::<LicenseId>() {
                    Ok(id) => licenses.push(id),
                    Err(_) => {
                        let path = format!("waves.{index}.licenseIds.{place}");
                        issues.push(Issue::new(&path, Problem::NoSubscriber));
                    }
                }
            }
            waves.push(PlannedWave {
                kind: wave.kind,
                percent: wave.percent,
                licenses,
            });
        }
        Refusal::unless_valid(issues)?;
        Ok(NewRollout {
            product_id,
            version_id,
            waves,
            automatic: self.automatic,
        })
    }
}

/// Names a rollout.
#[derive(InputObject)]
pub struct RolloutActionInput {
    /// The rollout.
    pub id: ID,
}

/// Names one subscriber of a rollout.
#[derive(InputObject)]
pub struct RolloutSubscriberInput {
    /// The rollout.
    pub id: ID,
    /// The license of the subscriber.
    pub license_id: ID,
}
