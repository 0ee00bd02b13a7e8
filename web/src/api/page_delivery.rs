//! Sending pages and components after an application, and taking an overwrite back: changes, reports, the steps.

use super::{
    application::{ComponentKind, VersionStatus},
    delivery::{Delivery, DeliveryKind, DeliveryOptions, DeliverySummary, Preflight},
    schema,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageChangeKind {
    New,
    Changed,
    Unchanged,
    ChangedByCustomer,
    DeletedByCustomer,
    NotInVersion,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldChangeKind {
    Added,
    Removed,
    Changed,
}

read_enums!(PageChangeKind, FieldChangeKind);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct FieldChange {
        pub label: String,
        pub change: FieldChangeKind,
        pub details: Vec<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PageChange {
        pub component_key: String,
        pub kind: ComponentKind,
        pub name: String,
        pub change: PageChangeKind,
        pub changed_by_customer: bool,
        pub fields: Vec<FieldChange>,
        pub details: Vec<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PageChanges {
        pub version_number: String,
        pub digest: String,
        pub pages: Vec<PageChange>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RollbackPage {
        pub kind: ComponentKind,
        pub name: String,
        pub restored: bool,
        pub reason: Option<String>,
        pub changes_since: Vec<String>,
        pub new_record_count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RollbackReport {
        pub pages: Vec<RollbackPage>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Component")]
    pub struct PieceName {
        pub key: String,
        pub kind: ComponentKind,
        pub name: String,
    }
}

read! {
    /// A version with what it is made of.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ApplicationVersion")]
    pub struct VersionContent {
        pub id: cynic::Id,
        pub number: String,
        pub status: VersionStatus,
        pub components: Vec<PieceName>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Application")]
    pub struct ApplicationContent {
        pub versions: Vec<VersionContent>,
    }
}

read! {
    /// What was sent into an application, as its customer sees it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct ReceivedOrder {
        pub deliveries: Vec<Delivery>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AppInstance")]
    pub struct Received {
        pub order: Option<ReceivedOrder>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SendNewPagesInput {
    pub order_id: cynic::Id,
    pub page_keys: Option<Vec<String>>,
    pub include_sample_data: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OverwritePagesInput {
    pub order_id: cynic::Id,
    pub page_keys: Option<Vec<String>>,
    pub acknowledged_digest: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SendComponentsInput {
    pub order_id: cynic::Id,
    pub component_keys: Vec<String>,
    pub version_id: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RollbackDeliveryInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveInstancePageInput {
    pub instance_id: cynic::Id,
    pub page_key: String,
}

operation! { $ Query: page_changes(orderId = order_id: cynic::Id) -> PageChangesResult / PageChanges }
operation! { $ Query:
    delivery_preflight(
        orderId = order_id: cynic::Id, options = options: DeliveryOptions, kind = kind: DeliveryKind,
        keys = keys: Option<Vec<String>>, versionId = version_id: Option<cynic::Id>
    ) -> DeliveryPreflightResult / Preflight
}
operation! { $ Query: rollback_report(deliveryId = delivery_id: cynic::Id) -> RollbackReportResult / RollbackReport }
operation! { $ Query: application(id = id: cynic::Id) => Option<ApplicationContent> }
operation! { $ Query: app_instance(id = id: cynic::Id) => Option<Received> }
operation! { $ Mutation:
    send_new_pages(input = input: SendNewPagesInput, idempotencyKey = idempotency_key: Option<String>) -> SendNewPagesResult / DeliverySummary
}
operation! { $ Mutation:
    overwrite_pages(input = input: OverwritePagesInput, idempotencyKey = idempotency_key: Option<String>) -> OverwritePagesResult / DeliverySummary
}
operation! { $ Mutation:
    send_components(input = input: SendComponentsInput, idempotencyKey = idempotency_key: Option<String>) -> SendComponentsResult / DeliverySummary
}
operation! { $ Mutation:
    rollback_delivery(input = input: RollbackDeliveryInput, idempotencyKey = idempotency_key: Option<String>) -> RollbackDeliveryResult / DeliverySummary
}
operation! { $ Mutation:
    remove_instance_page(input = input: RemoveInstancePageInput) -> RemoveInstancePageResult / super::instance::InstanceState
}
