//! Nothing is lost and nothing happens twice when a worker dies. Real `appshelf worker` processes are killed (SIGKILL) in the middle of
//! deliveries of a real package until there were 50 kills; then every component must have arrived exactly once. On SQLite and
//! PostgreSQL.
//!
//! A kill is provoked by what happened: a worker is left alone until it has committed something, then for a moment of random length, so
//! that it dies at any line. It counts if a delivery that this very worker had moved was not at its end.

mod standing;
mod worker;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use appshelf::app::Clock;
use appshelf::domain::id::DeliveryId;
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Kind, TestApp};
use appshelf_tests::repository;
use appshelf_tests::scene::{Scene, agreement, buy, finished, import, instance_of, link, send, text};
use serde_json::{Value, json};
use standing::Standing;
use worker::Worker;

/// How often a worker is killed.
const KILLS: usize = 50;
/// Deliveries of a round: more than a worker carries out at once, so that the next one finds work before the leases of the dead run out.
const ORDERS: usize = 12;
/// Copies of the package's form pages: a delivery takes many transactions, each of them a place to die.
const COPIES: usize = 120;
/// The longest that a worker lives on after it was seen at work, in milliseconds.
const LONGEST_PAUSE: u64 = 150;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d18_every_component_arrives_exactly_once_however_often_the_worker_is_killed_sqlite() -> Result<()> {
    kill_many(Kind::Sqlite).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d18_every_component_arrives_exactly_once_however_often_the_worker_is_killed_postgres() -> Result<()> {
    kill_many(Kind::Postgres).await
}

async fn kill_many(kind: Kind) -> Result<()> {
    let Some(mut app) = TestApp::start_at(kind, Clock::System)? else {
        return Ok(());
    };
    let scene = app.scene("blue", EditionName::Exclusive).await?;
    let package = package()?;
    let components = package["components"].as_array().map_or(0, Vec::len);
    let application = import(&scene.partner, &package, true).await?;
    app.stop_working().await?;
    let (mut kills, mut rounds) = (0, 0);
    while kills < KILLS {
        let deliveries = send_all(&scene, &application).await?;
        let more = carry_out(&app, &deliveries, KILLS - kills).await?;
        ensure!(
            more > 0,
            "no worker was killed at work: deliveries end before they can be hit"
        );
        (kills, rounds) = (kills + more, rounds + 1);
        for delivery in &deliveries {
            check(&scene, delivery.as_str(), components).await?;
        }
    }
    println!("{kills} kills in {rounds} rounds of {ORDERS} deliveries with {components} components each");
    Ok(())
}

/// Orders the application and queues its delivery, a few times.
async fn send_all(scene: &Scene, application: &str) -> Result<Vec<DeliveryId>> {
    let mut deliveries = Vec::new();
    for _ in 0..ORDERS {
        let (_, token) = link(&scene.partner, &scene.project, application).await?;
        let order = text(&buy(&scene.customer, &token, None).await?["id"]).context("an order")?;
        let options = json!({ "includeSampleData": true, "includeConnectors": true });
        let sent = send(&scene.partner, &order, options, Some(agreement())).await?;
        let id = sent["id"].as_str().with_context(|| format!("{sent}"))?;
        deliveries.push(id.parse()?);
    }
    Ok(deliveries)
}

/// Lets worker after worker work on the deliveries until all have ended, and kills the first `most` of them; how many were killed at work.
async fn carry_out(app: &TestApp, deliveries: &[DeliveryId], most: usize) -> Result<usize> {
    let mut kills = 0;
    loop {
        let before = Standing::of(app, deliveries).await?;
        if before.is_over() {
            return Ok(kills);
        }
        let mut worker = Worker::start(app)?;
        if kills == most {
            worker
                .until(async || Ok(Standing::of(app, deliveries).await?.is_over()))
                .await?;
            continue;
        }
        let at_work = async || Ok(Standing::of(app, deliveries).await?.is_further_than(&before));
        worker.until(at_work).await?;
        tokio::time::sleep(Duration::from_millis(random(0, LONGEST_PAUSE))).await;
        worker.kill()?;
        kills += usize::from(Standing::of(app, deliveries).await?.is_amid_what_moved_since(&before));
    }
}

/// Every item handled, one instance, every component that was sent there once.
async fn check(scene: &Scene, delivery: &str, components: usize) -> Result<()> {
    let ended = finished(&scene.partner, delivery).await?;
    ensure!(ended["status"] == "SUCCEEDED", "{ended}");
    let items = ended["items"].as_array().context("items")?;
    ensure!(
        items.len() == components,
        "{} items of {components} components",
        items.len()
    );
    let done: Vec<&str> = items
        .iter()
        .filter(|item| item["status"] == "DONE")
        .filter_map(|item| item["componentKey"].as_str())
        .collect();
    ensure!(
        ended["done"] == done.len() && ended["done"].as_i64() > Some(0),
        "the counters tell another story: {ended}"
    );
    let instance = instance_of(&scene.customer, delivery).await?.context("an instance")?;
    let document = "query($id: ID!) { appInstance(id: $id) { status sampleRecordCount pages { key recordCount } otherComponents { key } } }";
    let data = scene.customer.ask(document, json!({ "id": instance })).await?;
    let found = &data["appInstance"];
    ensure!(found["status"] == "DEV_MAINTENANCE", "{found}");
    let keys = |list: &Value| -> Vec<String> {
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| text(&it["key"]))
            .collect()
    };
    let mut arrived = [keys(&found["pages"]), keys(&found["otherComponents"])].concat();
    let mut sent: Vec<String> = done.into_iter().map(str::to_owned).collect();
    arrived.sort();
    sent.sort();
    ensure!(arrived == sent, "arrived {arrived:?}\nsent {sent:?}");
    let rows = found["pages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|page| page["recordCount"].as_i64());
    ensure!(rows.clone().all(|count| count <= 15), "at most 15 rows a page: {found}");
    ensure!(found["sampleRecordCount"].as_i64() == Some(rows.sum()), "{found}");
    Ok(())
}

/// The largest of our own demo packages, with its pages several times over so that a delivery lasts.
fn package() -> Result<Value> {
    let file = repository().join("server/demo/equipment-inspection.json");
    let mut package: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    package["name"] = json!("设备巡检（多厂区）");
    let originals = package["components"].as_array().cloned().context("components")?;
    let all = package["components"].as_array_mut().context("components")?;
    for site in 0..COPIES {
        for original in originals.iter().filter(|it| it["kind"] == "FORM_PAGE") {
            let mut copy = original.clone();
            copy["key"] = json!(format!("{}-{site}", original["key"].as_str().unwrap_or("page")));
            copy["name"] = json!(format!("{} {site}", original["name"].as_str().unwrap_or("page")));
            all.push(copy);
        }
    }
    Ok(package)
}

/// A number between the two: where in its work the worker dies must not repeat from run to run.
fn random(least: u64, most: u64) -> u64 {
    use std::hash::{BuildHasher, RandomState};
    least + RandomState::new().hash_one(0) % (most - least)
}
