//! Members of the viewer's organisation as its admins see to them. Making people is `installation`.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::membership::{kept, last_admin};
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::membership::{self, Membership, User};
use crate::store::{Result, Tx, group, seat, session, test_organization};

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
    membership::leave_departments(tx, &scope, user)?;
    seat::release_all(tx, &scope.organization_id, user)?;
    group::leave_all(tx, &scope.organization_id, user)?;
    let person = leave(tx, &place)?;
    leave_test_organizations(tx, &scope.organization_id, user)?;
    Ok(person)
}

/// Ends a place in an organisation with the person's sessions there.
fn leave(tx: &mut Tx<'_>, place: &Membership) -> Result<User> {
    membership::deactivate(tx, place)?;
    let sessions = session::revoke_all(tx, &place.user_id, &place.organization_id)?;
    let person = membership::user(tx.conn, &place.user_id)?;
    tx.audit(Fact {
        organization_id: &place.organization_id,
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
        if let Some(place) = membership::find(tx.conn, &row.organization_id, user)?.filter(|place| place.active) {
            leave(tx, &place)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
