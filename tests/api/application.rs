//! Applications as partners use them: importing packages, publishing and describing versions, and what others get.

use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::Someone;
use appshelf_tests::cool_app::CoolApps;
use appshelf_tests::on_each_database;
use appshelf_tests::promotion::{LINK, create_link};
use appshelf_tests::scene::{self, package};
use chrono::{Duration, SecondsFormat};
use futures_util::StreamExt;
use serde_json::{Value, json};

const IMPORT: &str = "... on PackageImport { id status stage fileName dryRun }";
const PROGRESS: &str = "query($id: ID!) { packageImport(id: $id) { status stage fileName dryRun finishedAt
    report { application version sampleRows components { kind count } unmapped { place what keptAs } warnings }
    problems { code place message }
    version { id number status sampleRowCount componentCounts { kind count } createdBy { name } availableActions
      components { key kind name folder dependencies }
      application { id name origin distributionBarrier availableActions latestVersion { number } publishedVersion { number } } } } }";
const LIST: &str =
    "query($search: String) { applications(search: $search) { totalCount nodes { name versions { number } } } }";

/// Uploads the package and imports it; the import once it is finished.
async fn import(by: &Someone, text: String, more: Value) -> anyhow::Result<Value> {
    let file = by.upload(FilePurpose::Package, "设备.json", text.into_bytes()).await?;
    let mut input = json!({ "fileId": file });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    let begun = by
        .act("importPackage", "ImportPackageInput", input, IMPORT, None)
        .await?;
    anyhow::ensure!(begun["status"] == "QUEUED", "{begun}");
    let finished = |data: &Value| !data["packageImport"]["finishedAt"].is_null();
    let mut data = by.wait(PROGRESS, json!({ "id": begun["id"] }), finished).await?;
    let mut import = data["packageImport"].take();
    import["id"] = begun["id"].clone();
    Ok(import)
}

/// Where an application stands in every channel.
async fn channels(by: &Someone, application: &str) -> anyhow::Result<Value> {
    let document = "query($id: ID!) { application(id: $id) { product { status } promotionLinks { total open }
        coolApps { id status } distributionBarrier distributionLinks { total open } } }";
    Ok(by.ask(document, json!({ "id": application })).await?["application"].take())
}

async fn act_on(by: &Someone, name: &str, input_type: &str, input: Value) -> anyhow::Result<Value> {
    let version = "... on ApplicationVersion { number status description availableActions publishedAt }";
    by.act(name, input_type, input, version, None).await
}

on_each_database! {
    async fn l4_an_uploaded_package_becomes_an_application_that_can_be_published_and_distributed(app) {
        let partner = app.partner("acme").await?;
        let import = import(&partner, package(false).to_string(), json!({})).await?;
        assert_eq!(import["status"], "SUCCEEDED", "{import}");
        assert_eq!(import["fileName"], "设备.json");
        assert_eq!(import["report"]["sampleRows"], 20);
        let version = &import["version"];
        assert_eq!((&version["number"], &version["status"]), (&json!("1.0.0"), &json!("UNPUBLISHED")));
        assert_eq!(version["components"][3]["dependencies"], json!(["asset", "erp"]));
        assert_eq!(version["componentCounts"][0], json!({ "kind": "FORM_PAGE", "count": 1 }));
        assert_eq!(version["availableActions"], json!(["PUBLISH", "DESCRIBE"]));
        let application = &version["application"];
        assert_eq!(application["distributionBarrier"], "NOTHING_PUBLISHED");
        assert_eq!(application["availableActions"], json!(["IMPORT_VERSION", "PUBLISH_VERSION"]));

        let id = json!({ "versionId": version["id"] });
        let published = act_on(&partner, "publishVersion", "PublishVersionInput", id.clone()).await?;
        assert_eq!(published["status"], "PUBLISHED", "{published}");
        assert_eq!(published["availableActions"], json!(["DESCRIBE"]));
        let again = act_on(&partner, "publishVersion", "PublishVersionInput", id).await?;
        assert_eq!((&again["code"], &again["fromStatus"], &again["action"]), (&json!("INVALID_STATE"), &json!("PUBLISHED"), &json!("PUBLISH")));
        let described = json!({ "versionId": version["id"], "description": "首个版本" });
        let described = act_on(&partner, "describeVersion", "DescribeVersionInput", described).await?;
        assert_eq!(described["description"], "首个版本");

        let seen = partner.ask("query($id: ID!) { application(id: $id) { distributionBarrier availableActions } node(id: $id) { __typename id } }", json!({ "id": application["id"] })).await?;
        assert_eq!(seen["application"]["distributionBarrier"], json!(null));
        assert_eq!(seen["application"]["availableActions"], json!(["IMPORT_VERSION", "CREATE_LINK"]));
        assert_eq!(seen["node"]["__typename"], "Application");
    }

    async fn l4_a_further_import_becomes_a_version_whose_number_is_new(app) {
        let partner = app.partner("acme").await?;
        let first = import(&partner, package(false).to_string(), json!({})).await?;
        let into = json!({ "applicationId": first["version"]["application"]["id"] });
        let same = import(&partner, package(true).to_string(), into.clone()).await?;
        assert_eq!(same["status"], "FAILED", "{same}");
        assert_eq!(same["problems"][0]["code"], "VALIDATION");
        assert!(same["problems"][0]["message"].as_str().is_some_and(|text| text.contains("has this version already")), "{same}");
        let mut next = into.clone();
        next["version"] = json!("1.10.0");
        let next = import(&partner, package(true).to_string(), next).await?;
        assert_eq!(next["version"]["number"], "1.10.0");
        let mut older = into;
        older["version"] = json!("1.9.0");
        import(&partner, package(false).to_string(), older).await?;
        let list = partner.ask(LIST, json!({ "search": "巡检" })).await?;
        assert_eq!(list["applications"]["totalCount"], 1);
        let numbers = &list["applications"]["nodes"][0]["versions"];
        assert_eq!(*numbers, json!([{ "number": "1.10.0" }, { "number": "1.9.0" }, { "number": "1.0.0" }]));
    }

    async fn a_bad_package_says_where_and_why_and_stores_nothing(app) {
        let partner = app.partner("acme").await?;
        let mut bad = package(false);
        bad["components"][4]["dependencies"] = json!(["nowhere"]);
        bad["components"][1]["key"] = json!("asset");
        let import = import(&partner, bad.to_string(), json!({})).await?;
        assert_eq!((&import["status"], &import["version"]), (&json!("FAILED"), &json!(null)));
        let codes: Vec<&Value> = import["problems"].as_array().into_iter().flatten().map(|problem| &problem["code"]).collect();
        assert!(codes.contains(&&json!("DUPLICATE_KEY")) || codes.contains(&&json!("DANGLING_DEPENDENCY")), "{import}");
        assert!(import["problems"][0]["place"].as_str().is_some_and(|place| place.contains("$.components") && place.contains("line 1")), "{import}");
        let chinese = partner.in_chinese().ask(PROGRESS, json!({ "id": import["id"] })).await?;
        assert!(!chinese["packageImport"]["problems"][0]["message"].as_str().unwrap_or_default().is_ascii());
        assert_eq!(partner.ask(LIST, json!({})).await?["applications"]["totalCount"], 0);
    }

    async fn a_dry_run_reports_and_stores_nothing(app) {
        let partner = app.partner("acme").await?;
        let import = import(&partner, package(false).to_string(), json!({ "dryRun": true })).await?;
        assert_eq!((&import["status"], &import["dryRun"], &import["version"]), (&json!("SUCCEEDED"), &json!(true), &json!(null)));
        assert_eq!(import["report"]["application"], "设备巡检");
        assert_eq!(partner.ask(LIST, json!({})).await?["applications"]["totalCount"], 0);
    }

    async fn p8_an_import_asked_for_twice_with_one_key_is_one_import(app) {
        let partner = app.partner("acme").await?;
        let file = partner.upload(FilePurpose::Package, "a.json", b"{}".to_vec()).await?;
        let input = json!({ "fileId": file, "dryRun": true });
        let ask = |input: Value| partner.act("importPackage", "ImportPackageInput", input, IMPORT, Some("once"));
        let (first, second) = (ask(input.clone()).await?, ask(input.clone()).await?);
        assert_eq!(first["id"], second["id"]);
        let other = ask(json!({ "fileId": file, "dryRun": false })).await?;
        assert_eq!(other["code"], "IDEMPOTENCY_KEY_REUSED", "{other}");
    }

    async fn import_and_publishing_are_for_admins_and_developers_of_the_partner(app) {
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().expect("signed in");
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let rival = app.partner("rival").await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let reviewer = app.reviewer().await?;
        let made = import(&developer, package(false).to_string(), json!({})).await?;
        assert_eq!(made["status"], "SUCCEEDED", "{made}");
        let (version, application) = (&made["version"]["id"], &made["version"]["application"]["id"]);
        let publish = |by: Someone| {
            let input = json!({ "versionId": version });
            async move { act_on(&by, "publishVersion", "PublishVersionInput", input).await }
        };
        assert_eq!(publish(rival.clone()).await?["code"], "NOT_FOUND");
        let missing = json!({ "versionId": "version_01ARZ3NDEKTSV4RRFFQ69G5FAV" });
        assert_eq!(publish(rival.clone()).await?, act_on(&rival, "publishVersion", "PublishVersionInput", missing).await?);
        for by in [&customer, &reviewer] {
            let refused = publish(by.clone()).await?;
            assert_eq!((&refused["code"], &refused["message"]), (&json!("NO_PERMISSION"), &json!("No permission")));
        }
        let document = "query($a: ID!, $i: ID!, $v: ID!) { application(id: $a) { name } packageImport(id: $i) { status } node(id: $v) { id } }";
        for by in [&rival, &customer, &reviewer] {
            let seen = by.ask(document, json!({ "a": application, "i": made["id"], "v": version })).await?;
            assert_eq!(seen, json!({ "application": null, "packageImport": null, "node": null }));
        }
        let denied = customer.send(LIST, json!({})).await?;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{denied}");
        assert_eq!(publish(developer.clone()).await?["status"], "PUBLISHED");
    }

    async fn p5_what_was_imported_and_published_stands_in_the_audit_log(app) {
        let partner = app.partner("acme").await?;
        let made = import(&partner, package(false).to_string(), json!({})).await?;
        act_on(&partner, "publishVersion", "PublishVersionInput", json!({ "versionId": made["version"]["id"] })).await?;
        let log = "query($of: String) { auditEntries(objectId: $of, first: 2) { totalCount nodes { action actorLabel objectId before after requestId } } }";
        let log = partner.ask(log, json!({ "of": made["version"]["id"] })).await?;
        let entries = &log["auditEntries"];
        assert_eq!(entries["totalCount"], 2, "{log}");
        assert_eq!((&entries["nodes"][0]["action"], &entries["nodes"][1]["action"]), (&json!("version.published"), &json!("version.imported")));
        assert_eq!(entries["nodes"][0]["before"]["status"], "UNPUBLISHED");
        assert_eq!(entries["nodes"][0]["after"]["status"], "PUBLISHED");
        assert_eq!(entries["nodes"][1]["actorLabel"], "pa");
        let acme = partner.organization_id.clone().expect("signed in");
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let denied = developer.send("{ auditEntries { totalCount } }", json!({})).await?;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        let rival = app.partner("rival").await?;
        let theirs = rival.ask("query($of: String) { auditEntries(objectId: $of) { totalCount nodes { id } } }", json!({ "of": made["version"]["id"] })).await?;
        assert_eq!(theirs["auditEntries"]["totalCount"], 0);
    }

    async fn l4_an_application_says_where_it_stands_in_every_channel(app) {
        let scene = CoolApps::set(app).await?;
        let partner = scene.partner();
        let product = json!({ "id": scene.product });
        assert_eq!(channels(partner, &scene.listing.application).await?["promotionLinks"], json!({ "total": 0, "open": 0 }));
        let cool_app = scene.submitted().await?;
        let soon = (app.clock.now() + Duration::hours(1)).to_rfc3339_opts(SecondsFormat::Secs, true);
        create_link(partner, &product, "open", json!({})).await?;
        create_link(partner, &product, "brief", json!({ "validTo": soon })).await?;
        create_link(partner, &product, "later", json!({ "validFrom": soon })).await?;
        let off = create_link(partner, &product, "off", json!({})).await?;
        partner.act("disablePromotionLink", "PromotionLinkActionInput", json!({ "id": off["id"] }), LINK, None).await?;
        let told = channels(partner, &scene.listing.application).await?;
        let waiting = json!([{ "id": cool_app["id"], "status": "SUBMITTED" }]);
        assert_eq!((&told["product"]["status"], &told["coolApps"]), (&json!("LISTED"), &waiting), "{told}");
        assert_eq!((&told["promotionLinks"], &told["distributionLinks"]), (&json!({ "total": 4, "open": 2 }), &json!({ "total": 0, "open": 0 })));
        // One ends as another begins; and what is delisted is promoted by none.
        app.advance(Duration::hours(1));
        assert_eq!(channels(partner, &scene.listing.application).await?["promotionLinks"], json!({ "total": 4, "open": 2 }));
        let input = json!({ "id": scene.product, "reason": "违规" });
        scene.listing.operator.act("delistProduct", "WithdrawProductInput", input, "... on Product { status }", None).await?;
        let told = channels(partner, &scene.listing.application).await?;
        assert_eq!((&told["product"]["status"], &told["promotionLinks"]), (&json!("DELISTED"), &json!({ "total": 4, "open": 0 })));
    }

    async fn l4_an_application_says_by_how_many_links_it_is_distributed(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (gone, _) = scene::link(&scene.partner, &scene.project, &scene.application).await?;
        scene::link(&scene.partner, &scene.project, &scene.application).await?;
        scene.partner.act("revokeDistributionLink", "RevokeDistributionLinkInput", json!({ "id": gone }), "... on DistributionLink { id }", None).await?;
        let told = channels(&scene.partner, &scene.application).await?;
        assert_eq!((&told["distributionLinks"], &told["product"], &told["coolApps"]), (&json!({ "total": 2, "open": 1 }), &json!(null), &json!([])), "{told}");
    }

    async fn an_import_is_followed_until_it_is_finished(app) {
        let partner = app.partner("acme").await?;
        let rival = app.partner("rival").await?;
        let file = partner.upload(FilePurpose::Package, "a.json", package(false).to_string().into_bytes()).await?;
        let begun = partner.act("importPackage", "ImportPackageInput", json!({ "fileId": file }), IMPORT, None).await?;
        let document = "subscription($id: ID!) { packageImportProgress(id: $id) { status stage version { number } } }";
        let variables = json!({ "id": begun["id"] });
        let mut foreign = rival.subscribe(document, variables.clone()).await?;
        let refused = foreign.next().await.expect("an answer");
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused}");
        assert!(foreign.next().await.is_none());
        let mut followed = partner.subscribe(document, variables).await?;
        let mut last = Value::Null;
        while let Some(sent) = followed.next().await {
            assert_ne!(sent, last, "nothing is sent twice");
            last = sent;
        }
        let last = &last["data"]["packageImportProgress"];
        assert_eq!((&last["status"], &last["version"]["number"]), (&json!("SUCCEEDED"), &json!("1.0.0")));
    }
}
