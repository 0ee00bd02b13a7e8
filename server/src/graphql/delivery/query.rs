//! Queries about deliveries.

use std::collections::HashSet;

use async_graphql::{Context, ID, Object, Result};

use super::input::DeliveryOptions;
use super::page_change::PageChanges;
use super::preflight::Preflight;
use super::rollback::RollbackReport;
use super::types::Delivery;
use crate::auth::viewer::Viewer;
use crate::domain::delivery::DeliveryKind;
use crate::domain::id::{ApplicationVersionId, DeliveryId, OrderId};
use crate::domain::preflight::Plan;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, read, try_read};
use crate::graphql::error::{outcome, result_union};
use crate::services::delivery::components::{self, Components};
use crate::services::delivery::{self, pages, rollback};
use crate::store;
use crate::store::conn::Conn;

result_union! {
    /// The dry run, or why there is none.
    DeliveryPreflightResult = Preflight
}
result_union! {
    /// The changes of pages, or why there are none to see.
    PageChangesResult = PageChanges
}
result_union! {
    /// What a rollback would do, or why there is none.
    RollbackReportResult = RollbackReport
}

#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// One delivery, for the partner that sends and the admins of the customer; null where it does not exist for them.
    async fn delivery(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Delivery>> {
        let Ok(id) = id.parse::<DeliveryId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| delivery::get(conn, viewer, &id)).await?;
        Ok(found.map(Delivery))
    }

    /// D14: what sending would do to the customer's organisation now. Of the application, unless another kind is asked for.
    async fn delivery_preflight(
        &self,
        ctx: &Context<'_>,
        order_id: ID,
        #[graphql(desc = "What travels; for new pages only whether sample data does.")] options: DeliveryOptions,
        #[graphql(desc = "A rollback has a report of its own.", default_with = "DeliveryKind::App")] kind: DeliveryKind,
        #[graphql(desc = "Pages or components, as in the mutation of that kind.")] keys: Option<Vec<String>>,
        #[graphql(desc = "Of components: a published version; null is the one that is published now.")]
        version_id: Option<ID>,
    ) -> Result<DeliveryPreflightResult> {
        let asked = Asked {
            order_id,
            options,
            kind,
            keys,
            version_id,
        };
        let ended = try_read(ctx, move |conn, viewer| asked.plan(conn, viewer)).await?;
        outcome(ctx, ended, |plan| {
            DeliveryPreflightResult::Preflight(Preflight::new(&plan, ctx.locale()))
        })
    }

    /// D16: the pages of the version that is published now, compared with those of the customer's instance.
    async fn page_changes(
        &self,
        ctx: &Context<'_>,
        order_id: ID,
        #[graphql(desc = "Pages whose fields and details are wanted; null is all of them.")] detailed_keys: Option<
            Vec<String>,
        >,
    ) -> Result<PageChangesResult> {
        let order = order_id.parse::<OrderId>().ok();
        let wants = |name: &str| ctx.look_ahead().field("pages").field(name).exists();
        let worded = wants("fields") || wants("details");
        let keys: Option<HashSet<String>> = detailed_keys.map(|keys| keys.into_iter().collect());
        let in_words = move |key: &str| worded && keys.as_ref().is_none_or(|keys| keys.contains(key));
        let ended = try_read(ctx, move |conn, viewer| {
            viewer.partner()?;
            let order = order.as_ref().ok_or_else(|| Refusal::not_found().at("orderId"))?;
            pages::changes(conn, viewer, order, in_words)
        });
        outcome(ctx, ended.await?, |found| PageChangesResult::PageChanges(found.into()))
    }

    /// D16: what taking an overwrite back would do, and what the customer changed since; for both sides.
    async fn rollback_report(&self, ctx: &Context<'_>, delivery_id: ID) -> Result<RollbackReportResult> {
        let id = delivery_id.parse::<DeliveryId>().ok();
        let ended = try_read(ctx, move |conn, viewer| match &id {
            Some(id) => rollback::report(conn, viewer, id),
            None => Err(rollback::nothing(viewer)),
        });
        outcome(ctx, ended.await?, |report| {
            RollbackReportResult::RollbackReport(RollbackReport::new(report, ctx.locale()))
        })
    }
}

/// The arguments of a dry run.
struct Asked {
    order_id: ID,
    options: DeliveryOptions,
    kind: DeliveryKind,
    keys: Option<Vec<String>>,
    version_id: Option<ID>,
}

impl Asked {
    fn plan(&self, conn: &mut Conn, viewer: &Viewer) -> store::Result<Plan> {
        viewer.partner()?;
        let order = self.order_id.parse::<OrderId>();
        let order = order.map_err(|_| Refusal::not_found().at("orderId"))?;
        match self.kind {
            // The application is sent whole, in the version that is published.
            DeliveryKind::App if self.keys.is_some() => Err(Refusal::invalid("keys", Problem::UnknownChoice).into()),
            DeliveryKind::App if self.version_id.is_some() => {
                Err(Refusal::invalid("versionId", Problem::UnknownChoice).into())
            }
            DeliveryKind::App => delivery::dry_run(conn, viewer, &order, self.options.into()),
            DeliveryKind::NewPages | DeliveryKind::OverwritePages => {
                let (keys, samples) = (self.keys.as_deref(), self.options.include_sample_data);
                pages::dry_run(conn, viewer, &order, self.kind, keys, samples)
            }
            DeliveryKind::CustomComponents => {
                let version = self.version_id.as_ref().map(|id| id.parse::<ApplicationVersionId>());
                let chosen = Components {
                    keys: self.keys.clone().unwrap_or_default(),
                    version_id: version
                        .transpose()
                        .map_err(|_| Refusal::invalid("versionId", Problem::Unknown))?,
                };
                components::dry_run(conn, viewer, &order, &chosen)
            }
            // An upgrade is looked at by its rollout.
            DeliveryKind::Rollback | DeliveryKind::Upgrade => {
                Err(Refusal::invalid("kind", Problem::UnknownChoice).into())
            }
        }
    }
}
