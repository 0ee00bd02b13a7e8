//! The grids of products and revisions, and who may do what.

use super::*;
use crate::domain::transition::Status;

#[test]
fn l5_the_whole_grid_of_a_product() {
    let grid: Vec<String> = ProductStatus::ALL
        .iter()
        .flat_map(|status| ProductStep::ALL.iter().map(move |step| (*status, *step)))
        .filter_map(|(status, step)| Some(format!("{status} {step} {}", status.after(step)?)))
        .collect();
    assert_eq!(
        grid,
        [
            "DRAFT EDIT DRAFT",
            "DRAFT SUBMIT IN_REVIEW",
            "IN_REVIEW APPROVE APPROVED",
            "IN_REVIEW REJECT REJECTED",
            "IN_REVIEW SEND_BACK DRAFT",
            "APPROVED LIST LISTED",
            "APPROVED DELIST DELISTED",
            "REJECTED EDIT DRAFT",
            "LISTED HIDE HIDDEN",
            "LISTED DELIST DELISTED",
            "HIDDEN SHOW LISTED",
            "HIDDEN DELIST DELISTED",
            "DELISTED EDIT DELISTED",
            "DELISTED SUBMIT IN_REVIEW",
        ]
    );
}

#[test]
fn l8_the_whole_grid_of_a_revision() {
    let grid: Vec<String> = RevisionStatus::ALL
        .iter()
        .flat_map(|status| ProductStep::ALL.iter().map(move |step| (*status, *step)))
        .filter_map(|(status, step)| Some(format!("{status} {step} {}", status.after(step)?)))
        .collect();
    assert_eq!(
        grid,
        [
            "DRAFT EDIT DRAFT",
            "DRAFT SUBMIT IN_REVIEW",
            "IN_REVIEW APPROVE APPROVED",
            "IN_REVIEW REJECT REJECTED",
            "IN_REVIEW SEND_BACK DRAFT",
            "REJECTED EDIT DRAFT",
        ]
    );
    assert!(
        RevisionStatus::Approved.apply(ProductStep::Edit).is_err(),
        "a record stays what it is"
    );
}

fn standing(status: ProductStatus, open: Option<RevisionStatus>) -> Standing {
    Standing {
        status,
        open,
        for_marketplace: true,
        was_submitted: true,
        delisting_applied: false,
        tasks_done: true,
    }
}

#[test]
fn l7_in_review_the_partner_can_neither_edit_nor_withdraw() {
    let in_review = standing(ProductStatus::InReview, Some(RevisionStatus::InReview));
    assert_eq!(in_review.available_actions(ProductViewer::PartnerAdmin), []);
    assert_eq!(
        in_review.available_actions(ProductViewer::Operator),
        [ProductAction::Review]
    );
    let revised = standing(ProductStatus::Listed, Some(RevisionStatus::InReview));
    assert_eq!(
        revised.available_actions(ProductViewer::PartnerAdmin),
        [ProductAction::ApplyToDelist],
        "what is sold can still be taken off the shelves"
    );
}

#[test]
fn l9_approved_is_not_listed_and_waits_for_its_tasks() {
    use ProductAction as A;
    let approved = standing(ProductStatus::Approved, None);
    let actions = approved.available_actions(ProductViewer::PartnerAdmin);
    assert_eq!(actions, [A::Revise, A::List, A::ApplyToDelist]);
    let open_tasks = Standing {
        tasks_done: false,
        ..approved
    };
    assert!(
        !open_tasks
            .available_actions(ProductViewer::PartnerAdmin)
            .contains(&A::List)
    );
    let own_channel = Standing {
        for_marketplace: false,
        ..approved
    };
    assert!(
        !own_channel
            .available_actions(ProductViewer::PartnerAdmin)
            .contains(&A::List)
    );
    assert!(
        !own_channel
            .available_actions(ProductViewer::Operator)
            .contains(&A::AnswerTask)
    );
}

#[test]
fn l5_a_draft_that_was_never_handed_in_can_be_thrown_away_and_a_record_cannot() {
    let draft = standing(ProductStatus::Draft, Some(RevisionStatus::Draft));
    let never = Standing {
        was_submitted: false,
        ..draft
    };
    assert!(
        never
            .available_actions(ProductViewer::PartnerAdmin)
            .contains(&ProductAction::Discard)
    );
    assert!(
        !draft
            .available_actions(ProductViewer::PartnerAdmin)
            .contains(&ProductAction::Discard)
    );
    let beside = standing(ProductStatus::Listed, Some(RevisionStatus::Rejected));
    assert!(
        beside
            .available_actions(ProductViewer::PartnerAdmin)
            .contains(&ProductAction::Discard)
    );
}

#[test]
fn l5_a_developer_reads_and_nothing_else() {
    for status in ProductStatus::ALL {
        for open in [None, Some(RevisionStatus::Draft), Some(RevisionStatus::InReview)] {
            assert_eq!(standing(*status, open).available_actions(ProductViewer::Developer), []);
        }
    }
}
