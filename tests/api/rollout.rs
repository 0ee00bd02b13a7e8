//! Rollouts of new versions to those who hold a license (L17): who gets them and when, what the customer changed, freeze windows, failures,
//! and who learns nothing of it.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Kind, Someone, TestApp, address, corp_id};
use appshelf_tests::buying::{self, arrived};
use appshelf_tests::listing::{Listing, PRODUCT};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{import_version, package};
use chrono::{DateTime, Duration, Utc};
use diesel::connection::InstrumentationEvent;
use diesel::{RunQueryDsl, sql_query};
use serde_json::{Value, json};

const ROLLOUT: &str = "... on Rollout { id status total versionNumber automatic availableActions counts { state count }
    waves { number kind percent status total counts { state count } }
    subscribers(first: 50) { nodes { licenseId customerName wave state reason reasonTexts fromVersion frozenUntil availableActions
        kept { key name removed changes } delivery { kind status } } } }";

/// A customer that tries the product.
struct Buyer {
    admin: Someone,
    license: Value,
    instance: Value,
}

/// A listed product and those who try it.
struct Shop {
    listing: Listing,
    product: Value,
    buyers: Vec<Buyer>,
}

impl Shop {
    async fn open(app: &TestApp, editions: &[EditionName]) -> Result<Self> {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let mut buyers = Vec::new();
        for (n, edition) in editions.iter().enumerate() {
            let admin = app.customer(&format!("blue{n}"), *edition).await?;
            let mut opened = buying::open(&admin, &product, "TRIAL").await?;
            let license = opened["license"]["id"].take();
            let instance = arrived(&admin, &license).await?;
            buyers.push(Buyer {
                admin,
                license,
                instance,
            });
        }
        Ok(Self {
            listing,
            product,
            buyers,
        })
    }

    async fn of(app: &TestApp, count: usize) -> Result<Self> {
        Self::open(app, &vec![EditionName::Professional; count]).await
    }

    async fn publish(&self, package: &Value) -> Result<String> {
        import_version(&self.listing.partner, &self.listing.application, package).await
    }

    async fn start(&self, waves: Value, automatic: bool) -> Result<Value> {
        start(&self.listing.partner, &self.product, waves, automatic).await
    }

    async fn act(&self, name: &str, rollout: &Value) -> Result<Value> {
        let input = json!({ "id": rollout["id"] });
        self.listing
            .partner
            .act(name, "RolloutActionInput", input, ROLLOUT, None)
            .await
    }

    /// The rollout once it has the status, and nobody waits or runs.
    async fn settled(&self, rollout: &Value, status: &str) -> Result<Value> {
        let document =
            format!("query($id: ID!) {{ rollout(id: $id) {{ ...It }} }} fragment It on Rollout {{ {ROLLOUT} }}");
        let busy = |found: &Value| {
            let states = found["counts"].as_array().into_iter().flatten();
            states
                .into_iter()
                .any(|it| it["state"] == "WAITING" || it["state"] == "RUNNING")
        };
        let over = |data: &Value| data["rollout"]["status"] == status && !busy(&data["rollout"]);
        let mut data = self
            .listing
            .partner
            .wait(&document, json!({ "id": rollout["id"] }), over)
            .await?;
        Ok(data["rollout"].take())
    }
}

async fn start(who: &Someone, product: &Value, waves: Value, automatic: bool) -> Result<Value> {
    let input = json!({ "productId": product["id"], "waves": waves, "automatic": automatic });
    who.act("startRollout", "RolloutInput", input, ROLLOUT, None).await
}

async fn preflight(who: &Someone, product: &Value, waves: Value) -> Result<Value> {
    let document =
        "query($input: RolloutInput!) { rolloutPreflight(input: $input) { __typename ... on RolloutPreflight {
        versionNumber total inNoWave blocked waves { number kind total } leftOut { reason count }
        candidates(first: 50) { totalCount nodes { licenseId customerName versionNumber wave reason frozenUntil } } }
        ... on UserError { code path } ... on ValidationFailed { issues { path message } } } }";
    let input = json!({ "productId": product["id"], "waves": waves });
    Ok(who.ask(document, json!({ "input": input })).await?["rolloutPreflight"].take())
}

fn all() -> Value {
    json!([{ "kind": "ALL" }])
}

/// A version of the usual application with another field in its form and a page that is new; further versions change both.
fn version(number: &str) -> Value {
    let mut package = package(false);
    package["version"] = json!(number);
    let form = &mut package["components"][0];
    form["definition"]["schema"]["properties"]["place"] = json!({ "type": "string", "maxLength": 40 });
    form["definition"]["ui"]["fields"]["place"] = json!({ "widget": "text", "label": format!("位置 {number}") });
    let mut repair = form.clone();
    repair["key"] = json!("repair");
    repair["name"] = json!("报修");
    repair["sampleRows"] = json!([]);
    package["components"]
        .as_array_mut()
        .into_iter()
        .for_each(|all| all.push(repair.clone()));
    package
}

fn states(rollout: &Value) -> Vec<(String, i64)> {
    let counts = rollout["counts"].as_array().into_iter().flatten();
    let count = |it: &Value| Some((it["state"].as_str()?.to_owned(), it["count"].as_i64()?));
    counts.filter_map(count).collect()
}

fn one(state: &str, count: i64) -> (String, i64) {
    (state.to_owned(), count)
}

async fn told(who: &Someone) -> Result<String> {
    Ok(who
        .ask("{ notifications(first: 50) { nodes { kind title body } } }", json!({}))
        .await?
        .to_string())
}

async fn instance(buyer: &Buyer) -> Result<Value> {
    let document = "query($id: ID!) { appInstance(id: $id) { versionNumber sampleRecordCount pages { key name folder }
        otherComponents { key } removedPages { key } page(key: \"asset\") { definition } } }";
    Ok(buyer.admin.ask(document, json!({ "id": buyer.instance })).await?["appInstance"].take())
}

async fn upgrades(who: &Someone, instance: &Value) -> Result<Value> {
    let document =
        "query($id: ID!) { instanceUpgrades(instanceId: $id) { totalCount nodes { versionNumber fromVersion arrivedAt
        kept { key name removed changes } } } }";
    who.send(document, json!({ "id": instance })).await
}

async fn freeze(who: &Someone, from: DateTime<Utc>, days: i64) -> Result<Value> {
    let input =
        json!({ "from": from.to_rfc3339(), "until": (from + Duration::days(days)).to_rfc3339(), "reason": "年末结账" });
    let on = "... on FreezeWindow { id from until reason running }";
    who.act("addFreezeWindow", "AddFreezeWindowInput", input, on, None)
        .await
}

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

fn count(event: InstrumentationEvent<'_>) {
    if let InstrumentationEvent::StartQuery { .. } = event {
        STATEMENTS.fetch_add(1, Ordering::SeqCst);
    }
}

/// Copies a holder of the product so many times, with organisation and application, straight into the database.
fn copies(app: &TestApp, buyer: &Buyer, numbers: std::ops::Range<usize>) -> Result<()> {
    let mut conn = address(app)?.open()?;
    let organization = buyer.admin.organization_id.clone().context("signed in")?;
    let mut run = |statement: String| sql_query(statement).execute(&mut conn);
    for n in numbers {
        let body = format!("{n:026}");
        for (table, id, prefix, set) in [
            (
                "organizations",
                organization.to_string(),
                "organization",
                format!("corp_id = 'copy{body}'"),
            ),
            (
                "app_instances",
                buyer.instance.as_str().context("an id")?.to_owned(),
                "instance",
                format!("organization_id = 'organization_{body}', license_id = NULL"),
            ),
            (
                "licenses",
                buyer.license.as_str().context("an id")?.to_owned(),
                "license",
                format!("organization_id = 'organization_{body}', instance_id = 'instance_{body}'"),
            ),
        ] {
            run(format!(
                "CREATE TEMP TABLE copied AS SELECT * FROM {table} WHERE id = '{id}'"
            ))?;
            run(format!("UPDATE copied SET id = '{prefix}_{body}', {set}"))?;
            run(format!("INSERT INTO {table} SELECT * FROM copied"))?;
            run("DROP TABLE copied".to_owned())?;
        }
    }
    Ok(())
}

on_each_database! {
    async fn l17_a_rollout_to_a_list_of_one_brings_the_version_and_leaves_records_alone(app) {
        let shop = Shop::of(app, 2).await?;
        shop.publish(&version("1.1.0")).await?;
        let (chosen, other) = (&shop.buyers[0], &shop.buyers[1]);
        let waves = json!([{ "kind": "LIST", "licenseIds": [chosen.license] }]);
        let shown = preflight(&shop.listing.partner, &shop.product, waves.clone()).await?;
        assert_eq!((&shown["versionNumber"], &shown["total"], &shown["inNoWave"]), (&json!("1.1.0"), &json!(2), &json!(1)), "{shown}");
        let started = shop.start(waves, false).await?;
        assert_eq!((&started["total"], &started["waves"][0]["total"]), (&json!(2), &json!(1)), "{started}");
        let over = shop.settled(&started, "FINISHED").await?;
        assert_eq!(states(&over), [one("DONE", 1), one("SKIPPED", 1)], "{over}");
        let there = instance(chosen).await?;
        assert_eq!((&there["versionNumber"], &there["sampleRecordCount"]), (&json!("1.1.0"), &json!(20)), "records are not touched");
        assert!(there["pages"].to_string().contains("repair") && there["page"]["definition"].to_string().contains("place"), "{there}");
        assert!(!there["otherComponents"].to_string().contains("erp"), "L16: {there}");
        let behind = instance(other).await?;
        assert_eq!((&behind["versionNumber"], &behind["pages"].as_array().map(Vec::len)), (&json!("1.0.0"), &Some(1)));
        assert!(told(&chosen.admin).await?.contains("APPLICATION_UPGRADED"));
        assert!(!told(&other.admin).await?.contains("APPLICATION_UPGRADED"));
        assert!(told(&shop.listing.partner).await?.contains("ROLLOUT_FINISHED"));
        let came = upgrades(&chosen.admin, &chosen.instance).await?["data"]["instanceUpgrades"].take();
        assert_eq!((&came["nodes"][0]["versionNumber"], &came["nodes"][0]["fromVersion"], &came["nodes"][0]["kept"]), (&json!("1.1.0"), &json!("1.0.0"), &json!([])), "{came}");

        // A repeated rollout reaches only those who do not have it, and says so of the others.
        let again = preflight(&shop.listing.partner, &shop.product, all()).await?;
        assert_eq!((&again["total"], &again["leftOut"]), (&json!(1), &json!([{ "reason": "SAME_VERSION", "count": 1 }])), "{again}");
    }

    async fn l17_what_the_customer_changed_or_removed_stays_theirs_and_is_listed(app) {
        let shop = Shop::of(app, 1).await?;
        let buyer = &shop.buyers[0];
        shop.publish(&version("1.1.0")).await?;
        let first = shop.start(all(), false).await?;
        shop.settled(&first, "FINISHED").await?;
        let input = json!({ "instanceId": buyer.instance, "pageKey": "asset", "name": "我们的台账" });
        let renamed = buyer.admin.act("renamePage", "RenamePageInput", input, "... on InstancePage { name }", None).await?;
        assert_eq!(renamed["name"], "我们的台账", "{renamed}");
        let input = json!({ "instanceId": buyer.instance, "pageKey": "repair" });
        buyer.admin.act("removeInstancePage", "RemoveInstancePageInput", input, "... on AppInstance { id }", None).await?;

        shop.publish(&version("1.2.0")).await?;
        let second = shop.start(all(), false).await?;
        let over = shop.settled(&second, "FINISHED").await?;
        let subscriber = &over["subscribers"]["nodes"][0];
        assert_eq!(subscriber["state"], "DONE_KEPT", "{over}");
        assert_eq!(subscriber["kept"], json!([
            { "key": "asset", "name": "设备台账", "removed": false, "changes": ["Name: 设备台账 → 我们的台账"] },
            { "key": "repair", "name": "报修", "removed": true, "changes": [] },
        ]));
        let there = instance(buyer).await?;
        assert_eq!(there["versionNumber"], "1.2.0");
        assert_eq!(there["pages"], json!([{ "key": "asset", "name": "我们的台账", "folder": "Base data" }]), "{there}");
        assert!(there["page"]["definition"].to_string().contains("位置 1.1.0"), "the customer's form is as it was: {there}");
        assert_eq!(there["removedPages"], json!([{ "key": "repair" }]));
        let came = upgrades(&buyer.admin, &buyer.instance).await?["data"]["instanceUpgrades"].take();
        assert_eq!((&came["totalCount"], &came["nodes"][0]["kept"]), (&json!(2), &subscriber["kept"]), "{came}");

        // What is as it was delivered again is the partner's to develop again.
        let input = json!({ "instanceId": buyer.instance, "pageKey": "asset", "name": "设备台账" });
        buyer.admin.act("renamePage", "RenamePageInput", input, "... on InstancePage { name }", None).await?;
        shop.publish(&version("1.3.0")).await?;
        let third = shop.start(all(), false).await?;
        let over = shop.settled(&third, "FINISHED").await?;
        assert_eq!(over["subscribers"]["nodes"][0]["kept"].as_array().map(Vec::len), Some(1), "{over}");
        assert!(instance(buyer).await?["page"]["definition"].to_string().contains("位置 1.3.0"));
    }

    async fn l17_waves_begin_when_the_partner_says_so_and_the_choice_stays_the_same(app) {
        let shop = Shop::of(app, 3).await?;
        shop.publish(&version("1.1.0")).await?;
        let waves = json!([{ "kind": "PERCENT", "percent": 10 }, { "kind": "ALL" }]);
        let shown = preflight(&shop.listing.partner, &shop.product, waves.clone()).await?;
        assert_eq!(shown["waves"], json!([{ "number": 1, "kind": "PERCENT", "total": 1 }, { "number": 2, "kind": "ALL", "total": 2 }]), "a share is rounded up");
        let started = shop.start(waves.clone(), false).await?;
        let first = shop.settled(&started, "RUNNING").await?;
        assert_eq!(states(&first), [one("PLANNED", 2), one("DONE", 1)], "{first}");
        let of = |from: &Value, list: &str| -> Vec<(Value, Value)> {
            let all = from[list]["nodes"].as_array().into_iter().flatten();
            all.map(|it| (it["licenseId"].clone(), it["wave"].clone())).collect()
        };
        assert_eq!(of(&first, "subscribers"), of(&shown, "candidates"), "the start does what was shown");
        assert!(told(&shop.listing.partner).await?.contains("ROLLOUT_WAVE_FINISHED"));
        assert_eq!(shop.start(waves, false).await?["code"], "ROLLOUT_OPEN");

        let paused = shop.act("pauseRollout", &started).await?;
        assert_eq!((&paused["status"], &paused["availableActions"]), (&json!("PAUSED"), &json!(["RESUME", "STOP"])), "{paused}");
        assert_eq!(shop.act("startRolloutWave", &started).await?["code"], "INVALID_STATE");
        let resumed = shop.act("resumeRollout", &started).await?;
        assert_eq!(resumed["availableActions"], json!(["START_WAVE", "PAUSE", "STOP"]), "{resumed}");
        shop.act("startRolloutWave", &started).await?;
        let over = shop.settled(&started, "FINISHED").await?;
        assert_eq!(states(&over), [one("DONE", 3)], "{over}");
        assert_eq!((&over["availableActions"], shop.act("stopRollout", &started).await?["code"].take()), (&json!([]), json!("INVALID_STATE")));
    }

    async fn l17_waves_follow_by_themselves_where_that_was_chosen(app) {
        let shop = Shop::of(app, 2).await?;
        shop.publish(&version("1.1.0")).await?;
        let started = shop.start(json!([{ "kind": "PERCENT", "percent": 50 }, { "kind": "ALL" }]), true).await?;
        let over = shop.settled(&started, "FINISHED").await?;
        assert_eq!(states(&over), [one("DONE", 2)], "{over}");
    }

    async fn l17_who_waits_while_it_is_stopped_does_not_get_it(app) {
        let shop = Shop::of(app, 2).await?;
        shop.publish(&version("1.1.0")).await?;
        let started = shop.start(json!([{ "kind": "LIST", "licenseIds": [shop.buyers[0].license] }, { "kind": "ALL" }]), false).await?;
        shop.settled(&started, "RUNNING").await?;
        let stopped = shop.act("stopRollout", &started).await?;
        assert_eq!((&stopped["status"], states(&stopped)), (&json!("STOPPED"), vec![one("DONE", 1), one("STOPPED", 1)]), "{stopped}");
        assert_eq!(stopped["waves"][1]["status"], "STOPPED");
        assert_eq!(instance(&shop.buyers[1]).await?["versionNumber"], "1.0.0");
        // Another may begin now, for whoever is left.
        let again = shop.start(all(), false).await?;
        assert_eq!(states(&shop.settled(&again, "FINISHED").await?), [one("DONE", 1)]);
    }

    async fn l17_who_failed_is_told_with_the_reason_and_tried_again(app) {
        let shop = Shop::open(app, &[EditionName::Free, EditionName::Professional]).await?;
        let mut dear = package(true);
        dear["version"] = json!("1.1.0");
        shop.publish(&dear).await?;
        let waves = json!([{ "kind": "LIST", "licenseIds": [shop.buyers[0].license] }, { "kind": "ALL" }]);
        let started = shop.start(waves, true).await?;
        let failed = shop.settled(&started, "RUNNING").await?;
        assert_eq!(states(&failed), [one("PLANNED", 1), one("FAILED", 1)], "a failure keeps the next wave from beginning: {failed}");
        let nodes = failed["subscribers"]["nodes"].as_array().cloned().unwrap_or_default();
        let subscriber = nodes.iter().find(|it| it["state"] == "FAILED").context("who failed")?;
        assert_eq!((&subscriber["reason"], &subscriber["availableActions"]), (&json!("NOT_SENT"), &json!(["RETRY"])));
        assert!(subscriber["reasonTexts"].to_string().contains("Custom pages"), "{subscriber}");
        assert!(told(&shop.listing.partner).await?.contains("ROLLOUT_FAILED"));
        assert_eq!(instance(&shop.buyers[0]).await?["versionNumber"], "1.0.0", "nothing was written");

        let input = json!({ "corpId": corp_id("blue0"), "edition": "PROFESSIONAL" });
        let on = "... on EditionChange { organization { id } }";
        shop.listing.superadmin.act("setOrganizationEdition", "SetOrganizationEditionInput", input, on, None).await?;
        let input = json!({ "id": started["id"], "licenseId": subscriber["licenseId"] });
        let again = shop.listing.partner.act("retryRolloutSubscriber", "RolloutSubscriberInput", input.clone(), ROLLOUT, None).await?;
        assert_eq!(again["status"], "RUNNING", "{again}");
        let over = shop.settled(&started, "FINISHED").await?;
        assert_eq!(states(&over), [one("DONE", 2)], "the next wave follows once nobody of the one before is left: {over}");
        assert_eq!(instance(&shop.buyers[0]).await?["versionNumber"], "1.1.0");
        let refused = shop.listing.partner.act("retryRolloutSubscriber", "RolloutSubscriberInput", input, ROLLOUT, None).await?;
        assert_eq!(refused["code"], "INVALID_STATE", "{refused}");
    }

    async fn l17_a_freeze_window_keeps_the_version_waiting_until_it_is_over(app) {
        let shop = Shop::of(app, 2).await?;
        shop.publish(&version("1.1.0")).await?;
        let now: DateTime<Utc> = app.clock.now();
        let (first, second) = (&shop.buyers[0], &shop.buyers[1]);
        let set = freeze(&first.admin, now, 3).await?;
        assert_eq!((&set["running"], &set["reason"]), (&json!(true), &json!("年末结账")), "{set}");
        let other = freeze(&second.admin, now, 3).await?;
        let shown = preflight(&shop.listing.partner, &shop.product, all()).await?;
        assert_eq!(shown["candidates"]["nodes"][0]["reason"], "FREEZE_WINDOW", "{shown}");
        let started = shop.start(all(), false).await?;
        let frozen = shop.settled(&started, "RUNNING").await?;
        assert_eq!(states(&frozen), [one("FROZEN", 2)], "{frozen}");
        assert_eq!(frozen["subscribers"]["nodes"][0]["frozenUntil"], set["until"]);
        assert!(told(&first.admin).await?.contains("UPGRADE_FROZEN"));
        assert_eq!(instance(first).await?["versionNumber"], "1.0.0");

        // Whoever takes the window away has it at once.
        let input = json!({ "id": other["id"] });
        let on = "... on FreezeWindow { id }";
        second.admin.act("removeFreezeWindow", "FreezeWindowActionInput", input.clone(), on, None).await?;
        let some = format!("query($id: ID!) {{ rollout(id: $id) {{ ...It }} }} fragment It on Rollout {{ {ROLLOUT} }}");
        let one_done = |data: &Value| states(&data["rollout"]) == [one("DONE", 1), one("FROZEN", 1)];
        shop.listing.partner.wait(&some, json!({ "id": started["id"] }), one_done).await?;
        // Of others there is nothing to take away.
        assert_eq!(first.admin.act("removeFreezeWindow", "FreezeWindowActionInput", input, on, None).await?["code"], "NOT_FOUND");

        app.advance(Duration::days(3) + Duration::minutes(1));
        let over = shop.settled(&started, "FINISHED").await?;
        assert_eq!(states(&over), [one("DONE", 2)], "{over}");
        let left = first.admin.ask("{ freezeWindows { id } }", json!({})).await?;
        assert_eq!(left["freezeWindows"], json!([]), "what is over is not shown");
        let log = first.admin.ask("{ auditEntries(first: 50) { nodes { action } } }", json!({})).await?.to_string();
        assert!(log.contains("freeze_window.added") && log.contains("instance.upgraded"), "{log}");
    }

    async fn l17_freeze_windows_are_bounded(app) {
        let customer = app.customer("blue", EditionName::Professional).await?;
        let now: DateTime<Utc> = app.clock.now();
        for n in 0..5 {
            assert!(freeze(&customer, now + Duration::days(n), 90).await?["id"].is_string());
        }
        let sixth = freeze(&customer, now, 1).await?;
        assert_eq!((&sixth["code"], &sixth["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["from"])), "{sixth}");
        let other = app.customer("red", EditionName::Professional).await?;
        assert_eq!(freeze(&other, now, 91).await?["issues"][0]["path"], json!(["until"]));
        assert_eq!(freeze(&other, now + Duration::days(366), 1).await?["issues"][0]["path"], json!(["from"]));
        assert_eq!(freeze(&other, now - Duration::days(2), 1).await?["issues"][0]["path"], json!(["until"]));
        let at = other.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", "red", &at, &[Role::CustomerEmployee]).await?;
        assert_eq!(freeze(&employee, now, 1).await?["code"], "NO_PERMISSION");
    }

    async fn l17_who_bought_what_is_hidden_or_delisted_gets_new_versions_all_the_same(app) {
        let shop = Shop::of(app, 1).await?;
        shop.publish(&version("1.1.0")).await?;
        let input = json!({ "id": shop.product["id"], "reason": "停止销售" });
        let gone = shop.listing.operator.act("delistProduct", "WithdrawProductInput", input, PRODUCT, None).await?;
        assert_eq!(gone["status"], "DELISTED", "{gone}");
        let started = shop.start(all(), false).await?;
        assert_eq!(states(&shop.settled(&started, "FINISHED").await?), [one("DONE", 1)]);
    }

    async fn l17_what_cannot_be_rolled_out_so_is_refused_with_every_reason(app) {
        let shop = Shop::of(app, 1).await?;
        let nobody = shop.start(all(), false).await?;
        assert_eq!((&nobody["code"], &nobody["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["productId"])), "nothing newer is published: {nobody}");
        shop.publish(&version("1.1.0")).await?;
        let waves = json!([{ "kind": "PERCENT", "percent": 101 }, { "kind": "ALL" }, { "kind": "LIST", "licenseIds": ["license_01J00000000000000000000000"] }]);
        let refused = shop.start(waves.clone(), false).await?;
        let paths = |refused: &Value| -> Vec<Value> {
            refused["issues"].as_array().into_iter().flatten().map(|it| it["path"].clone()).collect()
        };
        let expected = [json!(["waves", "0", "percent"]), json!(["waves", "1", "kind"]), json!(["waves", "2", "licenseIds", "0"])];
        assert_eq!(paths(&refused), expected, "{refused}");
        assert_eq!(paths(&preflight(&shop.listing.partner, &shop.product, waves).await?), expected);
        let none = shop.listing.partner.ask("{ rollouts { totalCount } }", json!({})).await?;
        assert_eq!(none["rollouts"]["totalCount"], 0, "nothing was begun");
    }

    async fn l17_a_rollout_is_the_partners_and_what_came_is_the_customers_own(app) {
        let shop = Shop::of(app, 2).await?;
        shop.publish(&version("1.1.0")).await?;
        let (mine, theirs) = (&shop.buyers[0], &shop.buyers[1]);
        // A developer of the partner sends versions as well.
        let started = start(&shop.listing.developer, &shop.product, all(), false).await?;
        assert_eq!(started["total"], 2, "{started}");
        shop.settled(&started, "FINISHED").await?;
        let rival = app.partner("rival").await?;
        let at = mine.admin.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", "blue0", &at, &[Role::CustomerEmployee]).await?;
        let document = "query($id: ID!) { rollout(id: $id) { id } }";
        let found = rival.ask(document, json!({ "id": started["id"] })).await?;
        assert_eq!(found["rollout"], Value::Null);
        assert_eq!(start(&rival, &shop.product, all(), false).await?["code"], "NOT_FOUND");
        for who in [&mine.admin, &employee] {
            let refused = who.send(document, json!({ "id": started["id"] })).await?;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{refused}");
            assert_eq!(start(who, &shop.product, all(), false).await?["code"], "NO_PERMISSION");
        }
        let code = |answer: Value| answer["errors"][0]["extensions"]["code"].clone();
        assert_eq!(upgrades(&mine.admin, &mine.instance).await?["data"]["instanceUpgrades"]["totalCount"], 1);
        assert_eq!(code(upgrades(&mine.admin, &theirs.instance).await?), "NOT_FOUND");
        assert_eq!(code(upgrades(&employee, &mine.instance).await?), "NO_PERMISSION");
        assert_eq!(code(upgrades(&shop.listing.partner, &mine.instance).await?), "NO_PERMISSION");
    }
}

/// Statements that starting a rollout takes, which is stopped again; nobody works off its jobs.
async fn statements(shop: &Shop) -> Result<(i64, usize)> {
    let before = STATEMENTS.load(Ordering::SeqCst);
    let started = shop
        .start(json!([{ "kind": "PERCENT", "percent": 50 }, { "kind": "ALL" }]), false)
        .await?;
    let needed = STATEMENTS.load(Ordering::SeqCst) - before;
    shop.act("stopRollout", &started).await?;
    Ok((started["total"].as_i64().context("started")?, needed))
}

async fn started_at_once(kind: Kind) -> Result<()> {
    diesel::connection::set_default_instrumentation(|| Some(Box::new(count))).context("the only one to set it")?;
    let Some(mut app) = TestApp::start(kind)? else {
        return Ok(());
    };
    let shop = Shop::of(&app, 1).await?;
    shop.publish(&version("1.1.0")).await?;
    app.stop_working().await?;
    copies(&app, &shop.buyers[0], 0..9)?;
    let few = statements(&shop).await?;
    copies(&app, &shop.buyers[0], 9..299)?;
    let many = statements(&shop).await?;
    assert_eq!((few.0, many.0), (10, 300));
    // What the server does by itself meanwhile is counted too; one statement a subscriber would be 290 more.
    assert!(many.1 < few.1 + 29, "{} statements for 10, {} for 300", few.1, many.1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l17_a_start_takes_no_statement_for_each_subscriber_on_sqlite() -> Result<()> {
    started_at_once(Kind::Sqlite).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l17_a_start_takes_no_statement_for_each_subscriber_on_postgres() -> Result<()> {
    started_at_once(Kind::Postgres).await
}
