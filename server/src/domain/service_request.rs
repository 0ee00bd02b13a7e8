//! Service requests (服务, L25): a customer asks its partner about an application, the partner answers, and a reply opens it again.
//! States and who moves them, what may be written; who sees which request is `store::service_request`.

use chrono::Duration;

use super::form_check::FormCheck;
use super::id::FileId;
use super::instant::Instant;
use super::locale::Text;
use super::order::OrderParty;
use super::problem::Problem;
use super::refusal::Refusal;
use super::transition::{Status, status};
use super::wording;
use super::words::words;

/// Fewest and most characters of a title.
const TITLE: (usize, usize) = (2, 80);
/// Characters of a message.
const TEXT_MAX: usize = 5_000;
/// Files of a message.
const FILES_MAX: usize = 5;
/// For how many days a reply opens again what was closed; after that a new request is the clearer way.
const REOPENED_WITHIN_DAYS: i64 = 30;
/// How many days an overview looks back.
pub const OVERVIEW_DAYS: i64 = 30;

words! {
    /// What a service request is about.
    ServiceRequestKind {
        /// 咨询: how something is done.
        Question = "QUESTION",
        /// 故障: something does not work.
        Fault = "FAULT",
        /// 变更: something is to be different.
        Change = "CHANGE",
    }
}

words! {
    /// State of a service request.
    ServiceRequestStatus {
        /// 待答复: the partner's answer is waited for.
        Open = "OPEN",
        /// 已答复: the partner answered; the customer replies or is content.
        Answered = "ANSWERED",
        /// 已关闭: done; a reply within 30 days opens it again.
        Closed = "CLOSED",
    }
}

words! {
    /// What moves a service request.
    ServiceRequestAction {
        /// The partner writes.
        Answer = "ANSWER",
        /// The customer writes.
        Reply = "REPLY",
        /// The customer says that it is solved, or the partner that it is done, with a note.
        Close = "CLOSE",
    }
}

words! {
    /// What a message of a service request did.
    ServiceMessageKind {
        /// Opened the request.
        Opened = "OPENED",
        /// The partner answered.
        Answered = "ANSWERED",
        /// The customer wrote more.
        Replied = "REPLIED",
        /// The customer wrote, which opened it again.
        Reopened = "REOPENED",
        /// Closed it.
        Closed = "CLOSED",
    }
}

impl ServiceRequestStatus {
    /// OPEN → ANSWERED → CLOSED, closed from OPEN as well; a reply leads back to OPEN from everywhere.
    pub const fn after(self, action: ServiceRequestAction) -> Option<Self> {
        use ServiceRequestAction as A;
        match (self, action) {
            (Self::Open | Self::Answered, A::Answer) => Some(Self::Answered),
            (Self::Open | Self::Answered, A::Close) => Some(Self::Closed),
            (Self::Open | Self::Answered | Self::Closed, A::Reply) => Some(Self::Open),
            (Self::Closed, A::Answer | A::Close) => None,
        }
    }

    /// The status after the action of that side. The side is asked before the state.
    pub fn moved(
        self,
        side: OrderParty,
        action: ServiceRequestAction,
        closed_at: Option<Instant>,
        now: Instant,
    ) -> Result<Self, Refusal> {
        if !action.is_of(side) {
            return Err(Refusal::no_permission());
        }
        match self.is_final(closed_at, now) {
            true => Err(Refusal::transition(self.as_str(), action.as_str())
                .in_words(self.text(), action.text())
                .advise(Text::new(
                    "关闭已超过 30 天，请新建一个服务请求",
                    "It was closed more than 30 days ago: open a new request",
                ))),
            false => self.apply(action),
        }
    }

    /// What that side can do.
    pub fn available_actions(
        self,
        side: OrderParty,
        closed_at: Option<Instant>,
        now: Instant,
    ) -> Vec<ServiceRequestAction> {
        let open = |action: &ServiceRequestAction| self.moved(side, *action, closed_at, now).is_ok();
        ServiceRequestAction::ALL.iter().copied().filter(open).collect()
    }

    /// Whether it was closed so long ago that nothing opens it again.
    fn is_final(self, closed_at: Option<Instant>, now: Instant) -> bool {
        let within = Duration::days(REOPENED_WITHIN_DAYS);
        self == Self::Closed && closed_at.is_none_or(|at| at + within <= now)
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Open => Text::new("待答复", "Open"),
            Self::Answered => Text::new("已答复", "Answered"),
            Self::Closed => Text::new("已关闭", "Closed"),
        }
    }
}

status!(ServiceRequestStatus moved by ServiceRequestAction);

impl ServiceRequestAction {
    /// Whose it is.
    const fn is_of(self, side: OrderParty) -> bool {
        match (self, side) {
            (Self::Answer, OrderParty::Partner)
            | (Self::Reply, OrderParty::Customer)
            | (Self::Close, OrderParty::Partner | OrderParty::Customer) => true,
            (Self::Answer, OrderParty::Customer) | (Self::Reply, OrderParty::Partner) => false,
        }
    }

    /// What the message that does it is.
    pub fn message(self, before: ServiceRequestStatus) -> ServiceMessageKind {
        match (self, before) {
            (Self::Answer, _) => ServiceMessageKind::Answered,
            (Self::Reply, ServiceRequestStatus::Open) => ServiceMessageKind::Replied,
            (Self::Reply, ServiceRequestStatus::Answered | ServiceRequestStatus::Closed) => {
                ServiceMessageKind::Reopened
            }
            (Self::Close, _) => ServiceMessageKind::Closed,
        }
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Answer => Text::new("答复", "Answer"),
            Self::Reply => Text::new("回复", "Reply"),
            Self::Close => Text::new("关闭", "Close"),
        }
    }
}

impl ServiceMessageKind {
    /// What the audit log calls it.
    pub const fn audited(self) -> &'static str {
        match self {
            Self::Opened => "service_request.opened",
            Self::Answered => "service_request.answered",
            Self::Replied => "service_request.replied",
            Self::Reopened => "service_request.reopened",
            Self::Closed => "service_request.closed",
        }
    }
}

impl ServiceRequestKind {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Question => Text::new("咨询", "Question"),
            Self::Fault => Text::new("故障", "Fault"),
            Self::Change => Text::new("变更", "Change"),
        }
    }
}

/// A message that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceMessageForm {
    /// Plain text, as it was typed.
    pub text: String,
    /// In the order in which they are shown.
    pub file_ids: Vec<FileId>,
}

impl ServiceMessageForm {
    /// What an answer or a reply holds: a text, and up to five files.
    pub fn check(text: &str, file_ids: &[String]) -> Result<Self, Refusal> {
        let mut check = FormCheck::new("");
        let form = Self::clean(text, file_ids, &mut check);
        Refusal::unless_valid(check.issues())?;
        Ok(form)
    }

    /// The note with which a request is closed. The partner says what was done; the customer need not.
    pub fn closing(note: &str, side: OrderParty) -> Result<Self, Refusal> {
        let mut check = FormCheck::new("");
        let text = match side {
            OrderParty::Partner => check.take("note", wording::required(wording::paragraphs(note, TEXT_MAX))),
            OrderParty::Customer => check.paragraphs("note", note, TEXT_MAX),
        };
        Refusal::unless_valid(check.issues())?;
        Ok(Self {
            text,
            file_ids: Vec::new(),
        })
    }

    fn clean(text: &str, file_ids: &[String], check: &mut FormCheck) -> Self {
        let text = check.take("text", wording::required(wording::paragraphs(text, TEXT_MAX)));
        check.wrong_if(
            file_ids.len() > FILES_MAX,
            "fileIds",
            Problem::TooMany { max: FILES_MAX },
        );
        let mut parsed: Vec<FileId> = Vec::new();
        for (place, id) in file_ids.iter().take(FILES_MAX).enumerate() {
            let path = format!("fileIds.{place}");
            let Some(id) = check.id(&path, Some(id)) else { continue };
            check.wrong_if(parsed.contains(&id), &path, Problem::Repeated);
            parsed.push(id);
        }
        Self { text, file_ids: parsed }
    }
}

/// A request that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRequestForm {
    /// One line.
    pub title: String,
    /// Its first message.
    pub message: ServiceMessageForm,
}

impl ServiceRequestForm {
    /// Everything that is wrong at once.
    pub fn check(title: &str, text: &str, file_ids: &[String]) -> Result<Self, Refusal> {
        let mut check = FormCheck::new("");
        let (min, max) = TITLE;
        let title = check.take("title", wording::sized(title, min, max));
        let message = ServiceMessageForm::clean(text, file_ids, &mut check);
        Refusal::unless_valid(check.issues())?;
        Ok(Self { title, message })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn monday() -> Instant {
        chrono::DateTime::from_timestamp(1_795_397_400, 0).unwrap().into()
    }

    fn paths(refusal: &Refusal) -> Vec<String> {
        refusal.issues().iter().map(|issue| issue.path.join(".")).collect()
    }

    #[test]
    fn l25_the_grid_of_states_is_as_the_specification_says() {
        use ServiceRequestAction as A;
        use ServiceRequestStatus as S;
        let grid = S::ALL
            .iter()
            .map(|from| A::ALL.iter().map(|action| from.after(*action)).collect::<Vec<_>>());
        let expected = [
            // ANSWER, REPLY, CLOSE
            [Some(S::Answered), Some(S::Open), Some(S::Closed)],
            [Some(S::Answered), Some(S::Open), Some(S::Closed)],
            [None, Some(S::Open), None],
        ];
        assert_eq!(grid.collect::<Vec<_>>(), expected);
        let reached: BTreeSet<S> = expected.into_iter().flatten().flatten().collect();
        assert_eq!(
            reached.len(),
            S::ALL.len(),
            "every state is reached, and none is without a way out"
        );
    }

    #[test]
    fn l25_each_side_has_its_own_actions() {
        use ServiceRequestAction as A;
        use ServiceRequestStatus as S;
        let now = monday();
        for status in [S::Open, S::Answered] {
            assert_eq!(
                status.available_actions(OrderParty::Partner, None, now),
                [A::Answer, A::Close]
            );
            assert_eq!(
                status.available_actions(OrderParty::Customer, None, now),
                [A::Reply, A::Close]
            );
        }
        assert_eq!(S::Closed.available_actions(OrderParty::Partner, Some(now), now), []);
        assert_eq!(
            S::Closed.available_actions(OrderParty::Customer, Some(now), now),
            [A::Reply]
        );
        for status in S::ALL {
            let denied = status
                .moved(OrderParty::Customer, A::Answer, Some(now), now)
                .unwrap_err();
            assert_eq!(denied, Refusal::no_permission(), "{status}");
        }
    }

    #[test]
    fn l25_a_reply_opens_again_for_thirty_days() {
        use ServiceRequestAction as A;
        use ServiceRequestStatus as S;
        let closed = monday();
        let end = closed + Duration::days(30);
        let reply = |now| S::Closed.moved(OrderParty::Customer, A::Reply, Some(closed), now);
        assert_eq!(reply(end - Duration::microseconds(1)), Ok(S::Open));
        let late = reply(end).unwrap_err();
        assert!(
            late.next_step(crate::domain::locale::Locale::En)
                .contains("open a new request")
        );
        assert_eq!(S::Closed.available_actions(OrderParty::Customer, Some(closed), end), []);
    }

    #[test]
    fn l25_a_message_says_what_it_did() {
        use ServiceMessageKind as M;
        use ServiceRequestAction as A;
        use ServiceRequestStatus as S;
        assert_eq!(A::Reply.message(S::Open), M::Replied);
        assert_eq!(A::Reply.message(S::Answered), M::Reopened);
        assert_eq!(A::Reply.message(S::Closed), M::Reopened);
        for status in S::ALL {
            assert_eq!(
                (A::Answer.message(*status), A::Close.message(*status)),
                (M::Answered, M::Closed)
            );
        }
    }

    #[test]
    fn l25_characters_and_files_are_counted_and_everything_wrong_is_told_at_once() {
        assert!(ServiceRequestForm::check("登录", &"长".repeat(TEXT_MAX), &[]).is_ok());
        assert!(ServiceRequestForm::check(&"👨‍👩‍👧‍👦".repeat(80), "见图", &[]).is_ok());
        let refusal = ServiceRequestForm::check("短", " ", &["x".to_owned()]).unwrap_err();
        assert_eq!(paths(&refusal), ["title", "text", "fileIds.0"]);
        let refusal = ServiceRequestForm::check(&"长".repeat(81), &"长".repeat(TEXT_MAX + 1), &[]).unwrap_err();
        assert_eq!(paths(&refusal), ["title", "text"]);
        let file = "file_01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned();
        let refusal = ServiceMessageForm::check("见附件", &vec![file.clone(); 6]).unwrap_err();
        assert_eq!(
            paths(&refusal)[..2],
            ["fileIds", "fileIds.1"],
            "six, and each but the first a repetition"
        );
        assert!(ServiceMessageForm::check("见附件", &[file]).is_ok());
    }

    #[test]
    fn l25_a_partner_closes_with_a_note_and_a_customer_may_do_without() {
        assert!(ServiceMessageForm::closing("", OrderParty::Customer).is_ok());
        assert_eq!(
            paths(&ServiceMessageForm::closing(" ", OrderParty::Partner).unwrap_err()),
            ["note"]
        );
        assert!(ServiceMessageForm::closing("已在 1.2.0 修复", OrderParty::Partner).is_ok());
    }
}
