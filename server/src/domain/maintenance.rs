//! Remote maintenance (远程维护, D31): a partner's developer asks for a few hours inside one instance, the customer's admin
//! grants and revokes. What a session may reach is proven by `auth::viewer`; that it ends by the clock is asked here.

use chrono::Duration;

use super::form_check::FormCheck;
use super::instance::InstanceStatus;
use super::instant::Instant;
use super::locale::Text;
use super::order_event::OrderEventKind;
use super::problem::Problem;
use super::refusal::Refusal;
use super::transition::{Status, status};
use super::wording;
use super::words::words;

/// Characters of a reason, and of a note on a decision.
const TEXT_MAX: usize = 500;
/// Fewest and most hours of one session.
const HOURS: (i32, i32) = (1, 72);

words! {
    /// State of a remote maintenance.
    MaintenanceStatus {
        /// Waits for the customer's admin.
        Requested = "REQUESTED",
        /// The hours run; nobody entered yet.
        Granted = "GRANTED",
        /// The developer entered.
        Active = "ACTIVE",
        /// Over, by the developer or because the project was settled.
        Ended = "ENDED",
        /// Over, because the hours ran out.
        Expired = "EXPIRED",
        /// Over, by the customer's admin.
        Revoked = "REVOKED",
        /// The customer's admin refused it.
        Declined = "DECLINED",
        /// Taken back before it was granted.
        Withdrawn = "WITHDRAWN",
    }
}

words! {
    /// What moves a remote maintenance.
    MaintenanceAction {
        /// The customer's admin lets the developer in.
        Grant = "GRANT",
        /// The customer's admin refuses.
        Decline = "DECLINE",
        /// The developer takes the request back.
        Withdraw = "WITHDRAW",
        /// The developer enters, as often as needed.
        Enter = "ENTER",
        /// The developer is done.
        End = "END",
        /// The customer's admin ends it at once.
        Revoke = "REVOKE",
        /// The hours ran out; nobody's action.
        Expire = "EXPIRE",
    }
}

words! {
    /// What a customer's admin answers to a request.
    MaintenanceDecision {
        /// Let the developer in.
        Grant = "GRANT",
        /// Refuse.
        Decline = "DECLINE",
    }
}

/// Who looks at a remote maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaintenanceViewer {
    /// The person who asked for it.
    Requester,
    /// Another admin of the same partner.
    PartnerAdmin,
    /// A developer of the same partner.
    Colleague,
    /// An admin of the customer.
    CustomerAdmin,
}

impl MaintenanceDecision {
    /// The action that the decision is.
    pub const fn action(self) -> MaintenanceAction {
        match self {
            Self::Grant => MaintenanceAction::Grant,
            Self::Decline => MaintenanceAction::Decline,
        }
    }
}

impl MaintenanceStatus {
    /// REQUESTED → GRANTED → ACTIVE → ENDED | EXPIRED | REVOKED; a request may also be declined or withdrawn. What was
    /// granted can end in each of these ways before anybody entered.
    pub const fn after(self, action: MaintenanceAction) -> Option<Self> {
        use MaintenanceAction as A;
        match (self, action) {
            (Self::Requested, A::Grant) => Some(Self::Granted),
            (Self::Requested, A::Decline) => Some(Self::Declined),
            (Self::Requested, A::Withdraw) => Some(Self::Withdrawn),
            (Self::Granted | Self::Active, A::Enter) => Some(Self::Active),
            (Self::Granted | Self::Active, A::End) => Some(Self::Ended),
            (Self::Granted | Self::Active, A::Revoke) => Some(Self::Revoked),
            (Self::Granted | Self::Active, A::Expire) => Some(Self::Expired),
            (Self::Requested, A::Enter | A::End | A::Revoke | A::Expire)
            | (Self::Granted | Self::Active, A::Grant | A::Decline | A::Withdraw)
            | (
                Self::Ended | Self::Expired | Self::Revoked | Self::Declined | Self::Withdrawn,
                A::Grant | A::Decline | A::Withdraw | A::Enter | A::End | A::Revoke | A::Expire,
            ) => None,
        }
    }

    /// Whether it may still be entered, or become so.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Granted | Self::Active)
    }

    /// The status that counts at `now`: hours that ran out end it, whether that was noted already or not.
    pub fn at(self, ends_at: Option<Instant>, now: Instant) -> Self {
        match self {
            Self::Granted | Self::Active if ends_at.is_none_or(|end| end <= now) => Self::Expired,
            Self::Requested
            | Self::Granted
            | Self::Active
            | Self::Ended
            | Self::Expired
            | Self::Revoked
            | Self::Declined
            | Self::Withdrawn => self,
        }
    }

    /// The action that ends it when the project is settled (D32).
    pub const fn settling(self) -> Option<MaintenanceAction> {
        match self {
            Self::Requested => Some(MaintenanceAction::Withdraw),
            Self::Granted | Self::Active => Some(MaintenanceAction::End),
            Self::Ended | Self::Expired | Self::Revoked | Self::Declined | Self::Withdrawn => None,
        }
    }

    /// The action that ends what nobody granted when the customer closes development maintenance, which was the reason for it.
    pub const fn closing(self, automatic: bool) -> Option<MaintenanceAction> {
        match (self, automatic) {
            (Self::Granted | Self::Active, true) => Some(MaintenanceAction::Revoke),
            (Self::Granted | Self::Active, false)
            | (Self::Requested | Self::Ended | Self::Expired | Self::Revoked | Self::Declined | Self::Withdrawn, _) => {
                None
            }
        }
    }

    /// The action that ends it when the customer removes the instance.
    pub const fn removing(self) -> Option<MaintenanceAction> {
        match self {
            Self::Requested => Some(MaintenanceAction::Decline),
            Self::Granted | Self::Active => Some(MaintenanceAction::Revoke),
            Self::Ended | Self::Expired | Self::Revoked | Self::Declined | Self::Withdrawn => None,
        }
    }

    /// The status after the action; a refusal speaks of both in words.
    pub fn moved(self, action: MaintenanceAction) -> Result<Self, Refusal> {
        self.apply(action)
            .map_err(|refusal| refusal.in_words(self.text(), action.text()))
    }

    /// What the viewer may do.
    pub fn available_actions(self, viewer: MaintenanceViewer) -> Vec<MaintenanceAction> {
        let open = |action: &MaintenanceAction| viewer.may(*action) && self.after(*action).is_some();
        MaintenanceAction::ALL.iter().copied().filter(open).collect()
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Requested => Text::new("待授权", "Waiting for the grant"),
            Self::Granted => Text::new("已授权", "Granted"),
            Self::Active => Text::new("维护中", "Active"),
            Self::Ended => Text::new("已结束", "Ended"),
            Self::Expired => Text::new("已到期", "Expired"),
            Self::Revoked => Text::new("已收回", "Revoked"),
            Self::Declined => Text::new("已拒绝", "Declined"),
            Self::Withdrawn => Text::new("已撤回", "Withdrawn"),
        }
    }

    /// Why a developer who had entered is let in no longer.
    pub fn reason_it_is_over(self) -> Text {
        match self {
            Self::Revoked => Text::new(
                "客户已收回远程维护授权，本次维护到此结束",
                "The customer has revoked this remote maintenance; it is over",
            ),
            Self::Expired => Text::new(
                "远程维护的时间已到，如需继续请重新申请",
                "The hours of this remote maintenance have run out; ask again to go on",
            ),
            Self::Requested | Self::Granted | Self::Active | Self::Ended | Self::Declined | Self::Withdrawn => {
                Text::new("本次远程维护已结束", "This remote maintenance has ended")
            }
        }
    }
}

status!(MaintenanceStatus moved by MaintenanceAction);

impl MaintenanceViewer {
    /// The developer enters and ends what they asked for, an admin of theirs can put an end to it, the rest is the
    /// customer's.
    pub const fn may(self, action: MaintenanceAction) -> bool {
        use MaintenanceAction as A;
        match (self, action) {
            (Self::Requester, A::Withdraw | A::Enter | A::End)
            | (Self::PartnerAdmin, A::Withdraw | A::End)
            | (Self::CustomerAdmin, A::Grant | A::Decline | A::Revoke) => true,
            (Self::Requester | Self::PartnerAdmin | Self::Colleague, A::Grant | A::Decline | A::Revoke | A::Expire)
            | (Self::PartnerAdmin, A::Enter)
            | (Self::Colleague, A::Withdraw | A::Enter | A::End)
            | (Self::CustomerAdmin, A::Withdraw | A::Enter | A::End | A::Expire) => false,
        }
    }

    /// The status after the action, if this viewer may do it: the role is asked before the state.
    pub fn act(self, action: MaintenanceAction, status: MaintenanceStatus) -> Result<MaintenanceStatus, Refusal> {
        match self.may(action) {
            true => status.moved(action),
            false => Err(Refusal::no_permission()),
        }
    }
}

impl MaintenanceAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Grant => Text::new("授权", "Grant"),
            Self::Decline => Text::new("拒绝", "Decline"),
            Self::Withdraw => Text::new("撤回", "Withdraw"),
            Self::Enter => Text::new("进入", "Enter"),
            Self::End => Text::new("结束", "End"),
            Self::Revoke => Text::new("收回", "Revoke"),
            Self::Expire => Text::new("到期", "Expire"),
        }
    }

    /// What the audit log and the order's timeline call it once it is done.
    pub const fn done(self) -> (&'static str, OrderEventKind) {
        match self {
            Self::Grant => ("maintenance.granted", OrderEventKind::MaintenanceGranted),
            Self::Decline => ("maintenance.declined", OrderEventKind::MaintenanceDeclined),
            Self::Withdraw => ("maintenance.withdrawn", OrderEventKind::MaintenanceWithdrawn),
            Self::Enter => ("maintenance.entered", OrderEventKind::MaintenanceEntered),
            Self::End => ("maintenance.ended", OrderEventKind::MaintenanceEnded),
            Self::Revoke => ("maintenance.revoked", OrderEventKind::MaintenanceRevoked),
            Self::Expire => ("maintenance.expired", OrderEventKind::MaintenanceExpired),
        }
    }
}

/// Whether a request is granted at once: while the application is still being developed with the customer, unless the
/// customer's admin wants to be asked.
pub const fn is_granted_at_once(instance: InstanceStatus, automatic_grant: bool) -> bool {
    automatic_grant && matches!(instance, InstanceStatus::DevMaintenance)
}

/// A request that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceForm {
    pub reason: String,
    pub hours: i32,
}

impl MaintenanceForm {
    /// Checks the fields; a reason is required, hours are 1 to 72.
    pub fn check(reason: &str, hours: i32) -> Result<Self, Refusal> {
        let mut check = FormCheck::new("");
        let reason = check.take("reason", wording::required(wording::paragraphs(reason, TEXT_MAX)));
        let (min, max) = HOURS;
        let range = Problem::OutOfRange {
            min: min.into(),
            max: max.into(),
        };
        check.wrong_if(!(min..=max).contains(&hours), "hours", range);
        Refusal::unless_valid(check.issues())?;
        Ok(Self { reason, hours })
    }

    /// When the hours run out that begin with the grant.
    pub fn ends_at(hours: i32, granted_at: Instant) -> Instant {
        granted_at + Duration::hours(hours.into())
    }
}

/// The note on a decision or a revocation as it is kept.
pub fn note(given: Option<&str>) -> Result<Option<String>, Refusal> {
    let text = wording::paragraphs(given.unwrap_or_default(), TEXT_MAX);
    let text = text.map_err(|problem| Refusal::invalid("note", problem))?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn d31_every_status_and_action_of_a_maintenance() {
        use MaintenanceAction as A;
        use MaintenanceStatus as S;
        let open = [
            (S::Requested, A::Grant, S::Granted),
            (S::Requested, A::Decline, S::Declined),
            (S::Requested, A::Withdraw, S::Withdrawn),
            (S::Granted, A::Enter, S::Active),
            (S::Granted, A::End, S::Ended),
            (S::Granted, A::Revoke, S::Revoked),
            (S::Granted, A::Expire, S::Expired),
            (S::Active, A::Enter, S::Active),
            (S::Active, A::End, S::Ended),
            (S::Active, A::Revoke, S::Revoked),
            (S::Active, A::Expire, S::Expired),
        ];
        for from in S::ALL {
            for action in A::ALL {
                let to = open
                    .iter()
                    .find(|(s, a, _)| s == from && a == action)
                    .map(|(_, _, to)| *to);
                assert_eq!(from.after(*action), to, "{from} {action}");
            }
        }
    }

    #[test]
    fn d31_every_status_is_reached_and_what_is_not_open_is_final() {
        let mut reached = HashSet::from([MaintenanceStatus::Requested]);
        for _ in MaintenanceStatus::ALL {
            let next: Vec<_> = reached
                .iter()
                .flat_map(|from| MaintenanceAction::ALL.iter().filter_map(|action| from.after(*action)))
                .collect();
            reached.extend(next);
        }
        assert_eq!(reached.len(), MaintenanceStatus::ALL.len());
        for status in MaintenanceStatus::ALL {
            let moves = MaintenanceAction::ALL
                .iter()
                .any(|action| status.after(*action).is_some());
            assert_eq!(moves, status.is_open(), "{status}");
            for ending in [status.settling(), status.removing()] {
                let ended = ending.map(|action| status.after(action).map(MaintenanceStatus::is_open));
                assert_eq!(ended, status.is_open().then_some(Some(false)), "{status}");
            }
        }
    }

    #[test]
    fn d31_what_nobody_granted_ends_with_development_maintenance() {
        for status in MaintenanceStatus::ALL {
            let runs = matches!(status, MaintenanceStatus::Granted | MaintenanceStatus::Active);
            assert_eq!(
                status.closing(true),
                runs.then_some(MaintenanceAction::Revoke),
                "{status}"
            );
            assert_eq!(status.closing(false), None, "{status}");
        }
    }

    #[test]
    fn d31_each_viewer_has_the_actions_of_their_side() {
        use MaintenanceAction as A;
        use MaintenanceStatus as S;
        use MaintenanceViewer as V;
        assert_eq!(S::Requested.available_actions(V::CustomerAdmin), [A::Grant, A::Decline]);
        assert_eq!(S::Active.available_actions(V::CustomerAdmin), [A::Revoke]);
        assert_eq!(S::Requested.available_actions(V::Requester), [A::Withdraw]);
        assert_eq!(S::Granted.available_actions(V::Requester), [A::Enter, A::End]);
        assert_eq!(S::Active.available_actions(V::PartnerAdmin), [A::End]);
        for status in S::ALL {
            assert_eq!(status.available_actions(V::Colleague), []);
            for viewer in [V::Requester, V::PartnerAdmin, V::CustomerAdmin] {
                assert!(!viewer.may(A::Expire));
            }
        }
        let denied = V::CustomerAdmin.act(A::Enter, S::Granted).unwrap_err();
        assert_eq!(denied, Refusal::no_permission());
    }

    #[test]
    fn d31_hours_count_from_the_grant_and_end_it_by_the_clock_alone() {
        use MaintenanceStatus as S;
        let granted: Instant = "2026-11-21T02:00:00Z"
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
            .into();
        let end = MaintenanceForm::ends_at(2, granted);
        assert_eq!(end, granted + Duration::hours(2));
        let before = end - Duration::microseconds(1);
        for status in S::ALL {
            assert_eq!(status.at(Some(end), before), *status);
            let runs = matches!(status, S::Granted | S::Active);
            assert_eq!(status.at(Some(end), end), if runs { S::Expired } else { *status });
        }
        assert_eq!(
            S::Active.at(None, granted),
            S::Expired,
            "without an end nothing is open"
        );
    }

    #[test]
    fn d31_a_request_needs_a_reason_and_one_to_72_hours() {
        assert!(MaintenanceForm::check("修复同步", 1).is_ok());
        assert!(MaintenanceForm::check("修复同步", 72).is_ok());
        let refusal = MaintenanceForm::check(" ", 73).unwrap_err();
        let paths: Vec<String> = refusal.issues().iter().map(|issue| issue.path.join(".")).collect();
        assert_eq!(paths, ["reason", "hours"]);
        assert!(MaintenanceForm::check("修复", 0).is_err());
        assert!(MaintenanceForm::check(&"长".repeat(TEXT_MAX + 1), 1).is_err());
    }

    #[test]
    fn d31_a_grant_is_automatic_only_in_development_maintenance() {
        for status in InstanceStatus::ALL {
            let at_once = is_granted_at_once(*status, true);
            assert_eq!(at_once, *status == InstanceStatus::DevMaintenance, "{status}");
            assert!(!is_granted_at_once(*status, false));
        }
    }
}
