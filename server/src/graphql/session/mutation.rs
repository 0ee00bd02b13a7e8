//! Mutations about people: sign in, stay signed in, switch, sign out.

use async_graphql::{Context, Object, Result};
use secrecy::SecretString;

use super::types::{Session, SignInInput, SignedOut, SwitchOrganizationInput, UpdatePreferencesInput, User};
use crate::auth::password::PasswordFailure;
use crate::auth::refresh;
use crate::auth::token::{self, AccessGrant};
use crate::domain::id::OrganizationId;
use crate::domain::message::Code;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, system_actor, write};
use crate::graphql::error::{outcome, result_union};
use crate::services::session::{self, Admission, Asking, Begun, Refreshed};
use crate::store::{self, Actor};

result_union! {
    /// Result of signing in.
    SignInResult = Session
}
result_union! {
    /// Result of refreshing a session.
    RefreshSessionResult = Session
}
result_union! {
    /// Result of signing out.
    SignOutResult = SignedOut
}
result_union! {
    /// Result of switching the organisation.
    SwitchOrganizationResult = Session
}
result_union! {
    /// Result of changing preferences.
    UpdatePreferencesResult = User
}

#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Signs in with e-mail and password. Sets the refresh cookie.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<SignInResult> {
        let begun = sign_in(ctx, input).await;
        finish(ctx, begun, SignInResult::Session).await
    }

    /// Exchanges the refresh cookie for a new access token and a new cookie. A cookie used twice revokes the whole session.
    async fn refresh_session(&self, ctx: &Context<'_>) -> Result<RefreshSessionResult> {
        let begun = refresh_session(ctx).await;
        finish(ctx, begun, RefreshSessionResult::Session).await
    }

    /// Ends the session; its tokens stop working with the next request.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutResult> {
        let ended = write(ctx, session::sign_out).await?;
        // Whoever leaves a remote maintenance stays signed in as themselves.
        if ctx.viewer()?.maintenance.is_none() {
            ctx.insert_http_header("set-cookie", refresh::no_cookie(&ctx.app().config.base_url));
        }
        outcome(ctx, ended, |()| SignOutResult::SignedOut(SignedOut { done: true }))
    }

    /// Lets the session act for another organisation that the person belongs to.
    async fn switch_organization(
        &self,
        ctx: &Context<'_>,
        input: SwitchOrganizationInput,
    ) -> Result<SwitchOrganizationResult> {
        let ended = match input.organization_id.parse::<OrganizationId>() {
            Ok(id) => write(ctx, move |tx, viewer| session::switch(tx, viewer, &id)).await?,
            Err(_) => Err(Refusal::not_found().at("organizationId").into()),
        };
        finish(ctx, ended, SwitchOrganizationResult::Session).await
    }

    /// Language of the signed-in person.
    async fn update_preferences(
        &self,
        ctx: &Context<'_>,
        input: UpdatePreferencesInput,
    ) -> Result<UpdatePreferencesResult> {
        let ended = write(ctx, move |tx, viewer| session::set_locale(tx, viewer, input.locale)).await?;
        outcome(ctx, ended, |user| UpdatePreferencesResult::User(User(user)))
    }
}

async fn sign_in(ctx: &Context<'_>, input: SignInInput) -> store::Result<Begun> {
    let app = ctx.app();
    let limited = app.sign_in_limits.check(&input.email, ctx.meta().client_address);
    limited.map_err(|_| Refusal::rule(Code::RateLimited))?;
    let email = input.email.clone();
    let user = app.store.read(move |conn| session::account(conn, &email)).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let right = app
        .passwords
        .verify(SecretString::from(input.password), stored)
        .await
        .map_err(|failure| match failure {
            PasswordFailure::Busy => store::Error::from(Refusal::rule(Code::RateLimited)),
            PasswordFailure::Fault(text) => store::Error::from(anyhow::anyhow!(text)),
        })?;
    let user = user
        .filter(|_| right)
        .ok_or_else(|| Refusal::rule(Code::BadCredentials))?;
    let token = refresh::make();
    let hash = refresh::hash(&token);
    let lifetime = lifetime(ctx);
    let actor = Actor {
        user_id: Some(user.id.clone()),
        ..system_actor(ctx)
    };
    let corp_id = input.corp_id;
    let begun = app
        .store
        .write(actor, move |tx| {
            session::begin(tx, &user, corp_id.as_deref(), &hash, lifetime)
        })
        .await?;
    set_cookie(ctx, &token);
    Ok(begun)
}

async fn refresh_session(ctx: &Context<'_>) -> store::Result<Begun> {
    let Some(old) = ctx.meta().refresh_cookie.clone() else {
        return Err(Refusal::rule(Code::Unauthenticated).into());
    };
    let token = refresh::make();
    let (old, new) = (refresh::hash(&old), refresh::hash(&token));
    let refreshed = ctx
        .app()
        .store
        .write(system_actor(ctx), move |tx| session::refresh(tx, &old, &new))
        .await?;
    match refreshed {
        Refreshed::Rotated(begun) => {
            set_cookie(ctx, &token);
            Ok(begun)
        }
        Refreshed::Refused => {
            ctx.insert_http_header("set-cookie", refresh::no_cookie(&ctx.app().config.base_url));
            Err(Refusal::rule(Code::Unauthenticated).into())
        }
    }
}

fn lifetime(ctx: &Context<'_>) -> chrono::Duration {
    chrono::Duration::from_std(ctx.app().config.refresh_token_lifetime).unwrap_or(chrono::Duration::days(30))
}

fn set_cookie(ctx: &Context<'_>, token: &str) {
    let config = &ctx.app().config;
    let seconds = config.refresh_token_lifetime.as_secs();
    ctx.insert_http_header("set-cookie", refresh::cookie(token, seconds, &config.base_url));
}

/// Makes the access token of a session that may act.
pub async fn finish<R: From<crate::graphql::error::UserError>>(
    ctx: &Context<'_>,
    ended: store::Result<Begun>,
    wrap: impl FnOnce(Session) -> R,
) -> Result<R> {
    let made = match ended {
        Ok(begun) => issue(ctx, begun).await,
        Err(error) => Err(error),
    };
    outcome(ctx, made, wrap)
}

async fn issue(ctx: &Context<'_>, begun: Begun) -> store::Result<Session> {
    let app = ctx.app();
    let now = app.store.now();
    let lifetime = app.config.access_token_lifetime;
    let grant = AccessGrant {
        issuer: &app.config.base_url,
        user: begun.user_id.as_str(),
        organization: begun.organization_id.as_str(),
        session: begun.session_id.as_str(),
        lifetime,
    };
    let access_token = token::issue(&app.keys, &grant, now.utc()).map_err(anyhow::Error::from)?;
    let asking = Asking {
        locale: ctx.locale(),
        request_id: ctx.meta().request_id.clone(),
    };
    let found = app
        .store
        .read(move |conn| session::viewer(conn, &begun, &asking, now))
        .await?;
    let Admission::Admitted(viewer) = found else {
        return Err(Refusal::rule(Code::Unauthenticated).into());
    };
    // A remote maintenance may end before the token would.
    let full = now.utc() + lifetime;
    let expires_at = match &viewer.maintenance {
        Some(maintenance) => maintenance.ends_at.utc().min(full),
        None => full,
    };
    Ok(Session {
        access_token,
        expires_at,
        viewer,
    })
}
