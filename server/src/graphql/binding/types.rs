//! The checklist of an instance, and what was waived of it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::binding::{self as rules, BindingKind, BindingWay};
use crate::domain::id::UserId;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::loaders::{self, Users};
use crate::graphql::session::types::User;
use crate::store::binding::{self, Binding, Checklist};

/// The checklist of one instance.
pub struct BindingList(pub Arc<Checklist>);

impl BindingList {
    /// Its items.
    pub fn items(self) -> Vec<BindingItem> {
        let item = |item: &rules::BindingItem| BindingItem {
            list: Arc::clone(&self.0),
            item: item.clone(),
        };
        self.0.items.iter().map(item).collect()
    }
}

/// One thing that is to be done in an instance by hand, or was.
pub struct BindingItem {
    list: Arc<Checklist>,
    item: rules::BindingItem,
}

impl BindingItem {
    fn bindings(&self) -> impl Iterator<Item = &Binding> {
        let own = |it: &&Binding| it.component_key == self.item.component_key;
        // A connector's secrets and its code are two items of one component.
        let by_slot = self.item.kind.way() == BindingWay::FillIn;
        self.list
            .bindings
            .iter()
            .filter(own)
            .filter(move |it| it.slot.is_empty() != by_slot)
    }
}

#[Object]
impl BindingItem {
    /// Names the item within its instance: what a waiver lists.
    async fn key(&self) -> String {
        self.item.key()
    }

    /// What is to be done.
    async fn kind(&self) -> BindingKind {
        self.item.kind
    }

    /// How it is done.
    async fn way(&self) -> BindingWay {
        self.item.kind.way()
    }

    /// Key of the component.
    async fn component_key(&self) -> &str {
        &self.item.component_key
    }

    /// Name of the component.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// What is to be done, in the caller's language.
    async fn text(&self, ctx: &Context<'_>) -> String {
        self.item.text().get(ctx.locale()).to_owned()
    }

    /// Whether it was.
    async fn done(&self) -> bool {
        self.item.done
    }

    /// Whether an admin enabled the instance without it.
    async fn waived(&self) -> bool {
        self.list.waived.contains(&self.item.key())
    }

    /// Whether the viewer may do it: members are chosen by the customer's admin alone, an automation waits for its connectors.
    async fn editable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(match self.item.kind.way() {
            BindingWay::FillIn => true,
            BindingWay::ChooseMembers => ctx.viewer()?.customer_admin().is_ok(),
            BindingWay::Confirm => self.item.waits_for.is_empty(),
        })
    }

    /// Connectors by name that an automation waits for.
    async fn waits_for(&self) -> &[String] {
        &self.item.waits_for
    }

    /// What is to be filled in; empty where it is done another way.
    async fn slots(&self, ctx: &Context<'_>) -> Result<Vec<BindingSlot>> {
        let mut slots = Vec::with_capacity(self.item.slots.len());
        for (name, _) in &self.item.slots {
            let set = self.bindings().find(|it| it.slot == *name);
            slots.push(BindingSlot {
                name: name.clone(),
                set_at: set.map(|it| it.set_at.utc()),
                set_by: User::load_if_any(ctx, set.map(|it| it.set_by.clone())).await?,
            });
        }
        Ok(slots)
    }

    /// Who is in the role or contact; for the customer's admins alone.
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        if ctx.viewer()?.customer_admin().is_err() {
            return Ok(Vec::new());
        }
        let ids: Vec<UserId> = self
            .list
            .members
            .get(&self.item.component_key)
            .filter(|_| self.item.kind.way() == BindingWay::ChooseMembers)
            .cloned()
            .unwrap_or_default();
        let rows = loaders::load_many::<Users>(ctx, ids).await?;
        Ok(rows.into_iter().map(User).collect())
    }

    /// When it was done last; null while nothing of it was.
    async fn set_at(&self) -> Option<DateTime<Utc>> {
        self.bindings().map(|it| it.set_at.utc()).max()
    }

    /// By whom.
    async fn set_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let last = self.bindings().max_by_key(|it| it.set_at);
        User::load_if_any(ctx, last.map(|it| it.set_by.clone())).await
    }
}

/// A secret of a connector: that it was filled in, never what with.
#[derive(SimpleObject)]
pub struct BindingSlot {
    /// Its name.
    name: String,
    /// When it was filled in; null while it is empty.
    set_at: Option<DateTime<Utc>>,
    /// By whom.
    set_by: Option<User>,
}

/// That an instance was enabled with something still to be done.
pub struct Waiver(pub binding::Waiver);

/// An item as it stood when it was waived.
#[derive(SimpleObject)]
pub struct WaivedItem {
    /// Names the item within its instance.
    key: String,
    /// What was to be done.
    kind: BindingKind,
    /// Of the component.
    name: String,
}

#[Object]
impl Waiver {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What was waived.
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<WaivedItem>> {
        let items = self.0.parsed_items();
        let items = items.map_err(|error| query_error(error, ctx.locale()))?;
        let item = |item: binding::WaivedItem| WaivedItem {
            key: item.key,
            kind: item.kind,
            name: item.name,
        };
        Ok(items.into_iter().map(item).collect())
    }

    /// When.
    async fn waived_at(&self) -> DateTime<Utc> {
        self.0.waived_at.utc()
    }

    /// By whom.
    async fn waived_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.waived_by.clone()).await
    }
}
