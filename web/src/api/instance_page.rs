//! The pages of an application as its admin looks after them (D19): where they stand, what they are called, which were removed.

use super::{
    DateTime,
    application::ComponentKind,
    instance::{InstanceAction, InstanceStatus, OrderNumber},
    record::PageAction,
    schema,
    session::Person,
};

read! {
    /// A page among the others.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct PlacedPage {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub folder: Option<String>,
        pub record_count: i32,
        pub changed_at: Option<DateTime>,
        pub changed_by: Option<Person>,
        pub available_actions: Vec<PageAction>,
    }
}

impl PlacedPage {
    pub fn may(&self, action: PageAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RemovedPage {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub removed_at: DateTime,
        pub removed_by: Person,
    }
}

read! {
    /// Every page of an application, with what decides whether they can be edited.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct AppPages {
        pub id: cynic::Id,
        pub status: InstanceStatus,
        pub partner_name: String,
        pub order: Option<OrderNumber>,
        pub full_edit_permission: bool,
        pub pages: Vec<PlacedPage>,
        pub removed_pages: Vec<RemovedPage>,
        pub available_actions: Vec<InstanceAction>,
    }
}

read! {
    /// What an edit answers; the list reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct EditedPage {
        pub key: String,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RenamePageInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub name: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct MovePageInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub folder: Option<String>,
    pub before: Option<String>,
}

operation! { $ Query: app_instance(id = id: cynic::Id) => Option<AppPages> }
operation! { $ Mutation: rename_page(input = input: RenamePageInput) -> RenamePageResult / EditedPage }
operation! { $ Mutation: move_page(input = input: MovePageInput) -> MovePageResult / EditedPage }
