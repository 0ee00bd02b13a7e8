//! Batched look-ups around orders of products. Whoever hands out the id has decided that the viewer may see it.

use async_graphql::Data;

use crate::domain::id::{LicenseId, OrganizationId, ProductOrderId};
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::payee_account::{self, PayeeAccount};
use crate::store::payment_event::{self, PaymentEvent};
use crate::store::product_order::{self, ProductRefund};
use crate::store::{Result, Store, grouped};

/// What of an order goes back; absent where nothing does.
pub struct Refunds;

impl Batch for Refunds {
    type Key = ProductOrderId;
    type Row = ProductRefund;

    fn load(conn: &mut Conn, keys: &[ProductOrderId]) -> Result<Vec<(ProductOrderId, ProductRefund)>> {
        let rows = product_order::refunds(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.order_id.clone(), row)).collect())
    }
}

/// What gateways told of an order; absent where they told nothing.
pub struct Payments;

impl Batch for Payments {
    type Key = ProductOrderId;
    type Row = Vec<PaymentEvent>;

    fn load(conn: &mut Conn, keys: &[ProductOrderId]) -> Result<Vec<(ProductOrderId, Vec<PaymentEvent>)>> {
        let rows = payment_event::of_orders(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.order_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// Where partners are paid; absent where no account is on file. Who is told is `payment::is_told_where`'s.
pub struct PayeeAccounts;

impl Batch for PayeeAccounts {
    type Key = OrganizationId;
    type Row = PayeeAccount;

    fn load(conn: &mut Conn, keys: &[OrganizationId]) -> Result<Vec<(OrganizationId, PayeeAccount)>> {
        let rows = payee_account::of_partners(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.organization_id.clone(), row)).collect())
    }
}

/// The last order of each license that stands; absent where none does.
pub struct LastStanding;

impl Batch for LastStanding {
    type Key = LicenseId;
    type Row = ProductOrderId;

    fn load(conn: &mut Conn, keys: &[LicenseId]) -> Result<Vec<(LicenseId, ProductOrderId)>> {
        Ok(product_order::last_standing(conn, keys)?.into_iter().collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<Refunds>(data, store);
    insert_one::<Payments>(data, store);
    insert_one::<PayeeAccounts>(data, store);
    insert_one::<LastStanding>(data, store);
}
