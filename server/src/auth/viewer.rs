//! The viewer: a person acting for exactly one organisation, and the scopes that their roles prove. A store function that
//! touches a tenant's rows takes one of these scopes; there is no other way to make one. A role that does not suffice
//! answers NO_PERMISSION before anything is read.

use crate::domain::id::{InstanceId, MaintenanceSessionId, OrganizationId, SessionId, UserId};
use crate::domain::instant::Instant;
use crate::domain::locale::Locale;
use crate::domain::order::OrderParty;
use crate::domain::organization::{Role, Roles};
use crate::domain::refusal::Refusal;
use crate::store::{Actor, OnBehalf};

/// A signed-in person acting for one organisation, as the session says in this very request.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub session_id: SessionId,
    pub roles: Roles,
    pub locale: Locale,
    pub request_id: String,
    /// D31: set where a partner's developer acts for a customer, inside one instance. They have no role there.
    pub maintenance: Option<Box<Maintenance>>,
}

/// The remote maintenance that a developer entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maintenance {
    pub id: MaintenanceSessionId,
    /// The only instance that it opens.
    pub instance_id: InstanceId,
    /// Whose developer it is.
    pub partner_id: OrganizationId,
    pub reason: String,
    pub ends_at: Instant,
}

/// Proof that the viewer works for this partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerScope {
    pub organization_id: OrganizationId,
    pub user_id: UserId,
    /// A partner admin (PA); otherwise a developer (PD).
    pub admin: bool,
}

/// Proof that the viewer belongs to this customer, or may work inside one instance of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerScope {
    pub organization_id: OrganizationId,
    pub user_id: UserId,
    /// A customer platform admin (CA), or a developer inside `only_instance`; otherwise an employee (CE).
    pub admin: bool,
    /// D31: nothing but this instance exists for a developer in a remote maintenance. Such a scope is proven by
    /// `instance_user` and `instance_keeper` alone.
    pub only_instance: Option<InstanceId>,
}

/// Proof that the viewer is an internal reviewer (IR).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewerScope {
    pub user_id: UserId,
}

/// Proof that the viewer is a category operator (CO). Which categories they hold is asked of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryOperatorScope {
    pub user_id: UserId,
}

/// Proof that the viewer is an open-platform operator (OO).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPlatformScope {
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

/// Whose entries of the audit log are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditScope {
    /// Those of one organisation.
    Own(MemberScope),
    /// Those of every organisation.
    Everybody(ReviewerScope),
}

/// Who reads what both sides may read: a project, an order, a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyScope {
    Partner(PartnerScope),
    Customer(CustomerScope),
    Reviewer(ReviewerScope),
}

impl Viewer {
    /// Who acts, for the audit log. A developer in a remote maintenance acts as their partner, on the customer's behalf.
    pub fn actor(&self) -> Actor {
        let own = match &self.maintenance {
            Some(maintenance) => &maintenance.partner_id,
            None => &self.organization_id,
        };
        let on_behalf = self.maintenance.as_deref().map(|maintenance| OnBehalf {
            maintenance_session_id: maintenance.id.clone(),
            reason: maintenance.reason.clone(),
        });
        Actor {
            user_id: Some(self.user_id.clone()),
            organization_id: Some(own.clone()),
            on_behalf,
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

    /// CA only: matters of the organisation, and those of an instance that are not a developer's.
    pub fn customer_admin(&self) -> Result<CustomerScope, Refusal> {
        self.require(&[Role::CustomerAdmin])?;
        Ok(self.customer_scope())
    }

    /// CA or CE: matters of the organisation.
    pub fn customer(&self) -> Result<CustomerScope, Refusal> {
        self.require(&[Role::CustomerAdmin, Role::CustomerEmployee])?;
        Ok(self.customer_scope())
    }

    /// CA, CE, or a developer in a remote maintenance: who opens instances, their pages and records. What exists for them
    /// is decided by `store::instance`.
    pub fn instance_user(&self) -> Result<CustomerScope, Refusal> {
        match &self.maintenance {
            Some(maintenance) => Ok(self.maintainer_scope(maintenance)),
            None => self.customer(),
        }
    }

    /// CA, or a developer in a remote maintenance: who works on what is inside an instance.
    pub fn instance_keeper(&self) -> Result<CustomerScope, Refusal> {
        match &self.maintenance {
            Some(maintenance) => Ok(self.maintainer_scope(maintenance)),
            None => self.customer_admin(),
        }
    }

    /// D19: whether everything of an instance is open to this keeper. What the partner opened binds the customer, not the
    /// partner's own developer.
    pub fn edits_fully(&self, opened: bool) -> bool {
        opened || self.maintenance.is_some()
    }

    /// IR only.
    pub fn reviewer(&self) -> Result<ReviewerScope, Refusal> {
        self.require(&[Role::InternalReviewer])?;
        Ok(ReviewerScope {
            user_id: self.user_id.clone(),
        })
    }

    /// CO only.
    pub fn category_operator(&self) -> Result<CategoryOperatorScope, Refusal> {
        self.require(&[Role::CategoryOperator])?;
        Ok(CategoryOperatorScope {
            user_id: self.user_id.clone(),
        })
    }

    /// OO only.
    pub fn open_platform_operator(&self) -> Result<OpenPlatformScope, Refusal> {
        self.require(&[Role::OpenPlatformOperator])?;
        Ok(OpenPlatformScope {
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

    /// PA or CA: who reads the audit log of their organisation. IR: who reads everybody's.
    pub fn auditor(&self) -> Result<AuditScope, Refusal> {
        if let Ok(scope) = self.reviewer() {
            return Ok(AuditScope::Everybody(scope));
        }
        self.require(&[Role::PartnerAdmin, Role::CustomerAdmin])?;
        self.member().map(AuditScope::Own)
    }

    /// PA or CA: who sees to the members of their organisation.
    pub fn organization_admin(&self) -> Result<MemberScope, Refusal> {
        self.require(&[Role::PartnerAdmin, Role::CustomerAdmin])?;
        self.member()
    }

    /// Any role; a developer in a remote maintenance belongs to nothing.
    pub fn member(&self) -> Result<MemberScope, Refusal> {
        match self.maintenance {
            Some(_) => Err(Refusal::no_permission()),
            None => Ok(MemberScope {
                organization_id: self.organization_id.clone(),
                user_id: self.user_id.clone(),
            }),
        }
    }

    /// Any role: whose notifications are read. A session that proves no role has none of its own.
    pub fn inbox(&self) -> Result<MemberScope, Refusal> {
        match self.roles.0.is_empty() {
            true => Err(Refusal::no_permission()),
            false => self.member(),
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

    /// The side that is asked for, in matters of who sells and of the admins who buy.
    pub fn side(&self, party: OrderParty) -> Result<PartyScope, Refusal> {
        match party {
            OrderParty::Partner => self.partner().map(PartyScope::Partner),
            OrderParty::Customer => self.customer_admin().map(PartyScope::Customer),
        }
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

    /// Every side on which the viewer stands when it comes to service requests (L25), in which employees have a part as well.
    pub fn service_parties(&self) -> Result<Vec<PartyScope>, Refusal> {
        let partner = self.partner().map(PartyScope::Partner);
        match (partner, self.customer().map(PartyScope::Customer)) {
            (Ok(partner), Ok(customer)) => Ok(vec![partner, customer]),
            (Ok(only), Err(_)) | (Err(_), Ok(only)) => Ok(vec![only]),
            (Err(refusal), Err(_)) => Err(refusal),
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
            only_instance: None,
        }
    }

    fn maintainer_scope(&self, maintenance: &Maintenance) -> CustomerScope {
        CustomerScope {
            organization_id: self.organization_id.clone(),
            user_id: self.user_id.clone(),
            admin: true,
            only_instance: Some(maintenance.instance_id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::IdSource;

    #[test]
    fn d31_a_developer_in_maintenance_proves_one_instance_and_nothing_else() {
        let ids = IdSource::default();
        let now = Instant::from(chrono::DateTime::UNIX_EPOCH);
        let maintenance = Maintenance {
            id: ids.next(now.utc()),
            instance_id: ids.next(now.utc()),
            partner_id: ids.next(now.utc()),
            reason: "修复同步".to_owned(),
            ends_at: now,
        };
        let viewer = Viewer {
            user_id: ids.next(now.utc()),
            organization_id: ids.next(now.utc()),
            session_id: ids.next(now.utc()),
            roles: Roles::default(),
            locale: Locale::ZhCn,
            request_id: "test".to_owned(),
            maintenance: Some(Box::new(maintenance.clone())),
        };
        for scope in [viewer.instance_user(), viewer.instance_keeper()] {
            let scope = scope.unwrap();
            assert_eq!(scope.only_instance, Some(maintenance.instance_id.clone()));
            assert_eq!(scope.organization_id, viewer.organization_id);
        }
        assert!(viewer.customer().is_err() && viewer.customer_admin().is_err());
        assert!(viewer.partner().is_err() && viewer.partner_admin().is_err());
        assert!(viewer.reviewer().is_err() && viewer.superadmin().is_err());
        assert!(viewer.category_operator().is_err() && viewer.open_platform_operator().is_err());
        assert!(viewer.member().is_err() && viewer.auditor().is_err());
        assert!(viewer.party().is_err() && viewer.parties().is_err() && viewer.service_parties().is_err());
        let actor = viewer.actor();
        assert_eq!(actor.organization_id, Some(maintenance.partner_id));
        assert_eq!(actor.on_behalf.unwrap().maintenance_session_id, maintenance.id);
    }
}
