//! The delivery itself and its items.

use std::collections::HashMap;

use async_graphql::{Context, Data, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::component::ComponentKind;
use crate::domain::delivery::sequence::Attempt;
use crate::domain::delivery::{DeliveryAction, DeliveryItemStatus, DeliveryKind, DeliveryStatus};
use crate::domain::id::DeliveryId;
use crate::domain::instance::InstanceStatus;
use crate::domain::locale::Locale;
use crate::domain::order::OrderParty;
use crate::domain::preflight::{DeliveryFailure, SkipReason, Speak};
use crate::graphql::context::{Ask, query_error};
use crate::graphql::license::License;
use crate::graphql::loaders::{self, Batch, insert_one};
use crate::graphql::order::Order;
use crate::graphql::order::loaders::{DeliveriesOf, Instances};
use crate::graphql::session::types::User;
use crate::store::conn::Conn;
use crate::store::delivery;
use crate::store::delivery_item::{self, DeliveryItem as Row};
use crate::store::{self, Store};

/// One send into the customer's organisation (D13–D18).
#[derive(Clone, Debug)]
pub struct Delivery(pub delivery::Delivery);

/// One component of a delivery.
#[derive(Clone, Debug, SimpleObject)]
pub struct DeliveryItem {
    /// Identity over versions.
    component_key: String,
    /// What it is.
    kind: ComponentKind,
    /// What people see.
    name: String,
    /// How far it came.
    status: DeliveryItemStatus,
    /// Why it was skipped or failed, in the caller's language.
    reason: Option<String>,
}

impl DeliveryItem {
    fn new(row: Row, locale: Locale) -> store::Result<Self> {
        let reason = match (&row.reason, row.status) {
            (Some(text), DeliveryItemStatus::Failed) => {
                Some(serde_json::from_str::<DeliveryFailure>(text)?.say(locale))
            }
            (Some(text), _) => Some(serde_json::from_str::<SkipReason>(text)?.say(locale)),
            (None, _) => None,
        };
        Ok(Self {
            component_key: row.component_key,
            kind: row.kind,
            name: row.name,
            status: row.status,
            reason,
        })
    }
}

#[Object]
impl Delivery {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What is sent.
    async fn kind(&self) -> DeliveryKind {
        self.0.kind
    }

    /// Where it stands.
    async fn status(&self) -> DeliveryStatus {
        self.0.status
    }

    /// The order that it carries out; null for a license and a self-test.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match self.0.order_id.clone() {
            Some(id) => Order::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// L16: the license that it carries out; null for everything else.
    async fn license(&self, ctx: &Context<'_>) -> Result<Option<License>> {
        match self.0.license_id.clone() {
            Some(id) => License::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The version that was published when it was begun (D18).
    async fn version_number(&self) -> &str {
        &self.0.version_number
    }

    /// Of new pages: the folder that was made for them.
    async fn folder(&self) -> Option<&str> {
        self.0.folder.as_deref()
    }

    /// Of a rollback: the overwrite that it takes back.
    async fn rolls_back(&self, ctx: &Context<'_>) -> Result<Option<Delivery>> {
        related(ctx, self.0.rolls_back_id.clone()).await
    }

    /// Of an overwrite: the rollback that took it back, once it has.
    async fn rolled_back_by(&self, ctx: &Context<'_>) -> Result<Option<Delivery>> {
        related(ctx, self.0.rolled_back_by_id.clone()).await
    }

    /// Chosen in the send dialog.
    async fn include_sample_data(&self) -> bool {
        self.0.include_sample_data
    }

    /// Chosen in the send dialog.
    async fn include_connectors(&self) -> bool {
        self.0.include_connectors
    }

    /// Chosen in the send dialog.
    async fn open_edit_permission(&self) -> bool {
        self.0.open_edit_permission
    }

    /// Items in all.
    async fn total(&self) -> i32 {
        self.0.total
    }

    /// Items that arrived.
    async fn done(&self) -> i32 {
        self.0.done
    }

    /// Items that do not travel.
    async fn skipped(&self) -> i32 {
        self.0.skipped
    }

    /// Items that could not be written.
    async fn failed(&self) -> i32 {
        self.0.failed
    }

    /// Reasons of a failure, in the caller's language.
    async fn failures(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        say(ctx, self.0.parsed_failures())
    }

    /// What to mind, in the caller's language.
    async fn warnings(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        say(ctx, self.0.parsed_warnings())
    }

    /// One for each component, in the order of the version; of an application none before the checks passed.
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<DeliveryItem>> {
        let rows = loaders::load::<ItemsOf>(ctx, self.0.id.clone()).await?;
        let locale = ctx.locale();
        let items = rows
            .unwrap_or_default()
            .into_iter()
            .map(|row| DeliveryItem::new(row, locale));
        items
            .collect::<store::Result<_>>()
            .map_err(|error| query_error(error, locale))
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When a worker took it up first.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.0.started_at.map(|at| at.utc())
    }

    /// When it ended last.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at.map(|at| at.utc())
    }

    /// On which side of the order the person acted who asked for it.
    async fn created_by_party(&self) -> OrderParty {
        match self.0.created_by_organization_id == self.0.customer_id {
            true => OrderParty::Customer,
            false => OrderParty::Partner,
        }
    }

    /// Who asked for it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// What the viewer can do with it now. The customer's admins take overwrites back and look after rollbacks.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<DeliveryAction>> {
        let viewer = ctx.viewer()?;
        let (partner, customer) = (viewer.partner().is_ok(), viewer.customer_admin().is_ok());
        let side = if partner && viewer.organization_id == self.0.partner_id {
            OrderParty::Partner
        } else if customer && viewer.organization_id == self.0.customer_id {
            OrderParty::Customer
        } else {
            return Ok(Vec::new());
        };
        if let Some(id) = self.0.instance_id.clone()
            && let Some(into) = loaders::load::<Instances>(ctx, id).await?
            && into.status == InstanceStatus::Removed
            && !self.0.status.is_active()
        {
            return Ok(Vec::new());
        }
        let all = match self.0.order_id.clone() {
            Some(order) => loaders::load::<DeliveriesOf>(ctx, order).await?.unwrap_or_default(),
            None => Vec::new(),
        };
        let later: Vec<Attempt> = all
            .iter()
            .filter(|it| it.id > self.0.id)
            .map(|it| it.attempt())
            .collect();
        Ok(self.0.attempt().available_actions(&later, side))
    }
}

/// A delivery that another one of the same order names.
async fn related(ctx: &Context<'_>, id: Option<DeliveryId>) -> Result<Option<Delivery>> {
    match id {
        Some(id) => Ok(loaders::load::<DeliveriesById>(ctx, id).await?.map(Delivery)),
        None => Ok(None),
    }
}

fn say<T: Speak>(ctx: &Context<'_>, notices: store::Result<Vec<T>>) -> Result<Vec<String>> {
    let locale = ctx.locale();
    let notices = notices.map_err(|error| query_error(error, locale))?;
    Ok(notices.iter().map(|notice| notice.say(locale)).collect())
}

/// The items of each delivery, in the order of the version; absent where there is none.
struct ItemsOf;

impl Batch for ItemsOf {
    type Key = DeliveryId;
    type Row = Vec<Row>;

    fn load(conn: &mut Conn, keys: &[DeliveryId]) -> store::Result<Vec<(DeliveryId, Vec<Row>)>> {
        let mut groups = HashMap::<DeliveryId, Vec<Row>>::new();
        for row in delivery_item::of_deliveries(conn, keys)? {
            groups.entry(row.delivery_id.clone()).or_default().push(row);
        }
        Ok(groups.into_iter().collect())
    }
}

/// Deliveries by id, for whoever was shown a step or another delivery of their order.
pub struct DeliveriesById;

impl Batch for DeliveriesById {
    type Key = DeliveryId;
    type Row = delivery::Delivery;

    fn load(conn: &mut Conn, keys: &[DeliveryId]) -> store::Result<Vec<(DeliveryId, delivery::Delivery)>> {
        let rows = delivery::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert_loaders(data: &mut Data, store: &Store) {
    insert_one::<DeliveriesById>(data, store);
    insert_one::<ItemsOf>(data, store);
}
