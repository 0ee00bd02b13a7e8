//! Operations of the session. How it is kept alive is `refresh`.

use super::{
    DateTime, Problem,
    operation::{Answer, Outcome, Plain, bare, only_field},
    refresh, schema,
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
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct OrganizationName {
        pub name: String,
    }
}

read! {
    /// The remote maintenance in which a developer acts for a customer (D31).
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ViewerMaintenance {
        pub id: cynic::Id,
        pub instance_id: cynic::Id,
        pub partner: OrganizationName,
        pub reason: String,
        pub ends_at: DateTime,
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
        pub maintenance: Option<ViewerMaintenance>,
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

#[derive(cynic::InputObject, Clone, Debug)]
pub struct MaintenanceActionInput {
    pub id: cynic::Id,
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
    refresh::forget_maintenance();
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

/// D31: enters a remote maintenance. From then on this tab, and no other, acts inside that one application.
pub async fn enter_maintenance(id: cynic::Id) -> Result<Viewer, Problem> {
    if token::valid().is_none() {
        refresh::refresh().await?;
    }
    let session = enter(id.clone()).await?;
    refresh::remember_maintenance(id.inner());
    Ok(keep(session))
}

/// One attempt with the token that is at hand: the refresh itself goes on with it and must not wait for a refresh.
pub(super) async fn enter(id: cynic::Id) -> Result<Session, Problem> {
    type Entered = Outcome<schema::EnterMaintenanceResult, Session>;
    #[derive(cynic::QueryVariables)]
    struct Variables {
        input: MaintenanceActionInput,
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "Variables", no_deserialize)]
    #[allow(dead_code)]
    struct Mutation {
        #[arguments(input: $input)]
        enter_maintenance: Entered,
    }
    let input = MaintenanceActionInput { id };
    let body = operation!(@body Mutation enter_maintenance [input] Entered, Variables { input });
    Entered::read(only_field(transport::send_to_the_end(&body).await?)?)
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
