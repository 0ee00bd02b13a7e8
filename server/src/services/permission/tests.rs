//! Distribution permission on both databases (D1).

use super::*;
use crate::auth::viewer::AuditScope;
use crate::domain::organization::PartnerTier;
use crate::services::testing::{World, code, grant, paths, permission_fields, read, write};
use crate::store::testing::{TestStore, on_both};
use crate::store::{agreement, audit};

fn hand_in(store: &TestStore, viewer: &Viewer) -> Result<DistributionPermission> {
    write(store, viewer, |tx, viewer| apply(tx, viewer, &permission_fields()))
}

fn decided(
    store: &TestStore,
    viewer: &Viewer,
    id: &DistributionPermissionId,
    decision: PermissionDecision,
    reason: Option<&str>,
) -> Result<DistributionPermission> {
    let said = Decision {
        decision,
        reason: reason.map(str::to_owned),
        tier: None,
    };
    write(store, viewer, |tx, viewer| decide(tx, viewer, id, &said))
}

#[test]
fn d1_only_a_partner_admin_applies_and_the_acceptance_is_kept() {
    on_both(|store| {
        let world = World::new(store);
        for viewer in [&world.developer, &world.customer, &world.reviewer] {
            assert_eq!(code(hand_in(store, viewer)), "NO_PERMISSION");
        }
        let made = hand_in(store, &world.admin).unwrap();
        assert_eq!((made.status, made.references().unwrap().len()), (Status::Submitted, 2));
        let accepted = read(store, &world.admin, |conn, viewer| {
            agreement::of_object(conn, &viewer.partner_admin()?, made.id.as_str())
        });
        let accepted = accepted.unwrap();
        assert_eq!(accepted.len(), 1);
        assert_eq!(accepted[0].agreement_version, made.agreement_version);
        assert_eq!(accepted[0].user_id, world.admin.user_id);
        assert_eq!(code(hand_in(store, &world.colleague)), "INVALID_STATE");
    });
}

#[test]
fn d1_only_a_reviewer_decides_and_against_the_partner_only_with_a_reason() {
    on_both(|store| {
        let world = World::new(store);
        let id = hand_in(store, &world.admin).unwrap().id;
        let grant = PermissionDecision::Grant;
        for viewer in [&world.admin, &world.stranger, &world.customer] {
            assert_eq!(code(decided(store, viewer, &id, grant, None)), "NO_PERMISSION");
        }
        let reject = PermissionDecision::Reject;
        assert_eq!(
            paths(decided(store, &world.reviewer, &id, reject, Some(" "))),
            ["reason"]
        );
        let rejected = decided(store, &world.reviewer, &id, reject, Some("案例不足")).unwrap();
        assert_eq!(
            (rejected.status, rejected.reason.as_deref()),
            (Status::Rejected, Some("案例不足"))
        );
        assert_eq!(code(decided(store, &world.reviewer, &id, grant, None)), "INVALID_STATE");
    });
}

#[test]
fn d1_applying_again_makes_a_new_current_one_and_keeps_the_old_as_history() {
    on_both(|store| {
        let world = World::new(store);
        let first = hand_in(store, &world.admin).unwrap().id;
        decided(
            store,
            &world.reviewer,
            &first,
            PermissionDecision::Reject,
            Some("案例不足"),
        )
        .unwrap();
        let shown = |viewer: &Viewer| read(store, viewer, current).unwrap().unwrap();
        assert_eq!(available_actions(&world.admin, &shown(&world.admin)), [Action::Reapply]);
        let second = hand_in(store, &world.colleague).unwrap().id;
        assert_eq!(shown(&world.admin).id, second);
        let old = read(store, &world.admin, |conn, viewer| find(conn, viewer, &first))
            .unwrap()
            .unwrap();
        assert_eq!((old.status, old.current_marker.as_deref()), (Status::Rejected, None));
        assert_eq!(available_actions(&world.admin, &old), []);
        let foreign = read(store, &world.stranger, |conn, viewer| find(conn, viewer, &first));
        assert!(foreign.unwrap().is_none());
    });
}

#[test]
fn d1_of_two_applications_at_once_one_counts() {
    on_both(|store| {
        let world = World::new(store);
        let ended = std::thread::scope(|scope| {
            let one = scope.spawn(|| hand_in(store, &world.admin));
            let other = scope.spawn(|| hand_in(store, &world.colleague));
            [one.join().unwrap(), other.join().unwrap()]
        });
        let (won, lost): (Vec<_>, Vec<_>) = ended.into_iter().partition(|ended| ended.is_ok());
        assert_eq!((won.len(), lost.len()), (1, 1));
        for ended in lost {
            assert_eq!(code(ended), "INVALID_STATE");
        }
    });
}

#[test]
fn d1_the_reviewer_may_set_the_tier_and_revoke_later() {
    on_both(|store| {
        let world = World::new(store);
        grant(store, &world.admin, &world.reviewer);
        let id = read(store, &world.admin, current).unwrap().unwrap().id;
        let said = |decision, reason: Option<&str>, tier| Decision {
            decision,
            reason: reason.map(str::to_owned),
            tier,
        };
        let advanced = said(PermissionDecision::Grant, None, Some(PartnerTier::Advanced));
        let set = write(store, &world.reviewer, |tx, viewer| decide(tx, viewer, &id, &advanced));
        assert_eq!(set.unwrap().status, Status::Granted);
        let both = said(PermissionDecision::Revoke, Some("资料不实"), Some(PartnerTier::Partner));
        let refused = write(store, &world.reviewer, |tx, viewer| decide(tx, viewer, &id, &both));
        assert_eq!(paths(refused), ["tier"], "a tier comes with a grant");
        let said = said(PermissionDecision::Revoke, Some("资料不实"), None);
        let revoked = write(store, &world.reviewer, |tx, viewer| decide(tx, viewer, &id, &said)).unwrap();
        assert_eq!(revoked.status, Status::Revoked);
        let partner = store
            .read_blocking(|conn| organization::get(conn, &revoked.organization_id))
            .unwrap();
        assert_eq!(partner.partner_tier, PartnerTier::Advanced);
        let page = PageRequest {
            size: 100,
            ..PageRequest::default()
        };
        for viewer in [&world.admin, &world.reviewer] {
            let log = read(store, viewer, |conn, viewer| {
                audit::list(
                    conn,
                    &AuditScope::Own(viewer.member()?),
                    &audit::AuditFilter::of_object(id.as_str()),
                    &page,
                )
            });
            let actions: Vec<String> = log.unwrap().rows.into_iter().map(|entry| entry.action).collect();
            assert!(actions.contains(&"permission.revoked".to_owned()), "{actions:?}");
        }
    });
}

#[test]
fn d4_waiting_applications_are_listed_soonest_due_first_for_reviewers_alone() {
    on_both(|store| {
        let world = World::new(store);
        let first = hand_in(store, &world.admin).unwrap().id;
        store.clock.advance(chrono::Duration::days(3));
        let second = hand_in(store, &world.stranger).unwrap().id;
        let listed = |status| {
            let found = read(store, &world.reviewer, |conn, viewer| {
                list(conn, viewer, status, &PageRequest::default())
            });
            found.unwrap().rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(listed(Some(Status::Submitted)), [first.clone(), second.clone()]);
        assert_eq!(listed(None), [second, first]);
        assert_eq!(listed(Some(Status::Granted)), []);
        let counted = read(store, &world.reviewer, |conn, viewer| count(conn, viewer, None));
        assert_eq!(counted.unwrap(), 2);
        let refused = read(store, &world.admin, |conn, viewer| {
            list(conn, viewer, None, &PageRequest::default()).map(|_| ())
        });
        assert_eq!(code(refused), "NO_PERMISSION");
    });
}
