//! Links and settlement on both databases (D7–D9, D32).

use chrono::Duration;

use super::*;
use crate::domain::application::{ApplicationOrigin as Origin, VersionStatus};
use crate::domain::distribution_link::DistributionLinkStatus;
use crate::domain::file::FilePurpose;
use crate::domain::project::ReviewDecision;
use crate::domain::settlement::SettlementFields;
use crate::domain::working_day::local_day;
use crate::services::project::{Review, review};
use crate::services::settlement::settle;
use crate::services::testing::{World, application, code, paths, project_fields, upload, write};
use crate::store::settlement as settlements;
use crate::store::testing::{TestStore, on_both};

const SECRET: &[u8] = b"a secret of the installation";

fn project_in_review(store: &TestStore, world: &World) -> Project {
    let fields = project_fields("一期", &upload(store, &world.admin, FilePurpose::Contract));
    let made = write(store, &world.admin, |tx, viewer| {
        crate::services::project::create(tx, viewer, &fields, true)
    });
    made.expect("a project")
}

fn active(store: &TestStore, world: &World) -> Project {
    let project = project_in_review(store, world);
    let said = Review {
        decision: ReviewDecision::Approve,
        amount_mismatch: false,
        reason: None,
    };
    write(store, &world.reviewer, |tx, viewer| {
        review(tx, viewer, &project.id, &said)
    })
    .expect("an approval")
}

fn published(store: &TestStore, viewer: &Viewer, origin: Origin) -> ApplicationId {
    application(store, viewer, origin, VersionStatus::Published)
}

fn link(
    store: &TestStore,
    viewer: &Viewer,
    project: &Project,
    application: &ApplicationId,
    expires_at: Option<Instant>,
) -> Result<(DistributionLink, Project)> {
    let wanted = NewLink {
        project_id: project.id.clone(),
        application_id: application.clone(),
        expires_at,
        seats: None,
    };
    write(store, viewer, |tx, viewer| create(tx, viewer, &wanted, SECRET))
}

fn settlement_fields(store: &TestStore) -> SettlementFields {
    SettlementFields {
        actual_end_on: local_day(store.now().utc()),
        delivered_amount: None,
        acceptance_file_id: None,
        customer_acceptor: "周敏".to_owned(),
        open_issues: String::new(),
        satisfaction: 5,
        remark: String::new(),
        acknowledge_warnings: false,
    }
}

#[test]
fn d7_any_admin_gets_links_for_an_active_project_again_and_again() {
    on_both(|store| {
        let world = World::granted(store);
        let project = project_in_review(store, &world);
        let app = published(store, &world.admin, Origin::Own);
        assert_eq!(
            code(link(store, &world.admin, &project, &app, None)),
            "PROJECT_NOT_ACTIVE"
        );
        let said = Review {
            decision: ReviewDecision::Approve,
            amount_mismatch: false,
            reason: None,
        };
        write(store, &world.reviewer, |tx, v| review(tx, v, &project.id, &said)).unwrap();
        let (first, _) = link(store, &world.admin, &project, &app, None).unwrap();
        let (second, _) = link(store, &world.colleague, &project, &app, None).unwrap();
        assert_ne!(first.token_hash, second.token_hash);
        for viewer in [&world.developer, &world.customer, &world.reviewer] {
            assert_eq!(code(link(store, viewer, &project, &app, None)), "NO_PERMISSION");
        }
        assert_eq!(code(link(store, &world.stranger, &project, &app, None)), "NOT_FOUND");
        let foreign = published(store, &world.stranger, Origin::Own);
        assert_eq!(code(link(store, &world.admin, &project, &foreign, None)), "NOT_FOUND");
    });
}

#[test]
fn d8_what_cannot_be_distributed_says_why() {
    on_both(|store| {
        let world = World::granted(store);
        let project = active(store, &world);
        for (origin, status, barrier) in [
            (Origin::Premium, VersionStatus::Published, "PREMIUM_APPLICATION"),
            (Origin::Distributed, VersionStatus::Published, "REDISTRIBUTION"),
            (Origin::Own, VersionStatus::Unpublished, "NOTHING_PUBLISHED"),
        ] {
            let app = application(store, &world.admin, origin, status);
            match link(store, &world.admin, &project, &app, None) {
                Err(crate::store::Error::Refused(refusal)) => {
                    assert_eq!(refusal.code(), Code::ApplicationNotDistributable);
                    assert_eq!(refusal.barrier().map(|found| found.as_str()), Some(barrier));
                }
                other => panic!("{origin} was not refused: {other:?}"),
            }
        }
    });
}

#[test]
fn d9_only_the_tokens_hash_is_kept_and_finds_the_link() {
    on_both(|store| {
        let world = World::granted(store);
        let project = active(store, &world);
        let app = published(store, &world.admin, Origin::Own);
        let (made, _) = link(store, &world.admin, &project, &app, None).unwrap();
        let token = LinkToken::of(SECRET, made.id.as_str());
        assert_ne!(made.token_hash, token.expose());
        let found = store
            .read_blocking(|conn| distribution_link::by_token_hash(conn, &token.hash()))
            .unwrap();
        let (found, of) = found.unwrap();
        assert_eq!((found.id, of.id), (made.id, project.id));
        let other = LinkToken::of(b"another secret", "link_1").hash();
        assert!(
            store
                .read_blocking(|conn| distribution_link::by_token_hash(conn, &other))
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn d9_a_link_expires_and_is_revoked_by_any_admin_once() {
    on_both(|store| {
        let world = World::granted(store);
        let project = active(store, &world);
        let app = published(store, &world.admin, Origin::Own);
        let past = Some(store.now());
        assert_eq!(paths(link(store, &world.admin, &project, &app, past)), ["expiresAt"]);
        let soon = Some(store.now() + Duration::hours(1));
        let (short, project) = link(store, &world.admin, &project, &app, soon).unwrap();
        let (open, _) = link(store, &world.admin, &project, &app, None).unwrap();
        store.clock.advance(Duration::hours(2));
        assert_eq!(short.status(&project, store.now()), DistributionLinkStatus::Expired);
        let stop =
            |viewer: &Viewer, link: &DistributionLink| write(store, viewer, |tx, viewer| revoke(tx, viewer, &link.id));
        assert_eq!(code(stop(&world.admin, &short)), "INVALID_STATE");
        assert_eq!(code(stop(&world.stranger, &open)), "NOT_FOUND");
        assert_eq!(code(stop(&world.developer, &open)), "NO_PERMISSION");
        let (stopped, _) = stop(&world.colleague, &open).unwrap();
        assert_eq!(stopped.status(&project, store.now()), DistributionLinkStatus::Revoked);
        assert_eq!(code(stop(&world.admin, &open)), "INVALID_STATE");
    });
}

#[test]
fn d32_the_creator_settles_which_closes_the_project_and_its_links() {
    on_both(|store| {
        let world = World::granted(store);
        let project = active(store, &world);
        let app = published(store, &world.admin, Origin::Own);
        let (open, _) = link(store, &world.admin, &project, &app, None).unwrap();
        let close = |viewer: &Viewer, fields: SettlementFields| {
            write(store, viewer, |tx, viewer| settle(tx, viewer, &project.id, &fields))
        };
        assert_eq!(code(close(&world.colleague, settlement_fields(store))), "NO_PERMISSION");
        assert_eq!(code(close(&world.stranger, settlement_fields(store))), "NOT_FOUND");
        let contract = upload(store, &world.admin, FilePurpose::Contract);
        let bad = SettlementFields {
            acceptance_file_id: Some(contract.to_string()),
            satisfaction: 0,
            ..settlement_fields(store)
        };
        assert_eq!(paths(close(&world.admin, bad)), ["satisfaction", "acceptanceFileId"]);
        let certificate = upload(store, &world.admin, FilePurpose::AcceptanceCertificate);
        let good = SettlementFields {
            acceptance_file_id: Some(certificate.to_string()),
            ..settlement_fields(store)
        };
        let closed = close(&world.admin, good).unwrap();
        assert_eq!(
            (closed.status, closed.closed_at),
            (ProjectStatus::Closed, Some(store.now()))
        );
        assert_eq!(open.status(&closed, store.now()), DistributionLinkStatus::ProjectClosed);
        let rows = store.read_blocking(|conn| settlements::of_projects(conn, std::slice::from_ref(&project.id)));
        assert_eq!(
            rows.unwrap()[0].delivered_amount().unwrap(),
            project.contract_amount().unwrap().unwrap()
        );
        assert_eq!(code(close(&world.admin, settlement_fields(store))), "INVALID_STATE");
        assert_eq!(
            code(link(store, &world.admin, &project, &app, None)),
            "PROJECT_NOT_ACTIVE"
        );
    });
}

#[test]
fn d32_an_order_that_was_never_delivered_has_to_be_acknowledged() {
    on_both(|store| {
        let world = World::granted(store);
        let project = active(store, &world);
        let app = published(store, &world.admin, Origin::Own);
        let (sold, _) = link(store, &world.admin, &project, &app, None).unwrap();
        order(store, &world, &sold);
        let close = |acknowledge_warnings: bool| {
            let fields = SettlementFields {
                acknowledge_warnings,
                ..settlement_fields(store)
            };
            write(store, &world.admin, |tx, viewer| {
                settle(tx, viewer, &project.id, &fields)
            })
        };
        assert_eq!(paths(close(false)), ["acknowledgeWarnings"]);
        let warned = store.read_blocking(|conn| settlements::warnings(conn, std::slice::from_ref(&project.id)));
        assert_eq!(warned.unwrap().len(), 1);
        assert_eq!(close(true).unwrap().status, ProjectStatus::Closed);
    });
}

/// An order that was not sent yet.
fn order(store: &TestStore, world: &World, link: &DistributionLink) {
    use crate::store::schema::orders::dsl::*;
    use diesel::prelude::*;
    let made = store.system(|tx| {
        let row = (
            id.eq(tx.id::<crate::domain::id::OrderId>()),
            number.eq("A0001"),
            partner_id.eq(&link.organization_id),
            customer_id.eq(&world.customer.organization_id),
            project_id.eq(&link.project_id),
            application_id.eq(&link.application_id),
            link_id.eq(&link.id),
            application_name.eq("门店巡检"),
            customer_name.eq("云杉零售有限公司"),
            search_text.eq(""),
            ordered_by.eq(&world.customer.user_id),
            created_at.eq(tx.now),
            amount_minor.eq(0_i64),
            currency.eq("CNY"),
            app_status.eq(crate::domain::order::SendStatus::NotSent),
            page_status.eq(crate::domain::order::SendStatus::NotSent),
            full_edit_permission.eq(false),
            version.eq(1),
        );
        diesel::insert_into(orders).values(row).execute(tx.conn)?;
        Ok(())
    });
    made.expect("an order");
}
