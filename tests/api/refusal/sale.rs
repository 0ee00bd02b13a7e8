//! Links, purchases, sending, my apps (D7–D10, D13, D14, D18, D27–D29).

use anyhow::{Result, ensure};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Kind, Someone, TestApp, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{Scene, agreement, buy, finished, import, link, package, send, submitted_project, text};
use serde_json::json;

use super::{
    LINK, NO_PERMISSION, NOT_DISTRIBUTABLE, NOT_FOUND, PROJECT_NOT_ACTIVE, REVOKE, SEND, SETTLE, by_the_platform,
    field_refused, no_permission, refused, with,
};

on_each_database! {
    async fn d7_d8_links(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let good = json!({ "projectId": scene.project, "applicationId": scene.application });
        no_permission(&[&scene.developer, &scene.customer, &scene.employee, &scene.reviewer], LINK, &good).await?;
        let waiting = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        refused(&scene.colleague, LINK, &with(&good, "projectId", json!(waiting)), "PROJECT_NOT_ACTIVE", PROJECT_NOT_ACTIVE).await?;
        let past = (app.clock.now() - chrono::Duration::hours(1)).to_rfc3339();
        let future = ["时间必须晚于当前时间", "The time must lie in the future"];
        field_refused(&scene.partner, LINK, &with(&good, "expiresAt", json!(past)), "expiresAt", future).await?;
        let (id, _) = link(&scene.partner, &scene.project, &scene.application).await?;
        no_permission(&[&scene.developer, &scene.customer, &scene.reviewer], REVOKE, &json!({ "id": id })).await?;
        scene.colleague.act(REVOKE.0, REVOKE.1, json!({ "id": id }), "", None).await?;
        let again = scene.partner.act(REVOKE.0, REVOKE.1, json!({ "id": id }), "", None).await?;
        ensure!(again["code"] == "INVALID_STATE", "{again}");
        let mut other = package(false);
        other["name"] = json!("未发布的应用");
        let unpublished = import(&scene.partner, &other, false).await?;
        let told = refused(&scene.partner, LINK, &with(&good, "applicationId", json!(unpublished)), "APPLICATION_NOT_DISTRIBUTABLE", NOT_DISTRIBUTABLE).await?;
        ensure!(told["barrier"] == "NOTHING_PUBLISHED", "{told}");
        for (sql, barrier) in [
            ("UPDATE applications SET origin = 'PREMIUM'", "PREMIUM_APPLICATION"),
            ("UPDATE applications SET origin = 'DISTRIBUTED'", "REDISTRIBUTION"),
        ] {
            by_the_platform(app, sql).await?;
            let told = refused(&scene.partner, LINK, &good, "APPLICATION_NOT_DISTRIBUTABLE", NOT_DISTRIBUTABLE).await?;
            ensure!(told["barrier"] == barrier, "{told}");
        }
    }

    async fn d10_each_check_hides_those_after_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let other = app.customer("green", EditionName::Free).await?;
        let at = other.organization_id.clone().expect("signed in");
        let clerk = app.person("ce", "green", &at, &[Role::CustomerEmployee]).await?;
        let ends = (app.clock.now() + chrono::Duration::hours(1)).to_rfc3339();
        let timed = json!({ "projectId": scene.project, "applicationId": scene.application, "expiresAt": ends });
        let made = scene.partner.act(LINK.0, LINK.1, timed, "... on DistributionLink { url }", None).await?;
        let expired = made["url"].as_str().and_then(|url| url.split('?').next()?.rsplit('/').next()).expect("a token").to_owned();
        let (id, revoked) = link(&scene.partner, &scene.project, &scene.application).await?;
        scene.partner.act(REVOKE.0, REVOKE.1, json!({ "id": id }), "", None).await?;
        let token = scene.link().await?;
        app.advance(chrono::Duration::hours(2));
        let mismatch = ["当前组织无法购买，请联系服务商", "This organisation cannot purchase; contact the service provider"];
        let expiry = ["分发链接已过期，不能再购买", "This distribution link has expired and sells nothing any more"];
        let stopped = ["分发链接已被服务商停用，不能再购买", "The service provider has revoked this distribution link"];
        // From the last check to the first: what has come to fail stays, and an earlier one hides it.
        by_the_platform(app, "UPDATE applications SET origin = 'PREMIUM'").await?;
        both(&scene.customer, &token, "APPLICATION_NOT_DISTRIBUTABLE", NOT_DISTRIBUTABLE).await?;
        both(&other, &token, "ORGANIZATION_MISMATCH", mismatch).await?;
        for who in [&clerk, &scene.employee, &scene.partner, &scene.developer, &scene.reviewer] {
            both(who, &token, "NO_PERMISSION", NO_PERMISSION).await?;
        }
        let settling = json!({ "id": scene.project, "actualEndOn": "2026-11-23", "customerAcceptor": "王", "satisfaction": 5 });
        let settled = scene.partner.act(SETTLE.0, SETTLE.1, settling, "... on Project { status }", None).await?;
        ensure!(settled["status"] == "CLOSED", "{settled}");
        for who in [&clerk, &other, &scene.customer] {
            both(who, &token, "PROJECT_NOT_ACTIVE", PROJECT_NOT_ACTIVE).await?;
            both(who, &revoked, "LINK_REVOKED", stopped).await?;
            both(who, &expired, "LINK_EXPIRED", expiry).await?;
            both(who, &"x".repeat(43), "NOT_FOUND", NOT_FOUND).await?;
        }
        for token in [&token, &revoked, &expired] {
            for (who, text) in [(app.nobody().in_chinese(), "尚未登录，或登录已过期"), (app.nobody(), "You are not signed in, or your session has ended")] {
                for document in [OFFER, PURCHASE] {
                    let answer = who.send(document, json!({ "token": token })).await?;
                    let error = &answer["errors"][0];
                    ensure!(error["extensions"]["code"] == "UNAUTHENTICATED" && error["message"] == text, "{answer}");
                }
            }
        }
        let orders = scene.partner.ask("{ orders { totalCount } }", json!({})).await?;
        ensure!(orders["orders"]["totalCount"] == 0, "a refusal creates nothing");
    }

    async fn d13_d14_d18_sending(app) {
        let scene = app.scene("blue", EditionName::Free).await?;
        let mut pages = package(true);
        pages["name"] = json!("带首页的应用");
        let application = import(&scene.partner, &pages, true).await?;
        let (_, token) = link(&scene.partner, &scene.project, &application).await?;
        let order = text(&buy(&scene.customer, &token, None).await?["id"]).expect("an order");
        let good = json!({ "orderId": order, "options": {}, "agreementVersion": agreement() });
        no_permission(&[&scene.customer, &scene.employee, &scene.reviewer], SEND, &good).await?;
        let agreed = ["请先阅读并同意《服务商分发协议》", "Read and agree to the distribution agreement first"];
        for who in [&scene.partner, &scene.colleague, &scene.developer] {
            refused(who, SEND, &with(&good, "agreementVersion", json!(null)), "AGREEMENT_REQUIRED", agreed).await?;
        }
        let sent = send(&scene.developer, &order, json!({}), Some(agreement())).await?;
        let id = text(&sent["id"]).expect("an id");
        for (who, words) in [(scene.partner.in_chinese(), "客户组织权益不满足：自定义页面"), (scene.partner.clone(), "The target organisation lacks: ")] {
            let ended = finished(&who, &id).await?;
            let failures = ended["failures"].as_array().cloned().unwrap_or_default();
            ensure!(ended["status"] == "FAILED" && !failures.is_empty(), "{ended}");
            ensure!(failures.iter().any(|failure| failure.as_str().is_some_and(|text| text.starts_with(words))), "{words}: {ended}");
        }
        // Nothing was written: it is sent anew, and the older attempt is not tried again.
        let again = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        finished(&scene.partner, &text(&again["id"]).expect("an id")).await?;
        let late = scene.partner.act("retryDelivery", "DeliveryActionInput", json!({ "id": id }), "", None).await?;
        ensure!(late["code"] == "INVALID_STATE", "{late}");
        for name in ["retryDelivery", "cancelDelivery"] {
            no_permission(&[&scene.customer, &scene.employee, &scene.reviewer], (name, "DeliveryActionInput"), &json!({ "id": id })).await?;
        }
    }

    async fn d27_d28_d29_my_apps(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let just = json!({ "id": id });
        let enable = json!({ "id": id, "visibleRange": { "wholeOrganization": true } });
        for (mutation, input) in [
            (("closeMaintenance", "CloseMaintenanceInput"), &just),
            (("enableInstance", "EnableInstanceInput"), &enable),
            (("disableInstance", "InstanceActionInput"), &just),
            (("reopenMaintenance", "InstanceActionInput"), &just),
            (("removeSampleData", "InstanceActionInput"), &just),
            (("removeInstance", "RemoveInstanceInput"), &json!({ "id": id, "name": "设备巡检" })),
            (("updatePublishSettings", "UpdatePublishSettingsInput"), &with(&enable, "workbenchGroup", json!("设备"))),
        ] {
            no_permission(&[&scene.employee, &scene.partner, &scene.developer, &scene.reviewer], mutation, input).await?;
        }
        let maintenance = ["当前状态为“开发维护中”，不能执行“启用”", "The state is \"Development maintenance\", which does not allow \"Enable\""];
        let told = refused(&scene.customer, ("enableInstance", "EnableInstanceInput"), &enable, "INVALID_STATE", maintenance).await?;
        ensure!(told["fromStatus"] == "DEV_MAINTENANCE" && told["action"] == "ENABLE", "{told}");
        let other = ["输入的名称与应用名称不一致", "The name typed is not the application's name"];
        field_refused(&scene.customer, ("removeInstance", "RemoveInstanceInput"), &json!({ "id": id, "name": "别的" }), "name", other).await?;
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", just.clone(), "", None).await?;
        let nobody = ["请至少选择一个部门或成员，或选择整个组织", "Choose at least one department or member, or the whole organisation"];
        let none = json!({ "id": id, "visibleRange": { "wholeOrganization": false } });
        field_refused(&scene.customer, ("enableInstance", "EnableInstanceInput"), &none, "visibleRange", nobody).await?;
        let closed = ["当前状态为“未启用”，不能执行“停用”", "The state is \"Not enabled\", which does not allow \"Disable\""];
        refused(&scene.customer, ("disableInstance", "InstanceActionInput"), &just, "INVALID_STATE", closed).await?;
    }
}

const OFFER: &str =
    "query($token: String!) { purchaseOffer(token: $token) { __typename ... on UserError { code message nextStep } } }";
const PURCHASE: &str = "mutation($token: String!) { purchaseApplication(input: { token: $token }) { __typename ... on UserError { code message nextStep } } }";

/// The purchase page and the purchase say the same.
async fn both(who: &Someone, token: &str, code: &str, texts: [&str; 2]) -> Result<()> {
    for (who, text) in [(&who.in_chinese(), texts[0]), (who, texts[1])] {
        for (field, document) in [("purchaseOffer", OFFER), ("purchaseApplication", PURCHASE)] {
            let answer = who.ask(document, json!({ "token": token })).await?;
            let told = &answer[field];
            ensure!(
                told["code"] == code && told["message"] == text,
                "{field} by {}: {code} is expected: {answer}",
                who.email
            );
        }
    }
    Ok(())
}

/// D18: while a delivery is under way a second one, a retry and a second click are refused. No worker runs, so that it stays under way.
async fn one_at_a_time(kind: Kind) -> Result<()> {
    let Some(mut app) = TestApp::start(kind)? else {
        return Ok(());
    };
    let scene: Scene = app.scene("blue", EditionName::Professional).await?;
    let order = scene.order().await?;
    app.stop_working().await?;
    let sent = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
    let busy = ["正在发送，请稍候", "A delivery is in progress"];
    let again = json!({ "orderId": order, "options": {}, "agreementVersion": agreement() });
    for who in [&scene.partner, &scene.colleague, &scene.developer] {
        refused(who, SEND, &again, "DELIVERY_IN_PROGRESS", busy).await?;
        refused(
            who,
            ("retryDelivery", "DeliveryActionInput"),
            &json!({ "id": sent["id"] }),
            "DELIVERY_IN_PROGRESS",
            busy,
        )
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d18_one_delivery_at_a_time_sqlite() -> Result<()> {
    one_at_a_time(Kind::Sqlite).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d18_one_delivery_at_a_time_postgres() -> Result<()> {
    one_at_a_time(Kind::Postgres).await
}
