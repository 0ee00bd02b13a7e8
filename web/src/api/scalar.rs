//! The contract's scalars and its money, as text: arithmetic and rules are the server's, display is `format`'s.

use super::schema;

/// One UTC instant, RFC 3339.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq, PartialOrd)]
pub struct DateTime(pub String);

/// A day, `2026-11-21`.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq, PartialOrd)]
pub struct Date(pub String);

/// Whole minor units as a decimal string: "12100" is 121.00.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq)]
pub struct MinorUnits(pub String);

/// Any JSON.
#[derive(cynic::Scalar, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "JSON")]
pub struct Json(pub serde_json::Value);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
    pub struct Money {
        pub amount: MinorUnits,
        pub currency: String,
    }
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct MoneyInput {
    pub amount: MinorUnits,
    pub currency: String,
}
