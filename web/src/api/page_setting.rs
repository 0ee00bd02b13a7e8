//! Who may do what on the pages of an application (D19): the customer's decision for the whole of it and for single pages.

use super::{DateTime, application::ComponentKind, instance::Department, record::PageAction, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordReach {
    None,
    Own,
    All,
}

read_enums!(RecordReach);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PageGrant {
        pub everyone: bool,
        pub departments: Vec<Department>,
        pub members: Vec<Person>,
        pub add: bool,
        pub read: RecordReach,
        pub edit: RecordReach,
        pub delete: RecordReach,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PageSettings {
        pub version: i32,
        pub permission_decided: bool,
        pub grants: Option<Vec<PageGrant>>,
        pub updated_at: Option<DateTime>,
        pub updated_by: Option<Person>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct PagePermission {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub settings: Option<PageSettings>,
        pub available_actions: Vec<PageAction>,
    }
}

read! {
    /// The decisions of an application.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct AppPermission {
        pub id: cynic::Id,
        pub settings: Option<PageSettings>,
        pub pages: Vec<PagePermission>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PageSettings")]
    pub struct SavedSettings {
        pub version: i32,
    }
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PageGrantInput {
    pub everyone: bool,
    pub department_ids: Vec<cynic::Id>,
    pub member_ids: Vec<cynic::Id>,
    pub add: bool,
    pub read: RecordReach,
    pub edit: RecordReach,
    pub delete: RecordReach,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetPagePermissionInput {
    pub instance_id: cynic::Id,
    pub page_key: Option<String>,
    pub version: i32,
    pub grants: Option<Vec<PageGrantInput>>,
}

operation! { $ Mutation:
    set_page_permission(input = input: SetPagePermissionInput) -> SetPagePermissionResult / SavedSettings
}

/// What was decided about an application and its pages.
pub async fn of_app(id: cynic::Id) -> Result<Option<AppPermission>, super::Problem> {
    operation! { $ Query: app_instance(id = id: cynic::Id) => Option<AppPermission> }
    app_instance(id).await
}
