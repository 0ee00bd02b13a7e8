//! Applications to delist on which an operator decided (L10): added and never changed. While one waits it stands in its product.

use diesel::prelude::*;

use super::product::Product;
use super::schema::delisting_decisions;
use super::{Result, Tx};
use crate::auth::viewer::CategoryOperatorScope;
use crate::domain::id::{CategoryId, DelistingDecisionId, OrganizationId, ProductId, UserId};
use crate::domain::instant::Instant;

#[derive(Insertable)]
#[diesel(table_name = delisting_decisions)]
struct DelistingDecision {
    id: DelistingDecisionId,
    product_id: ProductId,
    organization_id: OrganizationId,
    category_id: CategoryId,
    applied_by: UserId,
    applied_at: Instant,
    approved: bool,
    decided_by: UserId,
    decided_at: Instant,
}

/// Notes how the application was decided that waits in the product; nothing where none does.
pub fn insert(tx: &mut Tx<'_>, scope: &CategoryOperatorScope, of: &Product, approved: bool) -> Result<()> {
    let (Some(applied_by), Some(applied_at), Some(category_id)) =
        (&of.delisting_applied_by, of.delisting_applied_at, &of.category_id)
    else {
        return Ok(());
    };
    let row = DelistingDecision {
        id: tx.id(),
        product_id: of.id.clone(),
        organization_id: of.organization_id.clone(),
        category_id: category_id.clone(),
        applied_by: applied_by.clone(),
        applied_at,
        approved,
        decided_by: scope.user_id.clone(),
        decided_at: tx.now,
    };
    diesel::insert_into(delisting_decisions::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
