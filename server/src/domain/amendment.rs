//! Amendments (项目变更): a change of amount, end date or description of an active project. Its creator proposes it with
//! its document, a reviewer decides; what was before stays beside what came of it.

use chrono::NaiveDate;

use super::form_check::FormCheck;
use super::id::FileId;
use super::locale::Text;
use super::money::Money;
use super::problem::Problem;
use super::project::{ContractFileKind, ProjectViewer, ReviewDecision};
use super::refusal::Refusal;
use super::transition::{Status, status};
use super::wording;
use super::words::words;

const REASON_MAX: usize = 1_000;
const DESCRIPTION_MAX: usize = 5_000;

words! {
    /// State of an amendment.
    AmendmentStatus {
        /// 变更审批中: waits for the internal reviewer.
        InReview = "IN_REVIEW",
        /// Its values are the project's since then.
        Approved = "APPROVED",
        /// Refused with a reason; the project stayed as it was.
        Rejected = "REJECTED",
        /// Taken back by the project's creator, or overtaken by the settlement.
        Withdrawn = "WITHDRAWN",
    }
}

words! {
    /// What can be done with an amendment.
    AmendmentAction {
        /// Take it back while it is in review.
        Withdraw = "WITHDRAW",
        /// The reviewer approves.
        Approve = "APPROVE",
        /// The reviewer rejects.
        Reject = "REJECT",
    }
}

words! {
    /// What an amendment changes of its project.
    AmendedField {
        /// The contract amount.
        Amount = "AMOUNT",
        /// The last day as planned.
        EndOn = "END_ON",
        /// What the project is about.
        Description = "DESCRIPTION",
    }
}

impl AmendmentStatus {
    /// IN_REVIEW → APPROVED | REJECTED | WITHDRAWN; all three are final.
    pub const fn after(self, action: AmendmentAction) -> Option<Self> {
        use AmendmentAction as A;
        match (self, action) {
            (Self::InReview, A::Withdraw) => Some(Self::Withdrawn),
            (Self::InReview, A::Approve) => Some(Self::Approved),
            (Self::InReview, A::Reject) => Some(Self::Rejected),
            (Self::Approved | Self::Rejected | Self::Withdrawn, A::Withdraw | A::Approve | A::Reject) => None,
        }
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::InReview => Text::new("变更审批中", "Amendment in review"),
            Self::Approved => Text::new("变更已通过", "Amendment approved"),
            Self::Rejected => Text::new("变更已驳回", "Amendment rejected"),
            Self::Withdrawn => Text::new("变更已撤销", "Amendment withdrawn"),
        }
    }
}

status!(AmendmentStatus moved by AmendmentAction);

impl AmendmentAction {
    /// The action that a reviewer's decision is.
    pub const fn of(decision: ReviewDecision) -> Self {
        match decision {
            ReviewDecision::Approve => Self::Approve,
            ReviewDecision::Reject => Self::Reject,
        }
    }

    fn text(self) -> Text {
        match self {
            Self::Withdraw => Text::new("撤销变更", "Withdraw the amendment"),
            Self::Approve => Text::new("通过变更", "Approve the amendment"),
            Self::Reject => Text::new("驳回变更", "Reject the amendment"),
        }
    }

    /// Who may do it at all.
    const fn is_for(self, viewer: ProjectViewer) -> bool {
        match (viewer, self) {
            (ProjectViewer::Creator, Self::Withdraw) | (ProjectViewer::Reviewer, Self::Approve | Self::Reject) => true,
            (ProjectViewer::Creator, Self::Approve | Self::Reject)
            | (ProjectViewer::Reviewer, Self::Withdraw)
            | (ProjectViewer::PartnerAdmin | ProjectViewer::Successor, Self::Withdraw | Self::Approve | Self::Reject) => {
                false
            }
        }
    }

    /// The status after the action, if this viewer may do it and the status admits it; the role comes first.
    pub fn take(self, viewer: ProjectViewer, status: AmendmentStatus) -> Result<AmendmentStatus, Refusal> {
        if !self.is_for(viewer) {
            return Err(Refusal::no_permission());
        }
        status
            .apply(self)
            .map_err(|refusal| refusal.in_words(status.text(), self.text()))
    }
}

/// What this viewer can do with an amendment in that status.
pub fn available_actions(viewer: ProjectViewer, status: AmendmentStatus) -> Vec<AmendmentAction> {
    let open = |action: &AmendmentAction| action.is_for(viewer) && status.after(*action).is_some();
    AmendmentAction::ALL.iter().copied().filter(open).collect()
}

/// Why a second one cannot be proposed: one at a time.
pub fn already_open() -> Refusal {
    let from = AmendmentStatus::InReview;
    Refusal::transition(from.as_str(), "PROPOSE_AMENDMENT")
        .in_words(from.text(), Text::new("提出变更", "Propose an amendment"))
        .advise(Text::new(
            "同一项目一次只能有一个待审批的变更，请等待审批或先撤销",
            "A project has one open amendment at a time; wait for the decision, or withdraw the open one first",
        ))
}

/// What of a project an amendment may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub amount: Money,
    pub end_on: NaiveDate,
    pub description: String,
}

impl Terms {
    /// What differs in the other version.
    pub fn changes(&self, after: &Self) -> Vec<AmendedField> {
        let differs = |field: &AmendedField| match field {
            AmendedField::Amount => self.amount != after.amount,
            AmendedField::EndOn => self.end_on != after.end_on,
            AmendedField::Description => self.description != after.description,
        };
        AmendedField::ALL.iter().copied().filter(differs).collect()
    }
}

/// The fields as they were typed.
#[derive(Clone, Debug)]
pub struct AmendmentFields {
    /// Minor units and currency code.
    pub amount: (i64, String),
    pub end_on: NaiveDate,
    pub description: String,
    pub file_id: String,
    pub file_kind: ContractFileKind,
    pub reason: String,
}

/// An amendment that may be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendmentForm {
    pub terms: Terms,
    /// `None` where it was no id, which is an issue.
    pub file_id: Option<FileId>,
    pub file_kind: ContractFileKind,
    pub reason: String,
}

/// What of the project bears on an amendment.
#[derive(Clone, Debug)]
pub struct Amended<'a> {
    pub current: &'a Terms,
    pub start_on: Option<NaiveDate>,
    /// Of the contract or quotation with which the project was approved.
    pub contract_file_kind: Option<ContractFileKind>,
    pub part_of_larger_contract: bool,
}

impl AmendmentForm {
    /// Cleans the fields and notes everything that is wrong in `check`.
    pub fn clean(fields: &AmendmentFields, project: &Amended<'_>, check: &mut FormCheck) -> Self {
        let amount = check.money("contractAmount", Some(&fields.amount));
        let not_positive = amount.is_some_and(|amount| !amount.is_positive());
        check.wrong_if(not_positive, "contractAmount", Problem::NotPositive);
        let before_start = project.start_on.is_some_and(|start| fields.end_on < start);
        check.wrong_if(before_start, "endOn", Problem::EndBeforeStart);
        let description = check.paragraphs("description", &fields.description, DESCRIPTION_MAX);
        if description.is_empty() {
            let quotation =
                [Some(fields.file_kind), project.contract_file_kind].contains(&Some(ContractFileKind::Quotation));
            if quotation {
                check.wrong("description", Problem::DescriptionRequiredForQuotation);
            } else if project.part_of_larger_contract {
                check.wrong("description", Problem::DescriptionRequiredForPart);
            }
        }
        let terms = Terms {
            amount: amount.unwrap_or(project.current.amount),
            end_on: fields.end_on,
            description,
        };
        let same = amount.is_some() && project.current.changes(&terms).is_empty();
        check.wrong_if(same, "contractAmount", Problem::NothingChanged);
        let reason = wording::required(wording::paragraphs(&fields.reason, REASON_MAX));
        Self {
            terms,
            file_id: check.id("fileId", Some(&fields.file_id)),
            file_kind: fields.file_kind,
            reason: check.take("reason", reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amendment_every_status_and_action() {
        use AmendmentAction as A;
        use AmendmentStatus as S;
        for from in S::ALL {
            for action in A::ALL {
                let to = match (from, action) {
                    (S::InReview, A::Withdraw) => Some(S::Withdrawn),
                    (S::InReview, A::Approve) => Some(S::Approved),
                    (S::InReview, A::Reject) => Some(S::Rejected),
                    _ => None,
                };
                assert_eq!(from.after(*action), to, "{from} {action}");
            }
        }
    }

    #[test]
    fn amendment_each_viewer_sees_the_actions_of_their_role() {
        use AmendmentAction as A;
        let seen = |viewer| available_actions(viewer, AmendmentStatus::InReview);
        assert_eq!(seen(ProjectViewer::Creator), [A::Withdraw]);
        assert_eq!(seen(ProjectViewer::Reviewer), [A::Approve, A::Reject]);
        assert_eq!(seen(ProjectViewer::PartnerAdmin), []);
        for over in [
            AmendmentStatus::Approved,
            AmendmentStatus::Rejected,
            AmendmentStatus::Withdrawn,
        ] {
            assert_eq!(available_actions(ProjectViewer::Reviewer, over), []);
            let refusal = A::Withdraw.take(ProjectViewer::Creator, over).unwrap_err();
            assert_eq!(refusal.code().as_str(), "INVALID_STATE");
        }
        let refusal = A::Approve
            .take(ProjectViewer::Creator, AmendmentStatus::Approved)
            .unwrap_err();
        assert_eq!(refusal.code().as_str(), "NO_PERMISSION", "the role comes first");
    }

    fn terms(minor: i64) -> Terms {
        Terms {
            amount: Money::cny(minor),
            end_on: "2026-12-31".parse().unwrap(),
            description: "一期".to_owned(),
        }
    }

    fn fields() -> AmendmentFields {
        AmendmentFields {
            amount: (200, "CNY".to_owned()),
            end_on: "2027-01-31".parse().unwrap(),
            description: "一期和二期".to_owned(),
            file_id: "file_01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(),
            file_kind: ContractFileKind::Contract,
            reason: "客户追加二期".to_owned(),
        }
    }

    fn wrong(fields: &AmendmentFields, part: bool) -> Vec<String> {
        let current = terms(100);
        let project = Amended {
            current: &current,
            start_on: "2026-11-21".parse().ok(),
            contract_file_kind: Some(ContractFileKind::Contract),
            part_of_larger_contract: part,
        };
        let mut check = FormCheck::new("");
        AmendmentForm::clean(fields, &project, &mut check);
        check.issues().iter().map(|issue| issue.path.join(".")).collect()
    }

    #[test]
    fn amendment_everything_that_is_wrong_is_told_at_once() {
        assert_eq!(wrong(&fields(), false), Vec::<String>::new());
        let bad = AmendmentFields {
            amount: (0, "CNY".to_owned()),
            end_on: "2026-11-20".parse().unwrap(),
            description: " ".to_owned(),
            file_id: "order_1".to_owned(),
            file_kind: ContractFileKind::Quotation,
            reason: String::new(),
        };
        assert_eq!(
            wrong(&bad, false),
            ["contractAmount", "endOn", "description", "fileId", "reason"]
        );
        let silent = AmendmentFields {
            description: String::new(),
            ..fields()
        };
        assert_eq!(wrong(&silent, false), Vec::<String>::new());
        assert_eq!(wrong(&silent, true), ["description"]);
    }

    #[test]
    fn amendment_something_has_to_change() {
        let same = AmendmentFields {
            amount: (100, "CNY".to_owned()),
            end_on: "2026-12-31".parse().unwrap(),
            description: "一期".to_owned(),
            ..fields()
        };
        assert_eq!(wrong(&same, false), ["contractAmount"]);
        let longer = AmendmentFields {
            end_on: "2027-01-31".parse().unwrap(),
            ..same
        };
        assert_eq!(wrong(&longer, false), Vec::<String>::new());
        assert_eq!(terms(100).changes(&terms(200)), [AmendedField::Amount]);
    }
}
