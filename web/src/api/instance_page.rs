//! The pages of an application as its admin looks after them (D19): where they stand, what they are called, which were removed,
//! what a form is made of and how its records are to be processed.

use super::{
    DateTime, Problem,
    application::ComponentKind,
    instance::{InstanceAction, InstanceState, InstanceStatus, OrderNumber},
    operation::body,
    read::Read,
    record::{
        PageAction, PageVariables, PageVariablesFields, RecordConditionInput, RecordTest, RecordsVariables, ask_page,
        page_question, page_records,
    },
    scalar::Json,
    schema,
    select::{Root, Select},
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
pub struct RenameFolderInput {
    pub instance_id: cynic::Id,
    pub folder: String,
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
operation! { $ Mutation: rename_folder(input = input: RenameFolderInput) -> RenameFolderResult / InstanceState }
operation! { $ Mutation: move_page(input = input: MovePageInput) -> MovePageResult / EditedPage }

read! {
    /// A form page whose definition is edited.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct EditablePage {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub revision: String,
        pub definition: Json,
        pub changed_by: Option<Person>,
        pub available_actions: Vec<PageAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PageSettings")]
    pub struct ProcessDesign {
        pub version: i32,
        pub process_design: Option<Json>,
        pub updated_by: Option<Person>,
    }
}

read! {
    /// A form page with its process design; none for those who decide nothing.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstancePage")]
    pub struct ProcessPage {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub settings: Option<ProcessDesign>,
        pub available_actions: Vec<PageAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PageSettings")]
    pub struct SavedDesign {
        pub version: i32,
    }
}

page_question! { $ editable_page(PageVariables, "PageVariables") -> EditablePage }
page_question! { $ process_page(PageVariables, "PageVariables") -> ProcessPage }

/// How many records of a page hold a value of a field.
pub async fn records_holding(id: cynic::Id, key: String, field: String) -> Result<u64, Problem> {
    let variables = RecordsVariables {
        filters: Some(vec![RecordConditionInput {
            field,
            test: RecordTest::Filled,
            values: Vec::new(),
        }]),
        ..RecordsVariables::newest(id, key, 1)
    };
    let found = page_records(variables).await?;
    Ok(found.map_or(0, |found| u64::try_from(found.records.total_count).unwrap_or_default()))
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdatePageDefinitionInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub revision: String,
    pub definition: Json,
    pub removed_fields: Vec<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetProcessDesignInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
    pub version: i32,
    pub design: Option<Json>,
}

operation! { $ Mutation:
    update_page_definition(input = input: UpdatePageDefinitionInput) -> UpdatePageDefinitionResult / EditedPage
}
operation! { $ Mutation: set_process_design(input = input: SetProcessDesignInput) -> SetProcessDesignResult / SavedDesign }
