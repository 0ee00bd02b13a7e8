//! What is switched in the order centre.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::Order;
use crate::domain::id::OrderId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::services::order;

/// Opens or closes the customer's full edit permission.
#[derive(InputObject)]
pub struct SetEditPermissionInput {
    /// The order; its application was sent with success and the customer has not removed it.
    pub order_id: ID,
    /// ON: the customer edits everything. OFF: app permission and page permission only.
    pub full_edit_permission: bool,
}

result_union! {
    /// Result of switching the edit permission.
    SetEditPermissionResult = Order
}

#[derive(Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// D19: switches the customer's edit permission at once; the customer is told. Partner admins only.
    async fn set_edit_permission(
        &self,
        ctx: &Context<'_>,
        input: SetEditPermissionInput,
    ) -> Result<SetEditPermissionResult> {
        let order = input.order_id.parse::<OrderId>().ok();
        let ended = write(ctx, move |tx, viewer| {
            viewer.partner_admin()?;
            let order = order.as_ref().ok_or_else(|| Refusal::not_found().at("orderId"))?;
            order::set_edit_permission(tx, viewer, order, input.full_edit_permission)
        });
        outcome(ctx, ended.await?, |row| SetEditPermissionResult::Order(Order(row)))
    }
}
