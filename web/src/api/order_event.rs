//! The timeline of an order (D20), page by page.

use super::{
    DateTime, Problem,
    operation::{Plain, body},
    page::{PageInfo, Window},
    schema,
    select::{Root, Select},
    session::{OrganizationName, Person},
    transport,
};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OrderEvent {
        pub at: DateTime,
        pub title: String,
        pub by: Option<Person>,
        pub organization: Option<OrganizationName>,
        pub details: Vec<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrderEventConnection")]
    pub struct OrderEventPage {
        pub nodes: Vec<OrderEvent>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

/// Which order, and which part of its timeline.
#[derive(cynic::QueryVariables, Clone, Debug)]
struct TimelineVariables {
    id: cynic::Id,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
}

/// A part of the timeline; nothing where there is no such order.
pub async fn timeline(id: cynic::Id, window: Window) -> Result<Option<OrderEventPage>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Order", variables = "TimelineVariables", no_deserialize)]
    struct Holder {
        #[arguments(first: $first, after: $after, last: $last, before: $before)]
        timeline: OrderEventPage,
    }
    read!(@fields Holder timeline: OrderEventPage);
    impl Select for Holder {
        fn select(document: &mut String) {
            document.push_str("{timeline(first:$first after:$after last:$last before:$before)");
            OrderEventPage::select(document);
            document.push('}');
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "TimelineVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        order: Option<Holder>,
    }
    let root = Root {
        kind: "query",
        field: "order",
        arguments: &["id"],
        variables: <TimelineVariables as cynic::QueryVariables>::VARIABLES,
        select: Holder::select,
    };
    let Window {
        first,
        after,
        last,
        before,
    } = window;
    let variables = TimelineVariables {
        id,
        first,
        after,
        last,
        before,
    };
    let holder = transport::ask::<Plain<Option<Holder>>>(body(&root, &variables), true).await?;
    Ok(holder.map(|holder| holder.timeline))
}
