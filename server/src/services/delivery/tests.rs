//! Deliveries on both databases: what arrives equals what was promised, nothing arrives twice, and what fails can go on.

mod components;
mod cost;
mod pages;
mod promise;
mod rollback;
mod samples;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use serde_json::Value;

use super::*;
use crate::domain::component::{ComponentKind, Feature};
use crate::domain::delivery::{DeliveryItemStatus, DeliveryStatus};
use crate::domain::instance::ComponentState;
use crate::domain::locale::Locale;
use crate::domain::preflight::{Fate, Speak};
use crate::services::deliver::{self, Progress};
use crate::services::testing::{NewComponent, Sale, World, application_of, code, read, record_counts, sale, write};
use crate::services::{edition, purchase};
use crate::store::delivery_item;
use crate::store::edition::Entitlement;
use crate::store::testing::{TestStore, on_both, postgres, sqlite};
use crate::store::{instance, record};

struct Sold {
    world: World,
    sale: Sale,
    order: Order,
}

fn sold(store: &TestStore, components: &[NewComponent]) -> Sold {
    let world = World::granted(store);
    let application = application_of(store, &world.admin, components);
    let sale = sale(store, &world, "一期", &application);
    let order = buy(store, &world, &sale);
    Sold { world, sale, order }
}

fn buy(store: &TestStore, world: &World, sale: &Sale) -> Order {
    write(store, &world.customer, |tx, viewer| {
        purchase::buy(tx, viewer, &sale.token, true)
    })
    .expect("an order")
}

const ALL: DeliveryOptions = DeliveryOptions {
    include_sample_data: true,
    include_connectors: true,
    open_edit_permission: true,
};

fn send_now(store: &TestStore, sold: &Sold, options: DeliveryOptions) -> Result<Delivery> {
    let version = Agreement::current(AgreementKind::Distribution).version;
    write(store, &sold.world.developer, |tx, viewer| {
        send(tx, viewer, &sold.order.id, options, Some(version))
    })
}

/// Takes at most `steps` steps, as a worker would.
fn work(store: &TestStore, id: &DeliveryId, steps: usize) -> Delivery {
    let found = store.read_blocking(|conn| delivery::get(conn, id)).unwrap();
    let mut from = deliver::START;
    for _ in 0..steps {
        let step = store.write_blocking(&deliver::actor(&found), &|tx| deliver::step(tx, id, from));
        match step.unwrap() {
            Progress::More(next) => from = next,
            Progress::Ended => break,
        }
    }
    store.read_blocking(|conn| delivery::get(conn, id)).unwrap()
}

fn order_of(store: &TestStore, sold: &Sold) -> Order {
    store.read_blocking(|conn| order::get(conn, &sold.order.id)).unwrap()
}

fn kinds() -> Vec<NewComponent> {
    let mut all: Vec<NewComponent> = ComponentKind::ALL
        .into_iter()
        .map(|kind| NewComponent::new(&kind.as_str().to_lowercase(), kind))
        .collect();
    all[0].sample_rows = 40;
    for component in &mut all {
        if component.kind == ComponentKind::Automation {
            component.dependencies = vec!["connector".to_owned()];
        }
        if component.kind == ComponentKind::Connector {
            component.definition = serde_json::json!({"type": "HTTP", "secrets": [{"name": "key", "value": "s3cret"}]});
        }
    }
    all
}

#[test]
fn d13_a_send_arrives_in_development_maintenance_with_what_was_promised() {
    on_both(|store| {
        let sold = sold(store, &kinds());
        let promised = read(store, &sold.world.developer, |conn, viewer| {
            dry_run(conn, viewer, &sold.order.id, ALL)
        })
        .unwrap();
        assert!(promised.is_ok());
        let queued = send_now(store, &sold, ALL).unwrap();
        assert_eq!(order_of(store, &sold).app_status, SendStatus::Sending);
        let ended = work(store, &queued.id, 100);
        assert_eq!(ended.status, DeliveryStatus::Succeeded);
        assert_eq!((ended.total, ended.done, ended.skipped, ended.failed), (12, 11, 1, 0));
        let order = order_of(store, &sold);
        assert_eq!(
            (order.app_status, order.full_edit_permission),
            (SendStatus::Succeeded, true)
        );
        let scope = sold.world.customer.customer().unwrap();
        let id = order.instance_id.expect("an instance");
        let arrived = store.read_blocking(|conn| instance::get(conn, &scope, &id)).unwrap();
        assert_eq!(arrived.status, crate::domain::instance::InstanceStatus::DevMaintenance);
        assert_eq!(
            store
                .read_blocking(|conn| record::sample_counts(conn, std::slice::from_ref(&arrived.id)))
                .unwrap(),
            [(arrived.id.clone(), 15)].into()
        );
        let components = store
            .read_blocking(|conn| instance::components(conn, &arrived))
            .unwrap();
        let connector = components
            .iter()
            .find(|it| it.kind == ComponentKind::Connector)
            .unwrap();
        assert_eq!(connector.state, ComponentState::ToFillIn);
        assert!(!connector.definition.contains("s3cret"));
        let events = store
            .read_blocking(|conn| project::events(conn, std::slice::from_ref(&sold.sale.project)))
            .unwrap();
        assert!(
            events
                .iter()
                .any(|it| it.kind == crate::domain::project::ProjectEventKind::Delivered)
        );
    });
}

#[test]
fn d13_without_the_tick_nothing_is_sent() {
    on_both(|store| {
        let sold = sold(store, &kinds());
        for ticked in [None, Some("2020-01")] {
            let refused = write(store, &sold.world.admin, |tx, viewer| {
                send(tx, viewer, &sold.order.id, ALL, ticked)
            });
            assert_eq!(code(refused), "AGREEMENT_REQUIRED");
        }
        assert_eq!(order_of(store, &sold).app_status, SendStatus::NotSent);
        let foreign = write(store, &sold.world.stranger, |tx, viewer| {
            send(tx, viewer, &sold.order.id, ALL, Some("2026-11"))
        });
        assert_eq!(code(foreign), "NOT_FOUND");
    });
}

#[test]
fn d14_a_missing_entitlement_fails_with_every_reason_and_writes_nothing() {
    on_both(|store| {
        let mut components = kinds();
        components[0].required_features = vec![Feature::CrossAppForms];
        let sold = sold(store, &components);
        lock(store, Feature::CrossAppForms, Some(0));
        lock(store, Feature::CustomPages, Some(0));
        let queued = send_now(store, &sold, ALL).unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!(
            (ended.status, ended.instance_id.clone()),
            (DeliveryStatus::Failed, None)
        );
        let said: Vec<String> = ended
            .parsed_failures()
            .unwrap()
            .iter()
            .map(|it| it.say(Locale::ZhCn))
            .collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said.iter().all(|text| text.starts_with("客户组织权益不满足：")));
        assert_eq!(order_of(store, &sold).app_status, SendStatus::Failed);
        // The customer upgrades; the same delivery goes on and makes the only instance.
        lock(store, Feature::CrossAppForms, None);
        lock(store, Feature::CustomPages, None);
        write(store, &sold.world.developer, |tx, viewer| retry(tx, viewer, &queued.id)).unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 11));
    });
}

fn lock(store: &TestStore, feature: Feature, limit: Option<i32>) {
    use crate::domain::organization::{EditionName, OrganizationKind, Role};
    use crate::services::testing::{organization, person};
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let platform = organization(store, &format!("dingplatform9{number:04}"), OrganizationKind::Platform);
    let admin = person(store, &platform, "sa", &[Role::Superadmin]);
    let new = Entitlement {
        edition: EditionName::Professional,
        feature,
        limit_count: limit,
    };
    write(store, &admin, |tx, viewer| edition::set(tx, viewer, &new)).unwrap();
}

#[test]
fn d18_one_delivery_at_a_time_and_the_snapshot_of_its_start() {
    on_both(|store| {
        let sold = sold(store, &kinds());
        let queued = send_now(store, &sold, ALL).unwrap();
        assert_eq!(code(send_now(store, &sold, ALL)), "DELIVERY_IN_PROGRESS");
        let again = write(store, &sold.world.developer, |tx, viewer| retry(tx, viewer, &queued.id));
        assert_eq!(code(again), "DELIVERY_IN_PROGRESS");
        work(store, &queued.id, 100);
        assert_eq!(code(send_now(store, &sold, ALL)), "INVALID_STATE");
        assert_eq!(queued.version_number, "1.0.0");
    });
}

#[test]
fn d18_a_stopped_delivery_goes_on_where_it_stopped_with_the_same_instance() {
    on_both(|store| {
        let many: Vec<NewComponent> = (0..240)
            .map(|n| NewComponent::new(&format!("form-{n}"), ComponentKind::FormPage))
            .collect();
        let sold = sold(store, &many);
        let queued = send_now(store, &sold, DeliveryOptions::default()).unwrap();
        // Begin, check and one batch.
        let partly = work(store, &queued.id, 3);
        assert_eq!((partly.status, partly.done), (DeliveryStatus::Sending, 100));
        let first = partly.instance_id.expect("it has begun");
        let scope = sold.world.customer.customer().unwrap();
        assert!(
            store
                .read_blocking(|conn| instance::find(conn, &scope, &first))
                .unwrap()
                .is_none()
        );
        let stopped = write(store, &sold.world.developer, |tx, viewer| {
            cancel(tx, viewer, &queued.id)
        })
        .unwrap();
        assert_eq!(stopped.status, DeliveryStatus::Cancelled);
        assert_eq!(order_of(store, &sold).app_status, SendStatus::Partial);
        assert_eq!(
            work(store, &queued.id, 100).done,
            100,
            "a stopped delivery stands still"
        );
        write(store, &sold.world.developer, |tx, viewer| retry(tx, viewer, &queued.id)).unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 240));
        assert_eq!(ended.instance_id, Some(first.clone()));
        let arrived = store.read_blocking(|conn| instance::get(conn, &scope, &first)).unwrap();
        assert_eq!(
            store
                .read_blocking(|conn| instance::components(conn, &arrived))
                .unwrap()
                .len(),
            240
        );
    });
}

#[test]
fn d25_quotas_of_the_organisation_count_what_its_applications_hold() {
    on_both(|store| {
        let mut connector = NewComponent::new("http", ComponentKind::Connector);
        connector.required_features = vec![Feature::HttpConnectors];
        let first = sold(store, &[connector]);
        lock(store, Feature::HttpConnectors, Some(1));
        let queued = send_now(store, &first, ALL).unwrap();
        assert_eq!(work(store, &queued.id, 100).status, DeliveryStatus::Succeeded);
        let order = buy(store, &first.world, &first.sale);
        let second = read(store, &first.world.admin, |conn, viewer| {
            dry_run(conn, viewer, &order.id, ALL)
        })
        .unwrap();
        let check = second
            .entitlements
            .iter()
            .find(|it| it.feature == Feature::HttpConnectors)
            .unwrap();
        assert_eq!(
            (check.needed, check.used, check.limit, check.is_ok()),
            (1, 1, Some(1), false)
        );
    });
}

fn any_component() -> impl Strategy<Value = (usize, usize, Vec<usize>, Vec<usize>)> {
    (
        0..ComponentKind::ALL.len(),
        0..40_usize,
        prop::collection::vec(0..64_usize, 0..3),
        prop::collection::vec(1..Feature::ALL.len(), 0..2),
    )
}

/// Random components; a dependency always names an earlier one, so that there is no circle.
fn components(raw: &[(usize, usize, Vec<usize>, Vec<usize>)]) -> Vec<NewComponent> {
    let mut made: Vec<NewComponent> = Vec::new();
    for (n, (kind, rows, dependencies, features)) in raw.iter().enumerate() {
        let mut new = NewComponent::new(&format!("k{n}"), ComponentKind::ALL[*kind]);
        if new.kind == ComponentKind::FormPage {
            new.sample_rows = *rows;
        }
        if n > 0 {
            new.dependencies = dependencies.iter().map(|it| format!("k{}", it % n)).collect();
        }
        new.required_features = features.iter().map(|it| Feature::ALL[*it]).collect();
        made.push(new);
    }
    made
}

/// Tries a property with random cases, each on a database of its own.
fn for_random<S: Strategy>(strategy: &S, property: impl Fn(&TestStore, S::Value) -> TestCaseResult) {
    let runner = |cases| {
        TestRunner::new(ProptestConfig {
            cases,
            failure_persistence: None,
            ..ProptestConfig::default()
        })
    };
    runner(24).run(strategy, |case| property(&sqlite(), case)).unwrap();
    // A database takes longer to make there.
    let on_postgres = |case| postgres().map_or(Ok(()), |store| property(&store, case));
    runner(8).run(strategy, on_postgres).unwrap();
}

/// What the dry run promised is exactly what a delivery wrote: items, states, sample rows, or every reason why not.
#[test]
fn d14_the_send_does_what_the_preflight_promised() {
    let cases = (
        prop::collection::vec(any_component(), 1..40),
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0..6_i32),
    );
    for_random(
        &cases,
        |store, (raw, include_sample_data, include_connectors, limit)| {
            let sold = sold(store, &components(&raw));
            lock(store, Feature::DataPreparations, limit);
            let options = DeliveryOptions {
                include_sample_data,
                include_connectors,
                open_edit_permission: false,
            };
            let promised = read(store, &sold.world.admin, |conn, viewer| {
                dry_run(conn, viewer, &sold.order.id, options)
            })
            .unwrap();
            let queued = send_now(store, &sold, options).unwrap();
            let ended = work(store, &queued.id, 1000);
            prop_assert_eq!(ended.parsed_warnings().unwrap(), promised.warnings.clone());
            prop_assert_eq!(ended.parsed_failures().unwrap(), promised.failures());
            if !promised.is_ok() {
                prop_assert_eq!((ended.status, ended.instance_id), (DeliveryStatus::Failed, None));
                return Ok(());
            }
            prop_assert_eq!(ended.status, DeliveryStatus::Succeeded);
            let items = store
                .read_blocking(|conn| delivery_item::of_deliveries(conn, std::slice::from_ref(&queued.id)))
                .unwrap();
            let arrived = store
                .read_blocking(|conn| instance::by_ids(conn, &[ended.instance_id.clone().unwrap()]))
                .unwrap()
                .remove(0);
            let written = store
                .read_blocking(|conn| instance::components(conn, &arrived))
                .unwrap();
            let rows = record_counts(store, &arrived.id);
            prop_assert_eq!(items.len(), promised.items.len());
            for (item, plan) in items.iter().zip(&promised.items) {
                prop_assert_eq!(&item.component_key, &plan.key);
                let component = written.iter().find(|it| it.key == plan.key);
                match &plan.fate {
                    Fate::Skip(reason) => {
                        prop_assert_eq!(item.status, DeliveryItemStatus::Skipped);
                        prop_assert_eq!(item.reason.clone(), Some(serde_json::to_string(reason).unwrap()));
                        prop_assert!(component.is_none());
                    }
                    Fate::Fail(_) => prop_assert!(false, "nothing fails in an instance of its own"),
                    Fate::Send { state, sample_rows } => {
                        prop_assert_eq!(item.status, DeliveryItemStatus::Done);
                        prop_assert_eq!(component.map(|it| it.state), Some(*state));
                        prop_assert_eq!(rows.get(&plan.key).copied().unwrap_or(0), i64::from(*sample_rows));
                        prop_assert!(serde_json::from_str::<Value>(&component.unwrap().definition).is_ok());
                    }
                }
            }
            prop_assert_eq!(rows.values().sum::<i64>(), i64::from(promised.sample_rows));
            Ok(())
        },
    );
}

#[test]
fn d14_the_dry_run_is_refused_where_the_send_would_be() {
    on_both(|store| {
        let sold = sold(store, &kinds());
        let promise = || {
            read(store, &sold.world.developer, |conn, viewer| {
                dry_run(conn, viewer, &sold.order.id, ALL)
            })
        };
        assert!(promise().unwrap().is_ok());
        let queued = send_now(store, &sold, ALL).unwrap();
        assert_eq!(code(promise()), "DELIVERY_IN_PROGRESS");
        assert_eq!(work(store, &queued.id, 100).status, DeliveryStatus::Succeeded);
        assert_eq!(code(promise()), "INVALID_STATE");
    });
}

#[test]
fn d18_what_failed_before_anything_was_written_is_sent_anew_in_the_newest_version() {
    on_both(|store| {
        let sold = sold(store, &kinds());
        lock(store, Feature::CustomPages, Some(0));
        let failed = work(store, &send_now(store, &sold, ALL).unwrap().id, 100);
        assert_eq!(
            (failed.status, failed.instance_id.clone()),
            (DeliveryStatus::Failed, None)
        );
        lock(store, Feature::CustomPages, None);
        let lighter = DeliveryOptions::default();
        let promised = read(store, &sold.world.developer, |conn, viewer| {
            dry_run(conn, viewer, &sold.order.id, lighter)
        });
        assert!(promised.unwrap().is_ok(), "now it may begin");
        let again = work(store, &send_now(store, &sold, lighter).unwrap().id, 100);
        assert_eq!(again.status, DeliveryStatus::Succeeded);
        assert_eq!(order_of(store, &sold).app_status, SendStatus::Succeeded);
        let late = write(store, &sold.world.developer, |tx, viewer| retry(tx, viewer, &failed.id));
        assert_eq!(code(late), "INVALID_STATE", "never a second instance");
    });
}

#[test]
fn d32_a_project_is_not_settled_while_something_is_under_way() {
    use crate::domain::settlement::SettlementFields;
    on_both(|store| {
        let sold = sold(store, &kinds());
        let queued = send_now(store, &sold, ALL).unwrap();
        let fields = SettlementFields {
            actual_end_on: crate::domain::working_day::local_day(store.now().utc()),
            delivered_amount: None,
            acceptance_file_id: None,
            customer_acceptor: "王海蓝".to_owned(),
            open_issues: String::new(),
            satisfaction: 5,
            remark: String::new(),
            acknowledge_warnings: true,
        };
        let settle = || {
            write(store, &sold.world.admin, |tx, viewer| {
                crate::services::settlement::settle(tx, viewer, &sold.sale.project, &fields)
            })
        };
        assert_eq!(code(settle()), "DELIVERY_IN_PROGRESS");
        assert_eq!(work(store, &queued.id, 100).status, DeliveryStatus::Succeeded);
        assert_eq!(settle().unwrap().status, ProjectStatus::Closed);
    });
}
