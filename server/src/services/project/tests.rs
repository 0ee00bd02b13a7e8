//! Projects on both databases: drafts, submission, the reviewer's decision, and who may do what.

use super::*;
use crate::auth::viewer::AuditScope;
use crate::domain::amount_check::AmountVerdict;
use crate::domain::project::{ProjectDecisionCode, ProjectEventKind, ProjectViewer, ReviewDecision};
use crate::domain::project_form::ProjectFields;
use crate::services::testing::{World, code, paths, project_fields, read, upload, write};
use crate::services::{amount_check, membership, permission};
use crate::store::page::PageRequest;
use crate::store::project::ProjectFilter;
use crate::store::testing::{TestStore, on_both};
use crate::store::{Tx, amount_check as checks, audit};

fn complete(store: &TestStore, viewer: &Viewer, name: &str) -> ProjectFields {
    project_fields(name, &upload(store, viewer, FilePurpose::Contract))
}

fn make(store: &TestStore, viewer: &Viewer, fields: &ProjectFields, submit: bool) -> Result<Project> {
    write(store, viewer, |tx, viewer| create(tx, viewer, fields, submit))
}

fn submitted(store: &TestStore, viewer: &Viewer, name: &str) -> Project {
    make(store, viewer, &complete(store, viewer, name), true).expect("a submitted project")
}

fn decide(store: &TestStore, viewer: &Viewer, id: &ProjectId, decision: ReviewDecision) -> Result<Project> {
    let said = Review {
        decision,
        amount_mismatch: false,
        reason: Some("资料不全".to_owned()),
    };
    write(store, viewer, |tx, viewer| review(tx, viewer, id, &said))
}

fn names(store: &TestStore, viewer: &Viewer, filter: ProjectFilter, page: PageRequest) -> Vec<String> {
    let found = read(store, viewer, |conn, viewer| list(conn, viewer, &filter, &page)).expect("a page");
    found.rows.into_iter().map(|row| row.name).collect()
}

fn actions(store: &TestStore, viewer: &Viewer, object: &ProjectId) -> Vec<String> {
    let page = PageRequest {
        size: 100,
        ..PageRequest::default()
    };
    let found = read(store, viewer, |conn, viewer| {
        audit::list(
            conn,
            &AuditScope::Own(viewer.member()?),
            &audit::AuditFilter::of_object(object.as_str()),
            &page,
        )
    });
    let mut actions: Vec<String> = found
        .expect("entries")
        .rows
        .into_iter()
        .map(|entry| entry.action)
        .collect();
    actions.reverse();
    actions
}

#[test]
fn d1_without_the_permission_nothing_of_track_b_is_open() {
    on_both(|store| {
        let world = World::new(store);
        let fields = complete(store, &world.admin, "一期");
        assert_eq!(code(make(store, &world.admin, &fields, false)), "PERMISSION_REQUIRED");
        let listed = names(store, &world.admin, ProjectFilter::default(), PageRequest::default());
        assert_eq!(listed, Vec::<String>::new());
    });
}

#[test]
fn d3_a_draft_is_written_submitted_and_then_never_edited() {
    on_both(|store| {
        let world = World::granted(store);
        let named = ProjectFields {
            name: "一期".to_owned(),
            ..ProjectFields::default()
        };
        let draft = make(store, &world.admin, &named, false).unwrap();
        assert_eq!((draft.status, draft.version), (ProjectStatus::Draft, 1));
        let submit = |_: &str| write(store, &world.admin, |tx, viewer| submit(tx, viewer, &draft.id));
        assert_eq!(paths(submit("empty")).len(), 13);
        let fields = complete(store, &world.admin, "一期");
        let edit = |version| write(store, &world.admin, |tx, v| update(tx, v, &draft.id, version, &fields));
        assert_eq!(edit(1).unwrap().version, 2);
        assert_eq!(code(edit(1)), "CONFLICT");
        let done = submit("complete").unwrap();
        assert_eq!(done.status, ProjectStatus::InReview);
        assert_eq!(done.customer_corp_id, "dingcustomer1");
        assert_eq!(code(edit(3)), "INVALID_STATE");
        assert_eq!(code(submit("again")), "INVALID_STATE");
        let recorded = ["project.created", "project.updated", "project.submitted"];
        assert_eq!(actions(store, &world.admin, &draft.id), recorded);
    });
}

#[test]
fn d3_submitting_at_once_creates_nothing_when_a_check_fails() {
    on_both(|store| {
        let world = World::granted(store);
        let good = complete(store, &world.admin, "一期");
        let bad = ProjectFields {
            contract_amount: Some((0, "CNY".to_owned())),
            customer_corp_id: "短".to_owned(),
            ..good.clone()
        };
        let wrong = ["fields.contractAmount", "fields.customerCorpId"];
        assert_eq!(paths(make(store, &world.admin, &bad, true)), wrong);
        let listed = names(store, &world.admin, ProjectFilter::default(), PageRequest::default());
        assert_eq!(listed, Vec::<String>::new());
        assert!(make(store, &world.admin, &good, true).is_ok());
    });
}

#[test]
fn a_name_is_unique_per_partner_however_it_is_written() {
    on_both(|store| {
        let world = World::granted(store);
        let named = |name: &str| ProjectFields {
            name: name.to_owned(),
            ..ProjectFields::default()
        };
        let first = make(store, &world.admin, &named("Retail 一期"), false).unwrap();
        let again = make(store, &world.colleague, &named(" ＲＥＴＡＩＬ  一期"), false);
        assert_eq!(paths(again), ["fields.name"]);
        assert!(make(store, &world.stranger, &named("Retail 一期"), false).is_ok());
        let same = write(store, &world.admin, |tx, viewer| {
            update(tx, viewer, &first.id, 1, &named("RETAIL 一期"))
        });
        assert_eq!(same.unwrap().name, "RETAIL 一期");
    });
}

#[test]
fn p6_the_contract_is_a_file_of_the_own_organisation() {
    on_both(|store| {
        let world = World::granted(store);
        let foreign = upload(store, &world.stranger, FilePurpose::Contract);
        let package = upload(store, &world.admin, FilePurpose::Package);
        for file in [foreign, package] {
            let refused = make(store, &world.admin, &project_fields("一期", &file), false);
            assert_eq!(paths(refused), ["fields.contractFileId"]);
        }
    });
}

#[test]
fn d4_a_review_is_due_one_working_day_later() {
    on_both(|store| {
        let world = World::granted(store);
        // Saturday morning in Shanghai: handed in when Monday begins, due at its end.
        let project = submitted(store, &world.admin, "一期");
        assert_eq!(project.due_at.unwrap().to_string(), "2026-11-23T16:00:00.000000Z");
    });
}

#[test]
fn d4_only_a_reviewer_decides_and_only_once() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        for viewer in [&world.admin, &world.colleague, &world.developer, &world.customer] {
            assert_eq!(
                code(decide(store, viewer, &project.id, ReviewDecision::Approve)),
                "NO_PERMISSION"
            );
        }
        let approved = decide(store, &world.reviewer, &project.id, ReviewDecision::Approve).unwrap();
        assert_eq!(approved.status, ProjectStatus::Active);
        let again = decide(store, &world.reviewer, &project.id, ReviewDecision::Reject);
        assert_eq!(code(again), "INVALID_STATE");
        assert!(actions(store, &world.admin, &project.id).contains(&"project.approved".to_owned()));
        assert_eq!(actions(store, &world.reviewer, &project.id), ["project.approved"]);
    });
}

#[test]
fn d2_rejecting_needs_a_reason_or_the_amounts_that_differ() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        let said = |amount_mismatch: bool| Review {
            decision: ReviewDecision::Reject,
            amount_mismatch,
            reason: None,
        };
        let reject = |said: &Review| write(store, &world.reviewer, |tx, v| review(tx, v, &project.id, said));
        assert_eq!(paths(reject(&said(false))), ["reason"]);
        let rejected = reject(&said(true)).unwrap();
        assert_eq!(rejected.status, ProjectStatus::Rejected);
        assert_eq!(rejected.decision_code, Some(ProjectDecisionCode::AmountMismatch));
    });
}

#[test]
fn d2_the_verdict_is_pending_until_the_contract_was_read_and_decides_nothing() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        let verdict = || {
            store
                .read_blocking(|conn| checks::of_project(conn, &project.id))
                .unwrap()
                .unwrap()
        };
        assert_eq!(verdict().verdict, AmountVerdict::Pending);
        assert!(
            store
                .read_blocking(|conn| amount_check::waiting(conn, &project.id))
                .unwrap()
                .is_some()
        );
        let found = crate::domain::contract_amount::find_amounts("合同总价：人民币 130,000.00 元");
        let finish = |tx: &mut Tx<'_>| amount_check::finish(tx, &project.id, Some(&found));
        store.system(finish).unwrap();
        assert_eq!(verdict().verdict, AmountVerdict::Mismatch);
        assert_eq!(verdict().found().unwrap()[0].minor, 13_000_000);
        store.system(|tx| amount_check::finish(tx, &project.id, None)).unwrap();
        assert_eq!(verdict().verdict, AmountVerdict::Mismatch);
        assert!(
            store
                .read_blocking(|conn| amount_check::waiting(conn, &project.id))
                .unwrap()
                .is_none()
        );
        assert!(decide(store, &world.reviewer, &project.id, ReviewDecision::Approve).is_ok());
    });
}

#[test]
fn d3_the_creator_alone_withdraws_and_only_in_review() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        let take_back = |viewer: &Viewer| write(store, viewer, |tx, viewer| withdraw(tx, viewer, &project.id));
        assert_eq!(code(take_back(&world.colleague)), "NO_PERMISSION");
        assert_eq!(code(take_back(&world.reviewer)), "NO_PERMISSION");
        assert_eq!(code(take_back(&world.stranger)), "NOT_FOUND");
        assert_eq!(take_back(&world.admin).unwrap().status, ProjectStatus::Withdrawn);
        assert_eq!(code(take_back(&world.admin)), "INVALID_STATE");
    });
}

#[test]
fn d3_of_a_withdrawal_and_an_approval_at_once_exactly_one_wins() {
    on_both(|store| {
        let world = World::granted(store);
        for round in 0..8 {
            let project = submitted(store, &world.admin, &format!("项目 {round}"));
            let (withdrawn, approved) = std::thread::scope(|scope| {
                let withdrawn =
                    scope.spawn(|| write(store, &world.admin, |tx, viewer| withdraw(tx, viewer, &project.id)));
                let approved = scope.spawn(|| decide(store, &world.reviewer, &project.id, ReviewDecision::Approve));
                (withdrawn.join().unwrap(), approved.join().unwrap())
            });
            let (won, lost) = match (withdrawn, approved) {
                (Ok(won), lost) => (won, lost),
                (lost, Ok(won)) => (won, lost),
                both => panic!("nobody won: {both:?}"),
            };
            assert_eq!(code(lost), "INVALID_STATE");
            let now = store.read_blocking(|conn| project::get(conn, &project.id)).unwrap();
            assert_eq!(now.status, won.status);
            let steps = store
                .read_blocking(|conn| project::events(conn, std::slice::from_ref(&project.id)))
                .unwrap();
            assert_eq!(steps.len(), 3);
        }
    });
}

#[test]
fn d3_a_rejected_project_is_copied_under_the_next_free_name() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        let again = |viewer: &Viewer| write(store, viewer, |tx, viewer| copy(tx, viewer, &project.id));
        assert_eq!(code(again(&world.admin)), "INVALID_STATE");
        decide(store, &world.reviewer, &project.id, ReviewDecision::Reject).unwrap();
        assert_eq!(code(again(&world.colleague)), "NO_PERMISSION");
        let copied = again(&world.admin).unwrap();
        assert_eq!(
            (copied.name.as_str(), copied.status),
            ("一期（2）", ProjectStatus::Draft)
        );
        assert_eq!(copied.contract_amount_minor, project.contract_amount_minor);
        assert_eq!(copied.decision_reason, None);
        assert_eq!(again(&world.admin).unwrap().name, "一期（3）");
    });
}

#[test]
fn a_draft_is_discarded_with_its_timeline_and_keeps_its_audit_trail() {
    on_both(|store| {
        let world = World::granted(store);
        let draft = make(store, &world.admin, &complete(store, &world.admin, "一期"), false).unwrap();
        let drop_it = |viewer: &Viewer| write(store, viewer, |tx, viewer| discard(tx, viewer, &draft.id));
        assert_eq!(code(drop_it(&world.colleague)), "NO_PERMISSION");
        assert_eq!(drop_it(&world.admin).unwrap(), draft.id);
        assert_eq!(code(drop_it(&world.admin)), "NOT_FOUND");
        assert_eq!(
            actions(store, &world.admin, &draft.id),
            ["project.created", "project.discarded"]
        );
        let done = submitted(store, &world.admin, "一期");
        let refused = write(store, &world.admin, |tx, viewer| discard(tx, viewer, &done.id));
        assert_eq!(code(refused), "INVALID_STATE");
    });
}

#[test]
fn d5_admins_see_their_own_organisations_projects_and_reviewers_what_was_submitted() {
    on_both(|store| {
        let world = World::granted(store);
        let draft = make(store, &world.admin, &complete(store, &world.admin, "草稿"), false).unwrap();
        let project = submitted(store, &world.colleague, "一期");
        let all = |viewer: &Viewer| names(store, viewer, ProjectFilter::default(), PageRequest::default());
        assert_eq!(all(&world.admin), ["一期", "草稿"]);
        assert_eq!(all(&world.stranger), Vec::<String>::new());
        assert_eq!(all(&world.reviewer), ["一期"]);
        for viewer in [&world.developer, &world.customer] {
            let refused = read(store, viewer, |conn, viewer| find(conn, viewer, &project.id));
            assert_eq!(code(refused), "NO_PERMISSION");
        }
        let foreign = read(store, &world.stranger, |conn, viewer| find(conn, viewer, &project.id));
        assert!(foreign.unwrap().is_none());
        let unseen = read(store, &world.reviewer, |conn, viewer| find(conn, viewer, &draft.id));
        assert!(unseen.unwrap().is_none());
        assert_eq!(seen_by(&world.admin, &draft), Some(ProjectViewer::Creator));
        assert_eq!(seen_by(&world.admin, &project), Some(ProjectViewer::PartnerAdmin));
        assert_eq!(seen_by(&world.reviewer, &project), Some(ProjectViewer::Reviewer));
        assert_eq!(seen_by(&world.stranger, &project), None);
        assert_eq!(seen_by(&world.developer, &project), None);
        assert_eq!(seen_by(&world.customer, &project), None);
    });
}

#[test]
fn d5_another_admin_takes_ownership_only_once_the_creator_has_left() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        let take = |who: &Viewer| write(store, who, |tx, viewer| take_ownership(tx, viewer, &project.id));
        for (who, refused) in [
            (&world.colleague, "NO_PERMISSION"),
            (&world.admin, "NO_PERMISSION"),
            (&world.developer, "NO_PERMISSION"),
            (&world.reviewer, "NO_PERMISSION"),
            (&world.stranger, "NOT_FOUND"),
        ] {
            assert_eq!(code(take(who)), refused, "{:?}", who.roles);
        }
        write(store, &world.colleague, |tx, viewer| {
            membership::remove(tx, viewer, &world.admin.user_id)
        })
        .unwrap();
        let taken = take(&world.colleague).unwrap();
        assert_eq!(
            (&taken.creator_id, taken.status),
            (&world.colleague.user_id, project.status)
        );
        let events = store
            .read_blocking(|conn| project::events(conn, std::slice::from_ref(&project.id)))
            .unwrap();
        let last = events.last().unwrap();
        assert_eq!(
            (last.kind, last.user_id.as_ref(), last.note.as_deref()),
            (
                ProjectEventKind::OwnershipTaken,
                Some(&world.colleague.user_id),
                Some("lin")
            )
        );
        // The new creator is one like any other: they withdraw, and nobody takes it from them.
        assert_eq!(code(take(&world.colleague)), "NO_PERMISSION");
        let withdrawn = write(store, &world.colleague, |tx, viewer| withdraw(tx, viewer, &project.id));
        assert_eq!(withdrawn.unwrap().status, ProjectStatus::Withdrawn);
    });
}

#[test]
fn d4_the_reviewers_queue_is_soonest_due_first_and_pages_both_ways() {
    on_both(|store| {
        let world = World::granted(store);
        for round in 0..5 {
            submitted(store, &world.admin, &format!("项目 {round}"));
            // Two of them are due at the same instant.
            if round != 2 {
                store.clock.advance(chrono::Duration::hours(30));
            }
        }
        let queue = ProjectFilter {
            status: Some(ProjectStatus::InReview),
            ..ProjectFilter::default()
        };
        let key = in_order_key(&world.reviewer, &queue);
        let step = |page: PageRequest| {
            let found = read(store, &world.reviewer, |conn, viewer| list(conn, viewer, &queue, &page)).unwrap();
            let ends = (found.rows.first().map(&key), found.rows.last().map(&key));
            let more = (found.has_previous, found.has_next);
            (
                found.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(),
                ends,
                more,
            )
        };
        let (first, (_, last), more) = step(PageRequest {
            size: 3,
            backwards: false,
            from: None,
        });
        assert_eq!(first, ["项目 0", "项目 1", "项目 2"]);
        assert_eq!(more, (false, true));
        let (second, (start, _), more) = step(PageRequest {
            size: 3,
            backwards: false,
            from: last,
        });
        assert_eq!(second, ["项目 3", "项目 4"]);
        assert_eq!(more, (true, false));
        let (back, _, _) = step(PageRequest {
            size: 2,
            backwards: true,
            from: start,
        });
        assert_eq!(back, ["项目 1", "项目 2"]);
        let altered = PageRequest {
            size: 3,
            backwards: false,
            from: Some("project_1".to_owned()),
        };
        let refused = read(store, &world.reviewer, |conn, viewer| {
            list(conn, viewer, &queue, &altered)
        });
        assert_eq!(code(refused.map(|_| ())), "VALIDATION");
        let newest = ProjectFilter {
            status: Some(ProjectStatus::InReview),
            ..ProjectFilter::default()
        };
        let listed = names(store, &world.admin, newest, PageRequest::default());
        assert_eq!(listed[0], "项目 4");
    });
}

#[test]
fn lists_are_searched_by_name_customer_and_corp_id() {
    on_both(|store| {
        let world = World::granted(store);
        submitted(store, &world.admin, "Retail 一期");
        submitted(store, &world.admin, "100%二期");
        let found = |text: &str| {
            let filter = ProjectFilter {
                search: Some(text.to_owned()),
                ..ProjectFilter::default()
            };
            let counted = read(store, &world.admin, |conn, viewer| count(conn, viewer, &filter)).unwrap();
            let listed = names(store, &world.admin, filter, PageRequest::default());
            assert_eq!(usize::try_from(counted).unwrap(), listed.len());
            listed.len()
        };
        assert_eq!(found("RETAIL"), 1);
        assert_eq!(found("0%二"), 1);
        assert_eq!(found("%"), 1);
        assert_eq!(found("云杉"), 2);
        assert_eq!(found("DingCustomer"), 2);
        assert_eq!(found("松柏"), 0);
    });
}

#[test]
fn d1_a_revoked_permission_closes_the_track_and_leaves_the_way_back() {
    on_both(|store| {
        let world = World::granted(store);
        let draft = make(store, &world.admin, &complete(store, &world.admin, "草稿"), false).unwrap();
        let project = submitted(store, &world.admin, "一期");
        let granted = read(store, &world.admin, permission::current).unwrap().unwrap();
        let revoke = permission::Decision {
            decision: crate::domain::permission::PermissionDecision::Revoke,
            reason: Some("资料不实".to_owned()),
            tier: None,
        };
        write(store, &world.reviewer, |tx, v| {
            permission::decide(tx, v, &granted.id, &revoke)
        })
        .unwrap();
        let handed_in = write(store, &world.admin, |tx, v| submit(tx, v, &draft.id));
        assert_eq!(code(handed_in), "PERMISSION_REQUIRED");
        assert!(write(store, &world.admin, |tx, v| withdraw(tx, v, &project.id)).is_ok());
        assert_eq!(
            code(write(store, &world.admin, |tx, v| copy(tx, v, &project.id))),
            "PERMISSION_REQUIRED"
        );
    });
}

#[test]
fn d20_each_step_stands_in_the_timeline() {
    on_both(|store| {
        let world = World::granted(store);
        let project = submitted(store, &world.admin, "一期");
        decide(store, &world.reviewer, &project.id, ReviewDecision::Reject).unwrap();
        let steps = store
            .read_blocking(|conn| project::events(conn, std::slice::from_ref(&project.id)))
            .unwrap();
        let kinds: Vec<_> = steps.iter().map(|step| step.kind).collect();
        use ProjectEventKind as K;
        assert_eq!(kinds, [K::Created, K::Submitted, K::Rejected]);
        assert_eq!(steps[2].user_id.as_ref(), Some(&world.reviewer.user_id));
        assert_eq!(steps[2].note.as_deref(), Some("资料不全"));
    });
}
