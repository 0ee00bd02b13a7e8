//! Distribution permission (D1).

use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::corp_id;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{agreement, apply, grant, submitted_project};
use serde_json::json;

const DECIDE: &str = "DecideDistributionPermissionInput";
const DECIDED: &str = "... on DistributionPermission { status reason availableActions }";

on_each_database! {
    async fn d1_without_the_tick_nothing_is_applied_for(app) {
        let partner = app.partner("acme").await?;
        for version in [None, Some("1999-01")] {
            let refused = apply(&partner, version).await?;
            assert_eq!(refused["code"], "AGREEMENT_REQUIRED", "{refused}");
            assert_eq!(refused["message"], "Read and agree to the distribution agreement first");
        }
        assert_eq!(apply(&partner.in_chinese(), None).await?["message"], "请先阅读并同意《服务商分发协议》");
    }

    async fn d1_only_a_partner_admin_applies_and_only_a_reviewer_decides(app) {
        let reviewer = app.reviewer().await?;
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().expect("signed in");
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        for other in [&developer, &customer, &reviewer] {
            let refused = apply(other, Some(agreement())).await?;
            assert_eq!(refused["code"], "NO_PERMISSION");
            assert_eq!(refused["message"], "No permission");
        }
        let applied = apply(&partner, Some(agreement())).await?;
        assert_eq!(applied["status"], "SUBMITTED", "{applied}");
        let input = json!({ "id": applied["id"], "decision": "GRANT" });
        for other in [&partner, &developer, &customer] {
            let refused = other.act("decideDistributionPermission", DECIDE, input.clone(), DECIDED, None).await?;
            assert_eq!(refused["code"], "NO_PERMISSION");
        }
        let granted = reviewer.act("decideDistributionPermission", DECIDE, input, DECIDED, None).await?;
        assert_eq!(granted["status"], "GRANTED", "{granted}");
    }

    async fn d1_a_rejection_needs_its_reason_and_lets_the_partner_apply_again(app) {
        let reviewer = app.reviewer().await?;
        let partner = app.partner("acme").await?;
        let applied = apply(&partner, Some(agreement())).await?;
        let silent = json!({ "id": applied["id"], "decision": "REJECT" });
        let refused = reviewer.act("decideDistributionPermission", DECIDE, silent, DECIDED, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        let input = json!({ "id": applied["id"], "decision": "REJECT", "reason": "案例不足" });
        let rejected = reviewer.act("decideDistributionPermission", DECIDE, input, DECIDED, None).await?;
        assert_eq!(rejected["reason"], "案例不足", "{rejected}");
        let again = apply(&partner, Some(agreement())).await?;
        assert_eq!(again["status"], "SUBMITTED", "{again}");
        assert_ne!(again["id"], applied["id"]);
    }

    async fn d1_once_revoked_nothing_is_offered_and_nothing_approved(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let waiting = submitted_project(&scene.partner, "第二期", &corp_id("blue")).await?;
        let own = scene.partner.ask("{ viewer { distributionPermission { id } } }", json!({})).await?;
        let input = json!({ "id": own["viewer"]["distributionPermission"]["id"], "decision": "REVOKE", "reason": "资质到期" });
        let revoked = scene.reviewer.act("decideDistributionPermission", DECIDE, input, DECIDED, None).await?;
        assert_eq!(revoked["status"], "REVOKED", "{revoked}");
        let offered = "query($project: ID!, $order: ID!) { project(id: $project) { availableActions links { availableActions } } order(id: $order) { availableActions } }";
        let seen = scene.partner.ask(offered, json!({ "project": scene.project, "order": order })).await?;
        assert_eq!(seen["order"]["availableActions"], json!([]), "{seen}");
        assert_eq!(seen["project"]["links"][0]["availableActions"], json!(["REVOKE"]), "{seen}");
        for action in ["CREATE_LINK", "PROPOSE_AMENDMENT", "SETTLE"] {
            assert!(!seen["project"]["availableActions"].to_string().contains(action), "{seen}");
        }
        let approve = json!({ "id": waiting, "decision": "APPROVE" });
        let refused = scene.reviewer.act("reviewProject", "ReviewProjectInput", approve, "... on Project { status }", None).await?;
        assert_eq!(refused["code"], "PERMISSION_REQUIRED", "{refused}");
        let reject = json!({ "id": waiting, "decision": "REJECT", "reason": "权限已收回" });
        let rejected = scene.reviewer.act("reviewProject", "ReviewProjectInput", reject, "... on Project { status }", None).await?;
        assert_eq!(rejected["status"], "REJECTED", "{rejected}");
    }

    async fn d1_a_tier_comes_with_the_grant_or_after_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let own = scene.partner.ask("{ viewer { distributionPermission { id } } }", json!({})).await?;
        let id = &own["viewer"]["distributionPermission"]["id"];
        let again = json!({ "id": id, "decision": "GRANT", "tier": "ADVANCED" });
        let set = scene.reviewer.act("decideDistributionPermission", DECIDE, again, DECIDED, None).await?;
        assert_eq!(set["status"], "GRANTED", "{set}");
        let log = scene.partner.ask("{ auditEntries(first: 1) { nodes { action before after } } }", json!({})).await?;
        let entry = &log["auditEntries"]["nodes"][0];
        assert_eq!((&entry["action"], &entry["after"]), (&json!("organization.tier_set"), &json!({ "partnerTier": "ADVANCED" })), "{log}");
        assert!(entry["before"]["partnerTier"].is_string(), "{log}");
        let revoke = json!({ "id": id, "decision": "REVOKE", "reason": "x", "tier": "ADVANCED" });
        let refused = scene.reviewer.act("decideDistributionPermission", DECIDE, revoke, DECIDED, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
    }

    async fn d1_without_the_grant_track_b_is_closed(app) {
        let reviewer = app.reviewer().await?;
        let partner = app.partner("acme").await?;
        let input = json!({ "fields": { "name": "巡检" } });
        let on = "... on Project { id }";
        let refused = partner.act("createProject", "CreateProjectInput", input.clone(), on, None).await?;
        assert_eq!(refused["code"], "PERMISSION_REQUIRED", "{refused}");
        grant(&partner, &reviewer).await?;
        let made = partner.act("createProject", "CreateProjectInput", input, on, None).await?;
        assert!(made["id"].is_string(), "{made}");
    }
}
