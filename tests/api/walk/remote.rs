//! Remote maintenance of an application in use (D31).

use anyhow::{Context, Result, ensure};
use appshelf_tests::forms::submit;
use appshelf_tests::scene::{enter, maintain, text};
use serde_json::json;

use super::Walk;

const SESSION: &str = "... on MaintenanceSession { id status }";
const LOG: &str = "query($id: ID) { auditEntries(maintenanceSessionId: $id, first: 100) { nodes { action actorLabel \
    actingOrganization { name } onBehalf { maintenanceSessionId reason } } } }";

impl Walk<'_> {
    /// Asked for, granted, worked in and revoked; everything stands in the customer's log.
    pub async fn a_developer_works_inside_until_revoked(&self) -> Result<()> {
        let (developer, customer) = (&self.scene.developer, &self.scene.customer);
        let session = maintain(developer, &self.order, 8).await?;
        let early = enter(developer, &json!(session)).await;
        ensure!(early.is_err(), "in use every request waits for the admin");
        let input = json!({ "id": session, "decision": "GRANT" });
        let granted = customer
            .act("decideMaintenance", "DecideMaintenanceInput", input, SESSION, None)
            .await?;
        ensure!(granted["status"] == "GRANTED", "{granted}");
        let inside = enter(developer, &json!(session)).await?;
        let values = self.values(&inside, &self.page, 6).await?;
        let made = submit(&inside, &self.instance, &self.page, values).await?;
        ensure!(made["id"].is_string(), "{made}");
        let renamed = self.rename(&inside, "维护中的台账").await?;
        ensure!(renamed["name"] == "维护中的台账", "{renamed}");
        let log = customer.ask(LOG, json!({ "id": session })).await?;
        let entries = log["auditEntries"]["nodes"].as_array().context("a log")?;
        for action in ["record.created", "page.renamed"] {
            let entry = entries.iter().find(|entry| entry["action"] == action);
            let entry = entry.with_context(|| format!("no {action}: {log}"))?;
            let behalf = json!({ "maintenanceSessionId": session, "reason": "修复每日同步" });
            ensure!(
                entry["actorLabel"] == "pd" && entry["actingOrganization"]["name"] == "acme Ltd",
                "{entry}"
            );
            ensure!(entry["onBehalf"] == behalf, "{entry}");
        }
        let input = json!({ "id": session, "note": "够了" });
        let revoked = customer
            .act("revokeMaintenance", "RevokeMaintenanceInput", input, SESSION, None)
            .await?;
        ensure!(revoked["status"] == "REVOKED", "{revoked}");
        let next = inside.send("{ appInstances { totalCount } }", json!({})).await?;
        ensure!(
            next["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED",
            "the next request: {next}"
        );
        let of = text(&made["id"]).context("an id")?;
        let read = self.record(&self.keeper, &of).await?;
        ensure!(read["id"] == json!(of), "what was done stays: {read}");
        Ok(())
    }
}
