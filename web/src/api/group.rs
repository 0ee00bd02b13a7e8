//! Group chats of the customer's organisation, and the cool apps that are installed in them.

use super::{DateTime, cool_app::EntryOpenMode, page::PageInfo, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    WholeOrganization,
    Ordinary,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupAction {
    Install,
    SetMembers,
    Delete,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstallationStatus {
    NotEnabled,
    Enabled,
    Uninstalled,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstallationAction {
    Enable,
    Uninstall,
}

read_enums!(GroupKind, GroupAction, InstallationStatus, InstallationAction);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct GroupEntry {
        pub name: String,
        pub url: String,
        pub icon_id: cynic::Id,
        pub open_mode: EntryOpenMode,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct GroupRobot {
        pub name: String,
        pub icon_id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppContent")]
    pub struct FaceOfCoolApp {
        pub intro: String,
        pub icon_id: Option<cynic::Id>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolApp")]
    pub struct InstalledCoolApp {
        pub id: cynic::Id,
        pub name: String,
        pub content: Option<FaceOfCoolApp>,
        pub market_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct CoolAppInstallation {
        pub id: cynic::Id,
        pub status: InstallationStatus,
        pub cool_app: InstalledCoolApp,
        pub entries: Vec<GroupEntry>,
        pub robot: Option<GroupRobot>,
        pub available_actions: Vec<InstallationAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Group {
        pub id: cynic::Id,
        pub name: String,
        pub kind: GroupKind,
        /// Nothing for a group of the whole organisation.
        pub members: Option<Vec<Person>>,
        pub installations: Vec<CoolAppInstallation>,
        pub created_by: Person,
        pub created_at: DateTime,
        pub available_actions: Vec<GroupAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolApp")]
    pub struct CoolAppId {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "CoolAppInstallation")]
    pub struct InstalledName {
        pub cool_app: CoolAppId,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Group")]
    pub struct GroupRow {
        pub id: cynic::Id,
        pub name: String,
        pub kind: GroupKind,
        pub members: Option<Vec<Person>>,
        pub installations: Vec<InstalledName>,
        pub created_at: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "GroupConnection")]
    pub struct GroupPage {
        pub nodes: Vec<GroupRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(GroupPage of GroupRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DeletedGroup {
        pub name: String,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateGroupInput {
    pub name: String,
    pub kind: GroupKind,
    pub member_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetGroupMembersInput {
    pub id: cynic::Id,
    pub member_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteGroupInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct InstallCoolAppInput {
    pub cool_app_id: cynic::Id,
    pub group_id: cynic::Id,
    pub enable: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CoolAppInstallationInput {
    pub id: cynic::Id,
}

operation! { $ Query:
    /// Those that exist for the person, newest first; `installable` those into which they may install.
    groups(first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>, installable = installable: bool) => GroupPage
}
operation! { $ Query: group(id = id: cynic::Id) => Option<Group> }
operation! { $ Query:
    /// Colleagues by name.
    group_candidates(search = search: Option<String>, first = first: Option<i32>) => Vec<Person>
}
operation! { $ Mutation: create_group(input = input: CreateGroupInput, idempotencyKey = idempotency_key: Option<String>) -> CreateGroupResult / Group }
operation! { $ Mutation: set_group_members(input = input: SetGroupMembersInput) -> SetGroupMembersResult / Group }
operation! { $ Mutation: delete_group(input = input: DeleteGroupInput) -> DeleteGroupResult / DeletedGroup }
operation! { $ Mutation: install_cool_app(input = input: InstallCoolAppInput) -> InstallCoolAppResult / CoolAppInstallation }
operation! { $ Mutation: enable_cool_app(input = input: CoolAppInstallationInput) -> EnableCoolAppResult / CoolAppInstallation }
operation! { $ Mutation: uninstall_cool_app(input = input: CoolAppInstallationInput) -> UninstallCoolAppResult / CoolAppInstallation }
