//! Editions and what they are entitled to (D25): the table that superadmins edit.

use super::{
    Problem,
    delivery::Feature,
    operation::{Plain, bare},
    schema,
    select::Select,
    session::EditionName,
    transport,
};

read! {
    /// `limit`: nothing is unlimited, 0 is not included.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Entitlement {
        pub feature: Feature,
        pub limit: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Edition {
        pub name: EditionName,
        pub entitlements: Vec<Entitlement>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetEntitlementInput {
    pub edition: EditionName,
    pub feature: Feature,
    pub limit: Option<i32>,
}

operation! { $ Mutation: set_entitlement(input = input: SetEntitlementInput) -> SetEntitlementResult / Edition }

pub async fn editions() -> Result<Vec<Edition>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        editions: Vec<Edition>,
    }
    transport::ask::<Plain<Vec<Edition>>>(bare("query", "editions", Edition::select), true).await
}
