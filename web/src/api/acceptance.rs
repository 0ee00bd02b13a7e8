//! The checklist with which an admin accepts an application (D27), what was noted of it, and the sign-offs.

use super::{DateTime, Problem, instance::InstanceState, schema, session::Person};

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
    /// An item as it stood at a sign-off.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SignedAcceptanceItem {
        pub kind: AcceptanceItemKind,
        pub name: String,
        pub done: bool,
    }
}

read! {
    /// One sign-off.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Acceptance {
        pub number: i32,
        pub at: DateTime,
        pub by: Person,
        pub note: String,
        pub version_number: String,
        pub checklist: Vec<SignedAcceptanceItem>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, Default, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct Checklist {
        pub acceptance_checklist: Vec<AcceptanceItem>,
        pub acceptances: Vec<Acceptance>,
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

/// What there is to see before an application is accepted, nothing for those who do not accept it; and how it was before.
pub async fn checklist(id: cynic::Id) -> Result<Checklist, Problem> {
    operation! { $ Query: app_instance(id = id: cynic::Id) => Option<Checklist> }
    Ok(app_instance(id).await?.unwrap_or_default())
}
