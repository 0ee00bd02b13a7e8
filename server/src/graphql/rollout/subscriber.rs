//! Subscribers of a rollout as the partner sees them, and what came to an application as its customer sees it.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::loaders::Rollouts;
use crate::domain::locale::Locale;
use crate::domain::preflight::Speak;
use crate::domain::rollout::{Kept, RolloutStatus, SubscriberAction, SubscriberReason, SubscriberState};
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::delivery::{DeliveriesById, Delivery};
use crate::graphql::loaders;
use crate::graphql::session::types::Organization;
use crate::store::rollout::subscriber::Subscriber;

/// One of those who get the version of a rollout.
#[derive(Clone, Debug)]
pub struct RolloutSubscriber {
    pub row: Subscriber,
    pub rollout: RolloutStatus,
}

connection! {
    /// Subscribers of a rollout.
    RolloutSubscriberConnection, RolloutSubscriberEdge, RolloutSubscriber
}

/// What stayed as it is in an application because the customer had changed it.
#[derive(SimpleObject)]
pub struct KeptComponent {
    /// Stable key of the page or component.
    key: String,
    /// What people call it.
    name: String,
    /// The customer had removed it, and it stays removed; otherwise they had changed it.
    removed: bool,
    /// What the customer had changed, in the caller's language.
    changes: Vec<String>,
}

impl KeptComponent {
    fn new(kept: Kept, locale: Locale) -> Self {
        Self {
            key: kept.key,
            name: kept.name,
            removed: kept.removed,
            changes: kept.changes.iter().map(|it| it.get(locale).to_owned()).collect(),
        }
    }
}

fn kept(ctx: &Context<'_>, row: &Subscriber) -> Result<Vec<KeptComponent>> {
    let locale = ctx.locale();
    let kept = row.parsed_kept().map_err(|error| query_error(error, locale))?;
    Ok(kept.into_iter().map(|it| KeptComponent::new(it, locale)).collect())
}

#[Object]
impl RolloutSubscriber {
    /// By which license it gets the version.
    async fn license_id(&self) -> ID {
        ID(self.row.license_id.to_string())
    }

    /// What the organisation is called.
    async fn customer_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Organization::load(ctx, self.row.organization_id.clone()).await?.0.name)
    }

    /// In which wave; null where none reaches it.
    async fn wave(&self) -> Option<i32> {
        self.row.wave
    }

    /// Where it stands.
    async fn state(&self) -> SubscriberState {
        self.row.state
    }

    /// Why it waits, does not get the version, or failed.
    async fn reason(&self) -> Option<SubscriberReason> {
        self.row.reason
    }

    /// The reason, and of a failure what exactly failed, in the caller's language.
    async fn reason_texts(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let locale = ctx.locale();
        let reason = self.row.reason.map(|reason| reason.text().get(locale).to_owned());
        let mut texts: Vec<String> = reason.into_iter().collect();
        if let (SubscriberState::Failed, Some(id)) = (self.row.state, self.row.delivery_id.clone())
            && let Some(sent) = loaders::load::<DeliveriesById>(ctx, id).await?
        {
            let failures = sent.parsed_failures().map_err(|error| query_error(error, locale))?;
            texts.extend(failures.iter().map(|failure| failure.say(locale)));
        }
        Ok(texts)
    }

    /// The version of its application before.
    async fn from_version(&self) -> &str {
        &self.row.from_version
    }

    /// Until when its freeze windows keep it waiting.
    async fn frozen_until(&self) -> Option<DateTime<Utc>> {
        self.row.frozen_until.map(|at| at.utc())
    }

    /// The delivery that brings the version, once it began.
    async fn delivery(&self, ctx: &Context<'_>) -> Result<Option<Delivery>> {
        match self.row.delivery_id.clone() {
            Some(id) => Ok(loaders::load::<DeliveriesById>(ctx, id).await?.map(Delivery)),
            None => Ok(None),
        }
    }

    /// What stayed as it is because the customer had changed it.
    async fn kept(&self, ctx: &Context<'_>) -> Result<Vec<KeptComponent>> {
        kept(ctx, &self.row)
    }

    /// When its turn began first.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.row.started_at.map(|at| at.utc())
    }

    /// When it ended last.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.row.finished_at.map(|at| at.utc())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self) -> Vec<SubscriberAction> {
        self.row.state.available_actions(self.rollout)
    }
}

/// A new version that came to an application of the customer's. Who else got it is not theirs to know.
#[derive(Clone, Debug)]
pub struct InstanceUpgrade(pub Subscriber);

connection! {
    /// New versions that came to an application.
    InstanceUpgradeConnection, InstanceUpgradeEdge, InstanceUpgrade
}

#[Object]
impl InstanceUpgrade {
    /// What came.
    async fn version_number(&self, ctx: &Context<'_>) -> Result<String> {
        let of = loaders::get::<Rollouts>(ctx, self.0.rollout_id.clone()).await?;
        Ok(of.version_number)
    }

    /// What was there before.
    async fn from_version(&self) -> &str {
        &self.0.from_version
    }

    /// When it came.
    async fn arrived_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at.map(|at| at.utc())
    }

    /// What stayed as it is because the organisation had changed it.
    async fn kept(&self, ctx: &Context<'_>) -> Result<Vec<KeptComponent>> {
        kept(ctx, &self.0)
    }
}
