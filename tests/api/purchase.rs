//! Links and purchases (D7–D12).

use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::corp_id;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{buy, import, link, package, submitted_project, text};
use serde_json::json;

const OFFER: &str = "query($token: String!) { purchaseOffer(token: $token) { __typename \
                     ... on PurchaseOffer { applicationName customerName partnerName projectName versionNumber } \
                     ... on UserError { code message } } }";
const LINK: &str = "... on DistributionLink { id url status qrSvg }";

on_each_database! {
    async fn d7_a_link_needs_an_active_project(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let waiting = submitted_project(&scene.partner, "二期", &corp_id("blue")).await?;
        let input = json!({ "projectId": waiting, "applicationId": scene.application });
        let refused = scene.partner.act("createDistributionLink", "CreateDistributionLinkInput", input, LINK, None).await?;
        assert_eq!(refused["code"], "PROJECT_NOT_ACTIVE", "{refused}");
        let input = json!({ "projectId": scene.project, "applicationId": scene.application });
        for who in [&scene.partner, &scene.colleague] {
            let made = who.act("createDistributionLink", "CreateDistributionLinkInput", input.clone(), LINK, None).await?;
            assert!(made["url"].as_str().is_some_and(|url| url.contains("/purchase/")), "{made}");
            assert!(made["qrSvg"].as_str().is_some_and(|svg| svg.contains("<svg")), "{made}");
        }
        let refused = scene.developer.act("createDistributionLink", "CreateDistributionLinkInput", input, LINK, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
    }

    async fn d8_an_application_that_cannot_be_distributed_says_why(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let mut other = package(false);
        other["name"] = json!("未发布的应用");
        let unpublished = import(&scene.partner, &other, false).await?;
        let input = json!({ "projectId": scene.project, "applicationId": unpublished });
        let refused = scene.partner.in_chinese().act("createDistributionLink", "CreateDistributionLinkInput", input, LINK, None).await?;
        assert_eq!(refused["message"], "当前选择的应用不支持获取分发链接", "{refused}");
        assert_eq!(refused["barrier"], "NOTHING_PUBLISHED");
    }

    async fn d9_the_name_in_the_address_changes_nothing(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let input = json!({ "projectId": scene.project, "applicationId": scene.application });
        let made = scene.partner.act("createDistributionLink", "CreateDistributionLinkInput", input, LINK, None).await?;
        let url = made["url"].as_str().expect("a url");
        assert!(url.contains("?corpName="), "{url}");
        let path = url.split('?').next().expect("a path");
        let token = path.rsplit('/').next().expect("a token");
        assert!(token.len() >= 22, "at least 128 bits: {token}");
        let offer = scene.customer.ask(OFFER, json!({ "token": token })).await?;
        assert_eq!(offer["purchaseOffer"]["customerName"], "blue Ltd", "the organisation that buys: {offer}");
    }

    async fn d10_checks_come_in_their_order(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let other = app.customer("green", EditionName::Free).await?;
        let at = other.organization_id.clone().expect("signed in");
        let clerk = app.person("ce", "green", &at, &[Role::CustomerEmployee]).await?;
        let (id, token) = link(&scene.partner, &scene.project, &scene.application).await?;
        let offer = async |who: &appshelf_tests::api::Someone, token: &str| -> anyhow::Result<String> {
            let answer = who.send(OFFER, json!({ "token": token })).await?;
            let found = answer["errors"][0]["extensions"]["code"].as_str().or_else(|| answer["data"]["purchaseOffer"]["code"].as_str());
            Ok(found.unwrap_or("OK").to_owned())
        };
        assert_eq!(offer(&app.nobody(), &token).await?, "UNAUTHENTICATED");
        assert_eq!(offer(&scene.customer, "x".repeat(32).as_str()).await?, "NOT_FOUND");
        assert_eq!(offer(&scene.employee, &token).await?, "NO_PERMISSION");
        assert_eq!(offer(&clerk, &token).await?, "NO_PERMISSION", "the role comes before the organisation");
        assert_eq!(offer(&other, &token).await?, "ORGANIZATION_MISMATCH");
        assert_eq!(offer(&scene.customer, &token).await?, "OK");
        let on = "... on DistributionLink { status }";
        scene.partner.act("revokeDistributionLink", "RevokeDistributionLinkInput", json!({ "id": id }), on, None).await?;
        for who in [&scene.customer, &scene.employee, &other] {
            assert_eq!(offer(who, &token).await?, "LINK_REVOKED", "the link comes before the person");
        }
    }

    async fn d10_an_employee_of_a_wrong_organisation_is_told_no_permission(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let other = app.customer("green", EditionName::Free).await?;
        let at = other.organization_id.clone().expect("signed in");
        let clerk = app.person("ce", "green", &at, &[Role::CustomerEmployee]).await?;
        let token = scene.link().await?;
        let refused = buy(&clerk.in_chinese(), &token, None).await?;
        assert_eq!((&refused["code"], &refused["message"]), (&json!("NO_PERMISSION"), &json!("没有权限")), "{refused}");
        let refused = buy(&other.in_chinese(), &token, None).await?;
        assert_eq!(refused["message"], "当前组织无法购买，请联系服务商", "{refused}");
        let refused = buy(&other, &token, None).await?;
        assert_eq!(refused["message"], "This organisation cannot purchase; contact the service provider");
        let orders = scene.partner.ask("{ orders { totalCount } }", json!({})).await?;
        assert_eq!(orders["orders"]["totalCount"], 0, "a refusal creates nothing");
    }

    async fn d10_an_expired_link_says_so(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let ends = (app.clock.now() + chrono::Duration::hours(1)).to_rfc3339();
        let input = json!({ "projectId": scene.project, "applicationId": scene.application, "expiresAt": ends });
        let made = scene.partner.act("createDistributionLink", "CreateDistributionLinkInput", input, LINK, None).await?;
        let url = made["url"].as_str().expect("a url").split('?').next().expect("a path").to_owned();
        let token = url.rsplit('/').next().expect("a token");
        assert!(text(&buy(&scene.customer, token, None).await?["id"]).is_some());
        app.advance(chrono::Duration::hours(2));
        assert_eq!(buy(&scene.customer, token, None).await?["code"], "LINK_EXPIRED");
    }

    async fn d11_one_key_makes_one_order_a_thousand_times_at_once(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let token = scene.link().await?;
        let many = (0..1000).map(|_| {
            let (customer, token) = (scene.customer.clone(), token.clone());
            tokio::spawn(async move { buy(&customer, &token, Some("purchase-1")).await })
        });
        let mut answers = Vec::new();
        for task in many.collect::<Vec<_>>() {
            answers.push(task.await??);
        }
        assert!(answers[0]["id"].is_string(), "{}", answers[0]);
        assert!(answers.iter().all(|answer| answer == &answers[0]), "every answer is the same");
        let orders = scene.partner.ask("{ orders { totalCount } }", json!({})).await?;
        assert_eq!(orders["orders"]["totalCount"], 1);
        let again = buy(&scene.customer, &token, Some("purchase-2")).await?;
        assert_ne!(again["id"], answers[0]["id"], "buying again on purpose gives another order");
    }

    async fn d11_a_key_is_not_used_for_another_input(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (first, second) = (scene.link().await?, scene.link().await?);
        assert!(buy(&scene.customer, &first, Some("k")).await?["id"].is_string());
        assert_eq!(buy(&scene.customer, &second, Some("k")).await?["code"], "IDEMPOTENCY_KEY_REUSED");
    }

    async fn d12_the_partner_sees_the_attempt_with_a_masked_corp_id(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let other = app.customer("green", EditionName::Free).await?;
        let token = scene.link().await?;
        buy(&other, &token, None).await?;
        let document = "query($id: ID!) { project(id: $id) { detail { mismatches { at maskedCorpId } } } }";
        let read = scene.partner.ask(document, json!({ "id": scene.project })).await?;
        let mismatches = read["project"]["detail"]["mismatches"].as_array().expect("a list").clone();
        assert_eq!(mismatches.len(), 1, "{read}");
        assert!(!mismatches[0].to_string().contains(&corp_id("green")), "{read}");
    }

    async fn d14_the_customer_reads_before_the_purchase_what_their_edition_lacks_and_what_is_left_to_do(app) {
        let scene = app.scene("blue", EditionName::Free).await?;
        let mut pages = package(true);
        pages["name"] = json!("带首页的应用");
        let application = import(&scene.partner, &pages, true).await?;
        let (_, token) = link(&scene.partner, &scene.project, &application).await?;
        let document = "query($token: String!) { purchaseOffer(token: $token) { ... on PurchaseOffer { \
                        preflight { ok entitlements { feature ok message } manualWork editionWarning } } } }";
        let read = scene.customer.ask(document, json!({ "token": token })).await?;
        let checked = &read["purchaseOffer"]["preflight"];
        assert_eq!(checked["ok"], false, "{read}");
        let missing: Vec<&serde_json::Value> = checked["entitlements"].as_array().expect("a list").iter().filter(|it| it["ok"] == false).collect();
        assert_eq!((missing.len(), &missing[0]["feature"]), (1, &json!("CUSTOM_PAGES")), "{read}");
        let work = ["Add members to the role “设备管理员”", "The connector “ERP” was not sent; give its address and credential",
            "Bind the connectors of the automation “每日同步”, then enable it"];
        assert_eq!(checked["manualWork"], json!(work), "{read}");
    }
}
