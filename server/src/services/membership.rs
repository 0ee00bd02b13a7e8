//! Members of the viewer's organisation as its admins see to them. Making people is `installation`.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::membership::{kept, last_admin};
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::membership::{self, User};
use crate::store::{Result, Tx, seat, session, test_organization};

/// Removes a person from the organisation. Their sessions there end with the next request; what they have made stays. Who is not a member
/// answers NOT_FOUND; the only admin cannot go.
pub fn remove(tx: &mut Tx<'_>, viewer: &Viewer, user: &UserId) -> Result<User> {
    let scope = viewer.organization_admin()?;
    let place = membership::find(tx.conn, &scope.organization_id, user)?
        .filter(|place| place.active)
        .ok_or_else(|| Refusal::not_found().at("userId"))?;
    for role in kept(&place.parsed_roles()?) {
        if !membership::another_has(tx.conn, &scope, user, role)? {
            return Err(last_admin().into());
        }
    }
    membership::deactivate(tx, &place)?;
    membership::leave_departments(tx, &scope, user)?;
    seat::release_all(tx, &scope.organization_id, user)?;
    let sessions = session::revoke_all(tx, user, &scope.organization_id)?;
    leave_test_organizations(tx, &scope.organization_id, user)?;
    let person = membership::user(tx.conn, user)?;
    tx.audit(Fact {
        organization_id: &scope.organization_id,
        action: "membership.removed",
        object_id: place.id.as_str(),
        label: &person.name,
        before: Some(json!({ "roles": place.roles })),
        after: Some(json!({ "endedSessions": sessions })),
    })?;
    Ok(person)
}

/// Whoever leaves a partner leaves the organisations in which it tries its applications.
fn leave_test_organizations(tx: &mut Tx<'_>, partner: &OrganizationId, user: &UserId) -> Result<()> {
    for row in test_organization::of_partner(tx.conn, partner)? {
        let place = membership::find(tx.conn, &row.organization_id, user)?;
        let Some(place) = place.filter(|place| place.active) else {
            continue;
        };
        membership::deactivate(tx, &place)?;
        let sessions = session::revoke_all(tx, user, &row.organization_id)?;
        let person = membership::user(tx.conn, user)?;
        tx.audit(Fact {
            organization_id: &row.organization_id,
            action: "membership.removed",
            object_id: place.id.as_str(),
            label: &person.name,
            before: Some(json!({ "roles": place.roles })),
            after: Some(json!({ "endedSessions": sessions })),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
