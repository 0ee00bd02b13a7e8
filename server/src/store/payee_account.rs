//! Where partners are paid (L3): one account each, its number sealed.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::payee_accounts;
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::instant::Instant;

/// A partner's account.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = payee_accounts)]
pub struct PayeeAccount {
    pub organization_id: OrganizationId,
    pub holder: String,
    pub bank: String,
    /// See `auth::sealing`.
    pub number_sealed: String,
    /// Its last characters, by which people recognise it.
    pub number_end: String,
    pub updated_by: UserId,
    pub updated_at: Instant,
}

/// The partner's own account, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope) -> Result<Option<PayeeAccount>> {
    let query = payee_accounts::table
        .find(&scope.organization_id)
        .select(payee_accounts::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Where a partner is paid, for whoever holds an order that is to be paid.
pub fn of_partner(conn: &mut Conn, partner: &OrganizationId) -> Result<Option<PayeeAccount>> {
    let query = payee_accounts::table.find(partner).select(payee_accounts::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Puts an account on file in place of the one before.
pub fn set(tx: &mut Tx<'_>, scope: &PartnerScope, account: &PayeeAccount) -> Result<()> {
    let own = payee_accounts::table.find(&scope.organization_id);
    if diesel::update(own).set(account).execute(tx.conn)? == 0 {
        diesel::insert_into(payee_accounts::table)
            .values(account)
            .execute(tx.conn)?;
    }
    Ok(())
}
