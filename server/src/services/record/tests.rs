//! Records and what hangs on them on both databases: no list reads a growing table from end to end, however it is narrowed,
//! sorted and paged, and whoever reads it.

use std::collections::HashMap;

use appshelf_rules::Form;
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use super::*;
use crate::domain::component::ComponentKind;
use crate::domain::id::FileId;
use crate::domain::job::{JobKind, Lane};
use crate::domain::organization::Role;
use crate::domain::page_permission::{Audience, Grant, PagePermission, RecordReach};
use crate::domain::record_filter::{Condition, RecordQuery, RecordTest, SortDirection};
use crate::domain::record_index::RecordIndex;
use crate::services::page_setting::{SettingOf, set_permission};
use crate::services::testing::{NewComponent, World, arrived, person, read, write};
use crate::store::instance::{self, AppInstance, InstanceFilter};
use crate::store::record_list::LinkNames;
use crate::store::testing::plan::{self, May};
use crate::store::testing::{TestStore, on_both};
use crate::store::{job, record_change, record_list, seat};

const GROWING: &[&str] = &[
    "app_instances",
    "instance_components",
    "instance_page_settings",
    "instance_acceptances",
    "instance_acceptance_ticks",
    "app_records",
    "app_record_values",
    "app_record_changes",
    "app_record_drafts",
    "record_files",
    "instance_seats",
    "order_seats",
    "link_seats",
];

fn definition() -> Value {
    json!({
        "schema": { "type": "object", "properties": {
            "name": { "type": "string" }, "n": { "type": "integer" }, "on": { "type": "string", "format": "date" },
            "tags": { "type": "array", "items": { "type": "string", "enum": ["a", "b"] } },
            "to": { "type": "array", "items": { "type": "object" } }
        } },
        "ui": { "order": ["name", "n", "on", "tags", "to"], "titleField": "name", "fields": {
            "name": { "widget": "text", "label": "名称" }, "n": { "widget": "number", "label": "数量" },
            "on": { "widget": "date", "label": "日期" }, "tags": { "widget": "multiSelect", "label": "标签" },
            "to": { "widget": "link", "label": "关联", "target": "form" }
        } }
    })
}

/// An application with one form and some records.
fn forms(store: &TestStore) -> (World, AppInstance, Vec<RecordId>) {
    let world = World::granted(store);
    let mut form = NewComponent::new("form", ComponentKind::FormPage);
    form.definition = definition();
    let instance = arrived(store, &world, &[form]);
    let made: Vec<RecordId> = (0..6)
        .map(|n| {
            let data = json!({ "name": format!("记录{n}"), "n": n % 3, "on": "2026-11-21", "tags": ["a"] });
            let made = write(store, &world.customer, |tx, viewer| {
                submit(tx, viewer, &instance.id, "form", &data)
            });
            made.expect("a record").row.id
        })
        .collect();
    (world, instance, made)
}

fn access(store: &TestStore, viewer: &Viewer, instance: &AppInstance) -> Arc<Access> {
    let found = read(store, viewer, |conn, viewer| {
        page_access::get(conn, &viewer.instance_user()?, &instance.id, "form")
    });
    Arc::new(found.expect("the page"))
}

fn condition(field: &str, test: RecordTest, values: &[&str]) -> Condition {
    Condition {
        field: field.to_owned(),
        test,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn queries() -> Vec<RecordQuery> {
    let conditions = [
        Vec::new(),
        vec![condition("name", RecordTest::Equals, &["记录1"])],
        vec![condition("name", RecordTest::Contains, &["记"])],
        vec![condition("n", RecordTest::Greater, &["1"])],
        vec![condition("on", RecordTest::Before, &["2026-12-01"])],
        vec![condition("tags", RecordTest::AnyOf, &["a", "b"])],
        vec![condition("to", RecordTest::Empty, &[])],
        vec![condition("to", RecordTest::Contains, &["记"])],
        vec![condition("to", RecordTest::Differs, &["记录1"])],
        vec![
            condition("n", RecordTest::Equals, &["1"]),
            condition("name", RecordTest::Differs, &["x"]),
        ],
    ];
    let sorts = [
        None,
        Some(("name".to_owned(), SortDirection::Ascending)),
        Some(("n".to_owned(), SortDirection::Descending)),
    ];
    let mut all = Vec::new();
    for conditions in conditions {
        for sort in &sorts {
            for search in [None, Some("记录".to_owned())] {
                all.push(RecordQuery {
                    search,
                    sort: sort.clone(),
                    conditions: conditions.clone(),
                });
            }
        }
    }
    all
}

fn reach_own(store: &TestStore, world: &World, instance: &AppInstance) {
    let of = SettingOf {
        instance_id: instance.id.clone(),
        page_key: Some("form".to_owned()),
    };
    let own = PagePermission {
        grants: vec![Grant {
            audience: Audience {
                everyone: true,
                ..Audience::default()
            },
            add: true,
            read: RecordReach::Own,
            edit: RecordReach::Own,
            delete: RecordReach::Own,
        }],
    };
    let set = write(store, &world.customer, |tx, viewer| {
        set_permission(tx, viewer, &of, 0, Some(&own)).map(drop)
    });
    set.expect("a permission");
}

#[test]
fn p10_no_list_of_records_scans_a_growing_table() {
    on_both(|store| {
        let (world, instance, made) = forms(store);
        reach_own(store, &world, &instance);
        let form = Form::read(&definition());
        let all = access(store, &world.customer, &instance);
        let mut own = (*all).clone();
        own.rights = PagePermission::default().rights_of(&own.person);
        own.rights.read = RecordReach::Own;
        let own = Arc::new(own);
        for query in queries() {
            let filter = query.parse(&form).expect("a query");
            for access in [&all, &own] {
                let names = LinkNames {
                    searched: true,
                    readable: HashMap::from([("form".to_owned(), access.readable())]),
                };
                let first = PageRequest {
                    size: 2,
                    ..PageRequest::default()
                };
                let found = read(store, &world.customer, |conn, _| {
                    record_list::list(conn, access, &filter, &names, &first)
                });
                let next = found.expect("a list").rows.last().map(|row| row.key.clone());
                let pages = [
                    first.clone(),
                    PageRequest {
                        from: next
                            .or_else(|| Some(made[3].to_string()))
                            .filter(|_| query.sort.is_none()),
                        ..first.clone()
                    },
                    PageRequest {
                        backwards: true,
                        ..first.clone()
                    },
                ];
                for page in &pages {
                    let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                        record_list::list(conn, access, &filter, &names, page).map(drop)
                    });
                    assert!(bad.is_empty(), "{query:?} {page:?}\n{}", bad.join("\n"));
                }
                let bad = plan::offences(store, GROWING, May::Sort, |conn| {
                    record_list::count(conn, access, &filter, &names).map(drop)
                });
                assert!(bad.is_empty(), "{query:?}\n{}", bad.join("\n"));
            }
        }
    });
}

#[test]
fn p10_nothing_around_records_scans_a_growing_table() {
    on_both(|store| {
        let (world, found, made) = forms(store);
        let employee = person(
            store,
            &world.customer.organization_id,
            "zhao",
            &[Role::CustomerEmployee],
        );
        let all = access(store, &world.customer, &found);
        let titles = ["记录1", "记录2"];
        let files: Vec<FileId> = store.system(|tx| Ok(vec![tx.id(), tx.id()])).expect("ids");
        let walks = plan::offences(store, GROWING, May::Walk, |conn| {
            for viewer in [&world.customer, &employee] {
                let scope = viewer.instance_user()?;
                for page in [
                    PageRequest::default(),
                    PageRequest {
                        backwards: true,
                        ..PageRequest::default()
                    },
                ] {
                    instance::list(conn, &scope, &InstanceFilter::default(), &page)?;
                }
            }
            record_change::list(conn, &made[0], &PageRequest::default())?;
            seat::list(conn, &found.id, &PageRequest::default())?;
            record::part(conn, &found.id, "form", Some(&made[0]), 100).map(drop)
        });
        assert!(walks.is_empty(), "{}", walks.join("\n"));
        let relations = plan::offences(store, GROWING, May::Sort, |conn| {
            let scope = world.customer.instance_user()?;
            page_access::pages(conn, &scope, std::slice::from_ref(&found))?;
            page_access::within(conn, &scope, found.clone(), "form")?;
            acceptance::of_instances(conn, std::slice::from_ref(&found.id))?;
            acceptance::checklist(conn, &found)?;
            record::sample_counts(conn, std::slice::from_ref(&found.id))?;
            seat::of_orders(conn, found.order_id.as_slice())?;
            seat::taken(conn, &found.id)?;
            record::linked(conn, &found, &made)?;
            let ids = std::slice::from_ref(&found.id);
            record::counts(conn, ids, None)?;
            record::counts(conn, ids, Some(&employee.user_id))?;
            record_draft::of_instances(conn, &employee.user_id, ids)?;
            seat::taken_of(conn, ids)?;
            seat::held(conn, ids, &employee.user_id)?;
            record_list::with_titles(conn, &all, &titles)?;
            record::each_holding(conn, &all, &["gone"], |_| {})?;
            record_file::find_in(conn, &all, &files[0])?;
            record_file::usable(conn, &all, Some(&made[0]), &files)?;
            record_draft::find(conn, &all, None).map(drop)
        });
        assert!(relations.is_empty(), "{}", relations.join("\n"));
    });
}

#[test]
fn the_index_of_a_record_is_that_of_the_form_that_holds_when_it_is_written() {
    on_both(|store| {
        let (_, found, made) = forms(store);
        let mut changed = definition();
        changed["ui"]["titleField"] = json!("on");
        let edited = store.system(|tx| {
            let mut page = instance::component(tx.conn, &found, "form")?.expect("the page");
            page.definition = changed.to_string();
            instance::update_component(tx, &page)?;
            index::step(tx, &found.id, "form", None)
        });
        assert_eq!(edited.expect("a step").as_ref(), made.last());
        let row = store.read_blocking(|conn| record::part(conn, &found.id, "form", None, 1));
        let row = row.expect("a read").remove(0);
        let data: Value = serde_json::from_str(&row.data).expect("JSON");
        assert_eq!(row.title, RecordIndex::of(&Form::read(&changed), &data).title);
        assert_eq!(row.title, "2026-11-21");
    });
}

#[test]
fn d30_records_that_were_called_by_links_are_called_anew_by_jobs_of_the_migration() {
    on_both(|store| {
        let (world, found, made) = forms(store);
        let mut plain = NewComponent::new("plain", ComponentKind::FormPage);
        plain.definition = json!({
            "schema": { "type": "object", "properties": { "name": { "type": "string" } } },
            "ui": { "fields": { "name": { "widget": "text", "label": "名称" } } }
        });
        let other = arrived(store, &world, &[plain]);
        let data = json!({ "name": "x" });
        let added = write(store, &world.customer, |tx, viewer| {
            submit(tx, viewer, &other.id, "plain", &data)
        });
        added.expect("a record");
        let leased = store.system(|tx| {
            let up = match tx.conn {
                Conn::Sqlite(_) => include_str!("../../../../migrations/sqlite/0033_titles_of_their_own/up.sql"),
                Conn::Postgres(_) => include_str!("../../../../migrations/postgres/0033_titles_of_their_own/up.sql"),
            };
            tx.conn.batch_execute(up)?;
            let first = job::lease(tx, Lane::Others, "one", chrono::Duration::seconds(6))?;
            let second = job::lease(tx, Lane::Others, "two", chrono::Duration::seconds(6))?;
            let other = second.is_none_or(|job| job.kind != JobKind::RecordIndex.as_str());
            assert!(other, "a form without links is left alone");
            Ok(first)
        });
        let leased = leased.expect("the migration runs").expect("a job");
        let payload: Value = serde_json::from_str(&leased.payload).expect("JSON");
        assert_eq!(payload, json!({ "instanceId": found.id, "pageKey": "form" }));
        let last = store.system(|tx| index::step(tx, &found.id, "form", None));
        assert_eq!(last.expect("a step").as_ref(), made.last());
    });
}

#[test]
fn records_that_were_there_are_called_anew_by_jobs_of_the_migration() {
    on_both(|store| {
        let (_, found, made) = forms(store);
        let leased = store.system(|tx| {
            let up = match tx.conn {
                Conn::Sqlite(_) => include_str!("../../../../migrations/sqlite/0032_readable_titles/up.sql"),
                Conn::Postgres(_) => include_str!("../../../../migrations/postgres/0032_readable_titles/up.sql"),
            };
            tx.conn.batch_execute(up)?;
            job::lease(tx, Lane::Others, "token", chrono::Duration::seconds(6))
        });
        let leased = leased.expect("the migration runs").expect("a job");
        assert_eq!(leased.kind, JobKind::RecordIndex.as_str());
        let payload: Value = serde_json::from_str(&leased.payload).expect("JSON");
        assert_eq!(payload, json!({ "instanceId": found.id, "pageKey": "form" }));
        let last = store.system(|tx| index::step(tx, &found.id, "form", None));
        assert_eq!(last.expect("a step").as_ref(), made.last());
    });
}
