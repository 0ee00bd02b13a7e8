//! What waits for the signed-in person in the acting organisation.

use super::{
    DateTime, Problem,
    operation::{Plain, bare},
    schema,
    select::Select,
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingKind {
    ProjectToReview,
    PermissionToReview,
    AmendmentToReview,
    ProductToReview,
    CoolAppToReview,
    DelistingToDecide,
    ProductReturned,
    OrderToSend,
    OrderFailed,
    OrderPartlySent,
    ServiceRequestToAnswer,
    ProjectApproved,
    ProjectRejected,
    AppToAccept,
    AppToEnable,
    MaintenanceToDecide,
}

read_enums!(WaitingKind);

read! {
    /// One thing that waits.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct WaitingItem {
        pub id: cynic::Id,
        pub name: String,
        pub party: String,
        pub since: DateTime,
        pub due_at: Option<DateTime>,
        pub overdue: bool,
    }
}

read! {
    /// Things of one kind: the first of them, and how many there are.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Waiting {
        pub kind: WaitingKind,
        pub count: i32,
        pub items: Vec<WaitingItem>,
    }
}

pub async fn waiting() -> Result<Vec<Waiting>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        waiting: Vec<Waiting>,
    }
    transport::ask::<Plain<Vec<Waiting>>>(bare("query", "waiting", Waiting::select), true).await
}
