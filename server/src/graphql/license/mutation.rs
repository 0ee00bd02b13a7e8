//! What is done with licenses themselves; orders are `product_order`.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::License;
use crate::auth::viewer::Viewer;
use crate::graphql::context::change;
use crate::graphql::error::{outcome, result_union};
use crate::services::license;

/// Names a license.
#[derive(InputObject)]
pub struct LicenseActionInput {
    /// The license.
    pub id: ID,
}

result_union! {
    /// Result of having an application delivered again.
    DeliverLicenseResult = License
}

#[derive(Default)]
pub struct LicenseMutation;

#[Object]
impl LicenseMutation {
    /// L16: has the application of a license delivered again, where it was removed; the customer's admins. A delivery that failed is tried
    /// again by `retryDelivery`.
    async fn deliver_license(&self, ctx: &Context<'_>, input: LicenseActionInput) -> Result<DeliverLicenseResult> {
        let ended = change(ctx, &input.id, Viewer::customer_admin, license::deliver).await?;
        outcome(ctx, ended, |row| DeliverLicenseResult::License(License(row)))
    }
}
