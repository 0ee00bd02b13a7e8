//! Test organisations of a partner (L2): its admins make them, its admins and developers become admins there, and whoever leaves the
//! partner leaves them too.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::OrganizationId;
use crate::domain::organization::{EditionName, PartnerTier, Role, Roles};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::test_organization::{self as rules, TestOrganizationAction};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::membership::{self, Membership};
use crate::store::organization::{self, Organization};
use crate::store::test_organization::{self, TestOrganization};
use crate::store::{Result, Tx};

/// A test organisation, and whether the viewer belongs to it.
#[derive(Clone, Debug)]
pub struct Place {
    pub row: TestOrganization,
    pub joined: bool,
}

/// Makes a test organisation; whoever makes it becomes its admin. Only an organisation that is made here becomes one.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, name: &str, edition: Option<EditionName>) -> Result<Place> {
    let scope = viewer.partner_admin()?;
    let name = rules::name(name).map_err(|problem| Refusal::invalid("name", problem))?;
    let there = test_organization::list(tx.conn, &scope)?;
    if there.len() >= rules::MAX {
        return Err(Refusal::invalid("name", Problem::TooMany { max: rules::MAX }).into());
    }
    let ids: Vec<OrganizationId> = there.into_iter().map(|row| row.organization_id).collect();
    if organization::by_ids(tx.conn, &ids)?
        .iter()
        .any(|other| other.name == name)
    {
        return Err(Refusal::invalid("name", Problem::NotUnique).into());
    }
    let edition = match edition {
        Some(edition) => edition,
        None => organization::get(tx.conn, &scope.organization_id)?.edition,
    };
    let id: OrganizationId = tx.id();
    let made = Organization {
        corp_id: rules::corp_id(&id)
            .map_err(|problem| Refusal::invalid("name", problem))?
            .as_str()
            .to_owned(),
        id,
        name,
        is_customer: true,
        is_partner: false,
        is_platform: false,
        edition,
        partner_tier: PartnerTier::None,
        industry: None,
        size: None,
        created_at: tx.now,
    };
    organization::insert(tx, &made)?;
    let row = TestOrganization {
        organization_id: made.id.clone(),
        partner_id: scope.organization_id,
        created_by: scope.user_id,
        created_at: tx.now,
    };
    test_organization::insert(tx, &row)?;
    let both = Fact {
        organization_id: &row.partner_id,
        action: "test_organization.created",
        object_id: made.id.as_str(),
        label: &made.name,
        before: None,
        after: Some(json!({ "corpId": made.corp_id, "edition": made.edition })),
    };
    tx.audit_for_both(&row.organization_id, both)?;
    enter(tx, viewer, &row)?;
    Ok(Place { row, joined: true })
}

/// Makes the viewer an admin of one of their partner's test organisations; nothing where they are one.
pub fn join(tx: &mut Tx<'_>, viewer: &Viewer, id: &OrganizationId) -> Result<Place> {
    let scope = viewer.partner()?;
    let found = test_organization::find(tx.conn, &scope, id)?;
    let row = found.ok_or_else(|| Refusal::not_found().at("organizationId"))?;
    enter(tx, viewer, &row)?;
    Ok(Place { row, joined: true })
}

fn enter(tx: &mut Tx<'_>, viewer: &Viewer, place: &TestOrganization) -> Result<()> {
    let roles = Roles(vec![Role::CustomerAdmin]);
    let id = match membership::find(tx.conn, &place.organization_id, &viewer.user_id)? {
        Some(there) if there.active => return Ok(()),
        Some(former) => {
            membership::reactivate(tx, &former, &roles)?;
            former.id
        }
        None => {
            let row = Membership {
                id: tx.id(),
                organization_id: place.organization_id.clone(),
                user_id: viewer.user_id.clone(),
                roles: roles.as_text(),
                active: true,
                created_at: tx.now,
            };
            membership::insert(tx, &row)?;
            row.id
        }
    };
    tx.audit(Fact {
        organization_id: &place.organization_id,
        action: "membership.created",
        object_id: id.as_str(),
        label: &roles.as_text(),
        before: None,
        after: None,
    })
}

/// The partner's test organisations, oldest first.
pub fn list(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Place>> {
    let rows = test_organization::list(conn, &viewer.partner()?)?;
    let ids: Vec<OrganizationId> = rows.iter().map(|row| row.organization_id.clone()).collect();
    let joined = test_organization::joined(conn, &ids, &viewer.user_id)?;
    let place = |row: TestOrganization| Place {
        joined: joined.contains(&row.organization_id),
        row,
    };
    Ok(rows.into_iter().map(place).collect())
}

/// What the viewer can do with one of their partner's test organisations.
pub fn actions(viewer: &Viewer, place: &Place) -> Vec<TestOrganizationAction> {
    if viewer.organization_id != place.row.partner_id || viewer.partner().is_err() {
        return Vec::new();
    }
    let join = (!place.joined).then_some(TestOrganizationAction::Join);
    join.into_iter()
        .chain([TestOrganizationAction::StartSelfTest])
        .collect()
}

/// Whether the viewer may make test organisations.
pub fn may_create(viewer: &Viewer) -> bool {
    viewer.partner_admin().is_ok()
}
