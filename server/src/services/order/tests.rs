//! The order centre on both databases: every sort pages without gaps, words are found however short, no list reads a growing
//! table from end to end, and what was there before an index or a timeline is in it.

use std::cmp::Ordering;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::*;
use crate::domain::component::ComponentKind;
use crate::domain::id::IdSource;
use crate::domain::order::SendStatus;
use crate::domain::project::ProjectStatus;
use crate::domain::search_token::SearchNoun;
use crate::services::testing::{NewComponent, Sale, World, application_of, read, sale, write};
use crate::services::{project as projects, purchase};
use crate::store::project::ProjectFilter;
use crate::store::testing::plan::{self, May};
use crate::store::testing::{TestStore, on_both};
use crate::store::{amendment, delivery, order_event, project, purchase_mismatch, schema, search, settlement};

const NAMES: [&str; 4] = ["云杉零售", "松柏商超", "Acme Retail", "银杏, \"连锁\""];
const APPS: [&str; 3] = ["门店巡检", "审批中心", "CRM"];

fn first_order(store: &TestStore) -> (World, Sale, Order) {
    let world = World::granted(store);
    let application = application_of(
        store,
        &world.admin,
        &[NewComponent::new("form", ComponentKind::FormPage)],
    );
    let sale = sale(store, &world, "一期", &application);
    let order = write(store, &world.customer, |tx, viewer| {
        purchase::buy(tx, viewer, &sale.token, true)
    });
    (world, sale, order.expect("an order"))
}

/// Orders with names that repeat, two at each instant.
fn many(store: &TestStore, like: &Order, count: usize) -> Vec<Order> {
    let ids = IdSource::default();
    let status = [SendStatus::NotSent, SendStatus::Succeeded, SendStatus::Failed];
    let made: Vec<Order> = (0..count)
        .map(|n| {
            let created_at = store.now() + chrono::Duration::minutes(i64::try_from(n / 2).unwrap());
            let (customer_name, application_name) = (NAMES[n % 4].to_owned(), APPS[n % 3].to_owned());
            let number = format!("D20261121-{n:04}");
            Order {
                id: ids.next(created_at.utc()),
                search_text: order::searchable(&[&customer_name, &application_name, &number]),
                number,
                customer_name,
                application_name,
                created_at,
                app_status: status[n % 3],
                page_status: status[n % 2],
                ..like.clone()
            }
        })
        .collect();
    let insert = |tx: &mut Tx<'_>| made.iter().try_for_each(|row| order::insert(tx, row));
    store.system(insert).expect("orders");
    made
}

fn page(size: i64, backwards: bool, from: Option<String>) -> PageRequest {
    PageRequest { size, backwards, from }
}

fn compare(sort: OrderSort, a: &Order, b: &Order) -> Ordering {
    let at = |it: &Order| (it.created_at, it.id.clone());
    let customer = |it: &Order| (it.customer_name.clone(), it.id.clone());
    let application = |it: &Order| (it.application_name.clone(), it.id.clone());
    match sort {
        OrderSort::CreatedAsc => at(a).cmp(&at(b)),
        OrderSort::CreatedDesc => at(b).cmp(&at(a)),
        OrderSort::CustomerAsc => customer(a).cmp(&customer(b)),
        OrderSort::CustomerDesc => customer(b).cmp(&customer(a)),
        OrderSort::ApplicationAsc => application(a).cmp(&application(b)),
        OrderSort::ApplicationDesc => application(b).cmp(&application(a)),
    }
}

#[test]
fn p7_every_sort_pages_both_ways_without_gaps() {
    on_both(|store| {
        let (world, _, first) = first_order(store);
        let mut all = many(store, &first, 30);
        all.push(first);
        for sort in OrderSort::ALL.iter().copied() {
            all.sort_by(|a, b| compare(sort, a, b));
            let expected: Vec<&str> = all.iter().map(|row| row.number.as_str()).collect();
            let key = in_order_key(&world.developer, OrderParty::Partner, sort).unwrap();
            for backwards in [false, true] {
                let (mut told, mut from): (Vec<String>, Option<String>) = (Vec::new(), None);
                loop {
                    let request = page(7, backwards, from);
                    let found = read(store, &world.developer, |conn, viewer| {
                        list(
                            conn,
                            viewer,
                            OrderParty::Partner,
                            &OrderFilter::default(),
                            sort,
                            &request,
                        )
                    });
                    let found = found.unwrap();
                    let numbers = found.rows.iter().map(|row| row.number.clone());
                    let (end, more) = match backwards {
                        true => (found.rows.first(), found.has_previous),
                        false => (found.rows.last(), found.has_next),
                    };
                    from = end.map(&key);
                    match backwards {
                        true => told = numbers.chain(told).collect(),
                        false => told.extend(numbers),
                    }
                    if !more {
                        break;
                    }
                }
                assert_eq!(told, expected, "{sort} backwards: {backwards}");
            }
        }
    });
}

#[test]
fn d20_two_characters_are_enough_to_find_an_order() {
    on_both(|store| {
        let (world, _, first) = first_order(store);
        let all = many(store, &first, 24);
        for (text, search_of) in [
            ("审批", Some(0)),
            ("零售", Some(1)),
            ("杉", Some(1)),
            ("ACME", Some(2)),
            ("巡检", Some(3)),
            ("0007", Some(4)),
            ("杉售", None),
            ("零 售", None),
            ("%", None),
            ("_", None),
        ] {
            let holds = |row: &&Order| row.search_text.contains(&text.to_lowercase());
            let expected = all.iter().chain([&first]).filter(holds).count();
            assert_eq!(expected > 0, search_of.is_some(), "{text}");
            let filter = OrderFilter {
                search: Some(format!(" {text} ")),
                ..OrderFilter::default()
            };
            for (viewer, party) in [
                (&world.admin, OrderParty::Partner),
                (&world.customer, OrderParty::Customer),
                (&world.reviewer, OrderParty::Partner),
            ] {
                let found = read(store, viewer, |conn, viewer| {
                    let rows = list(
                        conn,
                        viewer,
                        party,
                        &filter,
                        OrderSort::CreatedDesc,
                        &page(100, false, None),
                    )?;
                    Ok((rows.rows.len(), count(conn, viewer, party, &filter)?))
                });
                assert_eq!(found.unwrap(), (expected, i64::try_from(expected).unwrap()), "{text}");
            }
            let foreign = read(store, &world.stranger, |conn, viewer| {
                count(conn, viewer, OrderParty::Partner, &filter)
            });
            assert_eq!(foreign.unwrap(), 0, "{text}");
        }
    });
}

/// Puts a word in front of so many objects that nobody names them any more.
fn crowd(store: &TestStore, noun: SearchNoun, scopes: &[&str], word: &str) {
    let crowd =
        |tx: &mut Tx<'_>| (0..1001).try_for_each(|n| search::index(tx, noun, scopes, &format!("other_{n}"), word));
    store.system(crowd).expect("tokens");
}

#[test]
fn p10_no_list_of_orders_projects_or_deliveries_scans_a_growing_table() {
    const GROWING: &[&str] = &[
        "orders",
        "projects",
        "deliveries",
        "order_events",
        "search_tokens",
        "purchase_mismatches",
        "amendments",
        "project_events",
    ];
    on_both(|store| {
        let (world, sale, first) = first_order(store);
        let all = many(store, &first, 12);
        let ids: Vec<OrderId> = all.iter().map(|row| row.id.clone()).collect();
        crowd(
            store,
            SearchNoun::Order,
            &[
                world.admin.organization_id.as_str(),
                world.customer.organization_id.as_str(),
            ],
            "普通",
        );
        crowd(
            store,
            SearchNoun::Project,
            &[world.admin.organization_id.as_str()],
            "普通",
        );
        let empty = OrderFilter::default;
        let searched = |text: &str| OrderFilter {
            search: Some(text.to_owned()),
            ..empty()
        };
        let filters = [
            empty(),
            searched("审批"),
            searched("审"),
            searched("普通"),
            OrderFilter {
                app_status: Some(SendStatus::Failed),
                ..searched("审批")
            },
        ];
        let narrow = [
            OrderFilter {
                app_status: Some(SendStatus::Failed),
                ..empty()
            },
            OrderFilter {
                page_status: Some(SendStatus::Failed),
                ..empty()
            },
            OrderFilter {
                created_from: Some(store.now()),
                created_to: Some(store.now()),
                ..empty()
            },
            OrderFilter {
                project_id: Some(sale.project.clone()),
                ..empty()
            },
        ];
        let parties = [
            (&world.admin, OrderParty::Partner),
            (&world.customer, OrderParty::Customer),
            (&world.reviewer, OrderParty::Partner),
        ];
        for (viewer, party) in parties {
            for sort in OrderSort::ALL.iter().copied() {
                // Narrowed lists keep their index where they are sorted by time, as they are unless people ask otherwise.
                let by_time = matches!(sort, OrderSort::CreatedAsc | OrderSort::CreatedDesc);
                let narrow = narrow.iter().filter(|_| by_time);
                let key = in_order_key(viewer, party, sort).unwrap()(&all[3]);
                for filter in filters.iter().chain(narrow) {
                    for request in [
                        page(20, false, None),
                        page(20, false, Some(key.clone())),
                        page(20, true, None),
                    ] {
                        let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                            list(conn, viewer, party, filter, sort, &request).map(drop)
                        });
                        assert!(bad.is_empty(), "{viewer:?} {sort} {filter:?}\n{}", bad.join("\n"));
                    }
                }
            }
        }
        let statuses = std::iter::once(None).chain(ProjectStatus::ALL.iter().copied().map(Some));
        for status in statuses {
            for search in [None, Some("一期"), Some("期"), Some("普通")] {
                for viewer in [&world.admin, &world.reviewer] {
                    let filter = ProjectFilter {
                        status,
                        search: search.map(str::to_owned),
                        ..ProjectFilter::default()
                    };
                    let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                        projects::list(conn, viewer, &filter, &page(20, false, None)).map(drop)
                    });
                    assert!(bad.is_empty(), "{filter:?}\n{}", bad.join("\n"));
                }
            }
        }
        let reviewer = world.reviewer.reviewer().unwrap();
        for status in [None, Some(crate::domain::amendment::AmendmentStatus::InReview)] {
            let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                amendment::list(conn, &reviewer, status, &page(20, false, None)).map(drop)
            });
            assert!(bad.is_empty(), "{status:?}\n{}", bad.join("\n"));
        }
        let timeline = plan::offences(store, GROWING, May::Walk, |conn| {
            order_event::list(conn, &first, &page(20, false, None)).map(drop)
        });
        assert!(timeline.is_empty(), "{}", timeline.join("\n"));
        let of = [sale.project.clone()];
        let relations = plan::offences(store, GROWING, May::Sort, |conn| {
            delivery::of_orders(conn, &ids)?;
            delivery::active_of(conn, first.id.as_str())?;
            order::of_ids(conn, &ids)?;
            order::of_projects(conn, &of)?;
            project::events(conn, &of)?;
            project::order_counts(conn, &of)?;
            amendment::of_projects(conn, &of)?;
            amendment::open_numbers(conn, &of)?;
            purchase_mismatch::of_projects(conn, &of, 100)?;
            settlement::warnings(conn, &of).map(drop)
        });
        assert!(relations.is_empty(), "{}", relations.join("\n"));
    });
}

/// Takes a migration back and makes it again, over what is there now.
fn again(store: &TestStore, [sqlite, postgres]: [[&str; 2]; 2]) {
    let run = |tx: &mut Tx<'_>| {
        let [down, up] = match tx.conn {
            crate::store::conn::Conn::Sqlite(_) => sqlite,
            crate::store::conn::Conn::Postgres(_) => postgres,
        };
        tx.conn.batch_execute(down)?;
        Ok(tx.conn.batch_execute(up)?)
    };
    store.system(run).expect("a migration");
}

macro_rules! migration {
    ($name:literal) => {
        [
            [
                include_str!(concat!("../../../../migrations/sqlite/", $name, "/down.sql")),
                include_str!(concat!("../../../../migrations/sqlite/", $name, "/up.sql")),
            ],
            [
                include_str!(concat!("../../../../migrations/postgres/", $name, "/down.sql")),
                include_str!(concat!("../../../../migrations/postgres/", $name, "/up.sql")),
            ],
        ]
    };
}

#[test]
fn what_was_there_before_the_search_is_found_by_it() {
    on_both(|store| {
        let (_, _, first) = first_order(store);
        many(store, &first, 8);
        let tokens = |store: &TestStore| -> Vec<(String, String, String, String)> {
            use schema::search_tokens::dsl::*;
            let all = search_tokens.order((noun, scope, token, object_id));
            store.read_blocking(|conn| Ok(all.load(conn)?)).unwrap()
        };
        let before = tokens(store);
        again(store, migration!("0016_order_centre"));
        assert_eq!(tokens(store), before);
    });
}

#[test]
fn d20_what_happened_before_the_timeline_stands_in_it() {
    on_both(|store| {
        let (_, _, first) = first_order(store);
        let steps = |store: &TestStore| {
            let found = store.read_blocking(|conn| order_event::list(conn, &first, &page(20, false, None)));
            let rows = found.unwrap().rows;
            rows.into_iter()
                .map(|it| (it.at, it.kind, it.user_id, it.organization_id))
                .collect::<Vec<_>>()
        };
        let before = steps(store);
        assert_eq!(before.len(), 1);
        again(store, migration!("0011_order_events"));
        assert_eq!(steps(store), before);
    });
}
