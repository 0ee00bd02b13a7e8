//! What a customer admin sees before buying.

use async_graphql::{InputObject, SimpleObject};
use serde::Serialize;

use crate::domain::locale::Locale;
use crate::graphql::application::version::ComponentCount;
use crate::graphql::delivery::preflight::{Preflight, PreflightItem};
use crate::services::purchase::Offer;

/// D11: what a customer administrator sees before the purchase.
#[derive(SimpleObject)]
pub struct PurchaseOffer {
    /// What is bought.
    application_name: String,
    /// One line about it.
    application_summary: String,
    /// The version that would be sent now.
    version_number: String,
    /// Who sells.
    partner_name: String,
    /// Who buys: the acting organisation.
    customer_name: String,
    /// Its CorpID.
    customer_corp_id: String,
    /// Under which project.
    project_name: String,
    /// By which the customer recognises the contract: the name of its file.
    contract_reference: String,
    /// How much of each kind travels.
    sends: Vec<ComponentCount>,
    /// Named with the reason.
    never_sent: Vec<PreflightItem>,
    /// D14: whether the organisation's edition covers it, and what will have to be done by hand; the send runs the same check.
    preflight: Preflight,
    /// Orders that this organisation placed for the same application under the project.
    earlier_orders: i32,
    /// How many users the application admits once it is bought; null for no limit (L15).
    seats: Option<i32>,
}

impl PurchaseOffer {
    /// In words of that language.
    pub fn new(offer: Offer, locale: Locale) -> Self {
        let count = |(kind, count): (_, i32)| ComponentCount::new(kind, i64::from(count));
        let plan = &offer.plan;
        let stays = plan.skipped();
        Self {
            sends: plan.sent_counts().into_iter().map(count).collect(),
            never_sent: stays
                .map(|(item, reason)| PreflightItem::skipped(item, reason, locale))
                .collect(),
            preflight: Preflight::new(plan, locale),
            earlier_orders: i32::try_from(offer.earlier_orders).unwrap_or(i32::MAX),
            seats: offer.seats,
            application_name: offer.application_name,
            application_summary: offer.application_summary,
            version_number: offer.version_number,
            partner_name: offer.partner_name,
            customer_name: offer.customer.name,
            customer_corp_id: offer.customer.corp_id,
            project_name: offer.project_name,
            contract_reference: offer.contract_reference,
        }
    }
}

/// Buys the application of a link.
#[derive(InputObject, Serialize)]
pub struct PurchaseApplicationInput {
    /// The secret part of the link's address.
    pub token: String,
}
