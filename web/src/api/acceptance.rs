//! The checklist with which an admin accepts an application (D27), and what was noted of it.

use super::{Problem, instance::InstanceState, schema};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptanceItemKind {
    PageOpened,
    RecordSubmitted,
    WorkSeen,
}

read_enums!(AcceptanceItemKind);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AcceptanceItem {
        pub kind: AcceptanceItemKind,
        pub component_key: String,
        pub name: String,
        pub work: Vec<String>,
        pub done: bool,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct Checklist {
        pub acceptance_checklist: Vec<AcceptanceItem>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct TickAcceptanceItemInput {
    pub id: cynic::Id,
    pub kind: AcceptanceItemKind,
    pub component_key: String,
}

operation! { $ Mutation:
    tick_acceptance_item(input = input: TickAcceptanceItemInput) -> TickAcceptanceItemResult / InstanceState
}

/// What there is to see before an application is accepted; nothing for those who do not accept it.
pub async fn checklist(id: cynic::Id) -> Result<Vec<AcceptanceItem>, Problem> {
    operation! { $ Query: app_instance(id = id: cynic::Id) => Option<Checklist> }
    Ok(app_instance(id)
        .await?
        .map_or_else(Vec::new, |app| app.acceptance_checklist))
}
