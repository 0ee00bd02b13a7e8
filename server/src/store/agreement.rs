//! Acceptances of agreements: which version was ticked, by whom, when and for what (D1, D13).

use diesel::prelude::*;

use super::schema::agreement_acceptances;
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::agreement::Agreement;
use crate::domain::agreement::AgreementKind;
use crate::domain::id::{AgreementAcceptanceId, OrganizationId, UserId};
use crate::domain::instant::Instant;

/// One acceptance.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = agreement_acceptances)]
pub struct AgreementAcceptance {
    pub id: AgreementAcceptanceId,
    pub agreement_kind: AgreementKind,
    pub agreement_version: String,
    pub organization_id: OrganizationId,
    pub user_id: UserId,
    /// What was agreed to: an application for permission or a delivery.
    pub object_id: String,
    pub accepted_at: Instant,
}

/// Records that the person agreed for their organisation.
pub fn accept(tx: &mut Tx<'_>, scope: &PartnerScope, agreement: &Agreement, object_id: &str) -> Result<()> {
    let row = AgreementAcceptance {
        id: tx.id(),
        agreement_kind: agreement.kind,
        agreement_version: agreement.version.to_owned(),
        organization_id: scope.organization_id.clone(),
        user_id: scope.user_id.clone(),
        object_id: object_id.to_owned(),
        accepted_at: tx.now,
    };
    diesel::insert_into(agreement_acceptances::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// What was accepted for one object of the partner, oldest first.
pub fn of_object(
    conn: &mut super::conn::Conn,
    scope: &PartnerScope,
    object_id: &str,
) -> Result<Vec<AgreementAcceptance>> {
    let query = agreement_acceptances::table
        .filter(agreement_acceptances::object_id.eq(object_id))
        .filter(agreement_acceptances::organization_id.eq(&scope.organization_id))
        .order(agreement_acceptances::id.asc())
        .select(agreement_acceptances::all_columns);
    Ok(query.load(conn)?)
}
