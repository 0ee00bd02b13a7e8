//! Sample data as it arrives (D22): found by its values like any other record, and linked among itself; and what an overwrite
//! leaves alone, on both databases.

use std::collections::HashSet;

use appshelf_rules::Form;
use diesel::prelude::*;

use super::pages::{Arrived, form};
use super::*;
use crate::domain::id::RecordId;
use crate::domain::record_index::RecordIndex;
use crate::services::delivery::rollback;
use crate::services::record::index;
use crate::store::page_setting::{self, PageSetting, WHOLE_APPLICATION};
use crate::store::record::AppRecord;
use crate::store::schema::{app_record_values, instance_page_settings, jobs};

/// A form that links to another one, by the places of its rows.
fn linked(key: &str, target: &str) -> NewComponent {
    let mut new = form(key, "name");
    new.definition = serde_json::json!({
        "schema": { "type": "object", "properties": {
            "name": { "type": "string" }, "amount": { "type": "number" }, "of": { "type": "array" }
        } },
        "ui": { "titleField": "name", "fields": { "of": { "widget": "link", "target": target } } }
    });
    new
}

/// Field, ordinal, sort key and whole text of a value.
type StoredValue = (String, i32, String, Option<String>);

/// What is stored of a record's index: title, searched text, titles of links, values.
fn stored(store: &TestStore, row: &AppRecord) -> (String, String, String, Vec<StoredValue>) {
    use app_record_values::dsl;
    let values = store.read_blocking(|conn| {
        let query = app_record_values::table
            .filter(dsl::record_id.eq(&row.id))
            .order((dsl::field_key.asc(), dsl::ordinal.asc()))
            .select((dsl::field_key, dsl::ordinal, dsl::sort_key, dsl::whole_text));
        Ok(query.load(conn)?)
    });
    let (title, text, links) = (row.title.clone(), row.search_text.clone(), row.link_text.clone());
    (title, text, links, values.unwrap())
}

/// Fails where a record of the page is found by anything else than its form says; the records.
fn well_indexed(store: &TestStore, arrived: &Arrived, key: &str) -> Vec<AppRecord> {
    let definition = arrived.component(store, key).expect("a page").definition;
    let form = Form::read(&serde_json::from_str(&definition).unwrap());
    let id = arrived.instance(store).id;
    let rows = store
        .read_blocking(|conn| record::part(conn, &id, key, None, 1000))
        .unwrap();
    for row in &rows {
        let index = RecordIndex::of(&form, &serde_json::from_str(&row.data).unwrap());
        let values = index.values.into_iter();
        let mut values: Vec<_> = values
            .map(|it| (it.field, it.ordinal, it.sort_key, it.whole_text))
            .collect();
        values.sort();
        let wanted = (index.title, index.search_text, index.link_text, values);
        assert_eq!(stored(store, row), wanted, "{}", row.data);
    }
    rows
}

/// Carries out what is queued for the index of records.
fn index_anew(store: &TestStore) {
    let queued: Vec<String> = store
        .read_blocking(|conn| {
            let query = jobs::table.filter(jobs::kind.eq("record.index")).select(jobs::payload);
            Ok(query.load(conn)?)
        })
        .unwrap();
    for payload in queued {
        let payload: Value = serde_json::from_str(&payload).unwrap();
        let id = payload["instanceId"].as_str().unwrap().parse().unwrap();
        for key in payload["pageKeys"].as_array().unwrap().iter().filter_map(Value::as_str) {
            let mut after = None;
            loop {
                after = store.system(|tx| index::step(tx, &id, key, after.as_ref())).unwrap();
                if after.is_none() {
                    break;
                }
            }
        }
    }
}

#[test]
fn d22_sample_rows_arrive_indexed_and_linked_to_each_other() {
    on_both(|store| {
        let parts = [
            linked("order", "customer"),
            form("customer", "one"),
            linked("note", "elsewhere"),
        ];
        let sold = sold(store, &parts);
        let first = send_now(store, &sold, ALL).unwrap().id;
        assert_eq!(work(store, &first, 100).status, DeliveryStatus::Succeeded);
        let arrived = Arrived { sold, first };
        let customers: HashSet<RecordId> = well_indexed(store, &arrived, "customer")
            .into_iter()
            .map(|it| it.id)
            .collect();
        assert_eq!(customers.len(), 15);
        let orders = well_indexed(store, &arrived, "order");
        assert_eq!(orders.len(), 15);
        for order in &orders {
            let data: Value = serde_json::from_str(&order.data).unwrap();
            let link: RecordId = data["of"][0]["record"]
                .as_str()
                .expect("a link to a record")
                .parse()
                .unwrap();
            assert!(
                customers.contains(&link) && data["of"][0]["position"].is_null(),
                "{data}"
            );
            assert!(order.sample && order.version == 1 && order.created_by.is_none());
        }
        // What is not sent along is named, and no record.
        let notes = well_indexed(store, &arrived, "note");
        assert!(
            notes
                .iter()
                .all(|it| it.data.contains("行") && !it.data.contains("record_")),
            "{notes:?}"
        );
        // Rows of forms that come later link to what comes with them alone.
        arrived.publish(
            store,
            "1.1.0",
            &[parts.as_slice(), &[linked("visit", "customer")]].concat(),
        );
        let sent = arrived.send_new(store, None).unwrap();
        assert_eq!(work(store, &sent.id, 100).status, DeliveryStatus::Succeeded);
        let visits = well_indexed(store, &arrived, "visit");
        assert!(visits.len() == 15 && visits.iter().all(|it| !it.data.contains("record_")));
    });
}

#[test]
fn d22_rows_that_were_imported_before_their_values_were_kept_arrive_indexed_too() {
    use crate::store::schema::{application_sample_rows, application_sample_values};
    on_both(|store| {
        let sold = sold(store, &[form("a", "one")]);
        store
            .system(|tx| {
                diesel::delete(application_sample_values::table).execute(tx.conn)?;
                let before = (
                    application_sample_rows::as_is.eq(false),
                    application_sample_rows::search_text.eq(""),
                    application_sample_rows::title.eq(""),
                );
                diesel::update(application_sample_rows::table)
                    .set(before)
                    .execute(tx.conn)?;
                Ok(())
            })
            .unwrap();
        let first = send_now(store, &sold, ALL).unwrap().id;
        assert_eq!(work(store, &first, 100).status, DeliveryStatus::Succeeded);
        let arrived = Arrived { sold, first };
        assert_eq!(well_indexed(store, &arrived, "a").len(), 15);
    });
}

#[test]
fn d22_a_row_that_cannot_be_read_fails_its_form_alone() {
    use crate::store::schema::application_sample_rows::dsl;
    on_both(|store| {
        let sold = sold(store, &[form("a", "one"), form("b", "one")]);
        store
            .system(|tx| {
                let row = dsl::application_sample_rows
                    .filter(dsl::component_key.eq("a"))
                    .filter(dsl::position.eq(3));
                diesel::update(row)
                    .set((dsl::data.eq("{"), dsl::as_is.eq(false)))
                    .execute(tx.conn)?;
                Ok(())
            })
            .unwrap();
        let queued = send_now(store, &sold, ALL).unwrap();
        let ended = work(store, &queued.id, 100);
        assert_eq!(
            (ended.status, ended.done, ended.failed),
            (DeliveryStatus::Partial, 1, 1)
        );
        let id = ended.instance_id.unwrap();
        let counts = record_counts(store, &id);
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("b".to_owned(), 15)]);
    });
}

#[test]
fn d16_records_are_found_by_the_form_that_an_overwrite_or_a_rollback_brought() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        arrived.add_record(store, "a", serde_json::json!({ "one": "客户" }));
        arrived.publish(store, "1.1.0", &[linked("a", "b"), form("b", "one")]);
        let overwrite = arrived.overwrite(store, None).unwrap();
        assert_eq!(work(store, &overwrite.id, 100).status, DeliveryStatus::Succeeded);
        index_anew(store);
        assert_eq!(well_indexed(store, &arrived, "a").len(), 16);
        let back = write(store, &arrived.sold.world.customer, |tx, viewer| {
            rollback::roll_back(tx, viewer, &overwrite.id)
        });
        assert_eq!(work(store, &back.unwrap().id, 100).status, DeliveryStatus::Succeeded);
        index_anew(store);
        assert_eq!(well_indexed(store, &arrived, "a").len(), 16);
    });
}

#[test]
fn d16_overwrite_keeps_page_permission() {
    on_both(|store| {
        let arrived = Arrived::new(store);
        let found = arrived.instance(store);
        let settings = |store: &TestStore| -> Vec<(String, String, String, i32)> {
            store
                .read_blocking(|conn| {
                    use instance_page_settings::dsl;
                    let query = instance_page_settings::table.order(dsl::page_key.asc()).select((
                        dsl::page_key,
                        dsl::permission,
                        dsl::process_design,
                        dsl::version,
                    ));
                    Ok(query.load(conn)?)
                })
                .unwrap()
        };
        // App permission, page permission and process design, as the customer decided.
        for (key, permission, design) in [
            (WHOLE_APPLICATION, r#"{"rules":[]}"#, ""),
            ("a", r#"{"rules":[]}"#, r#"{"steps":["主管审批"]}"#),
        ] {
            write(store, &arrived.sold.world.customer, |tx, viewer| {
                let setting = PageSetting {
                    instance_id: found.id.clone(),
                    page_key: key.to_owned(),
                    permission: permission.to_owned(),
                    process_design: design.to_owned(),
                    updated_by: viewer.user_id.clone(),
                    updated_at: tx.now,
                    version: 0,
                };
                page_setting::save(tx, &setting, 0)
            })
            .unwrap();
        }
        let before = settings(store);
        arrived.publish(store, "1.1.0", &[form("a", "two"), form("b", "two"), form("d", "one")]);
        let overwrite = arrived.overwrite(store, None).unwrap();
        assert_eq!(work(store, &overwrite.id, 100).done, 2);
        assert_eq!(settings(store), before);
        let sent = arrived.send_new(store, None).unwrap();
        assert_eq!(work(store, &sent.id, 100).done, 1);
        let back = write(store, &arrived.sold.world.admin, |tx, viewer| {
            rollback::roll_back(tx, viewer, &overwrite.id)
        });
        assert_eq!(work(store, &back.unwrap().id, 100).done, 2);
        assert_eq!(settings(store), before);
        // Removing a page and sending it as a new one keeps what was decided about it as well.
        arrived.remove(store, "a");
        let again = arrived.send_new(store, Some(&["a"])).unwrap();
        assert_eq!(work(store, &again.id, 100).done, 1);
        assert_eq!(settings(store), before);
    });
}
