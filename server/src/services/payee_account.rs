//! The account on file into which a partner is paid (L3). Its number is told to whoever has an order to pay (`license::payment`),
//! and to nobody else.

use secrecy::SecretString;
use serde_json::json;

use crate::auth::sealing::Sealing;
use crate::auth::viewer::Viewer;
use crate::domain::payee_account::PayeeAccountFields;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::payee_account::{self, PayeeAccount};
use crate::store::{Result, Tx};

/// The acting partner's account, for its admins.
pub fn find(conn: &mut Conn, viewer: &Viewer) -> Result<Option<PayeeAccount>> {
    payee_account::find(conn, &viewer.partner_admin()?)
}

/// Puts an account on file in place of the one before.
pub fn set(tx: &mut Tx<'_>, viewer: &Viewer, sealing: &Sealing, fields: &PayeeAccountFields) -> Result<PayeeAccount> {
    let scope = viewer.partner_admin()?;
    let checked = fields.checked()?;
    let before = payee_account::find(tx.conn, &scope)?;
    let number_end = checked.number_end();
    let place = payee_account::sealed_for(&scope.organization_id);
    let number = SecretString::from(checked.number);
    let account = PayeeAccount {
        organization_id: scope.organization_id.clone(),
        holder: checked.holder,
        bank: checked.bank,
        number_sealed: sealing.seal(&place, &number).map_err(anyhow::Error::from)?,
        number_end,
        updated_by: scope.user_id.clone(),
        updated_at: tx.now,
    };
    payee_account::set(tx, &scope, &account)?;
    let told = |it: &PayeeAccount| json!({ "holder": it.holder, "bank": it.bank, "numberEnd": it.number_end });
    tx.audit(Fact {
        organization_id: &scope.organization_id,
        action: "payee_account.set",
        object_id: scope.organization_id.as_str(),
        label: &account.holder,
        before: before.as_ref().map(told),
        after: Some(told(&account)),
    })?;
    Ok(account)
}
