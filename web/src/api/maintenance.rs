//! Remote maintenance (D31): what partners ask for and customers decide about. Entering is `session`'s.

use super::{
    DateTime,
    instance::InstanceState,
    order::OrderParty,
    page::PageInfo,
    schema,
    session::{MaintenanceActionInput, OrganizationName, Person},
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaintenanceStatus {
    Requested,
    Granted,
    Active,
    Ended,
    Expired,
    Revoked,
    Declined,
    Withdrawn,
}

impl MaintenanceStatus {
    /// The hours run.
    pub fn runs(self) -> bool {
        matches!(self, Self::Granted | Self::Active)
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaintenanceAction {
    Grant,
    Decline,
    Withdraw,
    Enter,
    End,
    Revoke,
    Expire,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaintenanceDecision {
    Grant,
    Decline,
}

read_enums!(MaintenanceStatus, MaintenanceAction, MaintenanceDecision);

read! {
    /// How a session stands, as an order's row shows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "MaintenanceSession")]
    pub struct MaintenanceBrief {
        pub id: cynic::Id,
        pub status: MaintenanceStatus,
        pub ends_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct MaintainedOrder {
        pub id: cynic::Id,
        pub number: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct MaintainedApp {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MaintenanceSession {
        pub id: cynic::Id,
        pub status: MaintenanceStatus,
        pub order: MaintainedOrder,
        /// The customer's alone.
        pub instance: Option<MaintainedApp>,
        pub application_name: String,
        pub partner: OrganizationName,
        pub customer: OrganizationName,
        pub requested_by: Person,
        pub requested_at: DateTime,
        pub reason: String,
        pub hours: i32,
        pub decided_at: Option<DateTime>,
        pub decided_by: Option<Person>,
        pub automatic: bool,
        pub ends_at: Option<DateTime>,
        pub entered_at: Option<DateTime>,
        pub closed_at: Option<DateTime>,
        pub closed_by: Option<Person>,
        pub note: Option<String>,
        pub available_actions: Vec<MaintenanceAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "MaintenanceSessionConnection")]
    pub struct MaintenancePage {
        pub nodes: Vec<MaintenanceSession>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(MaintenancePage of MaintenanceSession);

read! {
    /// That something moved; what shows sessions reads them anew then.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MaintenanceChange {
        pub session: Option<MaintenanceBrief>,
    }
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub struct MaintenanceFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<MaintenanceStatus>>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RequestMaintenanceInput {
    pub order_id: cynic::Id,
    pub reason: String,
    pub hours: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DecideMaintenanceInput {
    pub id: cynic::Id,
    pub decision: MaintenanceDecision,
    pub note: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RevokeMaintenanceInput {
    pub id: cynic::Id,
    pub note: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetAutomaticMaintenanceInput {
    pub instance_id: cynic::Id,
    pub automatic: bool,
}

operation! { $ Query:
    maintenance_sessions(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<MaintenanceFilter>
    ) => MaintenancePage
}
operation! { $ Query: maintenance_session(id = id: cynic::Id) => Option<MaintenanceSession> }
operation! { $ Mutation:
    request_maintenance(input = input: RequestMaintenanceInput, idempotencyKey = idempotency_key: Option<String>)
        -> RequestMaintenanceResult / MaintenanceBrief
}
operation! { $ Mutation: decide_maintenance(input = input: DecideMaintenanceInput) -> DecideMaintenanceResult / MaintenanceBrief }
operation! { $ Mutation: revoke_maintenance(input = input: RevokeMaintenanceInput) -> RevokeMaintenanceResult / MaintenanceBrief }
operation! { $ Mutation:
    withdraw_maintenance(input = input: MaintenanceActionInput) -> WithdrawMaintenanceResult / MaintenanceBrief
}
operation! { $ Mutation: end_maintenance(input = input: MaintenanceActionInput) -> EndMaintenanceResult / MaintenanceBrief }
operation! { $ Mutation:
    set_automatic_maintenance(input = input: SetAutomaticMaintenanceInput) -> SetAutomaticMaintenanceResult / InstanceState
}
operation! { $ Subscription:
    /// Tells of every session that moves, of those that one side lists.
    maintenance_changed(party = party: OrderParty) => MaintenanceChange
}
