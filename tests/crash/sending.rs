//! Asks for deliveries over the API, as a partner does.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use appshelf::domain::delivery::DeliveryKind;
use appshelf::domain::id::DeliveryId;
use appshelf_tests::scene::{Scene, agreement, buy, finished, link, page_changes, send, text};
use serde_json::{Value, json};

use crate::content::Content;
use crate::package;

/// Orders, and what was sent to them.
pub struct Sent {
    pub orders: Vec<String>,
    /// What each order's instance held before its overwrite.
    pub before_overwrite: HashMap<String, Content>,
    overwrites: HashMap<String, DeliveryId>,
}

const QUEUED: &str = "... on Delivery { id }";

impl Sent {
    /// Has the application bought a few times.
    pub async fn orders(scene: &Scene, application: &str, count: usize) -> Result<Self> {
        let mut orders = Vec::new();
        for _ in 0..count {
            let (_, token) = link(&scene.partner, &scene.project, application).await?;
            let bought = buy(&scene.customer, &token, None).await?;
            orders.push(text(&bought["id"]).with_context(|| format!("{bought}"))?);
        }
        Ok(Self {
            orders,
            before_overwrite: HashMap::new(),
            overwrites: HashMap::new(),
        })
    }

    /// Queues a delivery of this kind for every order; `number` is that of the version which the application came in.
    pub async fn send(&mut self, scene: &Scene, kind: DeliveryKind, number: u32) -> Result<Vec<DeliveryId>> {
        let next = package::numbered(number + 1)?;
        let pieces: Vec<String> = package::of_kinds(&next, &["CUSTOM_COMPONENT"])
            .map(package::key)
            .collect();
        let mut deliveries = Vec::new();
        for order in &self.orders {
            let partner = &scene.partner;
            let made = match kind {
                DeliveryKind::App => {
                    let options = json!({ "includeSampleData": true, "includeConnectors": true });
                    send(partner, order, options, Some(agreement())).await?
                }
                DeliveryKind::NewPages => {
                    let input = json!({ "orderId": order, "includeSampleData": true });
                    partner
                        .act("sendNewPages", "SendNewPagesInput", input, QUEUED, None)
                        .await?
                }
                DeliveryKind::OverwritePages => {
                    let changes = page_changes(partner, order).await?;
                    let input = json!({ "orderId": order, "acknowledgedDigest": changes["digest"] });
                    partner
                        .act("overwritePages", "OverwritePagesInput", input, QUEUED, None)
                        .await?
                }
                DeliveryKind::Rollback => {
                    let input = json!({ "id": self.overwrites.get(order) });
                    scene
                        .customer
                        .act("rollbackDelivery", "RollbackDeliveryInput", input, QUEUED, None)
                        .await?
                }
                DeliveryKind::Upgrade => anyhow::bail!("upgrades are of licenses, and these are orders"),
                DeliveryKind::CustomComponents => {
                    let input = json!({ "orderId": order, "componentKeys": pieces });
                    partner
                        .act("sendComponents", "SendComponentsInput", input, QUEUED, None)
                        .await?
                }
            };
            let id: DeliveryId = text(&made["id"]).with_context(|| format!("{made}"))?.parse()?;
            if kind == DeliveryKind::OverwritePages {
                self.overwrites.insert(order.clone(), id.clone());
            }
            deliveries.push(id);
        }
        Ok(deliveries)
    }
}

/// A delivery that must have succeeded, with every item handled and counted once.
pub async fn ended(scene: &Scene, delivery: &DeliveryId) -> Result<Value> {
    let ended = finished(&scene.partner, delivery.as_str()).await?;
    let counted = json!({
        "status": ended["status"], "total": ended["total"], "done": ended["done"], "skipped": ended["skipped"],
        "failures": ended["failures"],
    });
    ensure!(ended["status"] == "SUCCEEDED", "{counted}");
    let items = ended["items"].as_array().context("items")?;
    let of = |status: &str| items.iter().filter(|item| item["status"] == status).count();
    ensure!(ended["total"] == items.len(), "{counted}");
    ensure!(ended["done"] == of("DONE") && of("DONE") > 0, "{counted}");
    ensure!(
        ended["skipped"] == of("SKIPPED") && of("DONE") + of("SKIPPED") == items.len(),
        "{counted}"
    );
    Ok(ended)
}
