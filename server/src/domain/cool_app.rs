//! Cool apps (酷应用, L21, L22): where an application to list one stands, and who moves it. What it says is `cool_app_content`, whether
//! that may be handed in is `cool_app_form`; what becomes of it in a group is `cool_app_installation`.

use std::fmt;
use std::str::FromStr;

use super::id::ALPHABET;
use super::locale::Text;
use super::refusal::Refusal;
use super::transition::status;
use super::words::{UnknownWord, words};

words! {
    /// State of an application to list a cool app.
    CoolAppStatus {
        /// Being written.
        Draft = "DRAFT",
        /// 审核中: waits for the open-platform operator.
        Submitted = "SUBMITTED",
        /// 已上架: the market shows it.
        Approved = "APPROVED",
        /// 已驳回: may be changed and handed in again.
        Rejected = "REJECTED",
        /// 更新审核中: a change waits for the operator; the market goes on showing what was approved.
        UpdateSubmitted = "UPDATE_SUBMITTED",
        /// 已下架: the market shows it no more; groups that have it keep it.
        Delisted = "DELISTED",
    }
}

words! {
    /// What moves an application to list a cool app.
    CoolAppStep {
        /// Change what is written.
        Edit = "EDIT",
        /// Hand in for review.
        Submit = "SUBMIT",
        /// The operator approves.
        Approve = "APPROVE",
        /// The operator rejects.
        Reject = "REJECT",
        /// It is taken off the market.
        Delist = "DELIST",
    }
}

words! {
    /// What an open-platform operator decides.
    CoolAppDecision {
        /// The market shows it from now on.
        Approve = "APPROVE",
        /// Refused, with a reason.
        Reject = "REJECT",
    }
}

words! {
    /// What a viewer can do with an application to list a cool app.
    CoolAppAction {
        /// Change what is written.
        Edit = "EDIT",
        /// Hand it in for review.
        Submit = "SUBMIT",
        /// Delete a draft that never was handed in.
        Discard = "DISCARD",
        /// Take it off the market.
        Delist = "DELIST",
        /// Decide about what was handed in.
        Review = "REVIEW",
    }
}

impl CoolAppStatus {
    /// DRAFT → SUBMITTED → APPROVED | REJECTED → SUBMITTED; APPROVED → UPDATE_SUBMITTED → APPROVED; APPROVED → DELISTED. Writing
    /// moves nothing: a rejected one is handed in again, an approved one is shown as it was.
    pub const fn after(self, step: CoolAppStep) -> Option<Self> {
        use CoolAppStep as S;
        match (self, step) {
            (Self::Draft | Self::Rejected | Self::Approved, S::Edit) => Some(self),
            (Self::Draft | Self::Rejected, S::Submit) => Some(Self::Submitted),
            (Self::Approved, S::Submit) => Some(Self::UpdateSubmitted),
            (Self::Submitted | Self::UpdateSubmitted, S::Approve) => Some(Self::Approved),
            (Self::Submitted, S::Reject) => Some(Self::Rejected),
            // The rejected change goes; what was approved before stays on the market.
            (Self::UpdateSubmitted, S::Reject) => Some(Self::Approved),
            (Self::Approved, S::Delist) => Some(Self::Delisted),
            (Self::Draft | Self::Rejected, S::Approve | S::Reject | S::Delist)
            | (Self::Approved, S::Approve | S::Reject)
            | (Self::Submitted | Self::UpdateSubmitted, S::Edit | S::Submit | S::Delist)
            | (Self::Delisted, S::Edit | S::Submit | S::Approve | S::Reject | S::Delist) => None,
        }
    }

    /// Whether the market shows what was approved last.
    pub const fn is_on_market(self) -> bool {
        matches!(self, Self::Approved | Self::UpdateSubmitted)
    }

    /// Whether an operator has to decide.
    pub const fn is_in_review(self) -> bool {
        matches!(self, Self::Submitted | Self::UpdateSubmitted)
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Draft => Text::new("草稿", "Draft"),
            Self::Submitted => Text::new("审核中", "In review"),
            Self::Approved => Text::new("已上架", "On the market"),
            Self::Rejected => Text::new("已驳回", "Rejected"),
            Self::UpdateSubmitted => Text::new("更新审核中", "Update in review"),
            Self::Delisted => Text::new("已下架", "Delisted"),
        }
    }
}

status!(CoolAppStatus moved by CoolAppStep);

impl CoolAppStep {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Edit => Text::new("编辑", "Edit"),
            Self::Submit => Text::new("提交审核", "Submit for review"),
            Self::Approve => Text::new("审核通过", "Approve"),
            Self::Reject => Text::new("驳回", "Reject"),
            Self::Delist => Text::new("下架", "Delist"),
        }
    }
}

impl CoolAppAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Edit => Text::new("编辑", "Edit"),
            Self::Submit => Text::new("提交审核", "Submit for review"),
            Self::Discard => Text::new("删除草稿", "Delete the draft"),
            Self::Delist => Text::new("下架", "Delist"),
            Self::Review => Text::new("审核", "Review"),
        }
    }

    /// Whether it is open in that status, whoever may do it.
    const fn is_open(self, status: CoolAppStatus) -> bool {
        match self {
            Self::Edit => status.after(CoolAppStep::Edit).is_some(),
            Self::Submit => status.after(CoolAppStep::Submit).is_some(),
            Self::Discard => matches!(status, CoolAppStatus::Draft),
            Self::Delist => status.after(CoolAppStep::Delist).is_some(),
            Self::Review => status.is_in_review(),
        }
    }
}

impl CoolAppDecision {
    /// The step that the decision is.
    pub const fn step(self) -> CoolAppStep {
        match self {
            Self::Approve => CoolAppStep::Approve,
            Self::Reject => CoolAppStep::Reject,
        }
    }
}

/// Who looks at an application to list a cool app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoolAppViewer {
    /// PA of its partner.
    PartnerAdmin,
    /// PD of its partner: reads.
    Developer,
    /// OO.
    Operator,
}

impl CoolAppViewer {
    /// The role table of the specification: who may do what.
    pub const fn may(self, action: CoolAppAction) -> bool {
        use CoolAppAction as A;
        match (self, action) {
            (Self::PartnerAdmin, A::Edit | A::Submit | A::Discard | A::Delist) => true,
            (Self::Operator, A::Review | A::Delist) => true,
            (Self::PartnerAdmin, A::Review)
            | (Self::Operator, A::Edit | A::Submit | A::Discard)
            | (Self::Developer, _) => false,
        }
    }

    /// Nothing, if this viewer may do it now. The role comes first: who may not do a thing at all is not told when it could be done.
    pub fn require(self, status: CoolAppStatus, action: CoolAppAction) -> Result<(), Refusal> {
        match (self.may(action), action.is_open(status)) {
            (false, _) => Err(Refusal::no_permission()),
            (true, true) => Ok(()),
            (true, false) => {
                let refused = Refusal::transition(status.as_str(), action.as_str());
                Err(refused.in_words(status.text(), action.text()))
            }
        }
    }

    /// What this viewer can do now; screens draw their buttons from it.
    pub fn available_actions(self, status: CoolAppStatus) -> Vec<CoolAppAction> {
        let open = |action: &CoolAppAction| self.may(*action) && action.is_open(status);
        CoolAppAction::ALL.iter().copied().filter(open).collect()
    }
}

/// What every code begins with.
const CODE_PREFIX: &str = "COOLAPP-";
/// Characters of a code after that.
const CODE_CHARS: usize = 12;

/// The code of a cool app: COOLAPP- and twelve characters, made once from chance and never changed. Nobody guesses one from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CoolAppCode(String);

impl CoolAppCode {
    /// The code of twelve random bytes, of which five bits each are used: letters and digits that are not mistaken for each other.
    pub fn of(chance: [u8; CODE_CHARS]) -> CoolAppCode {
        let digit = |byte: u8| char::from(ALPHABET.as_bytes()[usize::from(byte) % ALPHABET.len()]);
        CoolAppCode(format!("{CODE_PREFIX}{}", chance.map(digit).iter().collect::<String>()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CoolAppCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CoolAppCode {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let body = text.strip_prefix(CODE_PREFIX).unwrap_or_default();
        let shaped = body.len() == CODE_CHARS && body.bytes().all(|byte| ALPHABET.as_bytes().contains(&byte));
        match shaped {
            true => Ok(CoolAppCode(text.to_owned())),
            false => Err(UnknownWord {
                what: "CoolAppCode",
                given: text.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn l22_every_status_and_step_of_a_cool_app() {
        use CoolAppStatus as S;
        use CoolAppStep as T;
        let open = [
            (S::Draft, T::Edit, S::Draft),
            (S::Draft, T::Submit, S::Submitted),
            (S::Submitted, T::Approve, S::Approved),
            (S::Submitted, T::Reject, S::Rejected),
            (S::Rejected, T::Edit, S::Rejected),
            (S::Rejected, T::Submit, S::Submitted),
            (S::Approved, T::Edit, S::Approved),
            (S::Approved, T::Submit, S::UpdateSubmitted),
            (S::Approved, T::Delist, S::Delisted),
            (S::UpdateSubmitted, T::Approve, S::Approved),
            (S::UpdateSubmitted, T::Reject, S::Approved),
        ];
        for from in S::ALL {
            for step in T::ALL {
                let to = open.iter().find(|(s, t, _)| s == from && t == step);
                assert_eq!(from.after(*step), to.map(|(_, _, to)| *to), "{from} {step}");
            }
        }
    }

    #[test]
    fn l22_every_status_is_reached_and_delisted_is_the_end() {
        let mut reached = HashSet::from([CoolAppStatus::Draft]);
        for _ in CoolAppStatus::ALL {
            let next: Vec<_> = reached
                .iter()
                .flat_map(|from| CoolAppStep::ALL.iter().filter_map(|step| from.after(*step)))
                .collect();
            reached.extend(next);
        }
        assert_eq!(reached.len(), CoolAppStatus::ALL.len());
        let ends = |status: &&CoolAppStatus| CoolAppStep::ALL.iter().all(|step| status.after(*step).is_none());
        let ends: Vec<_> = CoolAppStatus::ALL.iter().filter(ends).collect();
        assert_eq!(ends, [&CoolAppStatus::Delisted]);
    }

    #[test]
    fn l22_partners_write_operators_decide_and_developers_read() {
        use CoolAppAction as A;
        use CoolAppStatus as S;
        for (status, partner, operator) in [
            (S::Draft, vec![A::Edit, A::Submit, A::Discard], vec![]),
            (S::Submitted, vec![], vec![A::Review]),
            (S::Approved, vec![A::Edit, A::Submit, A::Delist], vec![A::Delist]),
            (S::Rejected, vec![A::Edit, A::Submit], vec![]),
            (S::UpdateSubmitted, vec![], vec![A::Review]),
            (S::Delisted, vec![], vec![]),
        ] {
            assert_eq!(
                CoolAppViewer::PartnerAdmin.available_actions(status),
                partner,
                "{status}"
            );
            assert_eq!(CoolAppViewer::Operator.available_actions(status), operator, "{status}");
            assert_eq!(CoolAppViewer::Developer.available_actions(status), [], "{status}");
        }
        let early = CoolAppViewer::PartnerAdmin.require(S::Draft, A::Review).unwrap_err();
        assert_eq!(early, Refusal::no_permission(), "the role comes before the state");
    }

    #[test]
    fn l21_a_code_is_coolapp_and_twelve_unmistakable_characters() {
        let code = CoolAppCode::of([0, 31, 32, 255, 9, 10, 17, 18, 19, 20, 21, 22]);
        assert_eq!(code.as_str(), "COOLAPP-0Z0Z9AHJKMNP");
        assert_eq!(code.as_str().parse::<CoolAppCode>(), Ok(code));
        for other in [
            "COOLAPP-",
            "COOLAPP-0Z0Z9AHJKMN",
            "COOLAPP-0Z0Z9AHJKMNPQ",
            "COOLAPP-0Z0Z9AHJKMNO",
            "0Z0Z9AHJKMNP",
        ] {
            assert!(other.parse::<CoolAppCode>().is_err(), "{other}");
        }
    }
}
