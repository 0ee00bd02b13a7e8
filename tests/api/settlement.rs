//! Settlement (D32).

use appshelf::domain::organization::EditionName;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{buy, enter, maintain, order_of};
use serde_json::json;

const SETTLED: &str = "... on Project { status detail { settlement { satisfaction deliveredAmount { amount } } } }";

on_each_database! {
    async fn d32_only_the_creator_settles_and_is_warned_first(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let token = scene.link().await?;
        assert!(buy(&scene.customer, &token, None).await?["id"].is_string());
        let input = |acknowledged: bool| json!({
            "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王海蓝", "satisfaction": 5,
            "acknowledgeWarnings": acknowledged,
        });
        let refused = scene.colleague.act("settleProject", "SettleProjectInput", input(true), SETTLED, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let warned = scene.partner.act("settleProject", "SettleProjectInput", input(false), SETTLED, None).await?;
        assert_eq!(warned["code"], "VALIDATION", "an order was never delivered: {warned}");
        let settled = scene.partner.act("settleProject", "SettleProjectInput", input(true), SETTLED, None).await?;
        assert_eq!(settled["status"], "CLOSED", "{settled}");
        assert_eq!(settled["detail"]["settlement"], json!({ "satisfaction": 5, "deliveredAmount": { "amount": "120000" } }));
        assert_eq!(buy(&scene.customer, &token, None).await?["code"], "PROJECT_NOT_ACTIVE", "links are dead");
        let link = json!({ "projectId": scene.project, "applicationId": scene.application });
        let refused = scene.partner.act("createDistributionLink", "CreateDistributionLinkInput", link, "... on DistributionLink { id }", None).await?;
        assert_eq!(refused["code"], "PROJECT_NOT_ACTIVE", "{refused}");
    }

    async fn d32_instances_go_on_working(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let input = json!({ "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王海蓝", "satisfaction": 4 });
        let settled = scene.partner.act("settleProject", "SettleProjectInput", input, SETTLED, None).await?;
        assert_eq!(settled["status"], "CLOSED", "nothing to warn of: {settled}");
        let done = scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance }), "... on AppInstance { status }", None).await?;
        assert_eq!(done["status"], "READY");
    }

    async fn d32_open_maintenance_is_warned_of_and_ended(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        let inside = enter(&scene.developer, &json!(id)).await?;
        let warnings = "query($id: ID!) { project(id: $id) { detail { settlementWarnings { kind message } } } }";
        let warned = scene.partner.ask(warnings, json!({ "id": scene.project })).await?;
        let warnings = &warned["project"]["detail"]["settlementWarnings"];
        assert_eq!(warnings[0]["kind"], "MAINTENANCE_OPEN", "{warned}");
        assert!(warnings[0]["message"].as_str().is_some_and(|text| text.contains("pd") && text.contains("设备巡检")), "{warned}");
        let input = |acknowledged: bool| json!({
            "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王海蓝", "satisfaction": 5,
            "acknowledgeWarnings": acknowledged,
        });
        let unread = scene.partner.act("settleProject", "SettleProjectInput", input(false), SETTLED, None).await?;
        assert_eq!(unread["code"], "VALIDATION", "{unread}");
        let settled = scene.partner.act("settleProject", "SettleProjectInput", input(true), SETTLED, None).await?;
        assert_eq!(settled["status"], "CLOSED", "{settled}");
        let turned_away = inside.send("{ viewer { roles } }", json!({})).await?;
        assert_eq!(turned_away["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{turned_away}");
        let seen = scene.customer.ask("query($id: ID!) { maintenanceSession(id: $id) { status } }", json!({ "id": id })).await?;
        assert_eq!(seen["maintenanceSession"]["status"], "ENDED", "{seen}");
        let input = json!({ "orderId": order, "reason": "x", "hours": 1 });
        let refused = scene.developer.act("requestMaintenance", "RequestMaintenanceInput", input, "... on MaintenanceSession { id }", None).await?;
        assert_eq!(refused["code"], "PROJECT_NOT_ACTIVE", "{refused}");
    }
}
