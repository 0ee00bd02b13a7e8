//! Distribution permission (D1).

use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{agreement, apply, grant};
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
