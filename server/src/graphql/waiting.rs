//! What waits for the viewer, in the schema.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::context::{Ask, read};
use crate::domain::waiting::WaitingKind;
use crate::services::waiting;

/// Things of one kind that wait for the viewer.
#[derive(Clone, Debug, SimpleObject)]
pub struct Waiting {
    /// Of which kind, and with it what comes next.
    kind: WaitingKind,
    /// How many there are in all.
    count: i32,
    /// The first five; the kind says in which order.
    items: Vec<WaitingItem>,
}

/// One thing that waits.
#[derive(Clone, Debug, SimpleObject)]
pub struct WaitingItem {
    /// Id of the project, product, cool app, order, application of a customer, service request or distribution permission.
    id: ID,
    /// Name of the project or the application, title of the service request; for a permission of the partner.
    name: String,
    /// Who stands on the other side: a project's or an order's customer, an application's partner, the contact of a permission.
    party: String,
    /// Since when it waits.
    since: DateTime<Utc>,
    /// Until when a decision is due, where there is a limit.
    due_at: Option<DateTime<Utc>>,
    /// Whether that has passed.
    overdue: bool,
}

impl From<waiting::Waiting> for Waiting {
    fn from(list: waiting::Waiting) -> Self {
        Self {
            kind: list.kind,
            count: i32::try_from(list.count).unwrap_or(i32::MAX),
            items: list.items.into_iter().map(WaitingItem::from).collect(),
        }
    }
}

impl From<waiting::WaitingItem> for WaitingItem {
    fn from(item: waiting::WaitingItem) -> Self {
        Self {
            id: ID(item.id),
            name: item.name,
            party: item.party,
            since: item.since.utc(),
            due_at: item.due_at.map(|at| at.utc()),
            overdue: item.overdue,
        }
    }
}

#[derive(Default)]
pub struct WaitingQuery;

#[Object]
impl WaitingQuery {
    /// What waits for the viewer in the acting organisation, by kind; a kind of which nothing waits is absent. Decisions on
    /// projects are in it for 14 days.
    async fn waiting(&self, ctx: &Context<'_>) -> Result<Vec<Waiting>> {
        let now = ctx.app().store.now();
        let lists = read(ctx, move |conn, viewer| waiting::list(conn, viewer, now)).await?;
        Ok(lists.into_iter().map(Waiting::from).collect())
    }
}
