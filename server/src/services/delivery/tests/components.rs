//! Custom components on both databases (D17).

use super::pages::{Arrived, form};
use super::*;
use crate::services::delivery::components::{self, Components};
use crate::services::testing::paths;
use crate::store::instance_component;

fn component(key: &str, version: &str) -> NewComponent {
    let mut new = NewComponent::new(key, ComponentKind::CustomComponent);
    new.definition = serde_json::json!({ "version": version, "template": "<b>" });
    new
}

#[test]
fn d17_components_of_a_chosen_version_come_into_the_instance_and_replace_by_key() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let older = arrived.publish(
            store,
            "1.1.0",
            &[component("clock", "1"), component("a", "1"), form("b", "one")],
        );
        arrived.publish(store, "1.2.0", &[component("clock", "2"), component("map", "1")]);
        let send = |keys: &[&str], version_id| {
            let chosen = Components {
                keys: keys.iter().map(|key| (*key).to_owned()).collect(),
                version_id,
            };
            write(store, &arrived.sold.world.developer, |tx, viewer| {
                components::send_components(tx, viewer, &arrived.sold.order.id, &chosen)
            })
        };
        assert_eq!(paths(send(&[], None)), ["componentKeys"]);
        assert_eq!(
            paths(send(&["b", "clock", "clock"], Some(older.clone()))),
            ["componentKeys.0", "componentKeys.2"]
        );
        let first = send(&["clock", "a"], Some(older)).unwrap();
        let ended = work(store, &first.id, 100);
        assert_eq!(
            (ended.status, ended.done, ended.failed),
            (DeliveryStatus::Partial, 1, 1)
        );
        assert_eq!(
            arrived.component(store, "a").unwrap().kind,
            ComponentKind::FormPage,
            "a key is not taken away"
        );
        let second = send(&["map", "clock"], None).unwrap();
        assert_eq!(second.version_number, "1.2.0");
        assert_eq!(work(store, &second.id, 100).status, DeliveryStatus::Succeeded);
        let clock = arrived.component(store, "clock").unwrap();
        assert!(clock.definition.contains(r#""version":"2""#));
        assert_eq!(arrived.components(store).len(), 5);
        let id = arrived.instance(store).id;
        let versions = store
            .read_blocking(|conn| instance_component::versions(conn, std::slice::from_ref(&id)))
            .unwrap();
        assert_eq!(versions[&clock.delivery_id], "1.2.0");
        assert_eq!(order_of(store, &arrived.sold).page_status, SendStatus::NotSent);
    });
}
