//! The acting organisation's own orders, as the buyer sees them.

use super::{
    DateTime, Money,
    delivery::DeliverySummary,
    instance::InstanceStatus,
    order::{OrderFilter, OrderParty, OrderSort, ProjectName, SendStatus},
    page::PageInfo,
    schema,
    session::Person,
};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct Seller {
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct ReceivedApp {
        pub id: cynic::Id,
        pub name: String,
        pub status: InstanceStatus,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct CustomerOrder {
        pub id: cynic::Id,
        pub number: String,
        pub application_name: String,
        pub partner: Seller,
        pub project: Option<ProjectName>,
        pub ordered_by: Person,
        pub created_at: DateTime,
        pub amount: Money,
        pub app_status: SendStatus,
        pub page_status: SendStatus,
        pub instance: Option<ReceivedApp>,
        pub deliveries: Vec<DeliverySummary>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrderConnection")]
    pub struct CustomerOrders {
        pub nodes: Vec<CustomerOrder>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(CustomerOrders of CustomerOrder);

operation! { $ Query:
    orders(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<OrderFilter>, sort = sort: OrderSort
    ) => CustomerOrders
}
operation! { $ Query: order(id = id: cynic::Id) => Option<CustomerOrder> }
