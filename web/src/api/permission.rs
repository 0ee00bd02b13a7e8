//! The distribution permission of the acting partner (D1), and the agreements that people tick.

use super::{
    DateTime, Problem,
    operation::{Plain, bare},
    schema,
    select::Select,
    session::{DistributionPermissionStatus, Person},
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DistributionPermissionAction {
    Grant,
    Reject,
    Revoke,
    Reapply,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementKind {
    Distribution,
}

read_enums!(DistributionPermissionAction, AgreementKind);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Agreement {
        pub version: String,
        pub title: String,
        /// Markdown in the person's language.
        pub body: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DistributionPermission {
        pub id: cynic::Id,
        pub status: DistributionPermissionStatus,
        pub scenario: String,
        pub references: Vec<String>,
        pub contact_name: String,
        pub contact_mobile: String,
        pub agreement_version: String,
        pub submitted_by: Person,
        pub submitted_at: DateTime,
        pub due_at: DateTime,
        pub overdue: bool,
        pub decided_at: Option<DateTime>,
        pub reason: Option<String>,
        pub available_actions: Vec<DistributionPermissionAction>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ApplyForDistributionPermissionInput {
    pub scenario: String,
    pub references: Vec<String>,
    pub contact_name: String,
    pub contact_mobile: String,
    pub agreement_version: Option<String>,
}

operation! { $ Query:
    /// The text that is valid now, in the person's language.
    agreement(kind = kind: AgreementKind) => Agreement
}
operation! { $ Mutation:
    apply_for_distribution_permission(input = input: ApplyForDistributionPermissionInput, idempotencyKey = idempotency_key: Option<String>)
        -> ApplyForDistributionPermissionResult / DistributionPermission
}

/// The acting partner's permission; nothing where none was ever applied for.
pub async fn own_permission() -> Result<Option<DistributionPermission>, Problem> {
    read! {
        #[derive(cynic::QueryFragment)]
        #[cynic(graphql_type = "Viewer")]
        struct Own {
            distribution_permission: Option<DistributionPermission>,
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        viewer: Option<Own>,
    }
    let own = transport::ask::<Plain<Option<Own>>>(bare("query", "viewer", Own::select), true).await?;
    Ok(own.and_then(|own| own.distribution_permission))
}
