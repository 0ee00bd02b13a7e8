//! The rollout itself and its waves, for the partner. Its subscribers are `subscriber`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::loaders::{Counts, CountsOf, WavesOf};
use super::subscriber::{RolloutSubscriber, RolloutSubscriberConnection};
use crate::auth::viewer::Viewer;
use crate::domain::rollout::wave::WaveKind;
use crate::domain::rollout::{RolloutAction, RolloutStatus, SubscriberState, WaveStatus};
use crate::graphql::context::{Ask, read};
use crate::graphql::loaders;
use crate::graphql::session::types::User;
use crate::services::rollout as service;
use crate::store::conn::Conn;
use crate::store::rollout;
use crate::store::rollout::subscriber::{Counted, Subscriber, SubscriberFilter};
use crate::store::rollout::wave::RolloutWave as Wave;

/// 版本推送: a new version on its way to those who hold a license of a product.
#[derive(Clone, Debug)]
pub struct Rollout(pub rollout::Rollout);

/// How many subscribers are in a state.
#[derive(Clone, Debug, SimpleObject)]
pub struct SubscriberCount {
    /// The state.
    state: SubscriberState,
    /// How many; never zero.
    count: i32,
}

/// A part of the subscribers, who get the version at the same time.
#[derive(SimpleObject)]
pub struct RolloutWave {
    /// From 1.
    number: i32,
    /// Whom it reaches.
    kind: WaveKind,
    /// Of PERCENT: of all subscribers, rounded up.
    percent: Option<i32>,
    /// Where it stands.
    status: WaveStatus,
    /// Subscribers of it.
    total: i32,
    /// How many of them are in which state.
    counts: Vec<SubscriberCount>,
    /// When it began.
    started_at: Option<DateTime<Utc>>,
    /// When nobody of it waited or ran any more. Who is frozen comes later.
    finished_at: Option<DateTime<Utc>>,
}

impl RolloutWave {
    fn new(row: Wave, counts: &Counts) -> Self {
        let own = counts.iter().filter(|(wave, ..)| *wave == Some(row.number));
        Self {
            number: row.number,
            kind: row.kind,
            percent: row.percent,
            status: row.status,
            total: row.total,
            counts: summed(own),
            started_at: row.started_at.map(|at| at.utc()),
            finished_at: row.finished_at.map(|at| at.utc()),
        }
    }
}

/// How many are in each state, in the order of the states.
fn summed<'a>(counts: impl Iterator<Item = &'a Counted>) -> Vec<SubscriberCount> {
    let mut sums = std::collections::BTreeMap::new();
    for (_, state, count) in counts {
        *sums.entry(*state).or_insert(0) += count;
    }
    let count = |(state, count): (SubscriberState, i64)| SubscriberCount {
        state,
        count: i32::try_from(count).unwrap_or(i32::MAX),
    };
    sums.into_iter().map(count).collect()
}

#[Object]
impl Rollout {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Of which product.
    async fn product_id(&self) -> ID {
        ID(self.0.product_id.to_string())
    }

    /// As the product was called when it began.
    async fn product_name(&self) -> &str {
        &self.0.product_name
    }

    /// What is rolled out.
    async fn version_number(&self) -> &str {
        &self.0.version_number
    }

    /// Where it stands.
    async fn status(&self) -> RolloutStatus {
        self.0.status
    }

    /// Whether waves begin by themselves.
    async fn automatic(&self) -> bool {
        self.0.automatic
    }

    /// Subscribers when it began: who held a running license and had an older version.
    async fn total(&self) -> i32 {
        self.0.total
    }

    /// How many of them are in which state.
    async fn counts(&self, ctx: &Context<'_>) -> Result<Vec<SubscriberCount>> {
        Ok(summed(self.counted(ctx).await?.iter()))
    }

    /// Its waves, in their order.
    async fn waves(&self, ctx: &Context<'_>) -> Result<Vec<RolloutWave>> {
        let counts = self.counted(ctx).await?;
        let rows = loaders::load::<WavesOf>(ctx, self.0.id.clone())
            .await?
            .unwrap_or_default();
        Ok(rows.into_iter().map(|row| RolloutWave::new(row, &counts)).collect())
    }

    /// Who gets it, by license.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn subscribers(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        state: Option<SubscriberState>,
        wave: Option<i32>,
    ) -> Result<RolloutSubscriberConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (filter, id, counted) = (SubscriberFilter { state, wave }, self.0.id.clone(), self.0.id.clone());
        let rows = read(ctx, move |conn, viewer| {
            service::subscribers(conn, viewer, &id, filter, &page)
        })
        .await?;
        let count = move |conn: &mut Conn, viewer: &Viewer| service::count_subscribers(conn, viewer, &counted, filter);
        let rollout = self.0.status;
        let node = move |row| RolloutSubscriber { row, rollout };
        let key = |row: &Subscriber| row.license_id.to_string();
        Ok(RolloutSubscriberConnection::new(rows, key, node, Arc::new(count)))
    }

    /// Who began it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When it was stopped or finished last.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at.map(|at| at.utc())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<RolloutAction>> {
        let rows = loaders::load::<WavesOf>(ctx, self.0.id.clone())
            .await?
            .unwrap_or_default();
        let planned = rows.iter().any(|wave| wave.status == WaveStatus::Planned);
        Ok(self.0.status.available_actions(planned))
    }
}

impl Rollout {
    async fn counted(&self, ctx: &Context<'_>) -> Result<Counts> {
        let found = loaders::load::<CountsOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default())
    }
}
