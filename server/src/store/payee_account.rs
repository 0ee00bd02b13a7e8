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

/// For which place the number of a partner's account is sealed; see `auth::sealing`.
pub fn sealed_for(partner: &OrganizationId) -> String {
    format!("payee account of {partner}")
}

/// The partner's own account, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope) -> Result<Option<PayeeAccount>> {
    let query = payee_accounts::table
        .find(&scope.organization_id)
        .select(payee_accounts::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Where partners are paid, for whoever holds orders that are to be paid.
pub fn of_partners(conn: &mut Conn, partners: &[OrganizationId]) -> Result<Vec<PayeeAccount>> {
    let query = payee_accounts::table
        .filter(payee_accounts::organization_id.eq_any(partners))
        .select(payee_accounts::all_columns);
    Ok(query.load(conn)?)
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
