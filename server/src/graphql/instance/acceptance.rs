//! Acceptances of an instance: the checklist while it is tried out, and the history of sign-offs.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::acceptance::{AcceptanceItem as Item, AcceptanceItemKind, SignedItem};
use crate::domain::id::InstanceId;
use crate::graphql::context::Ask;
use crate::graphql::fault::fault;
use crate::graphql::loaders::{self, Batch};
use crate::graphql::session::types::User;
use crate::store;
use crate::store::acceptance::{self, Tick, Ticked};
use crate::store::conn::Conn;

/// One thing to see before an application is accepted.
#[derive(Clone)]
pub struct AcceptanceItem {
    item: Item,
    tick: Option<Tick>,
}

#[Object]
impl AcceptanceItem {
    /// What is to be done.
    async fn kind(&self) -> AcceptanceItemKind {
        self.item.kind
    }

    /// Key of the page or component.
    async fn component_key(&self) -> &str {
        &self.item.component_key
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// What is to be done by hand and was not, in the caller's language; empty for pages and records.
    async fn work(&self, ctx: &Context<'_>) -> Vec<String> {
        let locale = ctx.locale();
        self.item.work.iter().map(|text| text.get(locale).to_owned()).collect()
    }

    /// Whether it was ticked, or its manual work was done.
    async fn done(&self) -> bool {
        self.tick.is_some() || self.item.settled
    }

    /// When it was ticked; null where it was not.
    async fn ticked_at(&self) -> Option<DateTime<Utc>> {
        self.tick.as_ref().map(|tick| tick.ticked_at.utc())
    }

    /// Who ticked it.
    async fn ticked_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.tick.as_ref().map(|tick| tick.ticked_by.clone())).await
    }
}

impl AcceptanceItem {
    /// A checklist in the schema.
    pub fn all(list: Ticked) -> Vec<Self> {
        let item = |(item, tick)| Self { item, tick };
        list.into_iter().map(item).collect()
    }
}

/// One item of a checklist as it stood at a sign-off.
#[derive(Clone, SimpleObject)]
pub struct SignedAcceptanceItem {
    /// What was to be done.
    kind: AcceptanceItemKind,
    /// Key of the page or component.
    component_key: String,
    /// Its name.
    name: String,
    /// Whether it was ticked.
    done: bool,
}

/// The record of an acceptance (D27).
#[derive(Clone, Debug)]
pub struct Acceptance(pub acceptance::Acceptance);

#[Object]
impl Acceptance {
    /// Counts the sign-offs of the instance, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.accepted_at.utc()
    }

    /// Who.
    async fn by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.accepted_by.clone()).await
    }

    /// What they wrote.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// Which version.
    async fn version_number(&self) -> &str {
        &self.0.version_number
    }

    /// The checklist as it stood.
    async fn checklist(&self) -> Result<Vec<SignedAcceptanceItem>> {
        let items: Vec<SignedItem> = serde_json::from_str(&self.0.checklist).map_err(fault)?;
        let item = |item: SignedItem| SignedAcceptanceItem {
            kind: item.kind,
            component_key: item.component_key,
            name: item.name,
            done: item.done,
        };
        Ok(items.into_iter().map(item).collect())
    }
}

/// Sign-offs by instance, newest first.
pub struct Acceptances;

impl Batch for Acceptances {
    type Key = InstanceId;
    type Row = Vec<acceptance::Acceptance>;

    fn load(conn: &mut Conn, keys: &[InstanceId]) -> store::Result<Vec<(InstanceId, Self::Row)>> {
        let mut found: Vec<(InstanceId, Self::Row)> = keys.iter().map(|key| (key.clone(), Vec::new())).collect();
        for row in acceptance::of_instances(conn, keys)? {
            if let Some((_, rows)) = found.iter_mut().find(|(key, _)| *key == row.instance_id) {
                rows.push(row);
            }
        }
        Ok(found)
    }
}

impl Acceptance {
    /// The sign-offs of an instance that the caller was allowed to see, or whose order they were.
    pub async fn of(ctx: &Context<'_>, id: InstanceId) -> Result<Vec<Self>> {
        let found = loaders::load::<Acceptances>(ctx, id).await?;
        Ok(found.unwrap_or_default().into_iter().map(Self).collect())
    }
}
