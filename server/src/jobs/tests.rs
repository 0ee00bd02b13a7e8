//! The queue on both databases: once, again after failures, on after a crash, and never by two workers.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::run::Context;
use super::{Settings, work};
use crate::domain::id::JobId;
use crate::domain::job::{JobKind, JobStatus, Lane};
use crate::files::storage::Files;
use crate::store::job::{self, Job, NewJob};
use crate::store::testing::{TestStore, on_both};

static NOTES: LazyLock<Mutex<Vec<Value>>> = LazyLock::new(Mutex::default);

/// What the test handler does: notes the payload, or fails as it is told.
pub async fn note(payload: &Value) -> anyhow::Result<()> {
    NOTES
        .lock()
        .expect("no test panics with the lock")
        .push(payload.clone());
    tokio::time::sleep(Duration::from_millis(payload["milliseconds"].as_u64().unwrap_or(0))).await;
    anyhow::ensure!(payload["test"] != "fail", "as the test wants it");
    let times = noted(payload["of"].as_str().unwrap_or_default()).len();
    match payload["test"] == "collide" && times < COLLISIONS {
        true => Err(collision().into()),
        false => Ok(()),
    }
}

/// More collisions than a job has attempts.
const COLLISIONS: usize = 12;

/// What the database says to a transaction that it cannot put in an order with others.
fn collision() -> crate::store::Error {
    use diesel::result::{DatabaseErrorKind, Error};
    let said = Box::new("could not serialize access".to_owned());
    Error::DatabaseError(DatabaseErrorKind::SerializationFailure, said).into()
}

/// Handlers of these tests open no file.
fn context(store: &TestStore) -> Context {
    let folder = std::env::temp_dir().join("appshelf-jobs-without-files");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    Context::new(
        store.store.clone(),
        Files::in_folder(&folder).expect("the folder opens"),
    )
}

fn noted(test: &str) -> Vec<Value> {
    let notes = NOTES.lock().expect("no test panics with the lock");
    notes.iter().filter(|note| note["of"] == test).cloned().collect()
}

fn enqueue(store: &TestStore, payload: Value) -> JobId {
    store
        .system(|tx| job::enqueue(tx, NewJob::new(JobKind::ContractAmounts, payload.clone())))
        .expect("a job is queued")
}

fn get(store: &TestStore, id: &JobId) -> Job {
    store
        .read_blocking(|conn| job::get(conn, id))
        .expect("the job is there")
}

fn lease(store: &TestStore, token: &str) -> Option<Job> {
    store
        .system(|tx| job::lease(tx, Lane::Others, token, chrono::Duration::seconds(6)))
        .expect("a lease can be asked for")
}

/// Works until `done` says so, moving the fixed clock on by a second every few milliseconds.
fn work_until(store: &TestStore, done: impl Fn() -> bool) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (stopper, stop) = crate::stop::pair();
        let settings = Settings {
            concurrency: 4,
            lease: Duration::from_secs(6),
            grace: Duration::from_millis(50),
        };
        let worker = tokio::spawn(work(context(store), settings, stop));
        for _ in 0..1500 {
            if done() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
            store.clock.advance(chrono::Duration::seconds(1));
        }
        stopper.stop();
        worker.await.expect("the worker ends well");
    });
    assert!(done(), "the workers did not get there");
}

#[test]
fn every_job_is_done_once_though_several_workers_run() {
    on_both(|store| {
        let test = format!("{:?}", store.address);
        let ids: Vec<JobId> = (0..40).map(|n| enqueue(store, json!({"of": test, "n": n}))).collect();
        work_until(store, || ids.iter().all(|id| get(store, id).status == JobStatus::Done));
        let notes = noted(&test);
        let different: HashSet<i64> = notes.iter().filter_map(|note| note["n"].as_i64()).collect();
        assert_eq!((notes.len(), different.len()), (40, 40));
    });
}

#[test]
fn a_failing_or_panicking_job_is_tried_again_and_then_given_up() {
    on_both(|store| {
        for how in ["fail", "panic"] {
            let id = enqueue(store, json!({"of": "failing", "test": how}));
            work_until(store, || get(store, &id).status == JobStatus::Dead);
            let job = get(store, &id);
            assert_eq!(job.attempts, job.max_attempts + 1);
            assert!(
                job.last_error
                    .is_some_and(|error| error.contains("as the test wants it"))
            );
        }
    });
}

#[test]
fn a_collision_at_the_database_is_no_failed_attempt() {
    on_both(|store| {
        let of = format!("colliding on {:?}", store.address);
        let id = enqueue(store, json!({"of": of, "test": "collide"}));
        work_until(store, || get(store, &id).status == JobStatus::Done);
        let job = get(store, &id);
        assert_eq!((noted(&of).len(), job.attempts), (COLLISIONS, 1));
        assert!(COLLISIONS > usize::try_from(job.max_attempts).unwrap());
    });
}

#[test]
fn a_job_goes_on_after_its_worker_died_and_the_dead_one_changes_nothing() {
    on_both(|store| {
        let id = enqueue(store, json!({"of": "crash"}));
        let first = lease(store, "first").expect("the job is due");
        assert!(lease(store, "second").is_none(), "it is taken");
        store.clock.advance(chrono::Duration::seconds(7));
        let second = lease(store, "second").expect("the lease ran out");
        assert_eq!((&second.id, second.attempts, second.lost_leases), (&id, 1, 1));
        for (held, kept) in [(first.held(), false), (second.held(), true)] {
            let length = chrono::Duration::seconds(6);
            assert_eq!(store.system(|tx| job::renew(tx, &held, length)).unwrap(), kept);
            assert_eq!(store.system(|tx| job::progress(tx, &held, length)).unwrap(), kept);
            assert_eq!(store.system(|tx| job::finish(tx, &held)).unwrap(), kept);
        }
        assert_eq!(get(store, &id).status, JobStatus::Done);
    });
}

#[test]
fn a_job_outlives_many_dead_workers_but_not_without_end() {
    on_both(|store| {
        enqueue(store, json!({"of": "killer"}));
        for died in 0..=job::MOST_LOST_LEASES {
            let taken = lease(store, &format!("worker {died}")).expect("it is due");
            assert!(!taken.is_exhausted(), "after {died} workers");
            store.clock.advance(chrono::Duration::seconds(7));
        }
        let taken = lease(store, "the last").expect("it is due");
        assert!(taken.is_exhausted());
        store
            .system(|tx| job::progress(tx, &taken.held(), chrono::Duration::seconds(6)))
            .unwrap();
        assert!(!get(store, &taken.id).is_exhausted(), "it got somewhere");
    });
}

#[test]
fn an_unfinished_job_keeps_others_with_its_key_away() {
    on_both(|store| {
        let new = || NewJob::new(JobKind::ContractAmounts, json!({"of": "once"})).once("one");
        let ids: Vec<JobId> = (0..2)
            .map(|_| store.system(|tx| job::enqueue(tx, new())).unwrap())
            .collect();
        assert_eq!(ids[0], ids[1]);
        let held = lease(store, "only").expect("it is due").held();
        store.system(|tx| job::finish(tx, &held)).unwrap();
        let next = store.system(|tx| job::enqueue(tx, new())).unwrap();
        assert_ne!(next, ids[0]);
    });
}

#[test]
fn p5_audit_entries_are_sealed_by_upkeep_even_with_two_sealers() {
    use crate::domain::organization::{EditionName, PartnerTier};
    use crate::store::audit::{self, Fact};
    use crate::store::organization::{self, Organization};
    on_both(|store| {
        store
            .system(|tx| {
                let row = Organization {
                    id: tx.id(),
                    corp_id: "dingsealed".to_owned(),
                    name: "甲".to_owned(),
                    is_customer: true,
                    is_partner: false,
                    is_platform: false,
                    edition: EditionName::Free,
                    partner_tier: PartnerTier::None,
                    industry: None,
                    size: None,
                    created_at: tx.now,
                };
                organization::insert(tx, &row)?;
                for n in 0..500 {
                    let label = n.to_string();
                    tx.audit(Fact {
                        organization_id: &row.id,
                        action: "test.counted",
                        object_id: "test",
                        label: &label,
                        before: None,
                        after: None,
                    })?;
                }
                Ok(())
            })
            .unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (a, b) = tokio::join!(super::upkeep::seal_all(store), super::upkeep::seal_all(store));
            a.and(b).unwrap();
            super::upkeep::seal_all(store).await.unwrap();
        });
        let verified = store.read_blocking(audit::verify).unwrap();
        assert_eq!((verified.entries, verified.unsealed), (500, 0));
        assert!(verified.broken.is_empty());
    });
}
