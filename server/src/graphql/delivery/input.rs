//! Inputs about deliveries.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use crate::services::delivery;

/// What the partner chooses in the send dialog (D13).
#[derive(Clone, Copy, Debug, InputObject, Serialize)]
pub struct DeliveryOptions {
    /// 是否携带表单示例数据: at most 15 rows per form page.
    #[graphql(default)]
    pub include_sample_data: bool,
    /// 是否发送连接器: without their secrets.
    #[graphql(default)]
    pub include_connectors: bool,
    /// 是否开放应用全部编辑权限.
    #[graphql(default)]
    pub open_edit_permission: bool,
}

impl From<DeliveryOptions> for delivery::DeliveryOptions {
    fn from(chosen: DeliveryOptions) -> Self {
        Self {
            include_sample_data: chosen.include_sample_data,
            include_connectors: chosen.include_connectors,
            open_edit_permission: chosen.open_edit_permission,
        }
    }
}

/// Sends the application of an order.
#[derive(InputObject, Serialize)]
pub struct SendApplicationInput {
    /// The order; sent once.
    pub order_id: ID,
    /// What travels.
    pub options: DeliveryOptions,
    /// Version of the agreement that was ticked; null means not ticked.
    pub agreement_version: Option<String>,
}

/// Sends pages that the customer does not have.
#[derive(InputObject, Serialize)]
pub struct SendNewPagesInput {
    /// The order; its application was sent.
    pub order_id: ID,
    /// Keys of pages, at most 2,000; null sends every page that the instance never had. A page that the customer removed is
    /// sent only by its key.
    pub page_keys: Option<Vec<String>>,
    /// 是否携带表单示例数据: at most 15 rows per form page.
    #[graphql(default)]
    pub include_sample_data: bool,
}

/// Replaces pages that were delivered.
#[derive(InputObject, Serialize)]
pub struct OverwritePagesInput {
    /// The order; its application was sent.
    pub order_id: ID,
    /// Keys of pages, at most 2,000; null overwrites every page that the version changed. Pages that the customer removed fail
    /// with that reason.
    pub page_keys: Option<Vec<String>>,
    /// `digest` of the page changes that were shown and acknowledged; null means not acknowledged.
    pub acknowledged_digest: Option<String>,
}

/// Sends custom components.
#[derive(InputObject, Serialize)]
pub struct SendComponentsInput {
    /// The order; its application was sent.
    pub order_id: ID,
    /// Keys of custom components, 1 to 2,000.
    pub component_keys: Vec<String>,
    /// A published version of the application; null is the one that is published now.
    pub version_id: Option<ID>,
}

/// Names the overwrite that is taken back.
#[derive(InputObject, Serialize)]
pub struct RollbackDeliveryInput {
    /// The delivery of kind OVERWRITE_PAGES.
    pub id: ID,
}

/// Names a delivery.
#[derive(InputObject)]
pub struct DeliveryActionInput {
    /// The delivery.
    pub id: ID,
}
