//! What everything else is given: configuration, store, keys, clock. Made once at start and handed in; there are no
//! globals.

use std::sync::{Arc, Mutex};

use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::auth::keys::KeyRing;
use crate::auth::password::Passwords;
use crate::auth::rate_limit::{SignInLimits, VisitorLimits};
use crate::auth::sealing::Sealing;
use crate::auth::{link_secret, token};
use crate::config::Config;
use crate::files::storage::Files;
use crate::mail::Mailer;
use crate::store::Store;
use crate::store::conn::Address;

/// The time. Everything that asks for it is given a clock, so that tests can set it.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Stands still until it is moved.
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The current instant.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the machine's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += by;
        }
    }
}

/// Everything that requests and jobs need.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub keys: Arc<KeyRing>,
    pub passwords: Passwords,
    pub sign_in_limits: SignInLimits,
    pub visitor_limits: VisitorLimits,
    /// Where the bytes of uploaded files are.
    pub files: Files,
    /// Signs distribution links.
    pub link_secret: SecretString,
    /// Sends mails, where a server for them is configured.
    pub mailer: Option<Mailer>,
    /// Seals the secrets of connectors.
    pub sealing: Sealing,
}

impl App {
    /// Opens everything that the configuration names. The database must be up to date already.
    pub fn open(config: Config, clock: Clock) -> anyhow::Result<Arc<Self>> {
        token::install_provider();
        std::fs::create_dir_all(&config.data)
            .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
        let mut store = Store::open(&address(&config)?, config.database_connections, clock)?;
        let mailer = config.mail.as_ref().map(|mail| Mailer::open(mail, &config.base_url));
        let mailer = mailer.transpose()?;
        if mailer.is_some() {
            store = store.sending_mails();
        }
        Ok(Arc::new(Self {
            keys: Arc::new(KeyRing::open(&config.keys, config.demo)?),
            passwords: Passwords::new(config.password_parallelism, config.password_queue),
            sign_in_limits: SignInLimits::new(&config.limits),
            visitor_limits: VisitorLimits::new(&config.limits),
            files: Files::open(config.files.as_str())?,
            link_secret: link_secret::load_or_make(&config)?,
            mailer,
            sealing: Sealing::load_or_make(&config)?,
            store,
            config,
        }))
    }
}

/// The configured database.
pub fn address(config: &Config) -> anyhow::Result<Address> {
    config
        .database_url
        .expose_secret()
        .parse()
        .map_err(|error: String| anyhow::anyhow!("database_url: {error}"))
}
