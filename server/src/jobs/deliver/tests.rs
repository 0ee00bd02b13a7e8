//! Deliveries side by side on PostgreSQL: the transactions of one never make those of another run again.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Duration;

use super::*;
use crate::domain::agreement::{Agreement, AgreementKind};
use crate::domain::component::ComponentKind;
use crate::domain::job::Lane;
use crate::services::delivery::{self as service, DeliveryOptions};
use crate::services::purchase;
use crate::services::testing::{NewComponent, World, application_of, sale, write};
use crate::store::job;
use crate::store::testing::{TestStore, postgres};

/// Deliveries side by side; the store of a test has as many writing connections.
const SIDE_BY_SIDE: usize = 4;
/// Components of each: some transactions of items.
const COMPONENTS: usize = 400;

/// A delivery under way in the hands of a worker.
struct Underway {
    id: DeliveryId,
    held: Held,
    from: i32,
}

impl Underway {
    /// One step as the worker takes it; `before_commit` is called with what it did.
    fn step(&mut self, store: &TestStore, before_commit: &(dyn Fn() + Sync)) -> Progress {
        let done = store.system(|tx| {
            self.held.progress(tx)?;
            let progress = deliver::step(tx, &self.id, self.from)?;
            before_commit();
            Ok(progress)
        });
        let progress = done.expect("a step");
        if let Progress::More(next) = progress {
            self.from = next;
        }
        progress
    }
}

fn underway(store: &TestStore) -> Vec<Underway> {
    let world = World::granted(store);
    let components: Vec<NewComponent> = (0..COMPONENTS)
        .map(|n| NewComponent {
            sample_rows: 3,
            ..NewComponent::new(&format!("form-{n:04}"), ComponentKind::FormPage)
        })
        .collect();
    let application = application_of(store, &world.admin, &components);
    let sale = sale(store, &world, "一期", &application);
    // The contract is not what is delivered here.
    let length = Duration::seconds(6);
    let reading = store
        .system(|tx| job::lease(tx, Lane::Others, "contract", length))
        .expect("a lease");
    store
        .system(|tx| job::finish(tx, &reading.clone().expect("a job").held()))
        .expect("its end");
    let queue = |n: usize| {
        let order = write(store, &world.customer, |tx, viewer| {
            purchase::buy(tx, viewer, &sale.token, true)
        });
        let (order, options) = (
            order.expect("an order").id,
            DeliveryOptions {
                include_sample_data: true,
                ..DeliveryOptions::default()
            },
        );
        let agreed = Agreement::current(AgreementKind::Distribution).version;
        let sent = write(store, &world.developer, |tx, viewer| {
            service::send(tx, viewer, &order, options, Some(agreed))
        });
        let sent = sent.expect("a delivery");
        let leased = store
            .system(|tx| job::lease(tx, Lane::Others, &format!("worker {n}"), length))
            .expect("a lease")
            .expect("a job");
        Underway {
            id: sent.id,
            held: Held::of(&leased, length),
            from: deliver::START,
        }
    };
    (0..SIDE_BY_SIDE).map(queue).collect()
}

#[test]
fn d18_deliveries_side_by_side_seldom_make_each_other_run_again() {
    let Some(store) = postgres() else { return };
    let mut underway = underway(&store);
    for one in &mut underway {
        // Begin, and check the quotas of the same organisation: these do depend on each other.
        for _ in 0..2 {
            assert!(matches!(one.step(&store, &|| ()), Progress::More(_)));
        }
    }
    let before = store.collisions();
    let rounds = COMPONENTS / deliver::ITEMS as usize;
    for _ in 0..rounds {
        // All have read and written before the first commits: whatever they have in common, the database sees it.
        let (barrier, runs) = (Barrier::new(SIDE_BY_SIDE), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for one in &mut underway {
                let (store, barrier, runs) = (&store, &barrier, &runs);
                scope.spawn(move || {
                    one.step(store, &|| {
                        if runs.fetch_add(1, Ordering::SeqCst) < SIDE_BY_SIDE {
                            barrier.wait();
                        }
                    })
                });
            }
        });
    }
    // PostgreSQL remembers what a transaction read of a table page by page once it is more than two rows of one, and the last
    // items of one delivery share their page with the first of the next: now and then one of them runs once more, which costs a
    // batch and no attempt. All of them at every step would be another matter.
    let again = store.collisions() - before;
    assert!(
        again < rounds as u64,
        "{again} of {} steps ran again",
        rounds * SIDE_BY_SIDE
    );
    for mut one in underway {
        assert_eq!(one.step(&store, &|| ()), Progress::Ended);
        let ended = store
            .read_blocking(|conn| delivery::get(conn, &one.id))
            .expect("the delivery");
        assert_eq!(ended.done, i32::try_from(COMPONENTS).expect("a number"));
    }
}
