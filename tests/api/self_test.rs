//! Self-tests (L2) and the organisations in which they are made: from the partner's new test organisation to the passed checklist,
//! and everybody who tries to get in.

use anyhow::{Context, Result};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, TestApp, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{self, finished, package, picture, text};
use serde_json::{Value, json};

const PLACE: &str = "... on TestOrganization { organization { id name corpId edition kinds } joined availableActions createdBy { name } }";
const TEST: &str =
    "... on SelfTest { id status passedAt availableActions instanceId version { number status } application { name }
    testOrganization { name } delivery { id status kind order { id } createdByParty availableActions }
    items { item passed note evidence { name } testedBy { name } testedAt } }";
const ALL: &str = "query($id: ID!) { selfTest(id: $id) { id status passedAt availableActions instanceId items { item passed note testedBy { name } }
    delivery { id status failures availableActions } } }";

async fn create(by: &Someone, name: &str, edition: Option<&str>) -> Result<Value> {
    let input = json!({ "name": name, "edition": edition });
    by.act(
        "createTestOrganization",
        "CreateTestOrganizationInput",
        input,
        PLACE,
        None,
    )
    .await
}

async fn place(by: &Someone, name: &str) -> Result<String> {
    let made = create(by, name, None).await?;
    text(&made["organization"]["id"]).with_context(|| format!("{made}"))
}

async fn join(by: &Someone, organization: &str) -> Result<Value> {
    let input = json!({ "organizationId": organization });
    by.act("joinTestOrganization", "JoinTestOrganizationInput", input, PLACE, None)
        .await
}

async fn start(by: &Someone, version: &str, place: &str, key: Option<&str>) -> Result<Value> {
    let input = json!({ "versionId": version, "testOrganizationId": place, "includeSampleData": true });
    by.act("startSelfTest", "StartSelfTestInput", input, TEST, key).await
}

async fn answer(by: &Someone, id: &Value, item: &str, passed: bool, note: &str) -> Result<Value> {
    let input = json!({ "id": id, "item": item, "passed": passed, "note": note });
    by.act("answerSelfTestItem", "AnswerSelfTestItemInput", input, TEST, None)
        .await
}

/// An unpublished version of the partner's; its id.
async fn version(by: &Someone, package: &Value) -> Result<String> {
    let application = scene::import(by, package, false).await?;
    let document = "query($id: ID!) { application(id: $id) { latestVersion { id status } } }";
    let found = by.ask(document, json!({ "id": application })).await?;
    let latest = &found["application"]["latestVersion"];
    anyhow::ensure!(latest["status"] == "UNPUBLISHED", "{found}");
    text(&latest["id"]).context("it was imported")
}

/// A self-test whose version has arrived.
async fn arrived(by: &Someone, version: &str, place: &str) -> Result<Value> {
    let begun = start(by, version, place, None).await?;
    let delivery = text(&begun["delivery"]["id"]).with_context(|| format!("{begun}"))?;
    let ended = finished(by, &delivery).await?;
    anyhow::ensure!(ended["status"] == "SUCCEEDED", "{ended}");
    // In the same transaction as the end of the delivery.
    Ok(by.ask(ALL, json!({ "id": begun["id"] })).await?["selfTest"].take())
}

/// The same person, acting for a test organisation that they joined.
async fn inside(app: &TestApp, person: &Someone, place: &str) -> Result<Someone> {
    let document = "mutation($id: ID!) { switchOrganization(input: { organizationId: $id }) { ... on Session { accessToken } ... on UserError { code } } }";
    let switched = person.ask(document, json!({ "id": place })).await?;
    let token = text(&switched["switchOrganization"]["accessToken"]).with_context(|| format!("{switched}"))?;
    let mut tester = app.nobody();
    tester.bearer = Some(token);
    tester.organization_id = Some(place.parse()?);
    Ok(tester)
}

async fn is_passed(by: &Someone, version: &str) -> Result<Value> {
    let document = "query($id: ID!) { node(id: $id) { ... on ApplicationVersion { selfTestPassed listingBarrier latestSelfTest { status } } } }";
    Ok(by.ask(document, json!({ "id": version })).await?["node"].take())
}

on_each_database! {
    async fn l2_a_version_is_delivered_into_a_test_organization_and_passes_item_by_item(app) {
        let partner = app.partner("acme").await?;
        let tried = version(&partner, &package(false)).await?;
        let before = is_passed(&partner.in_chinese(), &tried).await?;
        assert_eq!(before, json!({
            "selfTestPassed": false, "latestSelfTest": null,
            "listingBarrier": "请务必通过体验测试组织将SaaS应用自测完毕后再将产品申请上架为商品",
        }));
        assert_eq!(is_passed(&partner, &tried).await?["listingBarrier"], "Finish the self-test in a test organisation before applying for listing");

        let made = create(&partner, " 体验  一组 ", Some("LITE")).await?;
        assert_eq!(made["organization"]["name"], "体验 一组");
        assert_eq!((&made["organization"]["edition"], &made["organization"]["kinds"]), (&json!("LITE"), &json!(["CUSTOMER"])));
        assert_eq!((&made["joined"], &made["availableActions"]), (&json!(true), &json!(["START_SELF_TEST"])));
        let place = text(&made["organization"]["id"]).context("it was made")?;

        let begun = start(&partner, &tried, &place, None).await?;
        assert_eq!((&begun["status"], &begun["instanceId"]), (&json!("SENDING"), &json!(null)), "{begun}");
        assert_eq!(begun["delivery"]["kind"], "APP");
        assert_eq!((&begun["delivery"]["order"], &begun["delivery"]["createdByParty"]), (&json!(null), &json!("PARTNER")));
        assert_eq!(begun["version"]["status"], "UNPUBLISHED", "what is not published can be tried");
        let delivery = text(&begun["delivery"]["id"]).context("it is sent")?;
        assert_eq!(finished(&partner, &delivery).await?["status"], "SUCCEEDED");

        let there = partner.ask(ALL, json!({ "id": begun["id"] })).await?["selfTest"].take();
        assert_eq!((&there["status"], &there["availableActions"]), (&json!("TESTING"), &json!(["ANSWER"])));
        let asked: Vec<_> = there["items"].as_array().into_iter().flatten().map(|item| item["item"].clone()).collect();
        assert_eq!(asked, ["ARRIVED_COMPLETE", "PAGES_OPEN", "RECORDS_KEPT", "AUTOMATIONS_RUN", "CONNECTORS_ANSWER", "ROLES_RESPECTED", "GOES_LIVE", "TEXTS_COMPLETE"]);
        assert_eq!(answer(&partner, &begun["id"], "ASSISTANTS_ANSWER", true, "").await?["code"], "VALIDATION", "there are no assistants");
        assert_eq!(answer(&partner, &begun["id"], "PAGES_OPEN", false, " ").await?["code"], "VALIDATION", "what failed is told");

        for item in &asked[1..] {
            let answered = answer(&partner, &begun["id"], item.as_str().unwrap_or_default(), true, "").await?;
            assert_eq!(answered["status"], "TESTING", "{answered}");
        }
        let failed = answer(&partner, &begun["id"], "ARRIVED_COMPLETE", false, "缺少一个页面").await?;
        assert_eq!((&failed["status"], &failed["items"][0]["note"]), (&json!("FAILED"), &json!("缺少一个页面")));
        assert_eq!(is_passed(&partner, &tried).await?["selfTestPassed"], false);
        let passed = answer(&partner, &begun["id"], "ARRIVED_COMPLETE", true, "").await?;
        assert_eq!((&passed["status"], &passed["availableActions"]), (&json!("PASSED"), &json!([])));
        assert!(passed["passedAt"].is_string() && passed["items"][0]["testedAt"].is_string());
        assert_eq!(passed["items"][0]["testedBy"]["name"], "pa");
        assert_eq!(answer(&partner, &begun["id"], "PAGES_OPEN", false, "后悔").await?["code"], "INVALID_STATE", "a record stays what it is");
        let after = is_passed(&partner, &tried).await?;
        assert_eq!(after, json!({ "selfTestPassed": true, "listingBarrier": null, "latestSelfTest": { "status": "PASSED" } }));

        let log = "query($of: String) { auditEntries(objectId: $of) { nodes { action } } }";
        let log = partner.ask(log, json!({ "of": begun["id"] })).await?;
        let steps: Vec<_> = log["auditEntries"]["nodes"].as_array().into_iter().flatten().map(|entry| entry["action"].clone()).collect();
        assert_eq!((&steps[0], steps.last()), (&json!("self_test.passed"), Some(&json!("self_test.started"))));
        assert_eq!(steps.iter().filter(|step| **step == "self_test.answered").count(), asked.len());
        assert!(steps.contains(&json!("self_test.delivered")));
    }

    async fn l2_the_application_is_used_in_the_test_organization_as_by_a_customer(app) {
        let partner = app.partner("acme").await?;
        let place = place(&partner, "体验一组").await?;
        let tried = version(&partner, &package(false)).await?;
        let there = arrived(&partner, &tried, &place).await?;
        let tester = inside(app, &partner, &place).await?;
        let instance = &there["instanceId"];
        let document = "query($id: ID!) { appInstance(id: $id) { name status fullEditPermission versionNumber order { id } availableActions pages { key } } }";
        let seen = tester.ask(document, json!({ "id": instance })).await?["appInstance"].take();
        assert_eq!((&seen["name"], &seen["status"], &seen["order"]), (&json!("设备巡检"), &json!("DEV_MAINTENANCE"), &json!(null)), "{seen}");
        assert_eq!(seen["fullEditPermission"], true);
        let act = |name: &'static str, kind: &'static str, input: Value| {
            let tester = tester.clone();
            async move { tester.act(name, kind, input, "... on AppInstance { status }", None).await }
        };
        let closed = act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance, "note": "可以" })).await?;
        assert_eq!(closed["status"], "READY", "{closed}");
        let enabled = act("enableInstance", "EnableInstanceInput", json!({ "id": instance, "waivedItems": scene::OPEN_ITEMS })).await?;
        assert_eq!(enabled["status"], "ENABLED", "{enabled}");
        let removed = act("removeInstancePage", "RemoveInstancePageInput", json!({ "instanceId": instance, "pageKey": "asset" })).await?;
        assert!(removed["code"] == json!(null) || removed["code"] == "INVALID_STATE", "{removed}");
        // It is no partner there, and its own partner learns nothing new of it as a partner.
        let denied = tester.send("{ applications { nodes { id } } }", json!({})).await?;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "NO_PERMISSION");
    }

    async fn l2_evidence_is_a_file_of_its_own_purpose(app) {
        let partner = app.partner("acme").await?;
        let place = place(&partner, "体验一组").await?;
        let there = arrived(&partner, &version(&partner, &package(false)).await?, &place).await?;
        let file = partner.upload(FilePurpose::SelfTestEvidence, "截图.png", picture()).await?;
        let contract = partner.upload(FilePurpose::Contract, "合同.png", picture()).await?;
        let with = |file: String| {
            let input = json!({ "id": there["id"], "item": "PAGES_OPEN", "passed": true, "evidenceId": file });
            let partner = partner.clone();
            async move { partner.act("answerSelfTestItem", "AnswerSelfTestItemInput", input, TEST, None).await }
        };
        let answered = with(file.clone()).await?;
        assert_eq!(answered["items"][1]["evidence"]["name"], "截图.png", "{answered}");
        let refused = with(contract).await?;
        assert_eq!((&refused["code"], &refused["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["evidenceId"])), "{refused}");
        let rival = app.partner("rival").await?;
        let theirs = rival.upload(FilePurpose::SelfTestEvidence, "截图.png", picture()).await?;
        assert_eq!(with(theirs).await?["code"], "VALIDATION");
        assert_eq!(rival.ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": file })).await?["node"], json!(null));
    }

    async fn l2_what_does_not_fit_the_test_organization_fails_and_can_be_tried_again(app) {
        let partner = app.partner("acme").await?;
        let made = create(&partner, "免费组织", Some("FREE")).await?;
        let place = text(&made["organization"]["id"]).context("it was made")?;
        let tried = version(&partner, &package(true)).await?;
        let begun = start(&partner, &tried, &place, None).await?;
        let delivery = text(&begun["delivery"]["id"]).context("it is sent")?;
        let ended = finished(&partner, &delivery).await?;
        assert_eq!(ended["status"], "FAILED", "{ended}");
        let there = partner.ask(ALL, json!({ "id": begun["id"] })).await?["selfTest"].take();
        assert_eq!((&there["status"], &there["delivery"]["availableActions"]), (&json!("SENDING"), &json!(["RETRY"])), "{there}");
        assert_ne!(there["delivery"]["failures"], json!([]));
        let superadmin = app.organization("platform", &[appshelf::domain::organization::OrganizationKind::Platform], EditionName::Exclusive).await?;
        let superadmin = app.person("sa", "platform", &superadmin, &[Role::Superadmin]).await?;
        let raise = json!({ "corpId": made["organization"]["corpId"], "edition": "PROFESSIONAL" });
        superadmin.act("setOrganizationEdition", "SetOrganizationEditionInput", raise, "... on EditionChange { __typename }", None).await?;
        let retried = partner.act("retryDelivery", "DeliveryActionInput", json!({ "id": delivery }), "... on Delivery { status }", None).await?;
        assert_eq!(retried["status"], "QUEUED", "{retried}");
        assert_eq!(finished(&partner, &delivery).await?["status"], "SUCCEEDED");
        let there = partner.ask(ALL, json!({ "id": begun["id"] })).await?["selfTest"].take();
        assert_eq!(there["status"], "TESTING");
    }

    async fn l2_one_delivery_of_an_application_into_a_test_organization_at_a_time(app) {
        let partner = app.partner("acme").await?;
        let place = place(&partner, "体验一组").await?;
        let tried = version(&partner, &package(false)).await?;
        let (first, again) = (start(&partner, &tried, &place, Some("one")).await?, start(&partner, &tried, &place, Some("one")).await?);
        assert_eq!(first["id"], again["id"], "p8: the same key begins one");
        let delivery = text(&first["delivery"]["id"]).context("it is sent")?;
        let second = start(&partner, &tried, &place, Some("two")).await?;
        assert!(second["code"] == "DELIVERY_IN_PROGRESS" || second["status"] == "SENDING", "{second}");
        assert_eq!(finished(&partner, &delivery).await?["status"], "SUCCEEDED");
        let listed = "query($a: ID!) { selfTests(applicationId: $a, first: 10) { totalCount nodes { id } } node(id: $a) { ... on Application { id } } }";
        let application = partner.ask("query($id: ID!) { node(id: $id) { ... on ApplicationVersion { application { id } } } }", json!({ "id": tried })).await?;
        let listed = partner.ask(listed, json!({ "a": application["node"]["application"]["id"] })).await?;
        assert!(listed["selfTests"]["totalCount"].as_i64() >= Some(1), "{listed}");
    }

    async fn l2_admins_make_test_organizations_and_developers_use_them(app) {
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().context("signed in")?;
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        assert_eq!(create(&developer, "开发组织", None).await?["code"], "NO_PERMISSION");
        let place = place(&partner, "体验一组").await?;
        assert_eq!(create(&partner, "体验一组", None).await?["code"], "VALIDATION", "people tell them by their names");
        let listed = developer.ask("{ testOrganizations { organization { name } joined availableActions } }", json!({})).await?;
        assert_eq!(listed["testOrganizations"], json!([{ "organization": { "name": "体验一组" }, "joined": false, "availableActions": ["JOIN", "START_SELF_TEST"] }]));
        assert_eq!(join(&developer, &place).await?["joined"], true);
        assert_eq!(join(&developer, &place).await?["joined"], true, "done again it changes nothing");
        let there = arrived(&developer, &version(&developer, &package(false)).await?, &place).await?;
        let told = developer.ask("{ notifications { nodes { title target objectId } } }", json!({})).await?;
        let notice = &told["notifications"]["nodes"][0];
        assert_eq!((&notice["target"], &notice["objectId"]), (&json!("SELF_TEST"), &there["id"]), "{told}");
        for number in 2..=10 {
            let made = create(&partner, &format!("体验 {number} 组"), None).await?;
            assert!(made["code"].is_null(), "{made}");
        }
        assert_eq!(create(&partner, "第十一组", None).await?["code"], "VALIDATION");
    }

    async fn l2_whoever_leaves_the_partner_leaves_its_test_organizations(app) {
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().context("signed in")?;
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let place = place(&partner, "体验一组").await?;
        join(&developer, &place).await?;
        let tester = inside(app, &developer, &place).await?;
        tester.ask("{ appInstances { nodes { id } } }", json!({})).await?;
        let who = partner.ask("{ members(search: \"pd\") { user { id } } }", json!({})).await?;
        let gone = json!({ "userId": who["members"][0]["user"]["id"] });
        let gone = partner.act("removeMember", "RemoveMemberInput", gone, "... on RemovedMember { name }", None).await?;
        assert_eq!(gone["name"], "pd", "{gone}");
        let out = tester.send("{ appInstances { nodes { id } } }", json!({})).await?.to_string();
        assert!(out.contains("UNAUTHENTICATED"), "{out}");
    }

    async fn l2_nobody_else_gets_in(app) {
        let partner = app.partner("acme").await?;
        let place = place(&partner, "体验一组").await?;
        let tried = version(&partner, &package(false)).await?;
        let there = arrived(&partner, &tried, &place).await?;
        let rival = app.partner("rival").await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let reviewer = app.reviewer().await?;
        let own = version(&rival, &package(false)).await?;
        // Another partner: neither their version into this organisation, nor this version, nor the checklist, nor a seat there.
        assert_eq!(start(&rival, &own, &place, None).await?["code"], "NOT_FOUND");
        assert_eq!(start(&rival, &tried, &place, None).await?["code"], "NOT_FOUND");
        assert_eq!(join(&rival, &place).await?["code"], "NOT_FOUND");
        assert_eq!(answer(&rival, &there["id"], "PAGES_OPEN", true, "").await?["code"], "NOT_FOUND");
        // An organisation that exists is no test organisation, not even one's own.
        let blue = customer.organization_id.clone().context("signed in")?;
        let acme = partner.organization_id.clone().context("signed in")?;
        for organization in [blue.as_str(), acme.as_str()] {
            assert_eq!(start(&partner, &tried, organization, None).await?["code"], "NOT_FOUND");
            assert_eq!(join(&partner, organization).await?["code"], "NOT_FOUND");
        }
        for other in [&customer, &reviewer] {
            assert_eq!(create(other, "我的组织", None).await?["code"], "NO_PERMISSION");
            assert_eq!(join(other, &place).await?["code"], "NO_PERMISSION");
            assert_eq!(start(other, &tried, &place, None).await?["code"], "NO_PERMISSION");
            assert_eq!(answer(other, &there["id"], "PAGES_OPEN", true, "").await?["code"], "NO_PERMISSION");
        }
        for other in [&rival, &customer, &reviewer] {
            let seen = other.ask("query($id: ID!) { selfTest(id: $id) { id } node(id: $id) { id } }", json!({ "id": there["id"] })).await?;
            assert_eq!(seen, json!({ "selfTest": null, "node": null }));
            let into = other.send("mutation($id: ID!) { switchOrganization(input: { organizationId: $id }) { __typename } }", json!({ "id": place })).await?.to_string();
            assert!(!into.contains("Session"), "{into}");
            let delivery = other.ask("query($id: ID!) { delivery(id: $id) { id } }", json!({ "id": there["delivery"]["id"] })).await?;
            assert_eq!(delivery["delivery"], json!(null));
        }
        assert_eq!(rival.ask("{ testOrganizations { joined } }", json!({})).await?["testOrganizations"], json!([]));
    }

    async fn l1_an_organization_becomes_a_partner_by_installing_the_portal(app) {
        let admin = app.customer("blue", EditionName::Professional).await?;
        let at = admin.organization_id.clone().context("signed in")?;
        let second = app.person("ca2", "blue", &at, &[Role::CustomerAdmin]).await?;
        let employee = app.person("ce", "blue", &at, &[Role::CustomerEmployee]).await?;
        let install = |by: Someone| async move {
            let document = "mutation { installPortal { ... on Organization { kinds partnerTier } ... on UserError { code nextStep } } }";
            anyhow::Ok(by.ask(document, json!({})).await?["installPortal"].take())
        };
        let before = admin.send("{ applications { nodes { id } } }", json!({})).await?;
        assert_eq!(before["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        assert_eq!(install(employee.clone()).await?["code"], "NO_PERMISSION");
        assert_eq!(install(app.reviewer().await?).await?["code"], "NO_PERMISSION");
        let installed = install(admin.clone()).await?;
        assert_eq!(installed, json!({ "kinds": ["CUSTOMER", "PARTNER"], "partnerTier": "PARTNER" }));
        assert_eq!(install(second.clone()).await?, installed, "done again it changes nothing");
        for by in [&admin, &second] {
            let viewer = by.ask("{ viewer { roles } applications { totalCount } }", json!({})).await?;
            assert_eq!(viewer["viewer"]["roles"], json!(["CUSTOMER_ADMIN", "PARTNER_ADMIN"]), "{viewer}");
        }
        let denied = employee.send("{ applications { nodes { id } } }", json!({})).await?;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        let log = admin.ask("query($of: String) { auditEntries(objectId: $of) { nodes { action } } }", json!({ "of": at })).await?;
        let steps = log["auditEntries"]["nodes"].as_array().map(|entries| entries.iter().filter(|entry| entry["action"] == "portal.installed").count());
        assert_eq!(steps, Some(1));
    }

    async fn l1_a_test_organization_does_not_become_a_partner(app) {
        let partner = app.partner("acme").await?;
        let place = place(&partner, "体验一组").await?;
        let tester = inside(app, &partner, &place).await?;
        let document = "mutation { installPortal { __typename ... on TransitionRefused { code fromStatus action message nextStep } } }";
        let refused = tester.ask(document, json!({})).await?["installPortal"].take();
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("TEST_ORGANIZATION")), "{refused}");
        assert_ne!(corp_id("acme"), place);
    }
}
