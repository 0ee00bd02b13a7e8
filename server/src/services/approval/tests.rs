//! By which plans the boxes are read, on both databases: however many reviews there are, a page reads no table from end to end.

use super::*;
use crate::domain::organization::{OrganizationKind, Role};
use crate::services::testing::{organization, person};
use crate::store::page::instant_key;
use crate::store::testing::on_both;
use crate::store::testing::plan::{self, May};

const GROWING: &[&str] = &[
    "distribution_permissions",
    "projects",
    "project_events",
    "amendments",
    "products",
    "product_revisions",
    "delisting_decisions",
    "cool_apps",
    "organizations",
];

#[test]
fn p11_every_box_is_read_by_indexes() {
    on_both(|store| {
        let acme = organization(store, "acme0001", OrganizationKind::Partner);
        let platform = organization(store, "platform1", OrganizationKind::Platform);
        let person = |organization, short: &str, roles: &[Role]| person(store, organization, short, roles);
        let people = [
            person(&acme, "pa", &[Role::PartnerAdmin]),
            person(&acme, "pd", &[Role::PartnerDeveloper]),
            person(&platform, "ir", &[Role::InternalReviewer]),
            person(&platform, "co", &[Role::CategoryOperator]),
            person(&platform, "oo", &[Role::OpenPlatformOperator]),
            person(&platform, "all", &[Role::InternalReviewer, Role::CategoryOperator]),
        ];
        let first = PageRequest::default();
        let next = PageRequest {
            from: Some(instant_key(store.now(), "project_01J00000000000000000000000")),
            ..first.clone()
        };
        let last = PageRequest {
            backwards: true,
            ..first.clone()
        };
        for viewer in &people {
            for which in ApprovalBox::ALL
                .iter()
                .copied()
                .filter(|which| scope(viewer, *which).is_ok())
            {
                for page in [&first, &next, &last] {
                    // PostgreSQL sorts what belongs to a few categories; SQLite names a sort for each part that can have no rows.
                    let bad = plan::offences(store, GROWING, May::Sort, |conn| {
                        list(conn, viewer, which, page).map(drop)
                    });
                    assert!(bad.is_empty(), "{which} of {:?}\n{}", viewer.roles, bad.join("\n"));
                }
            }
        }
    });
}
