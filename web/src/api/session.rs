//! Operations of the session. How it is kept alive is `refresh`.

use super::{
    DateTime, Problem,
    operation::{Outcome, Plain, bare},
    schema,
    select::Select,
    token, transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    PartnerAdmin,
    PartnerDeveloper,
    CategoryOperator,
    OpenPlatformOperator,
    InternalReviewer,
    Superadmin,
    CustomerAdmin,
    CustomerEmployee,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationKind {
    Customer,
    Partner,
    Platform,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionName {
    Free,
    Lite,
    Professional,
    Exclusive,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    ZhCn,
    En,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DistributionPermissionStatus {
    Submitted,
    Granted,
    Rejected,
    Revoked,
}

read_enums!(
    Role,
    OrganizationKind,
    EditionName,
    Locale,
    DistributionPermissionStatus
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Organization {
        pub id: cynic::Id,
        pub corp_id: String,
        pub name: String,
        pub kinds: Vec<OrganizationKind>,
        pub edition: EditionName,
    }
}

read! {
    /// A person by id and name, as every list shows one.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "User")]
    pub struct Person {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct User {
        pub id: cynic::Id,
        pub name: String,
        pub email: Option<String>,
        pub locale: Locale,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Membership {
        pub organization: Organization,
        pub roles: Vec<Role>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "DistributionPermission")]
    pub struct PermissionState {
        pub id: cynic::Id,
        pub status: DistributionPermissionStatus,
    }
}

read! {
    /// Who is signed in, for which organisation they act, and what they may do there.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Viewer {
        pub user: User,
        pub organization: Organization,
        pub roles: Vec<Role>,
        pub memberships: Vec<Membership>,
        pub distribution_permission: Option<PermissionState>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug)]
    pub struct Session {
        pub access_token: String,
        pub expires_at: DateTime,
        pub viewer: Viewer,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug)]
    pub struct SignedOut {
        pub done: bool,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SignInInput {
    pub email: String,
    pub password: String,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub corp_id: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SwitchOrganizationInput {
    pub organization_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdatePreferencesInput {
    pub locale: Locale,
}

mod raw {
    //! The operations as the contract has them; the functions above keep the token.
    use super::*;
    operation! { $ Mutation: sign_in(input = input: SignInInput) -> SignInResult / Session }
    operation! { $ Mutation: switch_organization(input = input: SwitchOrganizationInput) -> SwitchOrganizationResult / Session }
}

operation! { $ Mutation:
    /// Stores the language of the signed-in person.
    update_preferences(input = input: UpdatePreferencesInput) -> UpdatePreferencesResult / User
}

/// Signs in; the session's cookie is set by the server.
pub async fn sign_in(email: String, password: String) -> Result<Viewer, Problem> {
    token::clear();
    raw::sign_in(SignInInput {
        email,
        password,
        corp_id: None,
    })
    .await
    .map(keep)
}

/// Ends the session here and on the server.
pub async fn sign_out() -> Result<(), Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Mutation {
        sign_out: Ended,
    }
    type Ended = Outcome<schema::SignOutResult, SignedOut>;
    let answer = transport::ask::<Ended>(bare("mutation", "sign_out", Ended::select), false).await;
    if !matches!(answer, Err(Problem::Lost)) {
        token::clear();
    }
    answer.map(drop)
}

/// Acts for another of the person's organisations.
pub async fn switch_organization(id: cynic::Id) -> Result<Viewer, Problem> {
    raw::switch_organization(SwitchOrganizationInput { organization_id: id })
        .await
        .map(keep)
}

/// Reads the person and their rights anew, after something changed them.
pub async fn viewer() -> Result<Option<Viewer>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        viewer: Option<Viewer>,
    }
    transport::ask::<Plain<Option<Viewer>>>(bare("query", "viewer", Viewer::select), true).await
}

/// Keeps the token of a session that began or was renewed.
pub(super) fn keep(session: Session) -> Viewer {
    token::set(session.access_token, &session.expires_at.0);
    session.viewer
}
