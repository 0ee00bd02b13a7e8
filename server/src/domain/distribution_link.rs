//! Distribution links (分发链接, D7–D9): when a link sells, and why an application cannot be distributed.

use super::application::ApplicationOrigin;
use super::distribution_barrier::DistributionBarrier;
use super::instant::Instant;
use super::project::ProjectStatus;
use super::words::words;

words! {
    /// Whether a link sells.
    DistributionLinkStatus {
        /// Sells.
        Open = "OPEN",
        /// Its time is over.
        Expired = "EXPIRED",
        /// Revoked by the partner.
        Revoked = "REVOKED",
        /// Its project is not active any more.
        ProjectClosed = "PROJECT_CLOSED",
    }
}

words! {
    /// What can be done with a link.
    DistributionLinkAction {
        /// Stop it from selling.
        Revoke = "REVOKE",
        /// Copy its address.
        Copy = "COPY",
    }
}

impl DistributionLinkStatus {
    /// The state of a link at `now`. Revocation and expiry come before the project, as D10 checks them.
    pub fn at(revoked_at: Option<Instant>, expires_at: Option<Instant>, project: ProjectStatus, now: Instant) -> Self {
        if expires_at.is_some_and(|end| end <= now) {
            Self::Expired
        } else if revoked_at.is_some() {
            Self::Revoked
        } else if project != ProjectStatus::Active {
            Self::ProjectClosed
        } else {
            Self::Open
        }
    }
}

/// D8: why an application cannot be distributed, or `None` where it can.
pub const fn barrier(origin: ApplicationOrigin, has_published_version: bool) -> Option<DistributionBarrier> {
    match (origin, has_published_version) {
        (ApplicationOrigin::Premium, _) => Some(DistributionBarrier::PremiumApplication),
        (ApplicationOrigin::Distributed, _) => Some(DistributionBarrier::Redistribution),
        (ApplicationOrigin::Own, false) => Some(DistributionBarrier::NothingPublished),
        (ApplicationOrigin::Own, true) => None,
    }
}
