//! Amendments on both databases: who proposes, who decides, what becomes of the project, one at a time.

use super::*;
use crate::domain::application::{ApplicationOrigin, VersionStatus};
use crate::domain::settlement::SettlementFields;
use crate::domain::working_day::local_day;
use crate::services::settlement::settle;
use crate::services::testing::{World, application, code, paths, read, sale, upload, write};
use crate::store::settlement as settlements;
use crate::store::testing::{TestStore, on_both};

struct Deal {
    world: World,
    project: ProjectId,
}

fn deal(store: &TestStore) -> Deal {
    let world = World::granted(store);
    let app = application(store, &world.admin, ApplicationOrigin::Own, VersionStatus::Published);
    let project = sale(store, &world, "一期", &app).project;
    Deal { world, project }
}

fn fields(store: &TestStore, by: &Viewer) -> AmendmentFields {
    AmendmentFields {
        amount: (15_000_000, "CNY".to_owned()),
        end_on: "2027-01-31".parse().unwrap(),
        description: "增加二期范围".to_owned(),
        file_id: upload(store, by, FilePurpose::Contract).to_string(),
        file_kind: crate::domain::project::ContractFileKind::Contract,
        reason: "客户追加二期".to_owned(),
    }
}

fn proposed(store: &TestStore, deal: &Deal, by: &Viewer) -> Result<Amendment> {
    let fields = fields(store, by);
    write(store, by, |tx, viewer| propose(tx, viewer, &deal.project, &fields))
}

fn decided(store: &TestStore, deal: &Deal, id: &AmendmentId, decision: ReviewDecision) -> Result<Amendment> {
    let said = Review {
        decision,
        amount_mismatch: false,
        reason: Some("已核对".to_owned()),
    };
    write(store, &deal.world.reviewer, |tx, viewer| review(tx, viewer, id, &said))
}

fn project_of(store: &TestStore, deal: &Deal) -> Project {
    store.read_blocking(|conn| project::get(conn, &deal.project)).unwrap()
}

#[test]
fn amendment_an_approved_one_becomes_the_projects_values_and_both_versions_stay() {
    on_both(|store| {
        let deal = deal(store);
        let made = proposed(store, &deal, &deal.world.admin).unwrap();
        assert_eq!((made.number, made.status), (1, AmendmentStatus::InReview));
        // Saturday morning in Shanghai: due at the end of Monday, as a project is.
        assert_eq!(made.due_at.to_string(), "2026-11-23T16:00:00.000000Z");
        assert_eq!(
            project_of(store, &deal).contract_amount_minor,
            Some(12_000_000),
            "not before the decision"
        );
        decided(store, &deal, &made.id, ReviewDecision::Approve).unwrap();
        let now = project_of(store, &deal);
        assert_eq!(now.contract_amount_minor, Some(15_000_000));
        assert_eq!(now.end_on.unwrap().to_string(), "2027-01-31");
        assert_eq!(
            (now.description.as_str(), now.status),
            ("增加二期范围", ProjectStatus::Active)
        );
        for viewer in [&deal.world.admin, &deal.world.reviewer] {
            let seen = read(store, viewer, |conn, viewer| find(conn, viewer, &made.id))
                .unwrap()
                .unwrap();
            assert_eq!(seen.before().unwrap().amount.minor, 12_000_000);
            assert_eq!(seen.proposed().unwrap().amount.minor, 15_000_000);
        }
        for viewer in [&deal.world.colleague, &deal.world.stranger] {
            assert!(
                read(store, viewer, |conn, viewer| find(conn, viewer, &made.id))
                    .unwrap()
                    .is_none()
            );
        }
        let second = proposed(store, &deal, &deal.world.admin);
        assert_eq!(paths(second), ["contractAmount"], "nothing changes any more");
        let events = store
            .read_blocking(|conn| project::events(conn, std::slice::from_ref(&deal.project)))
            .unwrap();
        let kinds: Vec<ProjectEventKind> = events.iter().rev().take(2).map(|it| it.kind).collect();
        assert_eq!(
            kinds,
            [ProjectEventKind::AmendmentApproved, ProjectEventKind::AmendmentProposed]
        );
    });
}

#[test]
fn amendment_one_at_a_time_however_many_are_proposed_at_once() {
    on_both(|store| {
        let deal = deal(store);
        let ended: Vec<Result<Amendment>> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..6)
                .map(|_| scope.spawn(|| proposed(store, &deal, &deal.world.admin)))
                .collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let (made, refused): (Vec<_>, Vec<_>) = ended.into_iter().partition(Result::is_ok);
        assert_eq!(made.len(), 1);
        for one in refused {
            assert_eq!(code(one), "INVALID_STATE");
        }
        let first = made.into_iter().next().unwrap().unwrap();
        write(store, &deal.world.admin, |tx, viewer| withdraw(tx, viewer, &first.id)).unwrap();
        assert_eq!(proposed(store, &deal, &deal.world.admin).unwrap().number, 2);
    });
}

#[test]
fn amendment_only_the_creator_proposes_and_withdraws_and_only_a_reviewer_decides() {
    on_both(|store| {
        let deal = deal(store);
        for viewer in [
            &deal.world.colleague,
            &deal.world.developer,
            &deal.world.customer,
            &deal.world.reviewer,
        ] {
            assert_eq!(code(proposed(store, &deal, viewer)), "NO_PERMISSION");
        }
        assert_eq!(code(proposed(store, &deal, &deal.world.stranger)), "NOT_FOUND");
        let made = proposed(store, &deal, &deal.world.admin).unwrap();
        for viewer in [&deal.world.colleague, &deal.world.reviewer] {
            let refused = write(store, viewer, |tx, viewer| withdraw(tx, viewer, &made.id));
            assert_eq!(code(refused), "NO_PERMISSION");
        }
        let said = Review {
            decision: ReviewDecision::Approve,
            amount_mismatch: false,
            reason: None,
        };
        let refused = write(store, &deal.world.admin, |tx, viewer| {
            review(tx, viewer, &made.id, &said)
        });
        assert_eq!(code(refused), "NO_PERMISSION");
        let silent = Review {
            decision: ReviewDecision::Reject,
            ..said
        };
        let refused = write(store, &deal.world.reviewer, |tx, viewer| {
            review(tx, viewer, &made.id, &silent)
        });
        assert_eq!(paths(refused), ["reason"]);
        let rejected = decided(store, &deal, &made.id, ReviewDecision::Reject).unwrap();
        assert_eq!(rejected.status, AmendmentStatus::Rejected);
        assert_eq!(project_of(store, &deal).contract_amount_minor, Some(12_000_000));
        let late = write(store, &deal.world.admin, |tx, viewer| withdraw(tx, viewer, &made.id));
        assert_eq!(code(late), "INVALID_STATE");
    });
}

#[test]
fn amendment_the_document_is_a_contract_of_the_own_organisation_and_is_read() {
    on_both(|store| {
        let deal = deal(store);
        for file in [
            upload(store, &deal.world.stranger, FilePurpose::Contract),
            upload(store, &deal.world.admin, FilePurpose::Package),
        ] {
            let wrong = AmendmentFields {
                file_id: file.to_string(),
                ..fields(store, &deal.world.admin)
            };
            let refused = write(store, &deal.world.admin, |tx, viewer| {
                propose(tx, viewer, &deal.project, &wrong)
            });
            assert_eq!(paths(refused), ["fileId"]);
        }
        let made = proposed(store, &deal, &deal.world.admin).unwrap();
        assert!(store.read_blocking(|conn| waiting(conn, &made.id)).unwrap().is_some());
        let found = contract_amount::find_amounts("合同总价：人民币 150,000.00 元");
        store.system(|tx| finish_check(tx, &made.id, Some(&found))).unwrap();
        store.system(|tx| finish_check(tx, &made.id, None)).unwrap();
        let read = store.read_blocking(|conn| amendment::get(conn, &made.id)).unwrap();
        assert_eq!((read.verdict, read.found().unwrap().len()), (AmountVerdict::Match, 1));
        assert!(store.read_blocking(|conn| waiting(conn, &made.id)).unwrap().is_none());
        let reviewer = deal.world.reviewer.reviewer().unwrap();
        let seen = store
            .read_blocking(|conn| file::find_for_review(conn, &reviewer, &made.file_id))
            .unwrap();
        assert!(seen.is_some(), "the reviewer reads the document");
    });
}

#[test]
fn d32_a_settlement_warns_of_an_open_amendment_takes_it_back_and_uses_the_current_amount() {
    on_both(|store| {
        let deal = deal(store);
        let first = proposed(store, &deal, &deal.world.admin).unwrap();
        decided(store, &deal, &first.id, ReviewDecision::Approve).unwrap();
        let more = AmendmentFields {
            amount: (18_000_000, "CNY".to_owned()),
            ..fields(store, &deal.world.admin)
        };
        let open = write(store, &deal.world.admin, |tx, viewer| {
            propose(tx, viewer, &deal.project, &more)
        });
        let open = open.unwrap();
        let close = |acknowledge_warnings| {
            let fields = SettlementFields {
                actual_end_on: local_day(store.now().utc()),
                delivered_amount: None,
                acceptance_file_id: None,
                customer_acceptor: "周敏".to_owned(),
                open_issues: String::new(),
                satisfaction: 5,
                remark: String::new(),
                acknowledge_warnings,
            };
            write(store, &deal.world.admin, |tx, viewer| {
                settle(tx, viewer, &deal.project, &fields)
            })
        };
        assert_eq!(paths(close(false)), ["acknowledgeWarnings"]);
        assert_eq!(close(true).unwrap().status, ProjectStatus::Closed);
        let settled = store.read_blocking(|conn| settlements::of_projects(conn, std::slice::from_ref(&deal.project)));
        assert_eq!(
            settled.unwrap()[0].delivered_amount_minor,
            15_000_000,
            "the amount of the approved amendment"
        );
        let ended = store.read_blocking(|conn| amendment::get(conn, &open.id)).unwrap();
        assert_eq!((ended.status, ended.open_key), (AmendmentStatus::Withdrawn, None));
        assert_eq!(
            code(decided(store, &deal, &open.id, ReviewDecision::Approve)),
            "INVALID_STATE"
        );
        assert_eq!(code(proposed(store, &deal, &deal.world.admin)), "INVALID_STATE");
    });
}

#[test]
fn amendment_the_reviewers_queue_is_soonest_due_first() {
    on_both(|store| {
        let deal = deal(store);
        let app = application(
            store,
            &deal.world.admin,
            ApplicationOrigin::Own,
            VersionStatus::Published,
        );
        let other = sale(store, &deal.world, "二期", &app).project;
        let later = fields(store, &deal.world.admin);
        let late = write(store, &deal.world.admin, |tx, viewer| {
            propose(tx, viewer, &other, &later)
        });
        late.unwrap();
        store.clock.advance(chrono::Duration::days(5));
        proposed(store, &deal, &deal.world.admin).unwrap();
        let queue = |viewer: &Viewer| {
            read(store, viewer, |conn, viewer| {
                list(conn, viewer, Some(AmendmentStatus::InReview), &PageRequest::default())
            })
        };
        let listed: Vec<ProjectId> = queue(&deal.world.reviewer)
            .unwrap()
            .rows
            .into_iter()
            .map(|it| it.project_id)
            .collect();
        assert_eq!(listed, [other, deal.project.clone()]);
        assert_eq!(code(queue(&deal.world.admin).map(drop)), "NO_PERMISSION");
    });
}
