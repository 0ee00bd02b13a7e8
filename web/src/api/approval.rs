//! Approvals (审批, P11): every review of both tracks in one list.

use super::{
    DateTime,
    page::PageInfo,
    schema,
    session::{OrganizationName, Person},
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApprovalBox {
    ToDecide,
    Started,
    Decided,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApprovalKind {
    Permission,
    Project,
    Amendment,
    Product,
    Delisting,
    CoolApp,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApprovalState {
    Waiting,
    Approved,
    Rejected,
}

read_enums!(ApprovalKind, ApprovalState);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Approval {
        pub id: cynic::Id,
        pub kind: ApprovalKind,
        pub subject_id: cynic::Id,
        pub title: String,
        pub partner: OrganizationName,
        pub state: ApprovalState,
        pub submitted_by: Option<Person>,
        pub submitted_at: DateTime,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
        pub decided_by: Option<Person>,
        pub decided_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApprovalConnection")]
    pub struct ApprovalPage {
        pub nodes: Vec<Approval>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ApprovalPage of Approval);

operation! { $ Query:
    approvals(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        box = which: ApprovalBox
    ) => ApprovalPage
}
