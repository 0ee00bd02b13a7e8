//! The rules of a project, each under its number in the specification.

use std::collections::HashSet;

use super::*;

#[test]
fn d3_every_status_and_action_of_a_project() {
    use ProjectAction as A;
    use ProjectStatus as S;
    let moves = [
        (S::Draft, A::Submit, S::InReview),
        (S::InReview, A::Withdraw, S::Withdrawn),
        (S::InReview, A::Approve, S::Active),
        (S::InReview, A::Reject, S::Rejected),
        (S::Active, A::Settle, S::Closed),
    ];
    let stays = [
        (S::Draft, A::Edit),
        (S::Draft, A::Discard),
        (S::Rejected, A::Copy),
        (S::Withdrawn, A::Copy),
        (S::Active, A::CreateLink),
        (S::Active, A::ProposeAmendment),
    ];
    for from in S::ALL {
        for action in A::ALL {
            let to = moves
                .iter()
                .find(|(s, a, _)| s == from && a == action)
                .map(|(_, _, to)| *to);
            let stays = stays.contains(&(*from, *action)) || [A::ViewDetail, A::TakeOwnership].contains(action);
            assert_eq!(from.after(*action), to.or(stays.then_some(*from)), "{from} {action}");
        }
    }
}

#[test]
fn d3_every_status_is_reached_and_rejected_withdrawn_and_closed_are_final() {
    let mut reached = HashSet::from([ProjectStatus::Draft]);
    for _ in ProjectStatus::ALL {
        let next: Vec<_> = reached
            .iter()
            .flat_map(|from| ProjectAction::ALL.iter().filter_map(|action| from.after(*action)))
            .collect();
        reached.extend(next);
    }
    assert_eq!(reached.len(), ProjectStatus::ALL.len());
    for last in [ProjectStatus::Rejected, ProjectStatus::Withdrawn, ProjectStatus::Closed] {
        assert!(
            ProjectAction::ALL
                .iter()
                .all(|action| last.after(*action).is_none_or(|to| to == last))
        );
    }
}

#[test]
fn d5_each_viewer_sees_the_actions_of_their_role() {
    use ProjectAction as A;
    let seen = |viewer: ProjectViewer, status: ProjectStatus| viewer.available_actions(status);
    let creator = ProjectViewer::Creator;
    assert_eq!(
        seen(creator, ProjectStatus::Draft),
        [A::Edit, A::Submit, A::Discard, A::ViewDetail]
    );
    assert_eq!(seen(creator, ProjectStatus::InReview), [A::Withdraw, A::ViewDetail]);
    assert_eq!(
        seen(creator, ProjectStatus::Active),
        [A::CreateLink, A::ProposeAmendment, A::Settle, A::ViewDetail]
    );
    assert_eq!(seen(creator, ProjectStatus::Rejected), [A::Copy, A::ViewDetail]);
    assert_eq!(seen(creator, ProjectStatus::Closed), [A::ViewDetail]);
    assert_eq!(
        seen(ProjectViewer::PartnerAdmin, ProjectStatus::Active),
        [A::CreateLink]
    );
    assert_eq!(seen(ProjectViewer::PartnerAdmin, ProjectStatus::InReview), []);
    let successor = ProjectViewer::PartnerAdmin.with_creator(false);
    assert_eq!(
        seen(successor, ProjectStatus::Active),
        [A::CreateLink, A::TakeOwnership]
    );
    assert_eq!(seen(successor, ProjectStatus::Closed), [A::TakeOwnership]);
    for other in [creator, ProjectViewer::Reviewer] {
        assert_eq!(other.with_creator(false), other, "it matters to other admins alone");
    }
    let reviewer = seen(ProjectViewer::Reviewer, ProjectStatus::InReview);
    assert_eq!(reviewer, [A::Approve, A::Reject, A::ViewDetail]);
}

#[test]
fn d3_a_refused_action_is_told_in_words() {
    let refusal = ProjectStatus::Active.apply(ProjectAction::Withdraw).unwrap_err();
    assert_eq!(refusal.message(Locale::ZhCn), "当前状态为“审批通过”，不能执行“撤销”");
}

#[test]
fn d2_rejecting_for_the_amount_uses_the_given_sentence() {
    let text = ProjectDecisionCode::AmountMismatch.text(Locale::ZhCn);
    assert_eq!(text, "项目合同金额需要和项目合同文件里面的金额保持一致");
}
