//! Who may see, publish and describe, and that publishing is final.

use super::*;
use crate::domain::application::ApplicationOrigin;
use crate::services::testing::{World, application, code, paths, read, write};
use crate::store::testing::{TestStore, on_both};

fn versions(store: &TestStore, id: &ApplicationId) -> Vec<ApplicationVersion> {
    let ids = std::slice::from_ref(id);
    store
        .read_blocking(|conn| application_version::of_applications(conn, ids))
        .expect("versions can be read")
}

#[test]
fn l4_a_version_is_published_once_by_admin_or_developer() {
    on_both(|store| {
        let world = World::new(store);
        let id = application(store, &world.admin, ApplicationOrigin::Own, VersionStatus::Unpublished);
        let version = versions(store, &id).remove(0);
        let publish = |viewer: &Viewer| write(store, viewer, |tx, viewer| publish_version(tx, viewer, &version.id));
        assert_eq!(code(publish(&world.customer)), "NO_PERMISSION");
        assert_eq!(code(publish(&world.reviewer)), "NO_PERMISSION");
        assert_eq!(code(publish(&world.stranger)), "NOT_FOUND");
        let published = publish(&world.developer).expect("a developer publishes");
        assert_eq!(published.status, VersionStatus::Published);
        assert!(published.published_at.is_some());
        assert_eq!(code(publish(&world.admin)), "INVALID_STATE");
        let sold = store.read_blocking(|conn| application_version::published(conn, &id));
        assert_eq!(sold.unwrap().map(|version| version.id), Some(version.id.clone()));
    });
}

#[test]
fn l4_the_description_of_a_published_version_may_still_be_edited() {
    on_both(|store| {
        let world = World::new(store);
        let id = application(store, &world.admin, ApplicationOrigin::Own, VersionStatus::Published);
        let version = versions(store, &id).remove(0);
        let describe = |viewer: &Viewer, text: &str| {
            write(store, viewer, |tx, viewer| {
                describe_version(tx, viewer, &version.id, text)
            })
        };
        assert_eq!(code(describe(&world.stranger, "新")), "NOT_FOUND");
        let long = "长".repeat(MAX_DESCRIPTION + 1);
        assert_eq!(paths(describe(&world.admin, &long)), ["description"]);
        let after = describe(&world.admin, " 新增盘点\r\n").expect("an admin describes");
        assert_eq!(
            (after.description.as_str(), after.status),
            ("新增盘点", VersionStatus::Published)
        );
        assert_eq!(versions(store, &id)[0].description, "新增盘点");
    });
}

#[test]
fn p6_an_application_exists_for_its_own_partner_alone() {
    on_both(|store| {
        let world = World::new(store);
        let id = application(store, &world.admin, ApplicationOrigin::Own, VersionStatus::Published);
        let found = |viewer: &Viewer| read(store, viewer, |conn, viewer| get(conn, viewer, &id)).unwrap();
        assert!(found(&world.admin).is_some() && found(&world.developer).is_some());
        for other in [&world.stranger, &world.customer, &world.reviewer] {
            assert!(found(other).is_none());
        }
        let page = PageRequest::default();
        let listed = |viewer: &Viewer, search: Option<&str>| {
            read(store, viewer, |conn, viewer| list(conn, viewer, search, &page)).map(|page| page.rows.len())
        };
        assert_eq!(listed(&world.developer, Some(" 巡检 ")).unwrap(), 1);
        assert_eq!(listed(&world.developer, Some("%")).unwrap(), 0);
        assert_eq!(listed(&world.stranger, None).unwrap(), 0);
        assert_eq!(code(listed(&world.customer, None)), "NO_PERMISSION");
    });
}

#[test]
fn p7_a_list_is_walked_page_by_page_in_both_directions() {
    on_both(|store| {
        let world = World::new(store);
        let made: Vec<ApplicationId> = (0..5)
            .map(|_| application(store, &world.admin, ApplicationOrigin::Own, VersionStatus::Unpublished))
            .collect();
        let page = |page: PageRequest| {
            let found = read(store, &world.admin, |conn, viewer| list(conn, viewer, None, &page)).unwrap();
            let ids: Vec<ApplicationId> = found.rows.into_iter().map(|row| row.id).collect();
            (ids, found.has_previous, found.has_next)
        };
        let at = |backwards, from: Option<&ApplicationId>| PageRequest {
            size: 2,
            backwards,
            from: from.map(ToString::to_string),
        };
        let pair = |newer: usize, older: usize| vec![made[newer].clone(), made[older].clone()];
        assert_eq!(page(at(false, None)), (pair(4, 3), false, true));
        assert_eq!(page(at(false, Some(&made[3]))), (pair(2, 1), true, true));
        assert_eq!(page(at(true, Some(&made[2]))), (pair(4, 3), false, true));
        assert_eq!(page(at(true, None)), (pair(1, 0), true, false));
    });
}

#[test]
fn d8_actions_follow_role_origin_and_publication() {
    on_both(|store| {
        let world = World::new(store);
        let actions = |viewer: &Viewer, origin, status| {
            let id = application(store, &world.admin, origin, status);
            let row = store.read_blocking(|conn| application::get(conn, &id)).unwrap();
            application_actions(viewer, &row, &versions(store, &id))
        };
        use ApplicationAction::{CreateLink, ImportVersion, PublishVersion};
        let (own, fresh, sold) = (
            ApplicationOrigin::Own,
            VersionStatus::Unpublished,
            VersionStatus::Published,
        );
        assert_eq!(actions(&world.admin, own, fresh), [ImportVersion, PublishVersion]);
        assert_eq!(actions(&world.admin, own, sold), [ImportVersion, CreateLink]);
        assert_eq!(actions(&world.developer, own, sold), [ImportVersion]);
        assert_eq!(actions(&world.admin, ApplicationOrigin::Premium, sold), []);
        assert_eq!(actions(&world.admin, ApplicationOrigin::Distributed, sold), []);
        assert_eq!(actions(&world.stranger, own, fresh), []);
        assert_eq!(actions(&world.customer, own, fresh), []);
    });
}
