//! New and overwritten pages on both databases (D15, D16).

use super::*;
use crate::domain::delivery::DeliveryKind;
use crate::domain::id::ApplicationVersionId;
use crate::domain::page_change::PageChangeKind;
use crate::services::delivery::pages::{self, NewPages, OverwrittenPages, PageChanges};
use crate::services::testing::{paths, version_of};
use crate::services::{instance_page, record as records};
use crate::store::instance::InstanceComponent;
use crate::store::instance::{self as instances, AppInstance};

/// A form with one text field called so.
pub(super) fn form(key: &str, field: &str) -> NewComponent {
    let mut new = NewComponent::new(key, ComponentKind::FormPage);
    new.definition = serde_json::json!({
        "schema": { "type": "object", "properties": { field: { "type": "string" } } },
        "ui": { "fields": { field: { "widget": "text" } } }
    });
    new.sample_rows = 20;
    new
}

/// An application of three forms that was sent with the full edit permission.
pub(super) struct Arrived {
    pub sold: Sold,
    pub first: DeliveryId,
}

impl Arrived {
    pub(super) fn new(store: &TestStore) -> Self {
        let sold = sold(store, &[form("a", "one"), form("b", "one"), form("c", "one")]);
        let first = send_now(store, &sold, ALL).unwrap().id;
        assert_eq!(work(store, &first, 100).status, DeliveryStatus::Succeeded);
        Self { sold, first }
    }

    pub(super) fn publish(&self, store: &TestStore, number: &str, components: &[NewComponent]) -> ApplicationVersionId {
        version_of(
            store,
            &self.sold.world.admin,
            &self.sold.order.application_id,
            number,
            components,
        )
    }

    pub(super) fn instance(&self, store: &TestStore) -> AppInstance {
        let id = order_of(store, &self.sold).instance_id.unwrap();
        let scope = self.sold.world.customer.customer().unwrap();
        store.read_blocking(|conn| instances::get(conn, &scope, &id)).unwrap()
    }

    pub(super) fn components(&self, store: &TestStore) -> Vec<InstanceComponent> {
        let found = self.instance(store);
        store.read_blocking(|conn| instances::components(conn, &found)).unwrap()
    }

    pub(super) fn component(&self, store: &TestStore, key: &str) -> Option<InstanceComponent> {
        self.components(store).into_iter().find(|it| it.key == key)
    }

    pub(super) fn changes(&self, store: &TestStore) -> PageChanges {
        read(store, &self.sold.world.developer, |conn, viewer| {
            pages::changes(conn, viewer, &self.sold.order.id, |_| true)
        })
        .unwrap()
    }

    pub(super) fn overwrite(&self, store: &TestStore, keys: Option<&[&str]>) -> Result<Delivery> {
        let acknowledged = Some(self.changes(store).digest);
        self.overwrite_acknowledged(store, keys, acknowledged)
    }

    pub(super) fn overwrite_acknowledged(
        &self,
        store: &TestStore,
        keys: Option<&[&str]>,
        acknowledged: Option<String>,
    ) -> Result<Delivery> {
        let keys = keys.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect());
        let wanted = OverwrittenPages { keys, acknowledged };
        write(store, &self.sold.world.developer, |tx, viewer| {
            pages::overwrite(tx, viewer, &self.sold.order.id, &wanted)
        })
    }

    pub(super) fn send_new(&self, store: &TestStore, keys: Option<&[&str]>) -> Result<Delivery> {
        let keys = keys.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect());
        let wanted = NewPages {
            keys,
            include_sample_data: true,
        };
        write(store, &self.sold.world.developer, |tx, viewer| {
            pages::send_new(tx, viewer, &self.sold.order.id, &wanted)
        })
    }

    pub(super) fn remove(&self, store: &TestStore, key: &str) {
        let id = self.instance(store).id;
        write(store, &self.sold.world.customer, |tx, viewer| {
            instance_page::remove(tx, viewer, &id, key)
        })
        .unwrap();
    }

    /// Changes a page as its customer would who may edit everything.
    pub(super) fn customize(&self, store: &TestStore, key: &str, definition: &Value) {
        use crate::store::schema::instance_components::dsl;
        use diesel::prelude::*;
        let id = self.instance(store).id;
        store
            .system(|tx| {
                diesel::update(dsl::instance_components.find((&id, key)))
                    .set(dsl::definition.eq(definition.to_string()))
                    .execute(tx.conn)?;
                Ok(())
            })
            .unwrap();
    }

    pub(super) fn add_record(&self, store: &TestStore, key: &str, data: Value) {
        let id = self.instance(store).id;
        write(store, &self.sold.world.customer, |tx, viewer| {
            records::submit(tx, viewer, &id, key, &data)
        })
        .unwrap();
    }

    pub(super) fn records(&self, store: &TestStore, key: &str) -> i64 {
        let found = self.instance(store);
        record_counts(store, &found.id).get(key).copied().unwrap_or(0)
    }

    pub(super) fn items(&self, store: &TestStore, id: &DeliveryId) -> Vec<(String, &'static str, Option<String>)> {
        let items = store
            .read_blocking(|conn| delivery_item::of_deliveries(conn, std::slice::from_ref(id)))
            .unwrap();
        items
            .into_iter()
            .map(|it| (it.component_key, it.status.as_str(), it.reason))
            .collect()
    }
}

fn change_of(changes: &PageChanges, key: &str) -> Option<PageChangeKind> {
    changes
        .pages
        .iter()
        .find(|page| page.key == key)
        .map(|page| page.change)
}

#[test]
fn d15_pages_follow_once_the_application_was_sent() {
    on_both(|store| {
        let sold = sold(store, &[form("a", "one")]);
        let before = write(store, &sold.world.developer, |tx, viewer| {
            pages::send_new(tx, viewer, &sold.order.id, &NewPages::default())
        });
        assert_eq!(code(before), "INVALID_STATE");
    });
}

#[test]
fn d15_pages_and_the_application_have_states_of_their_own() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        assert_eq!(order_of(store, &arrived.sold).page_status, SendStatus::NotSent);
        arrived.publish(store, "1.1.0", &[form("a", "one"), form("d", "one")]);
        let queued = arrived.send_new(store, None).unwrap();
        let sending = order_of(store, &arrived.sold);
        assert_eq!(
            (sending.app_status, sending.page_status),
            (SendStatus::Succeeded, SendStatus::Sending)
        );
        work(store, &queued.id, 100);
        let sent = order_of(store, &arrived.sold);
        assert_eq!(
            (sent.app_status, sent.page_status),
            (SendStatus::Succeeded, SendStatus::Succeeded)
        );
    });
}

#[test]
fn d16_new_pages_come_into_one_new_folder_at_the_bottom() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let before = arrived.components(store);
        arrived.publish(store, "1.1.0", &[form("e", "one"), form("a", "two"), form("d", "one")]);
        let queued = arrived.send_new(store, None).unwrap();
        assert_eq!(queued.folder.as_deref(), Some("新增页面 1.1.0"));
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 2));
        let after = arrived.components(store);
        let keys: Vec<&str> = after.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["a", "b", "c", "e", "d"]);
        assert!(
            after[3..]
                .iter()
                .all(|it| it.folder == queued.folder && it.position > before[2].position)
        );
        assert_eq!(
            after[0].definition, before[0].definition,
            "what is there is not touched"
        );
        assert_eq!(arrived.records(store, "d"), 15);
        // Nothing is new any more, and a second folder of that version has a name of its own.
        assert_eq!(paths(arrived.send_new(store, None)), ["pageKeys"]);
        arrived.remove(store, "e");
        let again = arrived.send_new(store, Some(&["e"])).unwrap();
        assert_eq!(again.folder.as_deref(), Some("新增页面 1.1.0 (2)"));
    });
}

#[test]
fn d16_a_subset_of_new_pages_may_be_chosen_and_what_does_not_fit_is_named() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("d", "one"), form("e", "one")]);
        let refused = arrived.send_new(store, Some(&["d", "a", "nothing", "d"]));
        assert_eq!(paths(refused), ["pageKeys.1", "pageKeys.2", "pageKeys.3"]);
        let queued = arrived.send_new(store, Some(&["e"])).unwrap();
        work(store, &queued.id, 100);
        assert!(arrived.component(store, "e").is_some() && arrived.component(store, "d").is_none());
        assert_eq!(paths(arrived.overwrite(store, Some(&["d"]))), ["pageKeys.0"]);
    });
}

#[test]
fn d16_every_page_is_compared_before_it_is_sent() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let mut elsewhere = form("b", "one");
        elsewhere.definition["ui"]["source"] = serde_json::json!({ "any": 1 });
        arrived.customize(store, "b", &elsewhere.definition);
        arrived.remove(store, "c");
        arrived.publish(
            store,
            "1.1.0",
            &[form("a", "two"), form("b", "one"), form("c", "one"), form("d", "one")],
        );
        let changes = arrived.changes(store);
        let kinds = ["a", "b", "c", "d"].map(|key| change_of(&changes, key).unwrap());
        use PageChangeKind as K;
        assert_eq!(kinds, [K::Changed, K::ChangedByCustomer, K::DeletedByCustomer, K::New]);
        let a = &changes.pages[0].diff.fields;
        let words: Vec<(&str, &str)> = a.iter().map(|it| (it.key.as_str(), it.change.as_str())).collect();
        assert_eq!(words, [("two", "ADDED"), ("one", "REMOVED")]);
        // A text that is written in another way says the same.
        let same = arrived.component(store, "a").unwrap().definition.replace(':', ": ");
        arrived.customize(store, "a", &serde_json::from_str(&same).unwrap());
        assert_eq!(change_of(&arrived.changes(store), "a"), Some(K::Changed));
        assert!(!arrived.changes(store).pages[0].customized);
        arrived.publish(store, "1.2.0", &[form("a", "one")]);
        let changes = arrived.changes(store);
        assert_eq!(change_of(&changes, "a"), Some(K::Unchanged));
        assert_eq!(change_of(&changes, "b"), Some(K::NotInVersion));
    });
}

#[test]
fn d16_an_overwrite_needs_the_acknowledgement_of_what_is_there_now() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.publish(store, "1.1.0", &[form("a", "two")]);
        for acknowledged in [None, Some("something".to_owned())] {
            let refused = arrived.overwrite_acknowledged(store, None, acknowledged);
            assert_eq!(code(refused), "ACKNOWLEDGEMENT_REQUIRED");
        }
        let shown = arrived.changes(store).digest;
        arrived.customize(store, "a", &form("a", "three").definition);
        let refused = arrived.overwrite_acknowledged(store, None, Some(shown));
        assert_eq!(code(refused), "ACKNOWLEDGEMENT_REQUIRED");
        // The customer changes the page once more before the worker comes to it: that was never acknowledged.
        let queued = arrived.overwrite(store, None).unwrap();
        arrived.customize(store, "a", &form("a", "four").definition);
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.failed), (DeliveryStatus::Failed, 1));
        assert!(arrived.component(store, "a").unwrap().definition.contains("four"));
        assert_eq!(order_of(store, &arrived.sold).page_status, SendStatus::Failed);
    });
}

#[test]
fn d16_an_overwrite_replaces_by_identity_and_keeps_place_and_records() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.add_record(store, "a", serde_json::json!({ "one": "客户" }));
        let before = arrived.component(store, "a").unwrap();
        let mut renamed = form("a", "two");
        renamed.name = "新名称".to_owned();
        let version = arrived.publish(store, "1.1.0", &[form("x", "one"), renamed, form("b", "one")]);
        let queued = arrived.overwrite(store, None).unwrap();
        assert_eq!((queued.kind, queued.total), (DeliveryKind::OverwritePages, 1));
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 1));
        let after = arrived.component(store, "a").unwrap();
        assert_eq!(
            (after.name.as_str(), &after.definition),
            ("新名称", &form("a", "two").definition.to_string())
        );
        assert_eq!((after.position, after.folder), (before.position, before.folder));
        assert_eq!((queued.version_id, after.delivery_id), (version, queued.id));
        assert_eq!(arrived.records(store, "a"), 16);
        assert!(
            arrived.component(store, "x").is_none(),
            "an overwrite brings no new page"
        );
        let skipped = arrived.overwrite(store, Some(&["b"])).unwrap();
        let ended = work(store, &skipped.id, 100);
        assert_eq!(
            (ended.status, ended.skipped, ended.done),
            (DeliveryStatus::Succeeded, 1, 0)
        );
    });
}

#[test]
fn d16_a_page_that_the_customer_deleted_fails_and_can_be_sent_as_new() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.add_record(store, "a", serde_json::json!({ "one": "客户" }));
        arrived.remove(store, "a");
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("b", "two")]);
        let queued = arrived.overwrite(store, None).unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!(
            (ended.status, ended.done, ended.failed),
            (DeliveryStatus::Partial, 1, 1)
        );
        let reason = Some(r#"{"why":"REMOVED_BY_CUSTOMER"}"#.to_owned());
        assert!(
            arrived
                .items(store, &queued.id)
                .contains(&("a".to_owned(), "FAILED", reason))
        );
        assert!(arrived.component(store, "a").is_none());
        assert_eq!(order_of(store, &arrived.sold).page_status, SendStatus::Partial);
        // Nothing brings it back by itself; asked for by its key it comes, with the records that it had.
        assert_eq!(paths(arrived.send_new(store, None)), ["pageKeys"]);
        let again = arrived.send_new(store, Some(&["a"])).unwrap();
        assert_eq!(work(store, &again.id, 100).status, DeliveryStatus::Succeeded);
        assert!(arrived.component(store, "a").unwrap().definition.contains("two"));
        assert_eq!(
            arrived.records(store, "a"),
            16,
            "its sample data, once, and the customer's own record"
        );
        assert_eq!(change_of(&arrived.changes(store), "a"), Some(PageChangeKind::Unchanged));
    });
}

#[test]
fn d18_pages_that_were_stopped_go_on_where_they_stopped() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let many: Vec<NewComponent> = (0..230).map(|n| form(&format!("n-{n}"), "one")).collect();
        arrived.publish(store, "1.1.0", &many);
        let queued = arrived.send_new(store, None).unwrap();
        let partly = work(store, &queued.id, 3);
        assert_eq!((partly.status, partly.done), (DeliveryStatus::Sending, 100));
        assert_eq!(code(arrived.send_new(store, None)), "DELIVERY_IN_PROGRESS");
        write(store, &arrived.sold.world.developer, |tx, viewer| {
            cancel(tx, viewer, &queued.id)
        })
        .unwrap();
        write(store, &arrived.sold.world.developer, |tx, viewer| {
            retry(tx, viewer, &queued.id)
        })
        .unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 230));
        assert_eq!(arrived.components(store).len(), 233);
        assert_eq!(arrived.records(store, "n-229"), 15);
        // What something else came after is not tried again.
        write(store, &arrived.sold.world.developer, |tx, viewer| {
            retry(tx, viewer, &arrived.first)
        })
        .unwrap_err();
    });
}

#[test]
fn d25_pages_need_what_the_customer_is_entitled_to() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        lock(store, Feature::PagesPerApp, Some(4));
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("d", "one"), form("e", "one")]);
        let promised = |keys: Option<&[String]>, kind| {
            read(store, &arrived.sold.world.developer, |conn, viewer| {
                pages::dry_run(conn, viewer, &arrived.sold.order.id, kind, keys, true)
            })
            .unwrap()
        };
        assert!(promised(None, DeliveryKind::OverwritePages).is_ok());
        assert!(promised(Some(&["d".to_owned()]), DeliveryKind::NewPages).is_ok());
        let plan = promised(None, DeliveryKind::NewPages);
        assert!(!plan.is_ok());
        let queued = arrived.send_new(store, None).unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Failed, 0));
        assert_eq!(ended.parsed_failures().unwrap(), plan.failures());
        assert_eq!(arrived.components(store).len(), 3);
        lock(store, Feature::PagesPerApp, None);
        write(store, &arrived.sold.world.developer, |tx, viewer| {
            retry(tx, viewer, &queued.id)
        })
        .unwrap();
        assert_eq!(work(store, &queued.id, 100).status, DeliveryStatus::Succeeded);
    });
}

#[test]
fn d19_a_page_is_removed_with_the_full_edit_permission_alone() {
    on_both(|store| {
        let sold = sold(store, &[form("a", "one")]);
        let options = DeliveryOptions {
            open_edit_permission: false,
            ..ALL
        };
        let queued = send_now(store, &sold, options).unwrap();
        work(store, &queued.id, 100);
        let id = order_of(store, &sold).instance_id.unwrap();
        let remove = |viewer, key| write(store, viewer, |tx, viewer| instance_page::remove(tx, viewer, &id, key));
        assert_eq!(code(remove(&sold.world.customer, "a")), "EDIT_PERMISSION_OFF");
        assert_eq!(code(remove(&sold.world.developer, "a")), "NO_PERMISSION");
        assert_eq!(code(remove(&sold.world.stranger, "a")), "NO_PERMISSION");
    });
}

#[test]
fn p6_pages_of_others_do_not_exist() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let id = arrived.instance(store).id;
        let missing = write(store, &arrived.sold.world.customer, |tx, viewer| {
            instance_page::remove(tx, viewer, &id, "nothing")
        });
        assert_eq!(code(missing), "NOT_FOUND");
        let foreign = write(store, &arrived.sold.world.stranger, |tx, viewer| {
            pages::send_new(tx, viewer, &arrived.sold.order.id, &NewPages::default())
        });
        assert_eq!(code(foreign), "NOT_FOUND");
    });
}

#[test]
fn d18_what_is_under_way_to_a_removed_application_ends() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("b", "two"), form("c", "two")]);
        let overwrite = arrived.overwrite(store, None).unwrap();
        // Queued, then checked; nothing is written yet.
        work(store, &overwrite.id, 2);
        let app = arrived.instance(store);
        write(store, &arrived.sold.world.customer, |tx, viewer| {
            crate::services::instance::remove(tx, viewer, &app.id, &app.name)
        })
        .unwrap();
        let ended = work(store, &overwrite.id, 100);
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Failed, 0));
        assert!(ended.failures.contains("INSTANCE_REMOVED"), "{}", ended.failures);
    });
}
