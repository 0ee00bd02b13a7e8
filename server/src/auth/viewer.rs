//! The viewer: a person acting for exactly one organisation, and the scopes that their roles prove. A store function that
//! touches a tenant's rows takes one of these scopes; there is no other way to make one. A role that does not suffice
//! answers NO_PERMISSION before anything is read.

use crate::domain::id::{OrganizationId, SessionId, UserId};
use crate::domain::locale::Locale;
use crate::domain::organization::{Role, Roles};
use crate::domain::refusal::Refusal;
use crate::store::Actor;

/// A signed-in person acting for one organisation, as the session says in this very request.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub session_id: SessionId,
    pub roles: Roles,
    pub locale: Locale,
    pub request_id: String,
}

/// Proof that the viewer works for this partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerScope {
    pub organization_id: OrganizationId,
    pub user_id: UserId,
    /// A partner admin (PA); otherwise a developer (PD).
    pub admin: bool,
}

/// Proof that the viewer belongs to this customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerScope {
    pub organization_id: OrganizationId,
    pub user_id: UserId,
    /// A customer platform admin (CA); otherwise an employee (CE).
    pub admin: bool,
}

/// Proof that the viewer is an internal reviewer (IR).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewerScope {
    pub user_id: UserId,
}

/// Proof that the viewer is a platform superadmin (SA).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuperadminScope {
    pub user_id: UserId,
}

/// Proof that the viewer belongs to this organisation in any role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberScope {
    pub organization_id: OrganizationId,
    pub user_id: UserId,
}

/// Who reads what both sides may read: a project, an order, a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyScope {
    Partner(PartnerScope),
    Customer(CustomerScope),
    Reviewer(ReviewerScope),
}

impl Viewer {
    /// Who acts, for the audit log.
    pub fn actor(&self) -> Actor {
        Actor {
            user_id: Some(self.user_id.clone()),
            organization_id: Some(self.organization_id.clone()),
            request_id: self.request_id.clone(),
        }
    }

    fn require(&self, roles: &[Role]) -> Result<(), Refusal> {
        if self.roles.any(roles) {
            Ok(())
        } else {
            Err(Refusal::no_permission())
        }
    }

    /// PA only.
    pub fn partner_admin(&self) -> Result<PartnerScope, Refusal> {
        self.require(&[Role::PartnerAdmin])?;
        Ok(self.partner_scope())
    }

    /// PA or PD.
    pub fn partner(&self) -> Result<PartnerScope, Refusal> {
        self.require(&[Role::PartnerAdmin, Role::PartnerDeveloper])?;
        Ok(self.partner_scope())
    }

    /// CA only.
    pub fn customer_admin(&self) -> Result<CustomerScope, Refusal> {
        self.require(&[Role::CustomerAdmin])?;
        Ok(self.customer_scope())
    }

    /// CA or CE.
    pub fn customer(&self) -> Result<CustomerScope, Refusal> {
        self.require(&[Role::CustomerAdmin, Role::CustomerEmployee])?;
        Ok(self.customer_scope())
    }

    /// IR only.
    pub fn reviewer(&self) -> Result<ReviewerScope, Refusal> {
        self.require(&[Role::InternalReviewer])?;
        Ok(ReviewerScope {
            user_id: self.user_id.clone(),
        })
    }

    /// SA only.
    pub fn superadmin(&self) -> Result<SuperadminScope, Refusal> {
        self.require(&[Role::Superadmin])?;
        Ok(SuperadminScope {
            user_id: self.user_id.clone(),
        })
    }

    /// PA, CA or IR: who reads the audit log of their organisation.
    pub fn auditor(&self) -> Result<MemberScope, Refusal> {
        self.require(&[Role::PartnerAdmin, Role::CustomerAdmin, Role::InternalReviewer])?;
        Ok(self.member())
    }

    /// Any role.
    pub fn member(&self) -> MemberScope {
        MemberScope {
            organization_id: self.organization_id.clone(),
            user_id: self.user_id.clone(),
        }
    }

    /// Any role: whose notifications are read. A session that proves no role has none of its own.
    pub fn inbox(&self) -> Result<MemberScope, Refusal> {
        match self.roles.0.is_empty() {
            true => Err(Refusal::no_permission()),
            false => Ok(self.member()),
        }
    }

    /// The side on which the viewer stands when both sides may read: reviewer, then partner, then customer.
    pub fn party(&self) -> Result<PartyScope, Refusal> {
        if let Ok(scope) = self.reviewer() {
            return Ok(PartyScope::Reviewer(scope));
        }
        if let Ok(scope) = self.partner() {
            return Ok(PartyScope::Partner(scope));
        }
        self.customer().map(PartyScope::Customer)
    }

    /// Every side on which the viewer stands: an organisation may sell and buy. NO_PERMISSION where there is none.
    pub fn parties(&self) -> Result<Vec<PartyScope>, Refusal> {
        let found: Vec<PartyScope> = [
            self.reviewer().ok().map(PartyScope::Reviewer),
            self.partner().ok().map(PartyScope::Partner),
            self.customer_admin().ok().map(PartyScope::Customer),
        ]
        .into_iter()
        .flatten()
        .collect();
        match found.is_empty() {
            true => Err(Refusal::no_permission()),
            false => Ok(found),
        }
    }

    fn partner_scope(&self) -> PartnerScope {
        PartnerScope {
            organization_id: self.organization_id.clone(),
            user_id: self.user_id.clone(),
            admin: self.roles.any(&[Role::PartnerAdmin]),
        }
    }

    fn customer_scope(&self) -> CustomerScope {
        CustomerScope {
            organization_id: self.organization_id.clone(),
            user_id: self.user_id.clone(),
            admin: self.roles.any(&[Role::CustomerAdmin]),
        }
    }
}
