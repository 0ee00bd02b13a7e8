//! Inputs about leads.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use crate::domain::lead::{LeadSource, LeadStatus};
use crate::domain::refusal::Refusal;
use crate::store::lead;

/// Asks the partner of a product.
#[derive(InputObject, Serialize)]
pub struct ConsultPartnerInput {
    /// A product that the marketplace shows to the acting organisation.
    pub product_id: ID,
    /// What one would like to know: 1 to 500 characters.
    pub message: String,
    /// A mobile number, 11 digits or with `+` and the country code; optional.
    pub phone: Option<String>,
    /// Whether the person agrees that their name, mail address and organisation, and what they write here, go to the partner. Nothing is
    /// passed on without.
    pub consent: bool,
    /// The token of the promotion link that the person came by; the lead keeps its channel code.
    pub promotion: Option<String>,
}

/// Gives a lead to one of the partner's people.
#[derive(InputObject)]
pub struct AssignLeadInput {
    /// An open lead.
    pub id: ID,
    /// A member of the acting partner.
    pub user_id: ID,
}

/// Says how a lead stands.
#[derive(InputObject)]
pub struct LeadStepInput {
    /// The lead.
    pub id: ID,
    /// Up to 500 characters, for the partner alone; optional.
    #[graphql(default)]
    pub note: String,
}

/// Says why nothing came of a lead.
#[derive(InputObject)]
pub struct LoseLeadInput {
    /// The lead.
    pub id: ID,
    /// Why: 1 to 500 characters, for the partner alone.
    pub note: String,
}

/// What a list of leads is narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LeadFilter {
    /// In this state.
    pub status: Option<LeadStatus>,
    /// That arose from this.
    pub source: Option<LeadSource>,
    /// Of one product.
    pub product_id: Option<ID>,
    /// Which this person looks after.
    pub assigned_to: Option<ID>,
}

impl LeadFilter {
    /// Parsed; an id of another noun is an unknown one.
    pub fn parse(self) -> Result<lead::LeadFilter, Refusal> {
        let product_id = self.product_id.map(|id| id.parse()).transpose();
        let assigned_to = self.assigned_to.map(|id| id.parse()).transpose();
        Ok(lead::LeadFilter {
            status: self.status,
            source: self.source,
            product_id: product_id.map_err(|_| Refusal::not_found().at("filter.productId"))?,
            assigned_to: assigned_to.map_err(|_| Refusal::not_found().at("filter.assignedTo"))?,
        })
    }
}
