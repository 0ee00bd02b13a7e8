//! Deliveries: the dry run before, the sending, its progress, retry and cancel.

use super::{
    DateTime,
    application::ComponentKind,
    schema,
    session::{EditionName, Person},
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryKind {
    App,
    NewPages,
    OverwritePages,
    CustomComponents,
    Rollback,
    Upgrade,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryStatus {
    Queued,
    Preflight,
    Sending,
    Succeeded,
    Partial,
    Failed,
    Cancelled,
}

impl DeliveryKind {
    /// Whether it moves the page status of its order.
    pub fn sends_pages(self) -> bool {
        matches!(self, Self::NewPages | Self::OverwritePages)
    }
}

impl DeliveryStatus {
    pub fn running(self) -> bool {
        matches!(self, Self::Queued | Self::Preflight | Self::Sending)
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryItemStatus {
    Queued,
    Done,
    Skipped,
    Failed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryAction {
    Retry,
    Cancel,
    RollBack,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreflightOutcome {
    Send,
    Skip,
    Fail,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    PagesPerApp,
    CustomPages,
    HttpConnectors,
    DataPreparations,
    CrossAppForms,
    PublicDomain,
}

read_enums!(
    DeliveryKind,
    DeliveryStatus,
    DeliveryItemStatus,
    DeliveryAction,
    PreflightOutcome,
    Feature
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DeliveryItem {
        pub kind: ComponentKind,
        pub name: String,
        pub status: DeliveryItemStatus,
        pub reason: Option<String>,
    }
}

read! {
    /// How far a delivery is; small enough for every row and every tick.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Delivery")]
    pub struct DeliverySummary {
        pub id: cynic::Id,
        pub kind: DeliveryKind,
        pub status: DeliveryStatus,
        pub total: i32,
        pub done: i32,
        pub skipped: i32,
        pub failed: i32,
        pub available_actions: Vec<DeliveryAction>,
    }
}

read! {
    /// That there is one.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Delivery")]
    pub struct DeliveryRef {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Delivery {
        pub id: cynic::Id,
        pub kind: DeliveryKind,
        pub status: DeliveryStatus,
        pub version_number: String,
        pub folder: Option<String>,
        pub rolled_back_by: Option<DeliveryRef>,
        pub include_sample_data: bool,
        pub include_connectors: bool,
        pub open_edit_permission: bool,
        pub total: i32,
        pub done: i32,
        pub skipped: i32,
        pub failed: i32,
        pub failures: Vec<String>,
        pub warnings: Vec<String>,
        pub items: Vec<DeliveryItem>,
        pub created_at: DateTime,
        pub started_at: Option<DateTime>,
        pub finished_at: Option<DateTime>,
        pub created_by: Person,
        pub available_actions: Vec<DeliveryAction>,
    }
}

impl Delivery {
    pub fn summary(&self) -> DeliverySummary {
        DeliverySummary {
            id: self.id.clone(),
            kind: self.kind,
            status: self.status,
            total: self.total,
            done: self.done,
            skipped: self.skipped,
            failed: self.failed,
            available_actions: self.available_actions.clone(),
        }
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PreflightItem {
        pub kind: ComponentKind,
        pub name: String,
        pub outcome: PreflightOutcome,
        pub reason: Option<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct EntitlementCheck {
        pub feature: Feature,
        pub needed: i32,
        pub used: i32,
        pub limit: Option<i32>,
        pub ok: bool,
        pub message: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Preflight {
        pub ok: bool,
        pub source_edition: EditionName,
        pub target_edition: Option<EditionName>,
        pub edition_warning: Option<String>,
        pub entitlements: Vec<EntitlementCheck>,
        pub items: Vec<PreflightItem>,
        pub sample_rows: i32,
        pub warnings: Vec<String>,
        pub manual_work: Vec<String>,
    }
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct DeliveryOptions {
    pub include_sample_data: bool,
    pub include_connectors: bool,
    pub open_edit_permission: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SendApplicationInput {
    pub order_id: cynic::Id,
    pub options: DeliveryOptions,
    pub agreement_version: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeliveryActionInput {
    pub id: cynic::Id,
}

operation! { $ Query:
    delivery_preflight(orderId = order_id: cynic::Id, options = options: DeliveryOptions) -> DeliveryPreflightResult / Preflight
}
operation! { $ Query: delivery(id = id: cynic::Id) => Option<DeliverySummary> }
operation! { $ Mutation:
    send_application(input = input: SendApplicationInput, idempotencyKey = idempotency_key: Option<String>) -> SendApplicationResult / DeliverySummary
}
operation! { $ Mutation: retry_delivery(input = input: DeliveryActionInput) -> RetryDeliveryResult / DeliverySummary }
operation! { $ Mutation: cancel_delivery(input = input: DeliveryActionInput) -> CancelDeliveryResult / DeliverySummary }
operation! { $ Subscription: delivery_progress(deliveryId = delivery_id: cynic::Id) => DeliverySummary }
