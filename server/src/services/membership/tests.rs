//! Who leaves, and what ends with it, on both databases.

use super::*;
use crate::domain::instant::Instant;
use crate::domain::locale::Locale;
use crate::domain::organization::{OrganizationKind, Role};
use crate::services::session::{self as sessions, Begun};
use crate::services::testing::{code, organization, person, read, write};
use crate::store::audit;
use crate::store::page::PageRequest;
use crate::store::testing::{TestStore, on_both};

fn begin(store: &TestStore, of: &Viewer) -> Begun {
    let user = store.read_blocking(|conn| membership::user(conn, &of.user_id)).unwrap();
    let hash = format!("hash of {}", user.id);
    let begun = store.system(|tx| sessions::begin(tx, &user, None, &hash, chrono::Duration::days(1)));
    begun.unwrap()
}

fn is_live(store: &TestStore, begun: &Begun) -> bool {
    let asking = sessions::Asking {
        locale: Locale::ZhCn,
        request_id: "test".to_owned(),
    };
    let now: Instant = store.now();
    let found = store.read_blocking(|conn| sessions::viewer(conn, begun, &asking, now));
    matches!(found.unwrap(), sessions::Admission::Admitted(_))
}

#[test]
fn a_removed_member_is_out_at_once_and_the_log_says_so() {
    on_both(|store| {
        let acme = organization(store, "dingacme1", OrganizationKind::Partner);
        let admin = person(store, &acme, "lin", &[Role::PartnerAdmin]);
        let leaver = person(store, &acme, "wu", &[Role::PartnerAdmin, Role::PartnerDeveloper]);
        let begun = begin(store, &leaver);
        assert!(is_live(store, &begun));
        let gone = write(store, &admin, |tx, viewer| remove(tx, viewer, &leaver.user_id)).unwrap();
        assert_eq!(gone.name, "wu");
        assert!(!is_live(store, &begun));
        let again = write(store, &admin, |tx, viewer| remove(tx, viewer, &leaver.user_id));
        assert_eq!(code(again), "NOT_FOUND");
        let log = read(store, &admin, |conn, viewer| {
            audit::list(
                conn,
                &viewer.auditor()?,
                &audit::AuditFilter::default(),
                &PageRequest::default(),
            )
        });
        let entry = log.unwrap().rows.remove(0);
        assert_eq!(
            (entry.action.as_str(), entry.object_label.as_str()),
            ("membership.removed", "wu")
        );
        assert_eq!(entry.actor_id, Some(admin.user_id.clone()));
        // Whoever comes back has their place again, and none of the old sessions.
        store
            .system(|tx| {
                crate::services::installation::add_member(tx, &acme, &leaver.user_id, &[Role::PartnerDeveloper])
            })
            .unwrap();
        assert!(!is_live(store, &begun));
        let place = store
            .read_blocking(|conn| membership::find(conn, &acme, &leaver.user_id))
            .unwrap();
        assert_eq!(place.unwrap().parsed_roles().unwrap().0, [Role::PartnerDeveloper]);
    });
}

#[test]
fn only_admins_remove_only_members_and_never_the_last_admin() {
    on_both(|store| {
        let acme = organization(store, "dingacme1", OrganizationKind::Customer);
        let other = organization(store, "dingother1", OrganizationKind::Customer);
        let admin = person(store, &acme, "chen", &[Role::CustomerAdmin]);
        let employee = person(store, &acme, "sun", &[Role::CustomerEmployee]);
        let stranger = person(store, &other, "xu", &[Role::CustomerAdmin]);
        let by = |who: &Viewer, whom: &Viewer| write(store, who, |tx, viewer| remove(tx, viewer, &whom.user_id));
        assert_eq!(code(by(&employee, &admin)), "NO_PERMISSION");
        assert_eq!(code(by(&admin, &stranger)), "NOT_FOUND");
        assert_eq!(code(by(&admin, &admin)), "INVALID_STATE");
        let second = person(store, &acme, "qian", &[Role::CustomerAdmin]);
        assert_eq!(by(&admin, &admin).unwrap().name, "chen");
        assert_eq!(code(by(&second, &second)), "INVALID_STATE");
        assert_eq!(by(&second, &employee).unwrap().name, "sun");
    });
}
