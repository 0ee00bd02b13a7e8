//! Distribution permission (应用分发权限, D1): the gate of track B. It is not a role of a person; see `organization`. What
//! an application must hold is `permission_form`.

use super::locale::Text;
use super::message::Code;
use super::refusal::Refusal;
use super::transition::status;
use super::words::words;

words! {
    /// State of a partner's distribution permission. No application at all is NONE in the specification.
    DistributionPermissionStatus {
        /// Waits for the internal reviewer.
        Submitted = "SUBMITTED",
        /// Track B is open.
        Granted = "GRANTED",
        /// Refused with a reason; may be applied for again.
        Rejected = "REJECTED",
        /// Taken back with a reason; may be applied for again.
        Revoked = "REVOKED",
    }
}

words! {
    /// What can be done with a distribution permission.
    DistributionPermissionAction {
        /// The reviewer grants it.
        Grant = "GRANT",
        /// The reviewer rejects it.
        Reject = "REJECT",
        /// The reviewer takes it back.
        Revoke = "REVOKE",
        /// The partner applies again; the old application stays as it is.
        Reapply = "REAPPLY",
    }
}

words! {
    /// What an internal reviewer decides about an application.
    PermissionDecision {
        /// Open track B.
        Grant = "GRANT",
        /// Refuse the application; needs a reason.
        Reject = "REJECT",
        /// Take a granted permission back; needs a reason.
        Revoke = "REVOKE",
    }
}

impl PermissionDecision {
    /// The action that the decision is.
    pub const fn action(self) -> DistributionPermissionAction {
        match self {
            Self::Grant => DistributionPermissionAction::Grant,
            Self::Reject => DistributionPermissionAction::Reject,
            Self::Revoke => DistributionPermissionAction::Revoke,
        }
    }

    /// Whether the partner has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Reject | Self::Revoke)
    }
}

/// D1: without a granted permission nothing of track B is open. `None` is an organisation that never applied.
pub fn require_granted(status: Option<DistributionPermissionStatus>) -> Result<(), Refusal> {
    match status {
        Some(DistributionPermissionStatus::Granted) => Ok(()),
        _ => Err(Refusal::rule(Code::PermissionRequired)),
    }
}

/// Nothing of a partner is approved whose permission is not granted.
pub fn revoked_meanwhile() -> Refusal {
    Refusal::rule(Code::PermissionRequired).advise(Text::new(
        "该服务商目前没有应用分发权限：请驳回，或待其权限重新开通后再通过",
        "This partner has no distribution permission now: reject it, or approve it once the permission is granted again",
    ))
}

impl DistributionPermissionStatus {
    /// D1: SUBMITTED → GRANTED | REJECTED; GRANTED → REVOKED; REJECTED and REVOKED may be applied for again.
    pub const fn after(self, action: DistributionPermissionAction) -> Option<Self> {
        use DistributionPermissionAction as A;
        match (self, action) {
            (Self::Submitted, A::Grant) => Some(Self::Granted),
            (Self::Submitted, A::Reject) => Some(Self::Rejected),
            (Self::Granted, A::Revoke) => Some(Self::Revoked),
            (Self::Rejected | Self::Revoked, A::Reapply) => Some(Self::Submitted),
            (Self::Submitted, A::Revoke | A::Reapply)
            | (Self::Granted, A::Grant | A::Reject | A::Reapply)
            | (Self::Rejected | Self::Revoked, A::Grant | A::Reject | A::Revoke) => None,
        }
    }
}

status!(DistributionPermissionStatus moved by DistributionPermissionAction);

impl DistributionPermissionStatus {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Submitted => Text::new("审核中", "In review"),
            Self::Granted => Text::new("已开通", "Granted"),
            Self::Rejected => Text::new("已驳回", "Rejected"),
            Self::Revoked => Text::new("已收回", "Revoked"),
        }
    }
}

impl DistributionPermissionAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Grant => Text::new("开通", "Grant"),
            Self::Reject => Text::new("驳回", "Reject"),
            Self::Revoke => Text::new("收回", "Revoke"),
            Self::Reapply => Text::new("重新申请", "Apply again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_only_a_granted_permission_opens_the_track() {
        for status in DistributionPermissionStatus::ALL {
            let open = require_granted(Some(*status)).is_ok();
            assert_eq!(open, *status == DistributionPermissionStatus::Granted, "{status}");
        }
        assert!(require_granted(None).is_err());
    }

    #[test]
    fn d1_every_status_and_action_of_a_permission() {
        use DistributionPermissionAction as A;
        use DistributionPermissionStatus as S;
        let open = [
            (S::Submitted, A::Grant, S::Granted),
            (S::Submitted, A::Reject, S::Rejected),
            (S::Granted, A::Revoke, S::Revoked),
            (S::Rejected, A::Reapply, S::Submitted),
            (S::Revoked, A::Reapply, S::Submitted),
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
}
