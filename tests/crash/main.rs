//! Nothing is lost and nothing happens twice when a worker dies. Real `appshelf worker` processes are killed (SIGKILL) in the middle of
//! every kind of delivery of a real package, and of rollbacks; then everything must have arrived exactly once, and be exactly as it was
//! before where it was taken back. On SQLite and PostgreSQL.
//!
//! A kill is provoked by what happened: a worker is left alone until it has committed something, then for a moment of random length, so
//! that it dies at any line. It counts if a delivery that this very worker had moved was not at its end.

mod content;
mod package;
mod sending;
mod standing;
mod worker;

use std::time::Duration;

use anyhow::{Result, ensure};
use appshelf::app::Clock;
use appshelf::domain::delivery::DeliveryKind;
use appshelf::domain::id::DeliveryId;
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Kind, TestApp};
use appshelf_tests::scene::{Scene, import, import_unpublished, publish_version};
use content::Content;
use sending::Sent;
use standing::Standing;
use worker::Worker;

/// How often a worker is killed amid deliveries of each kind.
const KILLS: usize = 10;
/// The order in which an order sees them.
const KINDS: [DeliveryKind; 5] = [
    DeliveryKind::App,
    DeliveryKind::NewPages,
    DeliveryKind::OverwritePages,
    DeliveryKind::Rollback,
    DeliveryKind::CustomComponents,
];
/// Deliveries of a kind in a round: more than a worker carries out at once, so that the next one finds work before the leases of the
/// dead run out.
const ORDERS: usize = 12;
/// Most rounds until every kind was hit often enough: each sends the pages of a version that the one before did not have.
const ROUNDS: u32 = 4;
/// The longest that a worker lives on after it was seen at work, in milliseconds.
const LONGEST_PAUSE: u64 = 150;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d18_everything_arrives_exactly_once_however_often_the_worker_is_killed_sqlite() -> Result<()> {
    kill_many(Kind::Sqlite).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d18_everything_arrives_exactly_once_however_often_the_worker_is_killed_postgres() -> Result<()> {
    kill_many(Kind::Postgres).await
}

async fn kill_many(kind: Kind) -> Result<()> {
    let Some(mut app) = TestApp::start_at(kind, Clock::System)? else {
        return Ok(());
    };
    let scene = app.scene("blue", EditionName::Exclusive).await?;
    let application = import(&scene.partner, &package::numbered(0)?, true).await?;
    let mut versions = Vec::new();
    for number in 1..=ROUNDS {
        let package = package::numbered(number)?;
        versions.push(import_unpublished(&scene.partner, &application, &package).await?);
    }
    app.stop_working().await?;
    let mut kills = [0; KINDS.len()];
    for (number, version) in (0..).zip(&versions) {
        let mut sent = Sent::orders(&scene, &application, ORDERS).await?;
        for (kind, kills) in KINDS.into_iter().zip(&mut kills) {
            *kills += round(&app, &scene, &mut sent, (kind, number), KILLS - *kills).await?;
            if kind == DeliveryKind::App {
                publish_version(&scene.partner, version).await?;
            }
        }
        println!(
            "kills after round {}: {:?}",
            number + 1,
            KINDS.iter().zip(&kills).collect::<Vec<_>>()
        );
        if kills.iter().all(|kills| *kills == KILLS) {
            return Ok(());
        }
    }
    anyhow::bail!("deliveries end before they can be hit: {kills:?} kills of {KILLS} each");
}

/// Sends one kind to every order, kills amid it at most so often, and looks at what arrived; how many kills hit.
async fn round(
    app: &TestApp,
    scene: &Scene,
    sent: &mut Sent,
    (kind, number): (DeliveryKind, u32),
    most: usize,
) -> Result<usize> {
    let mut before = Vec::new();
    for order in &sent.orders {
        before.push(Content::of(app, order).await?);
    }
    let deliveries = sent.send(scene, kind, number).await?;
    let kills = carry_out(app, &deliveries, most).await?;
    for ((delivery, order), before) in deliveries.iter().zip(&sent.orders).zip(before) {
        let ended = sending::ended(scene, delivery).await?;
        let after = Content::of(app, order).await?;
        match kind {
            DeliveryKind::App => after.is_version(&package::numbered(number)?, &ended)?,
            DeliveryKind::NewPages => after.has_more_pages(&before, &package::numbered(number + 1)?)?,
            DeliveryKind::OverwritePages => after.has_other_pages(&before, &package::numbered(number + 1)?)?,
            DeliveryKind::CustomComponents => after.has_other_components(&before, &package::numbered(number + 1)?)?,
            DeliveryKind::Upgrade => anyhow::bail!("upgrades are of licenses, and these are orders"),
            DeliveryKind::Rollback => ensure!(
                Some(&after) == sent.before_overwrite.get(order),
                "an overwrite that was taken back left something behind in {order}"
            ),
        }
        if kind == DeliveryKind::OverwritePages {
            sent.before_overwrite.insert(order.clone(), before);
        }
    }
    Ok(kills)
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

/// A number between the two: where in its work the worker dies must not repeat from run to run.
fn random(least: u64, most: u64) -> u64 {
    use std::hash::{BuildHasher, RandomState};
    least + RandomState::new().hash_one(0) % (most - least)
}
