//! Setting up an installation from its own console: organisations, departments and persons. Nobody signs up over the
//! network; whoever runs the binary beside the database may.

use crate::domain::corp_id::CorpId;
use crate::domain::id::{DepartmentId, OrganizationId, UserId};
use crate::domain::organization::{EditionName, OrganizationKind, PartnerTier, Role, Roles};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::membership::{self, Membership, User};
use crate::store::organization::{self, Department, Organization};
use crate::store::{Result, Tx};

/// An organisation to be.
#[derive(Clone, Debug)]
pub struct NewOrganization<'a> {
    pub corp_id: &'a str,
    pub name: &'a str,
    pub kinds: &'a [OrganizationKind],
    pub edition: EditionName,
}

/// A person to be, with their first membership.
#[derive(Clone, Debug)]
pub struct NewPerson<'a> {
    pub email: &'a str,
    pub name: &'a str,
    /// PHC string of `auth::password`.
    pub password_hash: &'a str,
    pub organization_id: &'a OrganizationId,
    pub roles: &'a [Role],
}

/// Makes an organisation; its CorpID must be well formed and free.
pub fn create_organization(tx: &mut Tx<'_>, new: &NewOrganization<'_>) -> Result<OrganizationId> {
    let corp_id = CorpId::parse(new.corp_id).map_err(|problem| Refusal::invalid("corpId", problem))?;
    if organization::by_corp_id(tx.conn, corp_id.as_str())?.is_some() {
        return Err(Refusal::invalid("corpId", Problem::NotUnique).into());
    }
    let is = |kind| new.kinds.contains(&kind);
    let organization = Organization {
        id: tx.id(),
        corp_id: corp_id.as_str().to_owned(),
        name: new.name.to_owned(),
        is_customer: is(OrganizationKind::Customer),
        is_partner: is(OrganizationKind::Partner),
        is_platform: is(OrganizationKind::Platform),
        edition: new.edition,
        partner_tier: if is(OrganizationKind::Partner) {
            PartnerTier::Partner
        } else {
            PartnerTier::None
        },
        created_at: tx.now,
        industry: None,
        size: None,
    };
    organization::insert(tx, &organization)?;
    record(
        tx,
        &organization.id,
        "organization.created",
        organization.id.as_str(),
        &organization.name,
    )?;
    Ok(organization.id)
}

/// Makes a department.
pub fn create_department(tx: &mut Tx<'_>, organization: &OrganizationId, name: &str) -> Result<DepartmentId> {
    let department = Department {
        id: tx.id(),
        organization_id: organization.clone(),
        name: name.to_owned(),
        created_at: tx.now,
    };
    organization::insert_department(tx, &department)?;
    record(tx, organization, "department.created", department.id.as_str(), name)?;
    Ok(department.id)
}

/// Makes a person who is a member of one organisation.
pub fn create_person(tx: &mut Tx<'_>, new: &NewPerson<'_>) -> Result<UserId> {
    if membership::user_by_email(tx.conn, new.email)?.is_some() {
        return Err(Refusal::invalid("email", Problem::NotUnique).into());
    }
    let user = User {
        id: tx.id(),
        email: new.email.trim().to_lowercase(),
        name: new.name.to_owned(),
        password_hash: new.password_hash.to_owned(),
        locale: None,
        last_organization_id: None,
        created_at: tx.now,
    };
    membership::insert_user(tx, &user)?;
    add_member(tx, new.organization_id, &user.id, new.roles)?;
    Ok(user.id)
}

/// Makes a person a member of a further organisation, or again of one that they had left.
pub fn add_member(tx: &mut Tx<'_>, organization: &OrganizationId, user: &UserId, roles: &[Role]) -> Result<()> {
    if let Some(former) = membership::find(tx.conn, organization, user)?.filter(|place| !place.active) {
        let roles = Roles(roles.to_vec());
        membership::reactivate(tx, &former, &roles)?;
        return record(
            tx,
            organization,
            "membership.created",
            former.id.as_str(),
            &roles.as_text(),
        );
    }
    let row = Membership {
        id: tx.id(),
        organization_id: organization.clone(),
        user_id: user.clone(),
        roles: Roles(roles.to_vec()).as_text(),
        active: true,
        created_at: tx.now,
    };
    membership::insert(tx, &row)?;
    record(tx, organization, "membership.created", row.id.as_str(), &row.roles)
}

/// Puts a person into a department.
pub fn add_to_department(tx: &mut Tx<'_>, department: &DepartmentId, user: &UserId) -> Result<()> {
    membership::insert_department_member(tx, department, user)
}

fn record(
    tx: &mut Tx<'_>,
    organization: &OrganizationId,
    action: &'static str,
    object: &str,
    label: &str,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: organization,
        action,
        object_id: object,
        label,
        before: None,
        after: None,
    })
}
