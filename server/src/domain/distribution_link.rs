//! Distribution links (分发链接, D7–D9): when a link sells, and why an application cannot be distributed.

use super::application::ApplicationOrigin;
use super::distribution_barrier::DistributionBarrier;
use super::instant::Instant;
use super::locale::Text;
use super::project::ProjectStatus;
use super::refusal::Refusal;
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

impl DistributionLinkStatus {
    /// What a partner admin can do with a link; one that sells nothing any more never sells again.
    pub const fn available_actions(self) -> &'static [DistributionLinkAction] {
        match self {
            Self::Open => &[DistributionLinkAction::Revoke, DistributionLinkAction::Copy],
            Self::Expired | Self::Revoked | Self::ProjectClosed => &[],
        }
    }

    /// Refused unless the link may be revoked.
    pub fn require_revocable(self) -> Result<(), Refusal> {
        let revoke = DistributionLinkAction::Revoke;
        if self.available_actions().contains(&revoke) {
            return Ok(());
        }
        let refusal = Refusal::transition(self.as_str(), revoke.as_str());
        Err(refusal.in_words(self.text(), Text::new("停用", "Revoke")))
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Open => Text::new("有效", "Open"),
            Self::Expired => Text::new("已过期", "Expired"),
            Self::Revoked => Text::new("已停用", "Revoked"),
            Self::ProjectClosed => Text::new("项目已结项", "Project closed"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};

    #[test]
    fn d7_a_link_sells_until_it_expires_is_revoked_or_its_project_closes() {
        use DistributionLinkStatus as S;
        let now = Instant::from(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        let (past, future) = (Some(now - Duration::hours(1)), Some(now + Duration::hours(1)));
        let active = ProjectStatus::Active;
        assert_eq!(S::at(None, None, active, now), S::Open);
        assert_eq!(S::at(None, future, active, now), S::Open);
        assert_eq!(S::at(None, Some(now), active, now), S::Expired);
        assert_eq!(S::at(past, past, ProjectStatus::Closed, now), S::Expired);
        assert_eq!(S::at(past, future, ProjectStatus::Closed, now), S::Revoked);
        assert_eq!(S::at(None, future, ProjectStatus::Closed, now), S::ProjectClosed);
    }

    #[test]
    fn d8_premium_received_and_unpublished_applications_are_told_apart() {
        use ApplicationOrigin as O;
        use DistributionBarrier as B;
        assert_eq!(barrier(O::Own, true), None);
        assert_eq!(barrier(O::Own, false), Some(B::NothingPublished));
        for published in [true, false] {
            assert_eq!(barrier(O::Premium, published), Some(B::PremiumApplication));
            assert_eq!(barrier(O::Distributed, published), Some(B::Redistribution));
        }
    }

    #[test]
    fn d9_only_an_open_link_is_revoked() {
        for status in DistributionLinkStatus::ALL {
            assert_eq!(
                status.require_revocable().is_ok(),
                *status == DistributionLinkStatus::Open
            );
        }
    }
}
