//! The marketplace's index on both databases: it says what the listed products say, in the transaction in which they change, and no
//! search reads a growing table from end to end.

use std::collections::BTreeSet;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::*;
use crate::domain::application::{ApplicationOrigin, VersionStatus};
use crate::domain::id::CategoryId;
use crate::domain::market::token::normalised;
use crate::domain::organization::Role;
use crate::domain::product::{ProductStatus, RevisionStatus};
use crate::domain::product_content::{Audience, ChargeForm, Industry, PromotionMode};
use crate::services::product as products;
use crate::services::testing::{World, application, organization as made, person, write};
use crate::store::category::{self, Category};
use crate::store::product::{self, Product};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::testing::plan::{self, May};
use crate::store::testing::{TestStore, on_both};
use crate::store::{Tx, market};

/// A partner and a category.
struct Stall {
    world: World,
    category: CategoryId,
}

fn stall(store: &TestStore) -> Stall {
    let world = World::new(store);
    let platform = made(
        store,
        "dingplatform2",
        crate::domain::organization::OrganizationKind::Platform,
    );
    let superadmin = person(store, &platform, "sa", &[Role::Superadmin]);
    let scope = superadmin.superadmin().unwrap();
    let row = store.system(|tx| {
        let row = Category {
            id: tx.id(),
            name_zh: "协同".to_owned(),
            name_en: "Collaboration".to_owned(),
            four_eyes: false,
            retired: false,
            created_at: tx.now,
            version: 1,
        };
        category::insert(tx, &scope, &row)?;
        Ok(row.id)
    });
    let category = row.unwrap();
    Stall { world, category }
}

impl Stall {
    fn content(&self, name: &str, summary: &str) -> ProductContent {
        ProductContent {
            name: name.to_owned(),
            summary: summary.to_owned(),
            category_id: Some(self.category.clone()),
            charge_form: Some(ChargeForm::Free),
            promotion_mode: Some(PromotionMode::Marketplace),
            ..ProductContent::default()
        }
    }

    /// A listed product that says this.
    fn list(&self, store: &TestStore, content: &ProductContent) -> Product {
        let admin = &self.world.admin;
        let application = application(store, admin, ApplicationOrigin::Own, VersionStatus::Published);
        let listed = write(store, admin, |tx, viewer| {
            let made = products::create(tx, viewer, &application)?;
            say(tx, &made, content, ProductStatus::Listed)
        });
        listed.expect("a listed product")
    }
}

/// Has a product say something else, standing so.
fn say(tx: &mut Tx<'_>, before: &Product, content: &ProductContent, status: ProductStatus) -> Result<Product> {
    let id = before
        .open_revision_id
        .as_ref()
        .or(before.approved_revision_id.as_ref());
    let revision = product_revision::get(tx.conn, id.expect("a revision"))?;
    let approved = ProductRevision {
        status: RevisionStatus::Approved,
        content: serde_json::to_string(content)?,
        ..revision.clone()
    };
    let approved = product_revision::update(tx, &revision, approved)?;
    let after = Product {
        status,
        name: content.title(),
        category_id: content.category_id.clone(),
        charge_form: content.charge_form,
        promotion_mode: content.promotion_mode,
        approved_revision_id: Some(approved.id),
        open_revision_id: None,
        listed_at: before.listed_at.or(Some(tx.now)),
        ..before.clone()
    };
    let after = product::update(tx, before, after)?;
    market::follow(tx, &after)?;
    Ok(after)
}

fn stand(store: &TestStore, before: &Product, status: ProductStatus) -> Product {
    let moved = store.system(|tx| {
        let content = product_revision::get(tx.conn, before.approved_revision_id.as_ref().unwrap())?.parsed()?;
        say(tx, before, &content, status)
    });
    moved.unwrap()
}

fn searched(text: &str) -> MarketFilter {
    MarketFilter {
        search: text.to_owned(),
        ..MarketFilter::default()
    }
}

fn page(size: i64, backwards: bool, from: Option<String>) -> PageRequest {
    PageRequest { size, backwards, from }
}

fn found(store: &TestStore, filter: &MarketFilter, sort: MarketSort, request: PageRequest) -> MarketPage {
    let found = store.read_blocking(|conn| search(conn, None, filter.clone(), sort, request, true));
    found.unwrap().0
}

/// The names of everything that is found, and that the total is theirs.
fn names(store: &TestStore, text: &str) -> Vec<String> {
    let found = found(store, &searched(text), MarketSort::Relevance, page(100, false, None));
    assert_eq!(found.total, found.page.rows.len());
    found.page.rows.into_iter().map(|(_, entry)| entry.name).collect()
}

#[test]
fn l11_two_characters_find_every_product_that_contains_them_as_products_come_change_and_go() {
    on_both(|store| {
        let stall = stall(store);
        let mut random = StdRng::seed_from_u64(7);
        let characters: Vec<char> = "审批流程客户管理，CRM 1\n".chars().collect();
        let mut some = |most: usize| -> String {
            let length = random.random_range(2..most);
            (0..length)
                .map(|_| characters[random.random_range(0..characters.len())])
                .collect()
        };
        let mut content = |n: usize| ProductContent {
            name: format!("{}{n}", some(8)),
            tags: vec![some(5), some(5)],
            description: format!("**{}** {}", some(30), some(9)),
            ..stall.content("", &some(20))
        };
        let mut all: Vec<(Product, ProductContent, bool)> = Vec::new();
        for n in 0..12 {
            let content = content(n);
            all.push((stall.list(store, &content), content, true));
        }
        for (n, it) in all.iter_mut().enumerate().take(6) {
            let (after, status, shown) = match n % 3 {
                0 => (content(n + 20), ProductStatus::Listed, true),
                1 => (it.1.clone(), ProductStatus::Hidden, false),
                _ => (content(n + 20), ProductStatus::Delisted, false),
            };
            let product = store.system(|tx| say(tx, &it.0, &after, status)).unwrap();
            *it = (product, after, shown);
        }
        let shown_again = stand(store, &all[1].0, ProductStatus::Listed);
        all[1].0 = shown_again;
        all[1].2 = true;
        let contains = |content: &ProductContent, word: &str| {
            let plain = crate::domain::markdown::plain_text(&content.description, 1_000);
            let texts = content.tags.iter().chain([&content.name, &content.summary, &plain]);
            texts.into_iter().any(|text| normalised(text).contains(word))
        };
        for one in "审批流程客户管理".chars() {
            for other in "审批流程客户管理".chars() {
                let word = format!("{one}{other}");
                let expected = all
                    .iter()
                    .filter(|(_, content, shown)| *shown && contains(content, &word));
                let expected: BTreeSet<String> = expected.map(|(_, content, _)| content.title()).collect();
                let told: BTreeSet<String> = names(store, &word).into_iter().collect();
                assert_eq!(told, expected, "{word}");
            }
        }
        assert_eq!(names(store, "dingpartner").len(), 9, "the partner's name is searched");
        assert_eq!(names(store, "").len(), 9);
        let left: i64 = store
            .read_blocking(|conn| {
                use diesel::prelude::*;
                Ok(crate::store::schema::market_places::table.count().get_result(conn)?)
            })
            .unwrap();
        assert_eq!(
            left, 12,
            "hidden and delisted products keep their place and their installs"
        );
    });
}

#[test]
fn l11_a_cursor_goes_on_where_it_was_while_products_come_and_go() {
    on_both(|store| {
        let stall = stall(store);
        let all: Vec<Product> = (0..20)
            .map(|n| stall.list(store, &stall.content(&format!("审批 {n}"), "流程审批管理")))
            .collect();
        for (at, product) in all.iter().enumerate() {
            for _ in 0..at % 3 {
                store.system(|tx| market::count_install(tx, &product.id)).unwrap();
            }
        }
        for sort in MarketSort::ALL.iter().copied() {
            let told = |found: &MarketPage| -> Vec<String> {
                let rows = found.page.rows.iter();
                rows.map(|(_, entry)| entry.name.clone()).collect()
            };
            let names = told(&found(store, &searched("审批"), sort, page(100, false, None)));
            assert_eq!(names.len(), 20);
            let first = found(store, &searched("审批"), sort, page(7, false, None));
            assert!(first.page.has_next && !first.page.has_previous);
            let end = first.page.rows[6].0.clone();
            // One that was shown goes, and so does one that comes later.
            let gone = [names[2].clone(), names[9].clone()];
            let stays = |name: &&String| !gone.contains(name);
            move_all(store, &all, &gone, ProductStatus::Hidden);
            let second = found(store, &searched("审批"), sort, page(7, false, Some(end)));
            let expected: Vec<String> = names[7..].iter().filter(stays).take(7).cloned().collect();
            assert_eq!(told(&second), expected, "{sort}");
            let start = second.page.rows[0].0.clone();
            let back = found(store, &searched("审批"), sort, page(7, true, Some(start)));
            let expected: Vec<String> = names[..7].iter().filter(stays).cloned().collect();
            assert_eq!(told(&back), expected, "{sort}");
            move_all(store, &all, &gone, ProductStatus::Listed);
            let again = found(store, &searched("审批"), sort, page(100, false, None));
            assert_eq!(told(&again), names, "what is shown again stands where it stood");
        }
        let refused = store.read_blocking(|conn| {
            let request = page(7, false, Some("NEWEST|1".to_owned()));
            search(conn, None, searched("审批"), MarketSort::Relevance, request, false)
        });
        assert!(refused.is_err(), "a cursor belongs to its sort");
    });
}

/// Has the products of these names stand so.
fn move_all(store: &TestStore, all: &[Product], names: &[String], status: ProductStatus) {
    let ids = all.iter().filter(|it| names.contains(&it.name)).map(|it| it.id.clone());
    let ids: Vec<ProductId> = ids.collect();
    for product in store.read_blocking(|conn| product::by_ids(conn, &ids)).unwrap() {
        stand(store, &product, status);
    }
}

#[test]
fn l11_filters_facets_and_the_audience_count_exactly() {
    on_both(|store| {
        let stall = stall(store);
        for n in 0..9 {
            let content = ProductContent {
                charge_form: Some(if n % 2 == 0 { ChargeForm::Free } else { ChargeForm::Paid }),
                tags: vec![if n % 3 == 0 { "Ｃrm" } else { "审批" }.to_owned()],
                audience: Audience {
                    industries: if n < 4 { vec![Industry::Retail] } else { Vec::new() },
                    ..Audience::default()
                },
                ..stall.content(&format!("产品 {n}"), "一个产品")
            };
            stall.list(store, &content);
        }
        let filter = MarketFilter {
            tag: Some("CRM".to_owned()),
            industry: Some(Industry::Retail),
            category: Some(stall.category.clone()),
            ..searched("产品")
        };
        let told = found(store, &filter, MarketSort::Newest, page(10, false, None));
        let names: Vec<&str> = told.page.rows.iter().map(|(_, entry)| entry.name.as_str()).collect();
        assert_eq!(names, ["产品 6", "产品 3", "产品 0"]);
        let facets = told.facets.unwrap();
        assert_eq!(facets.charge_forms, [(ChargeForm::Free, 2), (ChargeForm::Paid, 1)]);
        assert_eq!(facets.categories, [(stall.category.clone(), 3)]);
        assert_eq!(facets.tags, [("审批".to_owned(), 6), ("Ｃrm".to_owned(), 3)]);
        let retail = facets.industries.iter().find(|(it, _)| *it == Industry::Retail);
        assert_eq!(retail, Some(&(Industry::Retail, 3)));
        let finance = facets.industries.iter().find(|(it, _)| *it == Industry::Finance);
        assert_eq!(
            finance,
            Some(&(Industry::Finance, 1)),
            "products for everybody are for finance too"
        );
        let unknown = MarketFilter {
            category: Some(store.system(|tx| Ok(tx.id())).unwrap()),
            ..MarketFilter::default()
        };
        assert_eq!(
            found(store, &unknown, MarketSort::Newest, page(10, false, None)).total,
            0
        );

        let customer = &stall.world.customer;
        let total = |store: &TestStore| {
            let read = store.read_blocking(|conn| {
                search(
                    conn,
                    Some(customer),
                    MarketFilter::default(),
                    MarketSort::Relevance,
                    page(10, false, None),
                    false,
                )
            });
            read.unwrap().0.total
        };
        assert_eq!(total(store), 9, "who has not said sees everything");
        let profile = |industry| {
            let set = write(store, customer, move |tx, viewer| {
                crate::services::organization::set_profile(tx, viewer, industry, None)
            });
            set.unwrap();
        };
        profile(Some(Industry::Finance));
        assert_eq!(total(store), 5);
        profile(Some(Industry::Retail));
        assert_eq!(total(store), 9);
    });
}

#[test]
fn l11_products_that_are_listed_at_the_same_time_are_all_found() {
    on_both(|store| {
        let stall = stall(store);
        let ready: Vec<(Product, ProductContent)> = (0..12)
            .map(|n| {
                let content = stall.content(&format!("同时 {n}"), "同时上架的审批");
                let listed = stall.list(store, &content);
                (stand(store, &listed, ProductStatus::Hidden), content)
            })
            .collect();
        assert_eq!(names(store, "同时"), [] as [&str; 0]);
        std::thread::scope(|scope| {
            for part in ready.chunks(3) {
                scope.spawn(move || {
                    for (product, content) in part {
                        let shown = store.system(|tx| say(tx, product, content, ProductStatus::Listed));
                        shown.expect("collisions are run again");
                    }
                });
            }
        });
        assert_eq!(names(store, "同时").len(), 12);
        assert_eq!(names(store, "审批").len(), 12);
    });
}

#[test]
fn p10_no_search_of_the_marketplace_scans_a_growing_table_or_sorts_rows() {
    const GROWING: &[&str] = &[
        "market_entries",
        "market_places",
        "market_postings",
        "market_cells",
        "market_tags",
        "products",
        "product_revisions",
    ];
    on_both(|store| {
        let stall = stall(store);
        let listed = stall.list(store, &stall.content("审批", "流程审批 inventory"));
        for text in ["", "审批", "审", "审批流程", "inventory crm", "审批 inventory"] {
            for sort in MarketSort::ALL.iter().copied() {
                for backwards in [false, true] {
                    let filter = MarketFilter {
                        tag: Some("crm".to_owned()),
                        category: Some(stall.category.clone()),
                        ..searched(text)
                    };
                    for filter in [searched(text), filter] {
                        let request = page(20, backwards, None);
                        let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                            search(conn, Some(&stall.world.customer), filter.clone(), sort, request, true).map(drop)
                        });
                        assert!(bad.is_empty(), "{text} {sort}\n{}", bad.join("\n"));
                    }
                }
            }
        }
        let used = plan::offences(store, GROWING, May::Walk, |conn| {
            crate::store::market_index::most_used_tags(conn, 40)?;
            find(conn, None, &listed.id).map(drop)
        });
        assert!(used.is_empty(), "{}", used.join("\n"));
        let statements = plan::Statements::default();
        let content = stall.content("审批管家", "流程");
        let changed = store.system(|tx| {
            statements.listen(tx.conn);
            let done = say(tx, &listed, &content, ProductStatus::Listed).map(drop);
            plan::Statements::stop(tx.conn);
            done
        });
        changed.unwrap();
        plan::assert_no_scan(store, &statements, &["market_categories"]);
    });
}
