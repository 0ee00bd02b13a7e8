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

/// Names a delivery.
#[derive(InputObject)]
pub struct DeliveryActionInput {
    /// The delivery.
    pub id: ID,
}
