//! Nothing is lost and nothing happens twice when a worker dies. Real `appshelf worker` processes are killed (SIGKILL) at random points
//! of deliveries of a real package until there were 50 kills; then every component must have arrived exactly once. On SQLite and
//! PostgreSQL.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use appshelf::app::Clock;
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Kind, TestApp};
use appshelf_tests::process::binary;
use appshelf_tests::repository;
use appshelf_tests::scene::{Scene, agreement, buy, finished, import, instance_of, link, send, text};
use serde_json::{Value, json};

/// How often a worker is killed.
const KILLS: usize = 50;
/// Deliveries at once, so that a kill hits several.
const ORDERS: usize = 4;

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
    let mut kills = 0;
    let mut rounds = 0;
    while kills < KILLS {
        rounds += 1;
        ensure!(
            rounds <= 40,
            "only {kills} kills in {rounds} rounds: deliveries end before they can be hit"
        );
        kills += round(&app, &scene, &application, components).await?;
    }
    println!("{kills} kills in {rounds} rounds of {ORDERS} deliveries with {components} components each");
    Ok(())
}

/// Sends a few applications and kills worker after worker until all have arrived; how many were killed while working.
async fn round(app: &TestApp, scene: &Scene, application: &str, components: usize) -> Result<usize> {
    let mut deliveries = Vec::new();
    for _ in 0..ORDERS {
        let (_, token) = link(&scene.partner, &scene.project, application).await?;
        let order = text(&buy(&scene.customer, &token, None).await?["id"]).context("an order")?;
        let options = json!({ "includeSampleData": true, "includeConnectors": true });
        let sent = send(&scene.partner, &order, options, Some(agreement())).await?;
        deliveries.push(text(&sent["id"]).with_context(|| format!("{sent}"))?);
    }
    let mut kills = 0;
    while let Some(before) = progress(scene, &deliveries).await? {
        let mut worker = start_worker(app)?;
        // Long enough to begin, short enough to be in the middle of something: both ends are random.
        tokio::time::sleep(Duration::from_millis(random(400, 1500))).await;
        worker.kill()?;
        worker.wait()?;
        // A worker that found every lease taken did not die at work.
        if progress(scene, &deliveries).await?.is_some_and(|after| after > before) {
            kills += 1;
        }
    }
    for delivery in &deliveries {
        check(scene, delivery, components).await?;
    }
    Ok(kills)
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

/// Items handled so far; `None` when every delivery is at its end.
async fn progress(scene: &Scene, deliveries: &[String]) -> Result<Option<i64>> {
    let (mut handled, mut working) = (0, false);
    for delivery in deliveries {
        let document = "query($id: ID!) { delivery(id: $id) { status done skipped failed } }";
        let data = scene.partner.ask(document, json!({ "id": delivery })).await?;
        let found = &data["delivery"];
        handled += ["done", "skipped", "failed"]
            .iter()
            .filter_map(|count| found[count].as_i64())
            .sum::<i64>();
        working |= ["QUEUED", "PREFLIGHT", "SENDING"].contains(&found["status"].as_str().unwrap_or(""));
    }
    Ok(working.then_some(handled))
}

fn start_worker(app: &TestApp) -> Result<Child> {
    let worker = Command::new(binary()?)
        .arg("worker")
        .envs(app.environment())
        .env("APPSHELF_JOB_LEASE", "1s")
        .env("APPSHELF_JOB_WORKERS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    worker.context("starting appshelf worker")
}

/// The largest of our own demo packages, with its pages several times over so that a delivery lasts.
fn package() -> Result<Value> {
    let file = repository().join("server/demo/equipment-inspection.json");
    let mut package: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    package["name"] = json!("设备巡检（多厂区）");
    let originals = package["components"].as_array().cloned().context("components")?;
    let all = package["components"].as_array_mut().context("components")?;
    for site in 0..30 {
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
