//! By which plans products and their queues are read: no list grows slower with what others have.

use crate::domain::id::{ApplicationId, CategoryId, ProductId, ProductRevisionId};
use crate::domain::organization::{OrganizationKind, Role};
use crate::domain::product::ProductTab;
use crate::services::testing::{organization, person};
use crate::services::{product, product_review};
use crate::store::page::PageRequest;
use crate::store::product::ProductFilter;
use crate::store::product_revision;
use crate::store::testing::on_both;
use crate::store::testing::plan::{self, May};

const GROWING: &[&str] = &[
    "products",
    "product_revisions",
    "product_events",
    "product_tasks",
    "notifications",
];

fn pages() -> [PageRequest; 3] {
    let first = PageRequest::default();
    let last = PageRequest {
        backwards: true,
        ..first.clone()
    };
    let next = PageRequest {
        from: Some("product_01J00000000000000000000000".to_owned()),
        ..first.clone()
    };
    [first, last, next]
}

#[test]
fn l6_lists_of_products_and_the_queue_walk_an_index() {
    on_both(|store| {
        let acme = organization(store, "acme0001", OrganizationKind::Partner);
        let platform = organization(store, "platform1", OrganizationKind::Platform);
        let admin = person(store, &acme, "pa", &[Role::PartnerAdmin]);
        let operator = person(store, &platform, "co", &[Role::CategoryOperator]);
        let tabs = std::iter::once(None).chain(ProductTab::ALL.iter().copied().map(Some));
        for tab in tabs {
            for delisting_applied in [false, true] {
                let filter = ProductFilter { tab, delisting_applied };
                for viewer in [&admin, &operator] {
                    for page in pages() {
                        let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                            product::list(conn, viewer, &filter, &page).map(drop)
                        });
                        assert!(bad.is_empty(), "{filter:?}\n{}", bad.join("\n"));
                    }
                }
            }
        }
        let category: CategoryId = "category_01J00000000000000000000000".parse().unwrap();
        for category in [None, Some(&category)] {
            let [first, last, _] = pages();
            for page in [first, last] {
                let bad = plan::offences(store, GROWING, May::Walk, |conn| {
                    product_review::queue(conn, &operator, category, &page).map(drop)
                });
                assert!(bad.is_empty(), "{}", bad.join("\n"));
            }
        }
        let application: ApplicationId = "application_01J00000000000000000000000".parse().unwrap();
        let product: ProductId = "product_01J00000000000000000000000".parse().unwrap();
        let revision: ProductRevisionId = "revision_01J00000000000000000000000".parse().unwrap();
        let bad = plan::offences(store, GROWING, May::Walk, |conn| {
            product::events(conn, &admin, &product, &PageRequest::default())?;
            product_revision::returned(conn, &admin.partner()?, &PageRequest::default()).map(drop)
        });
        assert!(bad.is_empty(), "{}", bad.join("\n"));
        let bad = plan::offences(store, GROWING, May::Sort, |conn| {
            crate::store::product::by_ids(conn, std::slice::from_ref(&product))?;
            crate::store::product::tasks_of(conn, std::slice::from_ref(&product))?;
            crate::store::product::of_applications(conn, std::slice::from_ref(&application))?;
            product_revision::by_ids(conn, std::slice::from_ref(&revision)).map(drop)
        });
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    });
}
