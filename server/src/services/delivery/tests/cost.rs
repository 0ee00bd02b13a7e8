//! What deliveries cost as data grows: no statement goes through a table that grows, and content is copied at the speed of the
//! database.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use super::pages::{Arrived, form};
use super::*;
use crate::domain::id::InstanceId;
use crate::domain::order::OrderSort;
use crate::services::delivery::pages as sent_pages;
use crate::services::delivery::{components, rollback};
use crate::services::{delivery as deliveries, order as orders};
use crate::store::order::OrderFilter;
use crate::store::page::PageRequest;
use crate::store::testing::plan::{Statements, assert_no_scan};

/// What has a few rows, whatever happens: a table, and the items of one transaction.
const SMALL: &[&str] = &["entitlements", "batch"];

/// Takes a delivery to its end with every statement listened to.
fn listened(store: &TestStore, heard: &Statements, id: &DeliveryId) {
    let found = store.read_blocking(|conn| delivery::get(conn, id)).unwrap();
    let mut from = deliver::START;
    loop {
        let step = store.write_blocking(&deliver::actor(&found), &|tx| {
            heard.listen(tx.conn);
            let step = deliver::step(tx, id, from);
            Statements::stop(tx.conn);
            step
        });
        match step.unwrap() {
            Progress::More(next) => from = next,
            Progress::Ended => return,
        }
    }
}

#[test]
fn p10_no_statement_of_a_delivery_goes_through_a_growing_table() {
    on_both(|store| {
        let heard = Statements::default();
        let sold = sold(store, &[kinds(), vec![form("a", "one"), form("b", "one")]].concat());
        let first = send_now(store, &sold, ALL).unwrap().id;
        listened(store, &heard, &first);
        let arrived = Arrived { sold, first };
        let component = NewComponent::new("clock", ComponentKind::CustomComponent);
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("d", "one"), component]);
        let sent = arrived.send_new(store, None).unwrap();
        listened(store, &heard, &sent.id);
        let overwrite = arrived.overwrite(store, None).unwrap();
        listened(store, &heard, &overwrite.id);
        let (developer, order) = (&arrived.sold.world.developer, &arrived.sold.order);
        let chosen = components::Components {
            keys: vec!["clock".to_owned()],
            version_id: None,
        };
        let read = |work: &dyn Fn(&mut Conn) -> Result<()>| {
            store
                .read_blocking(|conn| {
                    heard.listen(conn);
                    let done = work(conn);
                    Statements::stop(conn);
                    done
                })
                .unwrap();
        };
        read(&|conn| sent_pages::changes(conn, developer, &order.id, |_| true).map(drop));
        read(&|conn| rollback::report(conn, developer, &overwrite.id).map(drop));
        read(&|conn| components::dry_run(conn, developer, &order.id, &chosen).map(drop));
        read(&|conn| deliveries::get(conn, developer, &sent.id).map(drop));
        read(&|conn| delivery::of_orders(conn, &[order.id.clone(), order.id.clone()]).map(drop));
        read(&|conn| delivery::active_of_orders(conn, std::slice::from_ref(&order.id)).map(drop));
        read(&|conn| delivery_item::of_deliveries(conn, std::slice::from_ref(&sent.id)).map(drop));
        let filter = OrderFilter::default();
        let (party, page) = (OrderParty::Partner, PageRequest::default());
        read(&|conn| orders::list(conn, developer, party, &filter, OrderSort::CreatedDesc, &page).map(drop));
        let written = |work: &dyn Fn(&mut Tx<'_>) -> Result<Delivery>| {
            let made = store.write_blocking(&developer.actor(), &|tx| {
                heard.listen(tx.conn);
                let made = work(tx);
                Statements::stop(tx.conn);
                made
            });
            listened(store, &heard, &made.unwrap().id);
        };
        written(&|tx| components::send_components(tx, developer, &order.id, &chosen));
        written(&|tx| rollback::roll_back(tx, developer, &overwrite.id));
        arrived.remove(store, "d");
        let again = sent_pages::NewPages {
            keys: Some(vec!["d".to_owned()]),
            include_sample_data: true,
        };
        written(&|tx| sent_pages::send_new(tx, developer, &order.id, &again));
        assert_no_scan(store, &heard, SMALL);
    });
}

/// Six fields, as a form has them; every fifth form links to the one before it.
fn fields(n: usize) -> Value {
    let text = serde_json::json!({ "type": "string" });
    let mut properties = serde_json::json!({
        "title": text, "note": text, "city": text, "phone": text,
        "amount": { "type": "number" }, "count": { "type": "integer" },
    });
    let mut shown = serde_json::json!({});
    if n % 5 == 4 {
        properties["of"] = serde_json::json!({ "type": "array" });
        shown["of"] = serde_json::json!({ "widget": "link", "target": format!("form-{}", n - 1) });
    }
    serde_json::json!({ "schema": { "type": "object", "properties": properties }, "ui": { "fields": shown } })
}

/// 2,000 components with 100,000 sample rows, of which 15 a page travel, beside a plain copy of the same rows in the same
/// database.
#[test]
fn d18_what_a_delivery_costs_beside_a_plain_copy() {
    on_both(|store| {
        let many: Vec<NewComponent> = (0..2000)
            .map(|n| NewComponent {
                sample_rows: 50,
                definition: fields(n),
                ..form(&format!("form-{n}"), "n")
            })
            .collect();
        let sold = sold(store, &many);
        lock(store, Feature::PagesPerApp, None);
        let queued = send_now(store, &sold, ALL).unwrap();
        let start = Instant::now();
        let ended = work(store, &queued.id, 1000);
        let delivered = start.elapsed();
        assert_eq!((ended.status, ended.done), (DeliveryStatus::Succeeded, 2000));
        let instance = ended.instance_id.expect("an instance");
        let (rows, copied) = copy_plainly(store, &instance);
        // A component, its records and an index row a field.
        assert_eq!(rows, 2000 + 2000 * 15 * (1 + 6) + 400 * 15);
        println!(
            "{}: 2,000 components with 30,000 of 100,000 sample rows delivered in {delivered:.0?}, copied by plain SQL in \
             {copied:.0?}: {:.2} times as long",
            match &store.address {
                crate::store::conn::Address::Sqlite(_) => "SQLite",
                crate::store::conn::Address::Postgres(_) => "PostgreSQL",
            },
            delivered.as_secs_f64() / copied.as_secs_f64(),
        );
    });
}

/// Copies everything that an instance has into another one; how many rows, and how long it took.
fn copy_plainly(store: &TestStore, instance: &InstanceId) -> (usize, Duration) {
    let other = format!("{}copy", &instance.as_str()[..instance.as_str().len() - 4]);
    let run = |sql: &str| {
        let copied = store.system(|tx| {
            let query = sql_query(sql).bind::<Text, _>(other.clone()).bind::<Text, _>(instance);
            Ok(query.execute(tx.conn)?)
        });
        copied.expect("a plain copy")
    };
    run(
        "INSERT INTO app_instances (id, organization_id, partner_id, order_id, version_number, name, summary, status, \
         arrived, full_edit_permission, workbench_group, visible_to_all, accepted_at, accepted_by, acceptance_note, \
         accepted_version, created_at, updated_at, version) SELECT $1, organization_id, partner_id, order_id, \
         version_number, name, summary, status, arrived, full_edit_permission, workbench_group, visible_to_all, \
         accepted_at, accepted_by, acceptance_note, accepted_version, created_at, updated_at, version \
         FROM app_instances WHERE id = $2",
    );
    let start = Instant::now();
    let components = run(
        "INSERT INTO instance_components SELECT $1, key, position, kind, name, folder, definition, required_features, state, \
         delivery_id, changed_at, changed_by FROM instance_components WHERE instance_id = $2",
    );
    let records = run(
        "INSERT INTO app_records SELECT 'copy' || substr(id, 5), $1, organization_id, page_key, data, search_text, sample, \
         created_by, created_at, version, updated_at, updated_by, title, link_text FROM app_records WHERE instance_id = $2",
    );
    let values = run(
        "INSERT INTO app_record_values SELECT 'copy' || substr(v.record_id, 5), v.field_key, v.ordinal, $1, v.page_key, \
         v.sort_key, v.whole_text FROM app_records r JOIN app_record_values v ON v.record_id = r.id WHERE r.instance_id = $2",
    );
    (components + records + values, start.elapsed())
}
