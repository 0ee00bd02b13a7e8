//! Operations of the session, and the one refresh that everybody waits for.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    DateTime, Problem, connection,
    operation::{Answer, Outcome, Plain, bare, only_field},
    schema,
    select::Select,
    token, transport,
};
use crate::browser;

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

fn keep(session: Session) -> Viewer {
    token::set(session.access_token, &session.expires_at.0);
    session.viewer
}

thread_local! {
    static REFRESHING: RefCell<Option<js_sys::Promise>> = const { RefCell::new(None) };
    static REFRESHED: RefCell<Option<Viewer>> = const { RefCell::new(None) };
    static ENDED: ArcTrigger = ArcTrigger::new();
}

/// Fires when a refresh was refused: the session is over.
pub fn ended() -> ArcTrigger {
    ENDED.with(Clone::clone)
}

/// Exchanges the refresh cookie for a new token. Whoever calls while one is under way waits for that one, in this tab and,
/// where the browser has locks, in its other tabs too: the cookie may be used only once.
pub async fn refresh() -> Result<Viewer, Problem> {
    let running = REFRESHING.with_borrow(Clone::clone);
    let promise = running.unwrap_or_else(|| {
        let promise = alone_among_tabs();
        REFRESHING.set(Some(promise.clone()));
        promise
    });
    let outcome = JsFuture::from(promise).await;
    REFRESHING.set(None);
    match (outcome, REFRESHED.with_borrow(Clone::clone)) {
        (Ok(_), Some(viewer)) => Ok(viewer),
        (Err(reason), _) if reason.as_string().as_deref() == Some("lost") => Err(Problem::Lost),
        _ => Err(Problem::SignedOut),
    }
}

fn alone_among_tabs() -> js_sys::Promise {
    let locks = browser::window()
        .map(|window| browser::property(&window.navigator(), "locks"))
        .unwrap_or(JsValue::UNDEFINED);
    let Ok(request) = browser::property(&locks, "request").dyn_into::<js_sys::Function>() else {
        return future_to_promise(exchange());
    };
    let task = Closure::once_into_js(|| future_to_promise(exchange()));
    let promise = request
        .call2(&locks, &"appshelf-refresh".into(), &task)
        .ok()
        .and_then(|value| value.dyn_into().ok());
    promise.unwrap_or_else(|| future_to_promise(exchange()))
}

async fn exchange() -> Result<JsValue, JsValue> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Mutation {
        refresh_session: Renewed,
    }
    type Renewed = Outcome<schema::RefreshSessionResult, Session>;
    let answer = transport::send_once(&bare("mutation", "refresh_session", Renewed::select)).await;
    let session = answer.and_then(|data| Renewed::read(only_field(data)?));
    match session {
        Ok(session) => {
            connection::note(false);
            REFRESHED.set(Some(keep(session)));
            Ok(JsValue::TRUE)
        }
        Err(Problem::Lost) => {
            connection::note(true);
            Err("lost".into())
        }
        Err(_) => {
            token::clear();
            REFRESHED.set(None);
            ENDED.with(|ended| ended.notify());
            Err("ended".into())
        }
    }
}
