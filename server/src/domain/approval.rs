//! Approvals (审批, P11): every review of both tracks in one list. Which kinds there are, who decides each and who of a partner sees
//! it; how a review is decided stands in its own noun.

use super::organization::Role;
use super::words::words;

words! {
    /// What a review is about.
    ApprovalKind {
        /// 应用分发权限申请: a partner's application for distribution permission (D1).
        Permission = "PERMISSION",
        /// A project with its contract (D4).
        Project = "PROJECT",
        /// A change of an active project (D4).
        Amendment = "AMENDMENT",
        /// A revision of a product, the first or a later one (L6, L8).
        Product = "PRODUCT",
        /// 应用下架申请: an application to take a product off the shelves (L10).
        Delisting = "DELISTING",
        /// 酷应用上架申请: a cool app or a change of one (L22).
        CoolApp = "COOL_APP",
    }
}

words! {
    /// Where a review stands. The thing itself says more by its own status.
    ApprovalState {
        /// Nobody has decided yet.
        Waiting = "WAITING",
        /// Approved; a project that is settled by now, or a cool app that is delisted by now, was.
        Approved = "APPROVED",
        /// Rejected, sent back, or taken back from the partner later on.
        Rejected = "REJECTED",
    }
}

words! {
    /// Which approvals are looked at.
    ApprovalBox {
        /// What waits for the viewer's decision, the soonest due first.
        ToDecide = "TO_DECIDE",
        /// What the acting partner handed in, whatever became of it, the newest first.
        Started = "STARTED",
        /// What was decided: what the viewer's roles decide, or for a partner what it handed in; the newest decision first.
        Decided = "DECIDED",
    }
}

impl ApprovalKind {
    /// Who decides.
    pub const fn decider(self) -> Role {
        match self {
            Self::Permission | Self::Project | Self::Amendment => Role::InternalReviewer,
            Self::Product | Self::Delisting => Role::CategoryOperator,
            Self::CoolApp => Role::OpenPlatformOperator,
        }
    }

    /// Whether a partner's admins alone see it; otherwise its developers do as well.
    pub const fn is_for_admins(self) -> bool {
        match self {
            Self::Permission | Self::Project | Self::Amendment => true,
            Self::Product | Self::Delisting | Self::CoolApp => false,
        }
    }

    /// What this role decides.
    pub fn decided_by(role: Role) -> Vec<Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|kind| kind.decider() == role)
            .collect()
    }

    /// What an admin of a partner sees, or a developer.
    pub fn seen_by_partner(admin: bool) -> Vec<Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|kind| admin || !kind.is_for_admins())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p11_every_kind_has_one_role_that_decides_it() {
        use ApprovalKind as K;
        assert_eq!(
            K::decided_by(Role::InternalReviewer),
            [K::Permission, K::Project, K::Amendment]
        );
        assert_eq!(K::decided_by(Role::CategoryOperator), [K::Product, K::Delisting]);
        assert_eq!(K::decided_by(Role::OpenPlatformOperator), [K::CoolApp]);
        assert_eq!(K::seen_by_partner(true), K::ALL);
        assert_eq!(K::seen_by_partner(false), [K::Product, K::Delisting, K::CoolApp]);
    }
}
