//! What a rollout would do, before it is started.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::auth::viewer::Viewer;
use crate::domain::id::LicenseId;
use crate::domain::rollout::SubscriberReason;
use crate::domain::rollout::wave::{PlannedWave, WaveKind};
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::graphql::session::types::Organization;
use crate::services::rollout::start::{self, NewRollout, Preflight};
use crate::store::conn::Conn;
use crate::store::rollout::candidate::Candidate;

/// What starting a rollout would do now.
#[derive(Clone)]
pub struct RolloutPreflight {
    pub found: Arc<Preflight>,
    pub planned: Arc<NewRollout>,
}

/// How many do not get the version, and why.
#[derive(SimpleObject)]
pub struct LeftOut {
    /// Why.
    reason: SubscriberReason,
    /// The reason in the caller's language.
    reason_text: String,
    /// How many.
    count: i32,
}

/// One wave as it would be.
#[derive(SimpleObject)]
pub struct PreflightWave {
    /// From 1.
    number: i32,
    /// Whom it reaches.
    kind: WaveKind,
    /// Subscribers of it.
    total: i32,
}

/// Somebody who holds or held a license of the product.
#[derive(Clone)]
pub struct RolloutCandidate {
    row: Candidate,
    wave: Option<i32>,
}

connection! {
    /// Everybody who holds or held a license of the product.
    RolloutCandidateConnection, RolloutCandidateEdge, RolloutCandidate
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[Object]
impl RolloutPreflight {
    /// What would be rolled out.
    async fn version_number(&self) -> &str {
        &self.found.version.number
    }

    /// How many get it.
    async fn total(&self) -> i32 {
        count(self.found.subscribers.len())
    }

    /// How many of them no wave reaches.
    async fn in_no_wave(&self) -> i32 {
        let reached: usize = self.found.waves.iter().map(Vec::len).sum();
        count(self.found.subscribers.len() - reached)
    }

    /// The waves as they would be.
    async fn waves(&self) -> Vec<PreflightWave> {
        let planned = (1..).zip(self.planned.waves.iter().zip(&self.found.waves));
        let wave = |(number, (planned, licenses)): (i32, (&PlannedWave, &Vec<LicenseId>))| PreflightWave {
            number,
            kind: planned.kind,
            total: count(licenses.len()),
        };
        planned.map(wave).collect()
    }

    /// How many do not get it, by the reason.
    async fn left_out(&self, ctx: &Context<'_>) -> Vec<LeftOut> {
        let locale = ctx.locale();
        let left = |(reason, count): &(SubscriberReason, i64)| LeftOut {
            reason: *reason,
            reason_text: reason.text().get(locale).to_owned(),
            count: i32::try_from(*count).unwrap_or(i32::MAX),
        };
        self.found.left_out.iter().map(left).collect()
    }

    /// Another rollout of the product is under way: this one cannot begin before that ends.
    async fn blocked(&self) -> bool {
        self.found.blocked
    }

    /// Everybody who holds or held a license, by license: who gets it and in which wave, who does not, and who would have to wait.
    async fn candidates(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<RolloutCandidateConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (planned, counted, now) = (self.planned.clone(), self.planned.clone(), ctx.app().store.now());
        let rows = read(ctx, move |conn, viewer| {
            let (product, version) = (&planned.product_id, planned.version_id.as_ref());
            start::candidates(conn, viewer, product, version, &page, now)
        });
        let rows = rows.await?;
        let waves = self.found.wave_of();
        let node = |row: Candidate| RolloutCandidate {
            wave: waves.get(&row.license_id).copied(),
            row,
        };
        let count = move |conn: &mut Conn, viewer: &Viewer| start::count_candidates(conn, viewer, &counted.product_id);
        let key = |row: &Candidate| row.license_id.to_string();
        Ok(RolloutCandidateConnection::new(rows, key, node, Arc::new(count)))
    }
}

#[Object]
impl RolloutCandidate {
    /// By which license.
    async fn license_id(&self) -> ID {
        ID(self.row.license_id.to_string())
    }

    /// What the organisation is called.
    async fn customer_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Organization::load(ctx, self.row.organization_id.clone()).await?.0.name)
    }

    /// The version of its application; null where it is not there.
    async fn version_number(&self) -> Option<&str> {
        self.row.installed.as_deref()
    }

    /// In which wave it would be; null where it does not get the version.
    async fn wave(&self) -> Option<i32> {
        self.wave
    }

    /// Why it does not get the version, or would have to wait.
    async fn reason(&self) -> Option<SubscriberReason> {
        self.row.reason
    }

    /// The reason in the caller's language.
    async fn reason_text(&self, ctx: &Context<'_>) -> Option<String> {
        Some(self.row.reason?.text().get(ctx.locale()).to_owned())
    }

    /// Until when its freeze windows would keep it waiting.
    async fn frozen_until(&self) -> Option<DateTime<Utc>> {
        self.row.frozen_until.map(|at| at.utc())
    }
}
