//! The purchase page on both databases: the order of its checks, one order a key, and what the partner learns of a mismatch.

use super::*;
use crate::auth::viewer::AuditScope;
use crate::domain::component::ComponentKind;
use crate::domain::organization::{OrganizationKind, Role};
use crate::services::testing::{
    NewComponent, Sale, World, application_of, code, organization, person, read, sale, write,
};
use crate::store::idempotency::IdempotencyKey;
use crate::store::page::PageRequest;
use crate::store::testing::{TestStore, on_both};
use crate::store::{Actor, audit};

fn world(store: &TestStore) -> (World, Sale) {
    let world = World::granted(store);
    let components = [
        NewComponent::new("form", ComponentKind::FormPage),
        NewComponent::new("erp", ComponentKind::Connector),
        NewComponent::new("board", ComponentKind::Dashboard),
    ];
    let application = application_of(store, &world.admin, &components);
    let sale = sale(store, &world, "一期", &application);
    (world, sale)
}

fn buy_now(store: &TestStore, viewer: &Viewer, token: &str) -> Result<Order> {
    write(store, viewer, |tx, viewer| buy(tx, viewer, token, true))
}

#[test]
fn d11_the_offer_shows_what_is_bought_and_what_stays_behind() {
    on_both(|store| {
        let (world, sale) = world(store);
        let offered = read(store, &world.customer, |conn, viewer| {
            offer(conn, viewer, &sale.token, store.now())
        })
        .unwrap();
        assert_eq!(
            (offered.application_name.as_str(), offered.project_name.as_str()),
            ("门店巡检", "一期")
        );
        assert_eq!(
            offered.plan.sent_counts().into_iter().collect::<Vec<_>>(),
            [(ComponentKind::FormPage, 1)]
        );
        let stays: Vec<&str> = offered.plan.skipped().map(|(item, _)| item.key.as_str()).collect();
        assert_eq!((stays, offered.earlier_orders), (vec!["erp", "board"], 0));
        buy_now(store, &world.customer, &sale.token).unwrap();
        let again = read(store, &world.customer, |conn, viewer| {
            offer(conn, viewer, &sale.token, store.now())
        })
        .unwrap();
        assert_eq!(again.earlier_orders, 1);
    });
}

#[test]
fn d11_one_order_a_double_click_and_another_on_purpose() {
    on_both(|store| {
        let (world, sale) = world(store);
        let click = || write(store, &world.customer, |tx, viewer| buy(tx, viewer, &sale.token, false)).unwrap();
        let first = click();
        assert_eq!(click().id, first.id);
        store.clock.advance(chrono::Duration::seconds(11));
        let second = click();
        assert_ne!(second.id, first.id);
        assert_eq!((first.amount_minor, first.app_status), (0, SendStatus::NotSent));
        assert!(first.number.starts_with("D20261121-"), "{}", first.number);
        let log = |viewer: &Viewer| {
            let page = PageRequest::default();
            read(store, viewer, |conn, viewer| {
                audit::list(
                    conn,
                    &AuditScope::Own(viewer.member()?),
                    &audit::AuditFilter::of_object(first.id.as_str()),
                    &page,
                )
            })
        };
        for viewer in [&world.admin, &world.customer] {
            assert_eq!(log(viewer).unwrap().rows[0].action, "order.created");
        }
    });
}

/// 1,000 requests with one key at once: one order, and everybody is told of it.
#[test]
fn d11_one_key_is_one_order_however_many_ask_at_once() {
    on_both(|store| {
        let (world, sale) = world(store);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let ids: std::collections::HashSet<String> = runtime.block_on(async {
            let mut asked = tokio::task::JoinSet::new();
            for _ in 0..1000 {
                let (viewer, token, store) = (world.customer.clone(), sale.token.clone(), store.store.clone());
                asked.spawn(async move {
                    let key = IdempotencyKey::new("one", "purchaseApplication", &token)?;
                    let actor = viewer.actor();
                    let ask = store.write(actor, move |tx| {
                        if let Some(id) = key.find(tx.conn, &viewer, tx.now)? {
                            return bought(tx.conn, &viewer, &id);
                        }
                        let made = buy(tx, &viewer, &token, true)?;
                        key.keep(tx, &viewer, made.id.as_str())?;
                        Ok(made)
                    });
                    ask.await.map(|order| order.id.to_string())
                });
            }
            let answers = asked.join_all().await;
            answers
                .into_iter()
                .map(|answer: Result<String>| answer.expect("an order"))
                .collect()
        });
        assert_eq!(ids.len(), 1);
        let orders =
            store.read_blocking(|conn| distribution_link::order_counts(conn, std::slice::from_ref(&sale.link)));
        assert_eq!(orders.unwrap(), [(sale.link.clone(), 1)]);
    });
}

#[test]
fn d10_employees_strangers_and_unknown_tokens_buy_nothing() {
    on_both(|store| {
        let (world, sale) = world(store);
        let employee = person(store, &world.customer.organization_id, "he", &[Role::CustomerEmployee]);
        assert_eq!(code(buy_now(store, &employee, &sale.token)), "NO_PERMISSION");
        assert_eq!(code(buy_now(store, &world.customer, "nonsense")), "NOT_FOUND");
        let other = organization(store, "dingother00001", OrganizationKind::Customer);
        let other = person(store, &other, "ou", &[Role::CustomerAdmin]);
        assert_eq!(code(buy_now(store, &other, &sale.token)), "ORGANIZATION_MISMATCH");
        let orders =
            store.read_blocking(|conn| distribution_link::order_counts(conn, std::slice::from_ref(&sale.link)));
        assert_eq!(orders.unwrap(), []);
    });
}

#[test]
fn d12_the_partner_learns_of_a_mismatch_once_a_minute_and_never_by_whom() {
    on_both(|store| {
        let (world, sale) = world(store);
        let other = organization(store, "dingother00001abcd", OrganizationKind::Customer);
        let other = person(store, &other, "ou", &[Role::CustomerAdmin]);
        let note = |viewer: &Viewer| {
            let actor = Actor::default();
            store
                .write_blocking(&actor, &|tx| note_mismatch(tx, viewer, &sale.token))
                .unwrap();
        };
        note(&other);
        note(&other);
        note(&world.customer);
        let seen = || {
            let found = store
                .read_blocking(|conn| purchase_mismatch::of_projects(conn, std::slice::from_ref(&sale.project), 10));
            let masked = found.unwrap().into_iter().map(|row| row.masked_corp_id);
            masked.collect::<Vec<_>>()
        };
        assert_eq!(seen(), ["ding****abcd"]);
        store.clock.advance(chrono::Duration::seconds(61));
        note(&other);
        assert_eq!(seen().len(), 2);
        let events = store
            .read_blocking(|conn| project::events(conn, std::slice::from_ref(&sale.project)))
            .unwrap();
        let mismatches: Vec<_> = events
            .iter()
            .filter(|it| it.kind == ProjectEventKind::PurchaseMismatch)
            .collect();
        assert_eq!(mismatches.len(), 2);
        assert!(mismatches.iter().all(|it| it.user_id.is_none()));
    });
}
