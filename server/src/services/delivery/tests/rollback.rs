//! Taking an overwrite back, on both databases (D16): exactly as it was, once, the latest first.

use super::pages::{Arrived, form};
use super::*;
use crate::auth::viewer::Viewer;
use crate::services::delivery::rollback::{self, RollbackReport};

fn report(store: &TestStore, viewer: &Viewer, id: &DeliveryId) -> RollbackReport {
    read(store, viewer, |conn, viewer| rollback::report(conn, viewer, id)).unwrap()
}

fn roll_back(store: &TestStore, viewer: &Viewer, id: &DeliveryId) -> Result<Delivery> {
    write(store, viewer, |tx, viewer| rollback::roll_back(tx, viewer, id))
}

/// Overwrites everything that changed; the delivery.
fn overwritten(store: &TestStore, arrived: &Arrived) -> DeliveryId {
    let queued = arrived.overwrite(store, None).unwrap();
    assert_eq!(work(store, &queued.id, 100).status, DeliveryStatus::Succeeded);
    queued.id
}

#[test]
fn d16_a_rollback_puts_back_exactly_what_was_there_and_keeps_records() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        // Also what the customer had made of a page before it was overwritten.
        arrived.customize(store, "b", &form("b", "ours").definition);
        let before = arrived.components(store);
        let mut renamed = form("a", "two");
        renamed.name = "新名称".to_owned();
        arrived.publish(store, "1.1.0", &[renamed, form("b", "two"), form("c", "two")]);
        let overwrite = overwritten(store, &arrived);
        arrived.add_record(store, "a", serde_json::json!({ "two": "客户" }));
        let rollback = roll_back(store, &arrived.sold.world.colleague, &overwrite).unwrap();
        assert_eq!(
            code(roll_back(store, &arrived.sold.world.admin, &overwrite)),
            "DELIVERY_IN_PROGRESS"
        );
        let ended = work(store, &rollback.id, 100);
        assert_eq!(
            (ended.status, ended.done, ended.skipped),
            (DeliveryStatus::Succeeded, 3, 0)
        );
        let after = arrived.components(store);
        assert_eq!(format!("{after:?}"), format!("{before:?}"));
        assert_eq!(arrived.records(store, "a"), 16);
        let taken_back = store.read_blocking(|conn| delivery::get(conn, &overwrite)).unwrap();
        assert_eq!(taken_back.rolled_back_by_id, Some(rollback.id));
        assert_eq!(
            code(roll_back(store, &arrived.sold.world.admin, &overwrite)),
            "INVALID_STATE"
        );
        assert_eq!(order_of(store, &arrived.sold).page_status, SendStatus::Succeeded);
    });
}

#[test]
fn d16_the_report_says_what_the_customer_changed_since() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("b", "two"), form("c", "two")]);
        store.clock.advance(chrono::Duration::minutes(1));
        let overwrite = overwritten(store, &arrived);
        arrived.customize(store, "a", &form("a", "ours").definition);
        arrived.remove(store, "b");
        arrived.add_record(store, "c", serde_json::json!({ "two": "客户" }));
        let seen = report(store, &arrived.sold.world.customer, &overwrite);
        let said: Vec<(&str, bool, usize, i64)> = seen
            .pages
            .iter()
            .map(|page| {
                (
                    page.key.as_str(),
                    page.stays.is_some(),
                    page.changes.len(),
                    page.new_records,
                )
            })
            .collect();
        assert_eq!(said, [("a", false, 2, 0), ("b", true, 0, 0), ("c", false, 0, 1)]);
        let rollback = roll_back(store, &arrived.sold.world.customer, &overwrite).unwrap();
        assert_eq!(rollback.created_by_organization_id, rollback.customer_id);
        let ended = work(store, &rollback.id, 100);
        assert_eq!(
            (ended.status, ended.done, ended.skipped),
            (DeliveryStatus::Succeeded, 2, 1)
        );
        let told: Vec<String> = ended
            .parsed_warnings()
            .unwrap()
            .iter()
            .map(|it| it.say(Locale::ZhCn))
            .collect();
        assert_eq!(
            told,
            ["客户在此后修改了页面“名 a”：新增字段“ours”（文本）；移除字段“two”"]
        );
        assert!(arrived.component(store, "a").unwrap().definition.contains("one"));
        assert!(
            arrived.component(store, "b").is_none(),
            "what the customer removed stays removed"
        );
    });
}

#[test]
fn d16_overwrites_are_taken_back_from_the_latest_to_the_first() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.publish(store, "1.1.0", &[form("a", "two")]);
        let first = overwritten(store, &arrived);
        arrived.publish(store, "1.2.0", &[form("a", "three")]);
        let second = overwritten(store, &arrived);
        let admin = &arrived.sold.world.admin;
        assert_eq!(code(roll_back(store, admin, &first)), "INVALID_STATE");
        assert_eq!(code(roll_back(store, admin, &arrived.first)), "INVALID_STATE");
        for (overwrite, field) in [(&second, "two"), (&first, "one")] {
            let rollback = roll_back(store, admin, overwrite).unwrap();
            work(store, &rollback.id, 100);
            assert!(arrived.component(store, "a").unwrap().definition.contains(field));
        }
        let stranger = &arrived.sold.world.stranger;
        assert_eq!(code(roll_back(store, stranger, &first)), "NOT_FOUND");
        let employee = crate::services::testing::person(
            store,
            &arrived.sold.order.customer_id,
            "ce",
            &[crate::domain::organization::Role::CustomerEmployee],
        );
        assert_eq!(code(roll_back(store, &employee, &first)), "NO_PERMISSION");
    });
}

#[test]
fn d16_a_rollback_that_was_stopped_goes_on_and_never_puts_back_twice() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let many = |field: &str| -> Vec<NewComponent> { (0..150).map(|n| form(&format!("n-{n}"), field)).collect() };
        arrived.publish(store, "1.1.0", &many("one"));
        let sent = arrived.send_new(store, None).unwrap();
        work(store, &sent.id, 100);
        arrived.publish(store, "1.2.0", &many("two"));
        let overwrite = overwritten(store, &arrived);
        let customer = &arrived.sold.world.customer;
        let rollback = roll_back(store, customer, &overwrite).unwrap();
        assert_eq!(work(store, &rollback.id, 3).done, 100);
        write(store, customer, |tx, viewer| cancel(tx, viewer, &rollback.id)).unwrap();
        let stopped = store.read_blocking(|conn| delivery::get(conn, &rollback.id)).unwrap();
        assert_eq!(stopped.parsed_failures().unwrap()[0].say(Locale::ZhCn), "已由客户取消");
        // The other side goes on with what is left; what was put back already is not touched again.
        arrived.customize(store, "n-0", &form("n-0", "ours").definition);
        let rest = roll_back(store, &arrived.sold.world.admin, &overwrite).unwrap();
        assert_eq!(rest.total, 50);
        let ended = work(store, &rest.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 50));
        assert!(arrived.component(store, "n-0").unwrap().definition.contains("ours"));
        assert!(arrived.component(store, "n-149").unwrap().definition.contains("one"));
        let again = write(store, customer, |tx, viewer| retry(tx, viewer, &rollback.id));
        assert_eq!(code(again), "INVALID_STATE");
    });
}
