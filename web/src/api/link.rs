//! Distribution links of a project.

use super::{DateTime, application::ApplicationName, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DistributionLinkStatus {
    Open,
    Expired,
    Revoked,
    ProjectClosed,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DistributionLinkAction {
    Revoke,
    Copy,
}

read_enums!(DistributionLinkStatus, DistributionLinkAction);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "DistributionLink")]
    pub struct LinkRow {
        pub id: cynic::Id,
        pub application: ApplicationName,
        pub url: Option<String>,
        pub qr_svg: Option<String>,
        pub status: DistributionLinkStatus,
        pub expires_at: Option<DateTime>,
        pub created_at: DateTime,
        pub created_by: Person,
        pub order_count: i32,
        pub available_actions: Vec<DistributionLinkAction>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateDistributionLinkInput {
    pub project_id: cynic::Id,
    pub application_id: cynic::Id,
    pub expires_at: Option<DateTime>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RevokeDistributionLinkInput {
    pub id: cynic::Id,
}

operation! { $ Mutation:
    create_distribution_link(input = input: CreateDistributionLinkInput, idempotencyKey = idempotency_key: Option<String>)
        -> CreateDistributionLinkResult / LinkRow
}
operation! { $ Mutation:
    revoke_distribution_link(input = input: RevokeDistributionLinkInput) -> RevokeDistributionLinkResult / LinkRow
}
