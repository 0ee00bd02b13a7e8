//! Leads (商机, L24): somebody of an organisation is interested in a product and agrees to what its partner is told. States and who moves
//! them, what may be written; who sees which lead is `store::lead`.

use super::contact::Mobile;
use super::form_check::FormCheck;
use super::locale::Text;
use super::problem::Problem;
use super::refusal::Refusal;
use super::transition::status;
use super::wording;
use super::words::words;

/// Characters of a message, a note and a reason.
const TEXT_MAX: usize = 500;

words! {
    /// From what a lead arose.
    LeadSource {
        /// 咨询: somebody asked the partner.
        Consultation = "CONSULTATION",
        /// 试用: an organisation began a trial.
        Trial = "TRIAL",
        /// 申请开通: an employee asked their admins for the product.
        AskAdmins = "ASK_ADMINS",
        /// 推广码: somebody signed in on the page of a promotion link.
        Promotion = "PROMOTION",
    }
}

words! {
    /// State of a lead.
    LeadStatus {
        /// 待联系: nobody got in touch yet.
        New = "NEW",
        /// 已联系: the partner is in touch.
        Contacted = "CONTACTED",
        /// 已成交: they became a customer.
        Won = "WON",
        /// 已流失: they did not, with a reason.
        Lost = "LOST",
    }
}

words! {
    /// What a partner does with a lead.
    LeadAction {
        /// Give it to a pre-sales contact.
        Assign = "ASSIGN",
        /// Say that one is in touch.
        Contact = "CONTACT",
        /// Say that they became a customer.
        Win = "WIN",
        /// Say that they did not, with a reason.
        Lose = "LOSE",
    }
}

words! {
    /// What happened to a lead.
    LeadEventKind {
        /// It arose.
        Created = "CREATED",
        /// The same person came the same way once more.
        AskedAgain = "ASKED_AGAIN",
        /// It was given to somebody.
        Assigned = "ASSIGNED",
        /// The partner is in touch.
        Contacted = "CONTACTED",
        /// They became a customer.
        Won = "WON",
        /// They did not.
        Lost = "LOST",
    }
}

impl LeadStatus {
    /// NEW → CONTACTED → WON | LOST; given to somebody while it is open.
    pub const fn after(self, action: LeadAction) -> Option<Self> {
        use LeadAction as A;
        match (self, action) {
            (Self::New | Self::Contacted, A::Assign) => Some(self),
            (Self::New, A::Contact) => Some(Self::Contacted),
            (Self::Contacted, A::Win) => Some(Self::Won),
            (Self::Contacted, A::Lose) => Some(Self::Lost),
            (Self::New, A::Win | A::Lose) | (Self::Contacted, A::Contact) | (Self::Won | Self::Lost, _) => None,
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        match self {
            Self::New | Self::Contacted => true,
            Self::Won | Self::Lost => false,
        }
    }

    /// What somebody of the partner can do; giving leads to people is its admins'.
    pub fn available_actions(self, admin: bool) -> Vec<LeadAction> {
        let may = |action: &LeadAction| self.after(*action).is_some() && (admin || *action != LeadAction::Assign);
        LeadAction::ALL.iter().copied().filter(may).collect()
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::New => Text::new("待联系", "New"),
            Self::Contacted => Text::new("已联系", "Contacted"),
            Self::Won => Text::new("已成交", "Won"),
            Self::Lost => Text::new("已流失", "Lost"),
        }
    }
}

status!(LeadStatus moved by LeadAction);

impl LeadAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Assign => Text::new("分配", "Assign"),
            Self::Contact => Text::new("标记为已联系", "Mark as contacted"),
            Self::Win => Text::new("标记为已成交", "Mark as won"),
            Self::Lose => Text::new("标记为已流失", "Mark as lost"),
        }
    }

    /// What it is in the timeline.
    pub const fn event(self) -> LeadEventKind {
        match self {
            Self::Assign => LeadEventKind::Assigned,
            Self::Contact => LeadEventKind::Contacted,
            Self::Win => LeadEventKind::Won,
            Self::Lose => LeadEventKind::Lost,
        }
    }

    /// The note that goes with it: a reason where something was lost, otherwise what one likes.
    pub fn note(self, note: &str) -> Result<String, Refusal> {
        let written = wording::paragraphs(note, TEXT_MAX);
        let written = match self {
            Self::Lose => wording::required(written),
            Self::Assign | Self::Contact | Self::Win => written,
        };
        written.map_err(|problem| Refusal::invalid("note", problem))
    }
}

impl LeadEventKind {
    /// What the audit log calls it.
    pub const fn audited(self) -> &'static str {
        match self {
            Self::Created => "lead.created",
            Self::AskedAgain => "lead.asked_again",
            Self::Assigned => "lead.assigned",
            Self::Contacted => "lead.contacted",
            Self::Won => "lead.won",
            Self::Lost => "lead.lost",
        }
    }
}

impl LeadSource {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Consultation => Text::new("咨询", "Enquiry"),
            Self::Trial => Text::new("试用", "Trial"),
            Self::AskAdmins => Text::new("申请开通", "Asked the admins"),
            Self::Promotion => Text::new("推广码", "Promotion link"),
        }
    }
}

/// What somebody asks a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consultation {
    pub message: String,
    /// In E.164 form; empty where it was not given.
    pub phone: String,
}

impl Consultation {
    /// Checks everything at once. Nothing is passed on without consent.
    pub fn check(message: &str, phone: &str, consent: bool) -> Result<Self, Refusal> {
        let mut check = FormCheck::new("");
        let message = check.take("message", wording::required(wording::paragraphs(message, TEXT_MAX)));
        let phone = match phone.trim() {
            "" => Ok(String::new()),
            given => Mobile::parse(given).map(|mobile| mobile.as_str().to_owned()),
        };
        let phone = check.take("phone", phone);
        check.wrong_if(!consent, "consent", Problem::Required);
        Refusal::unless_valid(check.issues())?;
        Ok(Self { message, phone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l24_a_lead_is_contacted_before_it_is_won_or_lost() {
        use LeadAction as A;
        use LeadStatus as S;
        assert_eq!(S::New.after(A::Contact), Some(S::Contacted));
        assert_eq!(S::Contacted.after(A::Win), Some(S::Won));
        assert_eq!(S::Contacted.after(A::Lose), Some(S::Lost));
        for action in [A::Win, A::Lose] {
            assert_eq!(S::New.after(action), None);
        }
        for done in [S::Won, S::Lost] {
            assert!(
                A::ALL.iter().all(|action| done.after(*action).is_none()),
                "{done} is final"
            );
        }
        assert_eq!(S::New.available_actions(true), [A::Assign, A::Contact]);
        assert_eq!(S::New.available_actions(false), [A::Contact]);
    }

    #[test]
    fn l24_what_was_lost_has_a_reason() {
        assert!(LeadAction::Lose.note(" ").is_err());
        assert_eq!(LeadAction::Lose.note("预算不足").ok().as_deref(), Some("预算不足"));
        assert_eq!(LeadAction::Win.note("").ok().as_deref(), Some(""));
        assert!(LeadAction::Win.note(&"长".repeat(TEXT_MAX + 1)).is_err());
    }

    #[test]
    fn l24_nothing_is_passed_on_without_consent_and_everything_wrong_is_said_at_once() {
        let refused = Consultation::check(" ", "12", false).unwrap_err();
        let fields: Vec<String> = refused.issues().iter().map(|issue| issue.path.join(".")).collect();
        assert_eq!(fields, ["message", "phone", "consent"]);
        let asked = Consultation::check("想了解私有部署", "138 0013 8000", true).unwrap();
        assert_eq!(asked.phone, "+8613800138000");
        assert_eq!(Consultation::check("想了解", "", true).unwrap().phone, "");
        assert!(Consultation::check(&"👨‍👩‍👧‍👦".repeat(TEXT_MAX), "", true).is_ok());
        assert!(Consultation::check(&"字".repeat(TEXT_MAX + 1), "", true).is_err());
    }
}
