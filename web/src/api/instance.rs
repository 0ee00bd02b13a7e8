//! My apps (D27–D30): the copies in the acting organisation, their life and their publishing. Records are `record`.

use super::{
    DateTime, Problem,
    acceptance::Acceptance,
    application::ComponentKind,
    binding::{BindingItem, ComponentSuspension, Waiver},
    license::LicenseBrief,
    operation::{Plain, bare},
    page::PageInfo,
    schema,
    seat::Seats,
    select::Select,
    session::Person,
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceStatus {
    DevMaintenance,
    Ready,
    Enabled,
    Disabled,
    Removed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceAction {
    Open,
    CloseMaintenance,
    ReopenMaintenance,
    Enable,
    Disable,
    PublishSettings,
    Remove,
    RemoveSampleData,
    ViewData,
    RemovePage,
}

read_enums!(InstanceStatus, InstanceAction);

read! {
    /// An application as a card shows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct InstanceCard {
        pub id: cynic::Id,
        pub name: String,
        pub summary: String,
        pub status: InstanceStatus,
        pub partner_name: String,
        pub version_number: String,
        pub workbench_group: String,
        pub available_actions: Vec<InstanceAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstanceConnection")]
    pub struct InstanceList {
        pub nodes: Vec<InstanceCard>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Department {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct VisibleRange {
        pub whole_organization: bool,
        pub departments: Vec<Department>,
        pub members: Vec<Person>,
    }
}

read! {
    /// A page by name; its content is asked for when it is opened.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct PageName {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub folder: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct InstanceComponent {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub note: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct OrderNumber {
        pub id: cynic::Id,
        pub number: String,
    }
}

read! {
    /// Everything that the settings of an application show.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct Instance {
        pub id: cynic::Id,
        pub name: String,
        pub summary: String,
        pub status: InstanceStatus,
        pub partner_name: String,
        pub version_number: String,
        pub created_at: DateTime,
        pub order: Option<OrderNumber>,
        /// By which it is used, where it was bought on the marketplace.
        pub license: Option<LicenseBrief>,
        pub full_edit_permission: bool,
        pub workbench_group: String,
        pub visible_range: VisibleRange,
        pub pages: Vec<PageName>,
        pub other_components: Vec<InstanceComponent>,
        pub sample_record_count: i32,
        pub acceptances: Vec<Acceptance>,
        pub bindings: Vec<BindingItem>,
        pub suspensions: Vec<ComponentSuspension>,
        pub waivers: Vec<Waiver>,
        pub automatic_maintenance: Option<bool>,
        pub seats: Option<Seats>,
        pub available_actions: Vec<InstanceAction>,
    }
}

impl Instance {
    pub fn may(&self, action: InstanceAction) -> bool {
        self.available_actions.contains(&action)
    }

    /// What is left to do, and was not waived.
    pub fn open_items(&self) -> Vec<&BindingItem> {
        self.bindings.iter().filter(|item| item.open()).collect()
    }
}

read! {
    /// What a step answers; the page reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct InstanceState {
        pub id: cynic::Id,
        pub status: InstanceStatus,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Member {
        pub user: Person,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CloseMaintenanceInput {
    pub id: cynic::Id,
    pub note: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct InstanceActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct VisibleRangeInput {
    pub whole_organization: bool,
    pub department_ids: Vec<cynic::Id>,
    pub member_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct EnableInstanceInput {
    pub id: cynic::Id,
    pub workbench_group: Option<String>,
    pub visible_range: Option<VisibleRangeInput>,
    pub waived_items: Vec<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdatePublishSettingsInput {
    pub id: cynic::Id,
    pub workbench_group: String,
    pub visible_range: VisibleRangeInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveInstanceInput {
    pub id: cynic::Id,
    pub name: String,
}

operation! { $ Query:
    app_instances(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        status = status: Option<InstanceStatus>, search = search: Option<String>
    ) => InstanceList
}
operation! { $ Query: app_instance(id = id: cynic::Id) => Option<Instance> }
operation! { $ Query: members(search = search: Option<String>, first = first: Option<i32>) => Vec<Member> }
operation! { $ Mutation: close_maintenance(input = input: CloseMaintenanceInput) -> CloseMaintenanceResult / InstanceState }
operation! { $ Mutation: reopen_maintenance(input = input: InstanceActionInput) -> ReopenMaintenanceResult / InstanceState }
operation! { $ Mutation: enable_instance(input = input: EnableInstanceInput) -> EnableInstanceResult / InstanceState }
operation! { $ Mutation: disable_instance(input = input: InstanceActionInput) -> DisableInstanceResult / InstanceState }
operation! { $ Mutation:
    update_publish_settings(input = input: UpdatePublishSettingsInput) -> UpdatePublishSettingsResult / InstanceState
}
operation! { $ Mutation: remove_instance(input = input: RemoveInstanceInput) -> RemoveInstanceResult / InstanceState }
operation! { $ Mutation: remove_sample_data(input = input: InstanceActionInput) -> RemoveSampleDataResult / InstanceState }

/// The departments of the acting organisation.
pub async fn departments() -> Result<Vec<Department>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        departments: Vec<Department>,
    }
    transport::ask::<Plain<Vec<Department>>>(bare("query", "departments", Department::select), true).await
}
