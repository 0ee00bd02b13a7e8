//! What a distribution link offers to a customer's organisation (D10, D11), and buying it.

use super::{DateTime, application::ComponentCount, delivery::PreflightItem, schema};

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PurchaseOffer {
        pub application_name: String,
        pub application_summary: String,
        pub version_number: String,
        pub partner_name: String,
        pub customer_name: String,
        pub customer_corp_id: String,
        pub project_name: String,
        pub contract_reference: String,
        pub sends: Vec<ComponentCount>,
        pub never_sent: Vec<PreflightItem>,
        pub preflight: OfferPreflight,
        /// How many users it admits; none for no limit.
        pub seats: Option<i32>,
        /// Orders that this organisation placed for the same application under the project.
        pub earlier_orders: i32,
    }
}

read! {
    /// What sending it would meet at the organisation that buys.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Preflight")]
    pub struct OfferPreflight {
        pub entitlements: Vec<EntitlementVerdict>,
        pub manual_work: Vec<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "EntitlementCheck")]
    pub struct EntitlementVerdict {
        pub ok: bool,
        pub message: String,
    }
}

read! {
    /// The order that a purchase made.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Order")]
    pub struct PlacedOrder {
        pub id: cynic::Id,
        pub number: String,
        pub application_name: String,
        pub created_at: DateTime,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PurchaseApplicationInput {
    pub token: String,
}

operation! { $ Query: purchase_offer(token = token: String) -> PurchaseOfferResult / PurchaseOffer }
operation! { $ Mutation:
    purchase_application(input = input: PurchaseApplicationInput, idempotencyKey = idempotency_key: Option<String>)
        -> PurchaseApplicationResult / PlacedOrder
}
