//! Orders as the partner's order centre shows them.

use super::{
    DateTime,
    acceptance::Acceptance,
    application::ApplicationName,
    delivery::{Delivery, DeliverySummary},
    maintenance::MaintenanceBrief,
    page::PageInfo,
    schema,
    session::{EditionName, Person},
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendStatus {
    NotSent,
    Sending,
    Succeeded,
    Failed,
    Partial,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderAction {
    SendApplication,
    RetryDelivery,
    SendPages,
    SendComponents,
    ToggleEditPermission,
    RequestMaintenance,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderParty {
    Partner,
    Customer,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderSort {
    CreatedDesc,
    CreatedAsc,
    CustomerDesc,
    CustomerAsc,
    ApplicationDesc,
    ApplicationAsc,
}

read_enums!(SendStatus, OrderAction, OrderParty, OrderSort);

#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct OrderFilter {
    pub search: Option<String>,
    pub app_status: Option<SendStatus>,
    pub page_status: Option<SendStatus>,
    pub created_from: Option<DateTime>,
    pub created_to: Option<DateTime>,
    pub project_id: Option<cynic::Id>,
}

read! {
    /// The buying organisation.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct Buyer {
        pub name: String,
        pub corp_id: String,
        pub edition: EditionName,
    }
}

read! {
    /// The project an order belongs to.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Project")]
    pub struct ProjectName {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct OrderRow {
        pub id: cynic::Id,
        pub number: String,
        pub customer: Buyer,
        pub application_name: String,
        pub ordered_by: Person,
        pub created_at: DateTime,
        pub app_status: SendStatus,
        pub page_status: SendStatus,
        pub full_edit_permission: bool,
        pub latest_maintenance: Option<MaintenanceBrief>,
        pub deliveries: Vec<DeliverySummary>,
        pub available_actions: Vec<OrderAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrderConnection")]
    pub struct OrderPage {
        pub nodes: Vec<OrderRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(OrderPage of OrderRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Order {
        pub id: cynic::Id,
        pub number: String,
        pub customer: Buyer,
        pub application_name: String,
        pub application: Option<ApplicationName>,
        pub project: Option<ProjectName>,
        pub ordered_by: Person,
        pub created_at: DateTime,
        pub app_status: SendStatus,
        pub page_status: SendStatus,
        pub full_edit_permission: bool,
        pub acceptances: Vec<Acceptance>,
        pub deliveries: Vec<Delivery>,
        pub available_actions: Vec<OrderAction>,
    }
}

operation! { $ Query:
    orders(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<OrderFilter>, sort = sort: OrderSort
    ) => OrderPage
}
operation! { $ Query: order(id = id: cynic::Id) => Option<Order> }

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetEditPermissionInput {
    pub order_id: cynic::Id,
    pub full_edit_permission: bool,
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct OrderState {
        pub id: cynic::Id,
    }
}

operation! { $ Mutation:
    set_edit_permission(input = input: SetEditPermissionInput) -> SetEditPermissionResult / OrderState
}
