//! `appshelf token`: prints an access token for an account, in demo mode only, so that scripts can try the API.

use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::Duration;

use crate::app::{App, Clock};
use crate::auth::refresh;
use crate::auth::token::{self, AccessGrant};
use crate::cli::migrate;
use crate::config::Config;
use crate::services::session;
use crate::store::Actor;

/// Begins a session for the account and prints its access token.
pub async fn run(config: Config, email: String, corp_id: Option<String>) -> anyhow::Result<ExitCode> {
    if !config.demo {
        bail!("tokens are printed in demo mode only: start with APPSHELF_DEMO=true");
    }
    migrate::ensure(&config)?;
    let app = App::open(config, Clock::System)?;
    let asked = email.clone();
    let user = app.store.read(move |conn| session::account(conn, &asked)).await?;
    let user = user.with_context(|| format!("there is no account {email}"))?;
    let actor = Actor {
        user_id: Some(user.id.clone()),
        request_id: "console".to_owned(),
        ..Actor::default()
    };
    let hash = refresh::hash(&refresh::make());
    let begun = app
        .store
        .write(actor, move |tx| {
            session::begin(tx, &user, corp_id.as_deref(), &hash, Duration::hours(1))
        })
        .await
        .with_context(|| format!("{email} does not belong to that organisation"))?;
    let grant = AccessGrant {
        issuer: &app.config.base_url,
        user: begun.user_id.as_str(),
        organization: begun.organization_id.as_str(),
        session: begun.session_id.as_str(),
        lifetime: app.config.access_token_lifetime,
    };
    println!("{}", token::issue(&app.keys, &grant, app.store.now().utc())?);
    Ok(ExitCode::SUCCESS)
}
