//! Service requests (L25): what customers ask their partners about applications, and the answers.

use super::{
    DateTime, Problem,
    file::StoredFile,
    operation::{Plain, bare, body},
    order::OrderParty,
    page::{PageInfo, Window},
    schema,
    select::{Root, Select},
    session::{OrganizationName, Person},
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceRequestKind {
    Question,
    Fault,
    Change,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceRequestStatus {
    Open,
    Answered,
    Closed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceRequestAction {
    Answer,
    Reply,
    Close,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceMessageKind {
    Opened,
    Answered,
    Replied,
    Reopened,
    Closed,
}

read_enums!(
    ServiceRequestKind,
    ServiceRequestStatus,
    ServiceRequestAction,
    ServiceMessageKind
);

read! {
    /// A row of a list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ServiceRequest")]
    pub struct ServiceRequestRow {
        pub id: cynic::Id,
        pub kind: ServiceRequestKind,
        pub title: String,
        pub status: ServiceRequestStatus,
        pub application_name: String,
        pub partner: OrganizationName,
        pub customer: OrganizationName,
        pub opened_by: Person,
        pub changed_at: DateTime,
        pub waiting_since: Option<DateTime>,
        pub first_response_seconds: Option<i32>,
        pub closing_seconds: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ServiceRequestConnection")]
    pub struct ServiceRequestPage {
        pub nodes: Vec<ServiceRequestRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ServiceRequestPage of ServiceRequestRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct AskedApp {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ServiceRequest {
        pub id: cynic::Id,
        pub kind: ServiceRequestKind,
        pub title: String,
        pub status: ServiceRequestStatus,
        /// The customer's alone.
        pub instance: Option<AskedApp>,
        pub application_name: String,
        pub version_number: String,
        pub partner: OrganizationName,
        pub customer: OrganizationName,
        pub opened_by: Person,
        pub opened_at: DateTime,
        pub waiting_since: Option<DateTime>,
        pub first_response_at: Option<DateTime>,
        pub first_response_seconds: Option<i32>,
        pub closed_at: Option<DateTime>,
        pub closed_by: Option<Person>,
        pub closing_seconds: Option<i32>,
        pub available_actions: Vec<ServiceRequestAction>,
    }
}

impl ServiceRequest {
    pub fn may(&self, action: ServiceRequestAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ServiceMessage {
        pub kind: ServiceMessageKind,
        pub side: OrderParty,
        pub author: Person,
        pub text: String,
        pub files: Vec<StoredFile>,
        pub created_at: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ServiceMessageConnection")]
    pub struct ServiceMessagePage {
        pub nodes: Vec<ServiceMessage>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(ServiceMessagePage of ServiceMessage);

read! {
    /// A request that was just written in.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ServiceRequest")]
    pub struct ServiceRequestBrief {
        pub id: cynic::Id,
        pub title: String,
    }
}

read! {
    /// That something was written; what shows requests reads them anew then.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ServiceRequestChange {
        pub request: Option<ServiceRequestBrief>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ServiceRequest")]
    pub struct WaitingRequest {
        pub id: cynic::Id,
        pub waiting_since: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ServiceTimes {
        pub count: i32,
        pub mean_seconds: Option<i32>,
        pub median_seconds: Option<i32>,
    }
}

read! {
    /// How quickly the acting partner answers.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ServiceOverview {
        pub open_count: i32,
        pub longest_waiting: Option<WaitingRequest>,
        pub first_response: ServiceTimes,
        pub closing: ServiceTimes,
    }
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub struct ServiceRequestFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ServiceRequestKind>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<ServiceRequestStatus>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OpenServiceRequestInput {
    pub instance_id: cynic::Id,
    pub kind: ServiceRequestKind,
    pub title: String,
    pub text: String,
    pub file_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ServiceMessageInput {
    pub id: cynic::Id,
    pub text: String,
    pub file_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CloseServiceRequestInput {
    pub id: cynic::Id,
    pub note: Option<String>,
}

operation! { $ Query:
    service_requests(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        party = party: OrderParty, filter = filter: Option<ServiceRequestFilter>
    ) => ServiceRequestPage
}
operation! { $ Query: service_request(id = id: cynic::Id) => Option<ServiceRequest> }
operation! { $ Mutation:
    open_service_request(input = input: OpenServiceRequestInput, idempotencyKey = idempotency_key: Option<String>)
        -> OpenServiceRequestResult / ServiceRequestBrief
}
operation! { $ Mutation:
    answer_service_request(input = input: ServiceMessageInput, idempotencyKey = idempotency_key: Option<String>)
        -> AnswerServiceRequestResult / ServiceRequestBrief
}
operation! { $ Mutation:
    reply_to_service_request(input = input: ServiceMessageInput, idempotencyKey = idempotency_key: Option<String>)
        -> ReplyToServiceRequestResult / ServiceRequestBrief
}
operation! { $ Mutation:
    close_service_request(input = input: CloseServiceRequestInput) -> CloseServiceRequestResult / ServiceRequestBrief
}
operation! { $ Subscription:
    /// Tells of every request in which something is written, of those that one side lists.
    service_requests_changed(party = party: OrderParty) => ServiceRequestChange
}
operation! { $ Subscription:
    /// Tells of everything that is written in one request.
    service_request_changed(id = id: cynic::Id) => ServiceRequestChange
}

/// The figures of the acting partner.
pub async fn service_overview() -> Result<ServiceOverview, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        service_overview: ServiceOverview,
    }
    let body = bare("query", "service_overview", ServiceOverview::select);
    transport::ask::<Plain<ServiceOverview>>(body, true).await
}

/// Which request, and which part of its thread.
#[derive(cynic::QueryVariables, Clone, Debug)]
struct ThreadVariables {
    id: cynic::Id,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
}

/// A part of the thread, oldest first; nothing where there is no such request.
pub async fn messages(id: cynic::Id, window: Window) -> Result<Option<ServiceMessagePage>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "ServiceRequest", variables = "ThreadVariables", no_deserialize)]
    struct Holder {
        #[arguments(first: $first, after: $after, last: $last, before: $before)]
        messages: ServiceMessagePage,
    }
    read!(@fields Holder messages: ServiceMessagePage);
    impl Select for Holder {
        fn select(document: &mut String) {
            document.push_str("{messages(first:$first after:$after last:$last before:$before)");
            ServiceMessagePage::select(document);
            document.push('}');
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "ThreadVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        service_request: Option<Holder>,
    }
    let root = Root {
        kind: "query",
        field: "service_request",
        arguments: &["id"],
        variables: <ThreadVariables as cynic::QueryVariables>::VARIABLES,
        select: Holder::select,
    };
    let Window {
        first,
        after,
        last,
        before,
    } = window;
    let variables = ThreadVariables {
        id,
        first,
        after,
        last,
        before,
    };
    let holder = transport::ask::<Plain<Option<Holder>>>(body(&root, &variables), true).await?;
    Ok(holder.map(|holder| holder.messages))
}
