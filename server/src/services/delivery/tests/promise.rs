//! What the preflight of pages and components promises is what sending them does (D14), for random packages.

use std::collections::{BTreeMap, HashMap};

use super::*;
use crate::domain::delivery::DeliveryKind;
use crate::domain::preflight::Plan;
use crate::services::delivery::components::{self, Components};
use crate::services::delivery::pages::{self, NewPages, OverwrittenPages};
use crate::services::instance_page;
use crate::services::testing::version_of;
use crate::store::instance::InstanceComponent;

/// Everything that an instance has.
#[derive(PartialEq, Debug)]
struct Held {
    components: BTreeMap<String, String>,
    rows: HashMap<String, i64>,
}

fn held(store: &TestStore, sold: &Sold) -> Held {
    let id = order_of(store, sold).instance_id.unwrap();
    let found = store
        .read_blocking(|conn| instance::by_ids(conn, std::slice::from_ref(&id)))
        .unwrap()
        .remove(0);
    let all: Vec<InstanceComponent> = store.read_blocking(|conn| instance::components(conn, &found)).unwrap();
    Held {
        components: all.into_iter().map(|it| (it.key.clone(), format!("{it:?}"))).collect(),
        rows: record_counts(store, &id),
    }
}

/// What is to be sent, of the kinds of delivery that follow an application.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    kind: DeliveryKind,
    sample: bool,
}

impl Wanted {
    fn promise(self, store: &TestStore, sold: &Sold, pieces: &Components) -> Result<Plan> {
        read(store, &sold.world.developer, |conn, viewer| match self.kind {
            DeliveryKind::CustomComponents => components::dry_run(conn, viewer, &sold.order.id, pieces),
            kind => pages::dry_run(conn, viewer, &sold.order.id, kind, None, self.sample),
        })
    }

    fn send(self, store: &TestStore, sold: &Sold, pieces: &Components) -> Result<Delivery> {
        let id = &sold.order.id;
        write(store, &sold.world.developer, |tx, viewer| match self.kind {
            DeliveryKind::CustomComponents => components::send_components(tx, viewer, id, pieces),
            DeliveryKind::NewPages => {
                let new = NewPages {
                    keys: None,
                    include_sample_data: self.sample,
                };
                pages::send_new(tx, viewer, id, &new)
            }
            _ => {
                let acknowledged = Some(pages::changes(tx.conn, viewer, id, |_| false)?.digest);
                pages::overwrite(
                    tx,
                    viewer,
                    id,
                    &OverwrittenPages {
                        keys: None,
                        acknowledged,
                    },
                )
            }
        })
    }
}

/// Every page and component that was promised arrives, what was said to fail fails, everything else stays as it was; or
/// nothing at all is written, for the reasons that were given.
#[test]
fn d14_what_follows_an_application_does_what_its_preflight_promised() {
    let cases = (
        prop::collection::vec(any_component(), 1..16),
        prop::collection::vec(any_component(), 1..24),
        prop::collection::vec(0..16_usize, 0..3),
        prop::option::of(0..20_i32),
        any::<bool>(),
        prop::sample::select(vec![
            DeliveryKind::NewPages,
            DeliveryKind::OverwritePages,
            DeliveryKind::CustomComponents,
        ]),
    );
    for_random(&cases, |store, (first, second, removed, limit, sample, kind)| {
        let sold = sold(store, &components(&first));
        lock(store, Feature::PagesPerApp, None);
        let begun = send_now(store, &sold, ALL).unwrap();
        prop_assert_eq!(work(store, &begun.id, 1000).status, DeliveryStatus::Succeeded);
        let instance_id = order_of(store, &sold).instance_id.unwrap();
        for key in removed.iter().map(|n| format!("k{n}")) {
            // What is no page is not removed.
            let _ = write(store, &sold.world.customer, |tx, viewer| {
                instance_page::remove(tx, viewer, &instance_id, &key)
            });
        }
        // A component keeps its kind over versions; its features and rows change.
        let next: Vec<_> = second
            .iter()
            .enumerate()
            .map(|(n, raw)| {
                let kind = first.get(n).map_or(raw.0, |it| it.0);
                (kind, raw.1, raw.2.clone(), raw.3.clone())
            })
            .collect();
        let mut next = components(&next);
        for new in next.iter_mut().step_by(2) {
            new.name = format!("新 {}", new.key);
        }
        version_of(store, &sold.world.admin, &sold.order.application_id, "2.0.0", &next);
        lock(store, Feature::PagesPerApp, limit);
        let keys = next
            .iter()
            .filter(|it| it.kind == ComponentKind::CustomComponent)
            .map(|it| it.key.clone());
        let pieces = Components {
            keys: keys.collect(),
            version_id: None,
        };
        let wanted = Wanted { kind, sample };
        let before = held(store, &sold);
        let promised = match wanted.promise(store, &sold, &pieces) {
            Ok(promised) => promised,
            Err(refused) => {
                prop_assert_eq!(code(Err::<(), _>(refused)), code(wanted.send(store, &sold, &pieces)));
                return Ok(());
            }
        };
        prop_assert_eq!(&before, &held(store, &sold), "a promise writes nothing");
        let queued = wanted.send(store, &sold, &pieces).unwrap();
        let ended = work(store, &queued.id, 1000);
        let after = held(store, &sold);
        prop_assert_eq!(ended.parsed_warnings().unwrap(), promised.warnings.clone());
        if !promised.is_ok() {
            prop_assert_eq!(ended.parsed_failures().unwrap(), promised.failures());
            prop_assert_eq!((ended.status, after), (DeliveryStatus::Failed, before));
            return Ok(());
        }
        let items = store
            .read_blocking(|conn| delivery_item::of_deliveries(conn, std::slice::from_ref(&queued.id)))
            .unwrap();
        prop_assert_eq!(items.len(), promised.items.len());
        let mut expected = before.rows.clone();
        for (item, plan) in items.iter().zip(&promised.items) {
            prop_assert_eq!((&item.component_key, item.kind), (&plan.key, plan.kind));
            let (was, is) = (before.components.get(&plan.key), after.components.get(&plan.key));
            match &plan.fate {
                Fate::Send { state, sample_rows } => {
                    prop_assert_eq!((item.status, item.arrives), (DeliveryItemStatus::Done, Some(*state)));
                    prop_assert!(
                        is.is_some_and(|it| it.contains(queued.id.as_str())),
                        "{} came with this delivery",
                        plan.key
                    );
                    if *sample_rows > 0 {
                        *expected.entry(plan.key.clone()).or_default() += i64::from(*sample_rows);
                    }
                }
                Fate::Skip(reason) => {
                    prop_assert_eq!(
                        (item.status, &item.reason),
                        (
                            DeliveryItemStatus::Skipped,
                            &Some(serde_json::to_string(reason).unwrap())
                        )
                    );
                    prop_assert_eq!(was, is);
                }
                Fate::Fail(failure) => {
                    prop_assert_eq!(
                        (item.status, &item.reason),
                        (
                            DeliveryItemStatus::Failed,
                            &Some(serde_json::to_string(failure).unwrap())
                        )
                    );
                    prop_assert_eq!(was, is);
                }
            }
        }
        prop_assert_eq!(&after.rows, &expected);
        let sent: Vec<&String> = promised.items.iter().map(|item| &item.key).collect();
        let others = |held: &Held| -> BTreeMap<String, String> {
            held.components
                .iter()
                .filter(|(key, _)| !sent.contains(key))
                .map(|(key, text)| (key.clone(), text.clone()))
                .collect()
        };
        prop_assert_eq!(others(&before), others(&after));
        Ok(())
    });
}
