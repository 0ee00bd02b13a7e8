//! Settlement (D32) and what is after it.

use anyhow::{Result, ensure};
use appshelf::jobs::upkeep;
use appshelf::store::audit;
use appshelf_tests::forms::submit;
use appshelf_tests::scene::{buy, maintain};
use serde_json::json;

use super::Walk;

impl Walk<'_> {
    /// An order that was never sent and a session that is open are warned of; read, they hinder nothing.
    pub async fn the_project_is_settled(&self) -> Result<()> {
        let partner = &self.scene.partner;
        let unsent = buy(&self.scene.customer, &self.token, Some("again")).await?;
        ensure!(unsent["appStatus"] == "NOT_SENT", "{unsent}");
        let open = maintain(&self.scene.developer, &self.order, 1).await?;
        let document = "query($id: ID!) { project(id: $id) { detail { settlementWarnings { kind message } } } }";
        let warned = partner.ask(document, json!({ "id": self.project })).await?;
        let warnings = warned["project"]["detail"]["settlementWarnings"].as_array();
        let mut kinds: Vec<String> = warnings
            .into_iter()
            .flatten()
            .map(|it| it["kind"].to_string())
            .collect();
        kinds.sort();
        ensure!(kinds == ["\"MAINTENANCE_OPEN\"", "\"NEVER_DELIVERED\""], "{warned}");
        let settle = async |acknowledged: bool| {
            let input = json!({ "id": self.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王海蓝", "satisfaction": 5,
                "openIssues": "无", "acknowledgeWarnings": acknowledged });
            partner
                .act(
                    "settleProject",
                    "SettleProjectInput",
                    input,
                    "... on Project { status }",
                    None,
                )
                .await
        };
        ensure!(settle(false).await?["code"] == "VALIDATION");
        ensure!(settle(true).await?["status"] == "CLOSED");
        ensure!(
            buy(&self.scene.customer, &self.token, None).await?["code"] == "PROJECT_NOT_ACTIVE",
            "the link is dead"
        );
        let document = "query($id: ID!) { maintenanceSession(id: $id) { status } }";
        let session = self.scene.customer.ask(document, json!({ "id": open })).await?;
        ensure!(
            ["WITHDRAWN", "DECLINED", "ENDED"]
                .contains(&session["maintenanceSession"]["status"].as_str().unwrap_or("")),
            "{session}"
        );
        Ok(())
    }

    /// D32: people go on working; nothing more is sent.
    pub async fn the_application_goes_on(&self) -> Result<()> {
        let values = self.values(&self.clerk, &self.page, 7).await?;
        let made = submit(&self.clerk, &self.instance, &self.page, values).await?;
        ensure!(made["id"].is_string(), "{made}");
        let input = json!({ "orderId": self.order, "pageKeys": [self.unwanted] });
        let on = "... on Delivery { id }";
        let refused = self
            .scene
            .partner
            .act("sendNewPages", "SendNewPagesInput", input, on, None)
            .await?;
        ensure!(
            ["PROJECT_NOT_ACTIVE", "VALIDATION"].contains(&refused["code"].as_str().unwrap_or("")),
            "{refused}"
        );
        Ok(())
    }

    /// P5: every entry is sealed, none was altered.
    pub async fn the_log_is_whole(&self) -> Result<()> {
        upkeep::seal_all(&self.app.app.store).await?;
        let verified = self.app.app.store.read(audit::verify).await?;
        ensure!(verified.broken.is_empty() && verified.unsealed == 0, "{verified:?}");
        Ok(())
    }
}
