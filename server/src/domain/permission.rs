//! Distribution permission (应用分发权限, D1): the gate of track B. It is not a role of a person; see `organization`.

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
