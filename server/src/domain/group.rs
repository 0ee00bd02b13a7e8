//! Group chats (群): named groups of an organisation, into which cool apps are installed. Who may do what with one; what is installed
//! is `cool_app_installation`.

use super::cool_app_installation::may_install;
use super::problem::Problem;
use super::refusal::Refusal;
use super::wording;
use super::words::words;

/// Characters of a group's name.
pub const NAME_MAX: usize = 30;
/// Members of an ordinary group.
pub const MEMBERS_MAX: usize = 200;

words! {
    /// Whom a group holds.
    GroupKind {
        /// 全员群: everybody of the organisation; its platform admins make and delete it.
        WholeOrganization = "WHOLE_ORGANIZATION",
        /// 普通群: those whom its members chose; anybody makes one.
        Ordinary = "ORDINARY",
    }
}

words! {
    /// What a viewer can do with a group.
    GroupAction {
        /// Install a cool app into it.
        Install = "INSTALL",
        /// Choose who belongs to it.
        SetMembers = "SET_MEMBERS",
        /// Delete it, with everything that is installed in it.
        Delete = "DELETE",
    }
}

/// What somebody of the organisation is to a group. To a group of the whole organisation everybody belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupViewer {
    /// A platform admin of the organisation (CA).
    pub admin: bool,
    /// Made it.
    pub creator: bool,
    pub member: bool,
}

impl GroupViewer {
    /// Whether the viewer may do that with a group of this kind.
    pub const fn may(self, kind: GroupKind, action: GroupAction) -> bool {
        match (action, kind) {
            (GroupAction::Install, _) => may_install(kind, self),
            (GroupAction::SetMembers, GroupKind::WholeOrganization) => false,
            (GroupAction::Delete, GroupKind::WholeOrganization) => self.admin,
            (GroupAction::SetMembers | GroupAction::Delete, GroupKind::Ordinary) => self.admin || self.creator,
        }
    }

    /// Nothing, if the viewer may do that.
    pub fn require(self, kind: GroupKind, action: GroupAction) -> Result<(), Refusal> {
        match self.may(kind, action) {
            true => Ok(()),
            false => Err(Refusal::no_permission()),
        }
    }

    /// What the viewer can do; screens draw their buttons from it.
    pub fn available_actions(self, kind: GroupKind) -> Vec<GroupAction> {
        GroupAction::ALL
            .iter()
            .copied()
            .filter(|action| self.may(kind, *action))
            .collect()
    }
}

/// A group's name as it is kept.
pub fn checked_name(name: &str) -> Result<String, Refusal> {
    wording::required(wording::line(name, NAME_MAX)).map_err(|problem| Refusal::invalid("name", problem))
}

/// Nothing, if so many people can belong to an ordinary group.
pub fn checked_size(members: usize) -> Result<(), Refusal> {
    match members > MEMBERS_MAX {
        true => Err(Refusal::invalid("memberIds", Problem::TooMany { max: MEMBERS_MAX })),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l23_admins_keep_whole_organisation_groups_and_creators_their_own() {
        use GroupAction as A;
        let viewer = |admin, creator, member| GroupViewer { admin, creator, member };
        for (viewer, whole, ordinary) in [
            (
                viewer(true, false, true),
                vec![A::Install, A::Delete],
                vec![A::Install, A::SetMembers, A::Delete],
            ),
            (
                viewer(true, false, false),
                vec![A::Install, A::Delete],
                vec![A::SetMembers, A::Delete],
            ),
            (
                viewer(false, true, true),
                vec![],
                vec![A::Install, A::SetMembers, A::Delete],
            ),
            (viewer(false, false, true), vec![], vec![A::Install]),
            (viewer(false, false, false), vec![], vec![]),
        ] {
            assert_eq!(
                viewer.available_actions(GroupKind::WholeOrganization),
                whole,
                "{viewer:?}"
            );
            assert_eq!(viewer.available_actions(GroupKind::Ordinary), ordinary, "{viewer:?}");
        }
    }

    #[test]
    fn l23_a_group_has_a_name_and_not_too_many_members() {
        assert_eq!(checked_name(" 设备 部 "), Ok("设备 部".to_owned()));
        assert!(checked_name(" ").is_err() && checked_name(&"群".repeat(NAME_MAX + 1)).is_err());
        assert!(checked_name(&"👨‍👩‍👧‍👦".repeat(NAME_MAX)).is_ok());
        assert!(checked_size(MEMBERS_MAX).is_ok() && checked_size(MEMBERS_MAX + 1).is_err());
    }
}
