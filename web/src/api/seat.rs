//! Seats (L15): how many users an application admits, who they are, and going in.

use super::{
    DateTime, Problem,
    instance::InstanceState,
    operation::{Plain, body},
    page::PageInfo,
    read::Read,
    schema,
    select::{Root, Select},
    session::Person,
    transport,
};

read! {
    /// Whether one goes in.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstanceSeats")]
    pub struct Seats {
        pub bought: i32,
        pub taken: i32,
        pub admitted: bool,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SeatHolder {
        pub user: Person,
        pub since: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "SeatHolderConnection")]
    pub struct HolderList {
        pub nodes: Vec<SeatHolder>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(HolderList of SeatHolder);

impl HolderList {
    /// The holders of an application whose seats are not counted.
    fn nothing() -> Self {
        Self {
            nodes: Vec::new(),
            page_info: PageInfo::alone(),
            total_count: 0,
        }
    }
}

read! {
    /// The seats while one waits for one, and whom one asks.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SeatChange {
        pub seats: Seats,
        pub admins: Vec<Person>,
    }
}

operation! { $ Subscription: seats_changed(instanceId = instance_id: cynic::Id) => SeatChange }

#[derive(cynic::QueryVariables, Clone, Debug)]
pub struct HoldersVariables {
    pub id: cynic::Id,
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OpenInstanceInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReleaseSeatInput {
    pub instance_id: cynic::Id,
    pub user_id: cynic::Id,
}

operation! { $ Mutation: open_instance(input = input: OpenInstanceInput) -> OpenInstanceResult / InstanceState }
operation! { $ Mutation: release_seat(input = input: ReleaseSeatInput) -> ReleaseSeatResult / InstanceState }

/// A part of those who hold a seat.
pub async fn holders(variables: HoldersVariables) -> Result<HolderList, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "InstanceSeats", variables = "HoldersVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Held {
        #[arguments(first: $first, after: $after, last: $last, before: $before)]
        holders: HolderList,
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "AppInstance", variables = "HoldersVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Holder {
        seats: Option<Held>,
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "HoldersVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        app_instance: Option<Holder>,
    }
    let root = Root {
        kind: "query",
        field: "app_instance",
        arguments: &["id"],
        variables: <HoldersVariables as cynic::QueryVariables>::VARIABLES,
        select: |document| {
            document.push_str("{seats{holders(first:$first after:$after last:$last before:$before)");
            HolderList::select(document);
            document.push_str("}}");
        },
    };
    let answer = transport::ask::<Plain<Option<serde_json::Value>>>(body(&root, &variables), true).await?;
    let held = answer.and_then(|mut app| app.pointer_mut("/seats/holders").map(serde_json::Value::take));
    match held {
        Some(list) => HolderList::read(list).map_err(|_| Problem::Fault { request_id: None }),
        None => Ok(HolderList::nothing()),
    }
}
