//! A change of an organisation's edition (D26).

use anyhow::Result;
use appshelf::domain::organization::{EditionName, OrganizationKind, Role};
use appshelf_tests::api::{Someone, TestApp, corp_id};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{Scene, agreement, buy, finished, import, instance_of, link, package, send, text};
use serde_json::{Value, json};

use crate::served::Served;

const SEEN: &str = "query($id: ID!) { appInstance(id: $id) { suspensions { componentKey feature reason } pages { key suspension { feature } } } }";

async fn superadmin(app: &TestApp) -> Result<Someone> {
    let kinds = [OrganizationKind::Platform];
    let id = app.organization("operators", &kinds, EditionName::Exclusive).await?;
    app.person("sa", "operators", &id, &[Role::Superadmin]).await
}

async fn set(superadmin: &Someone, edition: &str) -> Result<Value> {
    let input = json!({ "corpId": corp_id("blue"), "edition": edition });
    let on = "... on EditionChange { organization { edition } suspended { feature count } restored { feature count } }";
    superadmin
        .act("setOrganizationEdition", "SetOrganizationEditionInput", input, on, None)
        .await
}

/// An instance with a custom page and a connector.
async fn arrived(scene: &Scene) -> Result<String> {
    let application = import(&scene.partner, &package(true), true).await?;
    let (_, token) = link(&scene.partner, &scene.project, &application).await?;
    let order = text(&buy(&scene.customer, &token, None).await?["id"]).unwrap_or_default();
    let options = json!({ "includeConnectors": true });
    let sent = send(&scene.partner, &order, options, Some(agreement())).await?;
    let delivery = text(&sent["id"]).unwrap_or_default();
    finished(&scene.partner, &delivery).await?;
    Ok(instance_of(&scene.customer, &delivery).await?.unwrap_or_default())
}

async fn seen(scene: &Scene, id: &str) -> Result<Vec<(Value, Value)>> {
    let data = scene.customer.ask(SEEN, json!({ "id": id })).await?;
    let all = data["appInstance"]["suspensions"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    Ok(all
        .into_iter()
        .map(|it| (it["componentKey"].clone(), it["feature"].clone()))
        .collect())
}

on_each_database! {
    async fn d26_a_downgrade_suspends_exactly_what_is_no_longer_covered_and_says_which(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let superadmin = superadmin(app).await?;
        let (first, second) = (arrived(&scene).await?, arrived(&scene).await?);
        let changed = set(&superadmin, "LITE").await?;
        assert_eq!(changed["organization"]["edition"], "LITE", "{changed}");
        let lost = json!([{ "feature": "CUSTOM_PAGES", "count": 2 }, { "feature": "HTTP_CONNECTORS", "count": 1 }]);
        assert_eq!((&changed["suspended"], &changed["restored"]), (&lost, &json!([])), "{changed}");
        assert_eq!(seen(&scene, &first).await?, [(json!("home"), json!("CUSTOM_PAGES"))], "the first connector stays");
        let both = [(json!("erp"), json!("HTTP_CONNECTORS")), (json!("home"), json!("CUSTOM_PAGES"))];
        assert_eq!(seen(&scene, &second).await?, both);
        let data = scene.customer.ask(SEEN, json!({ "id": first })).await?;
        let pages = data["appInstance"]["pages"].as_array().cloned().unwrap_or_default();
        let suspended: Vec<&Value> = pages.iter().filter(|page| !page["suspension"].is_null()).map(|page| &page["key"]).collect();
        assert_eq!(suspended, ["home"], "{data}");
        assert!(data["appInstance"]["suspensions"][0]["reason"].as_str().is_some_and(|text| text.contains("Custom pages")), "{data}");
        let bell = "{ notifications(first: 5) { nodes { kind title body } } }";
        let told = scene.customer.in_chinese().ask(bell, json!({})).await?;
        let nodes = told["notifications"]["nodes"].as_array().cloned().unwrap_or_default();
        let notices: Vec<&Value> = nodes.iter().filter(|it| it["kind"] == "PARTS_SUSPENDED").collect();
        assert_eq!(notices.len(), 2, "one for each application: {told}");
        assert!(notices.iter().all(|it| it["body"].as_str().is_some_and(|text| text.contains("首页"))), "{told}");
        let log = "query { auditEntries(first: 1) { nodes { action before after } } }";
        let entry = scene.customer.ask(log, json!({})).await?["auditEntries"]["nodes"][0].clone();
        assert_eq!((&entry["action"], &entry["before"]["edition"]), (&json!("organization.edition_set"), &json!("PROFESSIONAL")), "{entry}");
        assert_eq!(entry["after"]["suspended"].as_array().map(Vec::len), Some(3), "{entry}");
        let back = set(&superadmin, "PROFESSIONAL").await?;
        assert_eq!((&back["suspended"], &back["restored"]), (&json!([]), &lost), "an upgrade brings everything back: {back}");
        assert_eq!(seen(&scene, &second).await?, []);
    }

    async fn d26_a_suspended_custom_page_shows_nothing_until_the_edition_covers_it_again(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let superadmin = superadmin(app).await?;
        let id = arrived(&scene).await?;
        let document = "query($id: ID!) { appInstance(id: $id) { page(key: \"home\") { definition suspension { feature } } } }";
        let page = async || anyhow::Ok(scene.customer.ask(document, json!({ "id": id })).await?["appInstance"]["page"].take());
        assert_eq!(page().await?, json!({ "definition": { "elements": [] }, "suspension": null }));
        set(&superadmin, "LITE").await?;
        assert_eq!(page().await?, json!({ "definition": {}, "suspension": { "feature": "CUSTOM_PAGES" } }));
        set(&superadmin, "PROFESSIONAL").await?;
        assert_eq!(page().await?["definition"], json!({ "elements": [] }));
    }

    async fn d26_a_suspended_form_takes_no_records_and_keeps_those_it_has(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let superadmin = superadmin(app).await?;
        let instance = scene.instance().await?;
        let limit = json!({ "edition": "FREE", "feature": "PAGES_PER_APP", "limit": 0 });
        superadmin.act("setEntitlement", "SetEntitlementInput", limit, "... on Edition { name }", None).await?;
        assert_eq!(seen(&scene, &instance).await?, [], "a changed table alone suspends nothing");
        set(&superadmin, "FREE").await?;
        let record = json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "阀" } });
        let refused = scene.customer.act("submitRecord", "SubmitRecordInput", record, "... on AppRecord { id }", None).await?;
        assert_eq!((&refused["code"], &refused["details"]), (&json!("ENTITLEMENT_MISSING"), &json!(["Pages per application"])), "{refused}");
        let draft = json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "阀" } });
        let refused = scene.customer.act("saveRecordDraft", "SaveRecordDraftInput", draft, "... on RecordDraft { version }", None).await?;
        assert_eq!(refused["code"], "ENTITLEMENT_MISSING", "{refused}");
        let query = format!("purpose=RECORD&name=a.pdf&instance={instance}&page=asset");
        let refused = Served::start(app)?.put(&scene.customer, &query, &b"%PDF-1.4\n1 0 obj"[..]).await?.text().await?;
        assert!(refused.contains("ENTITLEMENT_MISSING"), "{refused}");
        let document = "query($id: ID!) { appInstance(id: $id) { page(key: \"asset\") { recordCount } } }";
        let data = scene.customer.ask(document, json!({ "id": instance })).await?;
        assert_eq!(data["appInstance"]["page"]["recordCount"], 15, "{data}");
    }

    async fn d26_removing_an_application_frees_its_places(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let superadmin = superadmin(app).await?;
        let (first, second) = (arrived(&scene).await?, arrived(&scene).await?);
        set(&superadmin, "FREE").await?;
        assert_eq!(seen(&scene, &second).await?.len(), 2);
        let removed = json!({ "id": first, "name": "设备巡检" });
        scene.customer.act("removeInstance", "RemoveInstanceInput", removed, "... on AppInstance { id }", None).await?;
        assert_eq!(seen(&scene, &second).await?, [(json!("home"), json!("CUSTOM_PAGES"))]);
    }

    async fn d26_only_a_superadmin_sets_an_edition(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for who in [&scene.customer, &scene.partner, &scene.reviewer] {
            assert_eq!(set(who, "FREE").await?["code"], "NO_PERMISSION");
        }
        let superadmin = superadmin(app).await?;
        let input = json!({ "corpId": "dingunknown", "edition": "FREE" });
        let refused = superadmin.act("setOrganizationEdition", "SetOrganizationEditionInput", input, "... on EditionChange { organization { id } }", None).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("NOT_FOUND"), &json!(["corpId"])), "{refused}");
    }
}
