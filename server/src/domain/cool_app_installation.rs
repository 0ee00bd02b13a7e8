//! A cool app in a group (L23): what is installed, enabled and taken out again, and by whom. The group is `group`.

use super::group::{GroupKind, GroupViewer};
use super::locale::Text;
use super::refusal::Refusal;
use super::transition::status;
use super::words::words;

/// Cool apps that a group has at once, at most.
pub const INSTALLATIONS_MAX: usize = 50;

words! {
    /// State of a cool app in a group.
    InstallationStatus {
        /// 未启用: it is there, and shows nothing yet.
        NotEnabled = "NOT_ENABLED",
        /// 已启用: its entries and its robot are in the group.
        Enabled = "ENABLED",
        /// 已卸载: entries and robot are gone. Installing it again begins anew.
        Uninstalled = "UNINSTALLED",
    }
}

words! {
    /// What can be done with a cool app in a group.
    InstallationAction {
        /// Let its entries and its robot into the group.
        Enable = "ENABLE",
        /// Take it out of the group, with entries and robot.
        Uninstall = "UNINSTALL",
    }
}

impl InstallationStatus {
    /// NOT_ENABLED → ENABLED → UNINSTALLED. What nobody enabled may be taken out as well: it has shown nothing yet.
    pub const fn after(self, action: InstallationAction) -> Option<Self> {
        use InstallationAction as A;
        match (self, action) {
            (Self::NotEnabled, A::Enable) => Some(Self::Enabled),
            (Self::NotEnabled | Self::Enabled, A::Uninstall) => Some(Self::Uninstalled),
            (Self::Enabled, A::Enable) | (Self::Uninstalled, A::Enable | A::Uninstall) => None,
        }
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::NotEnabled => Text::new("未启用", "Not enabled"),
            Self::Enabled => Text::new("已启用", "Enabled"),
            Self::Uninstalled => Text::new("已卸载", "Uninstalled"),
        }
    }
}

status!(InstallationStatus moved by InstallationAction);

impl InstallationAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Enable => Text::new("启用", "Enable"),
            Self::Uninstall => Text::new("卸载", "Uninstall"),
        }
    }
}

/// L23: into groups of the whole organisation a platform admin alone installs, into ordinary ones whoever belongs to them.
pub fn require_installer(kind: GroupKind, viewer: GroupViewer) -> Result<(), Refusal> {
    match may_install(kind, viewer) {
        true => Ok(()),
        false => Err(Refusal::no_permission()),
    }
}

/// See [`require_installer`].
pub const fn may_install(kind: GroupKind, viewer: GroupViewer) -> bool {
    match kind {
        GroupKind::WholeOrganization => viewer.admin,
        GroupKind::Ordinary => viewer.member,
    }
}

/// What this viewer can do with an installation; a delisted app is not let into any further group.
pub fn available_actions(
    status: InstallationStatus,
    on_market: bool,
    kind: GroupKind,
    viewer: GroupViewer,
) -> Vec<InstallationAction> {
    let open = |action: &InstallationAction| {
        let delisted = *action == InstallationAction::Enable && !on_market;
        may_install(kind, viewer) && status.after(*action).is_some() && !delisted
    };
    InstallationAction::ALL.iter().copied().filter(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: GroupViewer = GroupViewer {
        admin: false,
        creator: false,
        member: false,
    };

    #[test]
    fn l23_every_status_and_action_of_an_installation() {
        use InstallationAction as A;
        use InstallationStatus as S;
        let open = [
            (S::NotEnabled, A::Enable, S::Enabled),
            (S::NotEnabled, A::Uninstall, S::Uninstalled),
            (S::Enabled, A::Uninstall, S::Uninstalled),
        ];
        for from in S::ALL {
            for action in A::ALL {
                let to = open.iter().find(|(s, a, _)| s == from && a == action);
                assert_eq!(from.after(*action), to.map(|(_, _, to)| *to), "{from} {action}");
            }
        }
    }

    #[test]
    fn l23_whole_organisation_groups_are_the_admins_and_ordinary_ones_their_members() {
        let admin = GroupViewer { admin: true, ..NOBODY };
        let member = GroupViewer { member: true, ..NOBODY };
        for (kind, viewer, may) in [
            (GroupKind::WholeOrganization, admin, true),
            (GroupKind::WholeOrganization, member, false),
            (GroupKind::Ordinary, member, true),
            (GroupKind::Ordinary, admin, false),
            (
                GroupKind::Ordinary,
                GroupViewer {
                    creator: true,
                    ..NOBODY
                },
                false,
            ),
            (GroupKind::WholeOrganization, NOBODY, false),
            (GroupKind::Ordinary, NOBODY, false),
        ] {
            assert_eq!(require_installer(kind, viewer).is_ok(), may, "{kind} {viewer:?}");
        }
    }

    #[test]
    fn l23_what_is_delisted_is_enabled_nowhere_and_taken_out_everywhere() {
        let member = GroupViewer { member: true, ..NOBODY };
        let actions = |status, on_market| available_actions(status, on_market, GroupKind::Ordinary, member);
        use InstallationAction as A;
        assert_eq!(actions(InstallationStatus::NotEnabled, true), [A::Enable, A::Uninstall]);
        assert_eq!(actions(InstallationStatus::NotEnabled, false), [A::Uninstall]);
        assert_eq!(actions(InstallationStatus::Enabled, false), [A::Uninstall]);
        assert_eq!(actions(InstallationStatus::Uninstalled, true), []);
    }
}
