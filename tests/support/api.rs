//! The API with real actors: an application on a database of its own, a clock that stands still until a test moves it, and
//! people who send GraphQL documents through the same authenticator and schema as the server. HTTP is left out; `tests/conformance`
//! and `tests/browser` have it. Use `on_each_database!` to run a test on SQLite and on PostgreSQL.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail, ensure};
use appshelf::app::{self, App, Clock};
use appshelf::auth::token::{self, AccessGrant};
use appshelf::config::{Config, Settings};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::id::OrganizationId;
use appshelf::domain::organization::{EditionName, OrganizationKind, Role};
use appshelf::graphql::authenticator::SessionAuthenticator;
use appshelf::graphql::request::{Authenticator, RequestMeta, Unauthenticated};
use appshelf::graphql::{self, AppSchema};
use appshelf::services::installation::{self, NewOrganization, NewPerson};
use appshelf::services::{file, session};
use appshelf::stop::{self, Stopper};
use appshelf::store::conn::Address;
use appshelf::store::{Actor, migrate};
use chrono::{DateTime, Duration, Utc};
use futures_util::stream::{self, BoxStream, StreamExt};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::postgres;
use crate::scene::Scene;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The password of everybody in a test.
pub const PASSWORD: &str = "correct horse battery staple";

/// Monday, 9:30 in Shanghai: a working hour.
pub fn monday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_397_400, 0).expect("a valid instant")
}

/// An application of its own, gone with this value.
pub struct TestApp {
    pub app: Arc<App>,
    pub schema: AppSchema,
    pub clock: Clock,
    pub kind: Kind,
    stopper: Stopper,
    worker: tokio::task::JoinHandle<()>,
    url: String,
    // Dropped after the application: connections first, then what they are connected to.
    _database: Option<postgres::Database>,
    folder: TempDir,
}

impl TestApp {
    /// An empty, migrated application; `None` where this run has no PostgreSQL (never in CI).
    pub fn start(kind: Kind) -> Result<Option<Self>> {
        Self::start_at(kind, Clock::fixed(monday()))
    }

    /// The same under a clock of the test's choice: other processes on the same database have the machine's.
    pub fn start_at(kind: Kind, clock: Clock) -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let (url, database) = match kind {
            Kind::Sqlite => {
                let file = folder.path().join("appshelf.sqlite3");
                std::fs::copy(sqlite_template()?, &file)?;
                (format!("sqlite://{}", file.display()), None)
            }
            Kind::Postgres => {
                let Some(server) = postgres::server() else {
                    eprintln!("skipped: no PostgreSQL; run under scripts/with-postgres");
                    return Ok(None);
                };
                let template = format!("appshelf_template_{}", std::process::id());
                postgres::template(&server, &template, |url| {
                    migrate::run(&Address::Postgres(url.to_owned())).map(|_| ())
                })?;
                let database = postgres::Database::copy_of(&server, &template)?;
                (database.url(), Some(database))
            }
        };
        let app = App::open(config(folder.path(), url.clone(), Settings::default())?, clock.clone())?;
        let (stopper, stop) = stop::pair();
        let worker = appshelf::cli::worker::start(&app, stop);
        Ok(Some(Self {
            stopper,
            worker,
            url,
            app,
            schema: graphql::schema(),
            clock,
            kind,
            _database: database,
            folder,
        }))
    }

    /// A second server on the same data, with a worker of its own, that sends mails through that one.
    pub fn mailing(&self, smtp_url: &str) -> Result<Self> {
        self.with(Settings {
            smtp_url: Some(smtp_url.to_owned()),
            mail_from: Some("AppShelf 通知 <no-reply@appshelf.test>".to_owned()),
            ..Settings::default()
        })
    }

    /// A second server on the same data, with a worker of its own, that a payment gateway talks to under that secret.
    pub fn paid_through(&self, gateway: &str, secret: &str) -> Result<Self> {
        self.with(Settings {
            payment_url: Some(gateway.to_owned()),
            payment_secret: Some(secret.to_owned()),
            ..Settings::default()
        })
    }

    fn with(&self, more: Settings) -> Result<Self> {
        let config = config(self.folder.path(), self.url.clone(), more)?;
        let app = App::open(config, self.clock.clone())?;
        let (stopper, stop) = stop::pair();
        Ok(Self {
            worker: appshelf::cli::worker::start(&app, stop),
            stopper,
            app,
            schema: self.schema.clone(),
            clock: self.clock.clone(),
            kind: self.kind,
            url: self.url.clone(),
            _database: None,
            folder: tempfile::tempdir()?,
        })
    }

    /// Ends the job workers of this process; what is queued from now on waits for a process of its own.
    pub async fn stop_working(&mut self) -> Result<()> {
        self.stopper.stop();
        Ok((&mut self.worker).await?)
    }

    /// The environment under which an `appshelf` process works on the same data.
    pub fn environment(&self) -> [(&'static str, String); 4] {
        [
            ("APPSHELF_DATA", self.folder.path().display().to_string()),
            ("DATABASE_URL", self.url.clone()),
            ("APPSHELF_DEMO", "true".to_owned()),
            ("APPSHELF_BASE_URL", self.app.config.base_url.clone()),
        ]
    }

    /// The folder that holds the data of this application and of every process on it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a partner needs to sell: the reviewer, a partner with permission, a published application and an active project for
    /// the customer `short`.
    pub async fn scene(&self, short: &str, edition: EditionName) -> Result<Scene> {
        Scene::set(self, short, edition).await
    }

    /// Moves the time on.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// An organisation whose CorpID is made from its short name.
    pub async fn organization(
        &self,
        short: &str,
        kinds: &[OrganizationKind],
        edition: EditionName,
    ) -> Result<OrganizationId> {
        let (corp_id, name, kinds) = (corp_id(short), format!("{short} Ltd"), kinds.to_vec());
        let made = self.app.store.write(Actor::default(), move |tx| {
            installation::create_organization(
                tx,
                &NewOrganization {
                    corp_id: &corp_id,
                    name: &name,
                    kinds: &kinds,
                    edition,
                },
            )
        });
        Ok(made.await?)
    }

    /// A person `name@short.example` with those roles in the organisation.
    pub async fn person(
        &self,
        name: &str,
        short: &str,
        organization: &OrganizationId,
        roles: &[Role],
    ) -> Result<Someone> {
        let email = format!("{name}@{short}.example");
        let (person, roles, organization, hash) = (
            email.clone(),
            roles.to_vec(),
            organization.clone(),
            password_hash(&self.app).await?,
        );
        let name = name.to_owned();
        self.app
            .store
            .write(Actor::default(), move |tx| {
                let new = NewPerson {
                    email: &person,
                    name: &name,
                    password_hash: &hash,
                    organization_id: &organization,
                    roles: &roles,
                };
                installation::create_person(tx, &new)
            })
            .await?;
        self.sign_in(&email, None).await
    }

    /// Adds the person to a further organisation; they act there with a session of their own.
    pub async fn member(
        &self,
        email: &str,
        short: &str,
        organization: &OrganizationId,
        roles: &[Role],
    ) -> Result<Someone> {
        let (asked, organization, roles) = (email.to_owned(), organization.clone(), roles.to_vec());
        let user = self
            .app
            .store
            .read(move |conn| session::account(conn, &asked))
            .await?
            .context("no such person")?;
        let add = self.app.store.write(Actor::default(), move |tx| {
            installation::add_member(tx, &organization, &user.id, &roles)
        });
        add.await?;
        self.sign_in(email, Some(corp_id(short))).await
    }

    /// A partner with its admin.
    pub async fn partner(&self, short: &str) -> Result<Someone> {
        let id = self
            .organization(short, &[OrganizationKind::Partner], EditionName::Professional)
            .await?;
        self.person("pa", short, &id, &[Role::PartnerAdmin]).await
    }

    /// A customer of that edition with its admin.
    pub async fn customer(&self, short: &str, edition: EditionName) -> Result<Someone> {
        let id = self.organization(short, &[OrganizationKind::Customer], edition).await?;
        self.person("ca", short, &id, &[Role::CustomerAdmin]).await
    }

    /// The platform with its internal reviewer.
    pub async fn reviewer(&self) -> Result<Someone> {
        let id = self
            .organization("platform", &[OrganizationKind::Platform], EditionName::Exclusive)
            .await?;
        self.person("ir", "platform", &id, &[Role::InternalReviewer]).await
    }

    /// Somebody who has not signed in.
    pub fn nobody(&self) -> Someone {
        Someone {
            app: Arc::clone(&self.app),
            schema: self.schema.clone(),
            bearer: None,
            language: "en",
            email: String::new(),
            organization_id: None,
            user_agent: None,
            prefetch: false,
        }
    }

    async fn sign_in(&self, email: &str, corp_id: Option<String>) -> Result<Someone> {
        let asked = email.to_owned();
        let user = self
            .app
            .store
            .read(move |conn| session::account(conn, &asked))
            .await?
            .context("no such person")?;
        let hash = format!("{:x}", rand_text());
        let begun = self
            .app
            .store
            .write(Actor::default(), move |tx| {
                session::begin(tx, &user, corp_id.as_deref(), &hash, Duration::days(400))
            })
            .await?;
        let grant = AccessGrant {
            issuer: &self.app.config.base_url,
            user: begun.user_id.as_str(),
            organization: begun.organization_id.as_str(),
            session: begun.session_id.as_str(),
            lifetime: self.app.config.access_token_lifetime,
        };
        let bearer = token::issue(&self.app.keys, &grant, self.clock.now())?;
        Ok(Someone {
            bearer: Some(bearer),
            email: email.to_owned(),
            organization_id: Some(begun.organization_id),
            ..self.nobody()
        })
    }
}

/// Somebody who sends documents.
#[derive(Clone)]
pub struct Someone {
    app: Arc<App>,
    schema: AppSchema,
    pub bearer: Option<String>,
    /// `Accept-Language`; English unless a test says otherwise.
    pub language: &'static str,
    pub email: String,
    pub organization_id: Option<OrganizationId>,
    /// What the program calls itself that they ask with; nothing, unless a test says so.
    pub user_agent: Option<&'static str>,
    /// Whether it asks ahead of time.
    pub prefetch: bool,
}

/// What a browser on a phone calls itself.
pub const BROWSER: &str =
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36";

impl Someone {
    /// The same person with a browser in their hands.
    pub fn browsing(&self) -> Self {
        Self {
            user_agent: Some(BROWSER),
            ..self.clone()
        }
    }

    /// The same person asking another server on the same data.
    pub fn at(&self, other: &TestApp) -> Self {
        Self {
            app: Arc::clone(&other.app),
            ..self.clone()
        }
    }

    /// The same person preferring Chinese.
    pub fn in_chinese(&self) -> Self {
        Self {
            language: "zh-CN",
            ..self.clone()
        }
    }

    /// Sends a document; the whole response as JSON.
    pub async fn send(&self, document: &str, variables: Value) -> Result<Value> {
        let request = match self.request(document, variables).await? {
            Ok(request) => request,
            Err(refused) => return Ok(refused),
        };
        let response = self.schema.execute(request).await;
        for error in &response.errors {
            eprintln!("{error:?}");
        }
        polished(response, self.bearer.is_some())
    }

    /// Subscribes with a document; the responses as JSON, as they come.
    pub async fn subscribe(&self, document: &str, variables: Value) -> Result<BoxStream<'static, Value>> {
        let request = match self.request(document, variables).await? {
            Ok(request) => request,
            Err(refused) => return Ok(stream::iter([refused]).boxed()),
        };
        let signed_in = self.bearer.is_some();
        let responses = self.schema.execute_stream(request);
        let told = responses.map(move |response| polished(response, signed_in).unwrap_or_default());
        Ok(told.boxed())
    }

    /// The document as a request of this person, or the answer where they are not let in.
    async fn request(
        &self,
        document: &str,
        variables: Value,
    ) -> Result<std::result::Result<async_graphql::Request, Value>> {
        let meta = RequestMeta {
            request_id: "test".to_owned(),
            client_address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            accept_language: Some(self.language.to_owned()),
            refresh_cookie: None,
            bearer: self.bearer.clone(),
            user_agent: self.user_agent.map(str::to_owned),
            prefetch: self.prefetch,
        };
        let authenticator = SessionAuthenticator(Arc::clone(&self.app));
        let caller = match authenticator.authenticate(&meta).await {
            Ok(caller) => caller,
            Err(Unauthenticated::Refused(text)) => {
                let refused = json!({ "errors": [{ "message": text, "extensions": { "code": "UNAUTHENTICATED" } }] });
                return Ok(Err(refused));
            }
            Err(Unauthenticated::Fault(text)) => bail!("authentication failed: {text}"),
        };
        let mut request =
            async_graphql::Request::new(document).variables(async_graphql::Variables::from_json(variables));
        request.data = caller.data;
        Ok(Ok(request.data(meta)))
    }

    /// Sends a document that must succeed; its `data`.
    pub async fn ask(&self, document: &str, variables: Value) -> Result<Value> {
        let mut response = self.send(document, variables).await?;
        ensure!(response.get("errors").is_none(), "{}\n{response:#}", document);
        Ok(response["data"].take())
    }

    /// Sends one mutation of the form `name(input: …)` with an input of that type; its result with every member of the refusals
    /// and the selection on success. `key` is the idempotency key where the mutation takes one.
    pub async fn act(
        &self,
        name: &str,
        input_type: &str,
        input: Value,
        success: &str,
        key: Option<&str>,
    ) -> Result<Value> {
        let (declare, pass) = match key {
            Some(_) => (", $key: String", ", idempotencyKey: $key"),
            None => ("", ""),
        };
        let document = format!(
            "mutation Act($input: {input_type}!{declare}) {{ {name}(input: $input{pass}) {{ __typename {success} \
             ... on UserError {{ code message nextStep path }} \
             ... on ValidationFailed {{ issues {{ code message path }} }} \
             ... on TransitionRefused {{ fromStatus action }} \
             ... on RuleRefused {{ details barrier }} }} }}"
        );
        let mut data = self.ask(&document, json!({ "input": input, "key": key })).await?;
        Ok(data[name].take())
    }
}

impl Someone {
    /// Uploads a file as `PUT /files` does; its id.
    pub async fn upload(&self, purpose: FilePurpose, name: &str, bytes: Vec<u8>) -> Result<String> {
        let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes.into())]);
        let stored = self.app.files.put(purpose, stream).await?;
        let email = self.email.clone();
        let found = self
            .app
            .store
            .read(move |conn| session::console_viewer(conn, &email, None))
            .await?;
        let (_, viewer) = found.context("no such person")?;
        let name = name.to_owned();
        let keep = self.app.store.write(viewer.actor(), move |tx| {
            file::keep(tx, &viewer, purpose, &name, &stored)
        });
        Ok(keep.await?.id.to_string())
    }

    /// Asks again after everything that is committed until the answer is complete; 60 seconds at most.
    pub async fn wait(&self, document: &str, variables: Value, complete: impl Fn(&Value) -> bool) -> Result<Value> {
        let mut signals = self.app.store.signals();
        let all = async {
            loop {
                let data = self.ask(document, variables.clone()).await?;
                if complete(&data) {
                    return Ok(data);
                }
                let _ = tokio::time::timeout(std::time::Duration::from_millis(300), signals.recv()).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), all)
            .await
            .context("what is waited for does not come")?
    }
}

/// A response as the transport sends it.
fn polished(mut response: async_graphql::Response, signed_in: bool) -> Result<Value> {
    graphql::fault::polish(&mut response.errors, "test", signed_in);
    Ok(serde_json::to_value(response)?)
}

/// The CorpID of a short name: 8 characters at least.
pub fn corp_id(short: &str) -> String {
    format!("ding{short:0<8}")
}

/// Runs the body as two tests, one on each database. `$app` is a `&TestApp`.
#[macro_export]
macro_rules! on_each_database {
    ($(async fn $name:ident($app:ident) $body:block)+) => {
        $(
            mod $name {
                #[allow(unused_imports)]
                use super::*;

                async fn check($app: &$crate::api::TestApp) -> anyhow::Result<()> {
                    $body
                    Ok(())
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() -> anyhow::Result<()> {
                    $crate::api::run($crate::api::Kind::Sqlite, async |app| check(app).await).await
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() -> anyhow::Result<()> {
                    $crate::api::run($crate::api::Kind::Postgres, async |app| check(app).await).await
                }
            }
        )+
    };
}

impl Drop for TestApp {
    /// The worker ends before its database goes: one that were cut off would wait for a connection that never comes, and the
    /// test's runtime for it.
    fn drop(&mut self) {
        self.stopper.stop();
        let Ok(runtime) = Handle::try_current() else { return };
        if !self.worker.is_finished() && runtime.runtime_flavor() == RuntimeFlavor::MultiThread {
            tokio::task::block_in_place(|| {
                // How it ended is the test's to say, and the test is over.
                let _ = runtime.block_on(&mut self.worker);
            });
        }
    }
}

/// Runs one test on one database, where there is one and this run asks for it.
pub async fn run(kind: Kind, check: impl AsyncFnOnce(&TestApp) -> Result<()>) -> Result<()> {
    let asked = std::env::var("APPSHELF_TEST_DATABASES").unwrap_or_default();
    let name = match kind {
        Kind::Sqlite => "sqlite",
        Kind::Postgres => "postgres",
    };
    if !asked.is_empty() && !asked.split(',').any(|word| word.trim() == name) {
        return Ok(());
    }
    match TestApp::start(kind)? {
        Some(app) => check(&app).await,
        None => Ok(()),
    }
}

fn config(data: &Path, database_url: String, more: Settings) -> Result<Config> {
    let settings = Settings {
        data: Some(data.display().to_string()),
        database_url: Some(database_url),
        database_connections: Some("4".to_owned()),
        demo: Some("true".to_owned()),
        base_url: Some("http://appshelf.test".to_owned()),
        ..more
    };
    let mut config = Config::load(settings)?;
    // Tests move the clock by days; a token of ten minutes would end in the middle.
    config.access_token_lifetime = std::time::Duration::from_secs(400 * 24 * 3600);
    Ok(config)
}

/// A migrated SQLite file, made once per process.
fn sqlite_template() -> Result<&'static PathBuf> {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    if TEMPLATE.get().is_none() {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("template.sqlite3");
        migrate::run(&Address::Sqlite(file.clone()))?;
        // Two threads may both have made one; the first counts.
        let _ = TEMPLATE.set((folder, file));
    }
    TEMPLATE
        .get()
        .map(|(_, file)| file)
        .context("the template was just made")
}

/// Hashing is slow on purpose; everybody has the same password.
async fn password_hash(app: &App) -> Result<String> {
    static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    let hash = HASH.get_or_try_init(|| async { app.passwords.hash(PASSWORD.to_owned().into()).await });
    Ok(hash.await?.clone())
}

fn rand_text() -> u128 {
    use std::hash::{BuildHasher, RandomState};
    u128::from(RandomState::new().hash_one(0)) << 64 | u128::from(RandomState::new().hash_one(1))
}

/// The configured database of an application under test, for commands that open it themselves.
pub fn address(app: &TestApp) -> Result<Address> {
    app::address(&app.app.config)
}
