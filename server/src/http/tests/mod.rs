//! The HTTP layer around a little schema of its own, over real connections on loopback.

mod graphql;
mod pages;
mod socket;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_graphql::{Context, Object, Schema, Subscription};
use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;

use super::*;
use crate::config::Settings;
use crate::graphql::fault::fault;
use crate::graphql::request::{Caller, RequestMeta, Unauthenticated};
use crate::stop::{self, Stopper};

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "hello"
    }

    async fn request_id(&self, ctx: &Context<'_>) -> String {
        ctx.data_unchecked::<RequestMeta>().request_id.clone()
    }

    async fn echo(&self, number: i32) -> i32 {
        number
    }

    async fn long(&self) -> String {
        "AppShelf ".repeat(1000)
    }

    async fn cookie(&self, ctx: &Context<'_>) -> bool {
        ctx.append_http_header("set-cookie", "a=1; HttpOnly");
        ctx.append_http_header("set-cookie", "b=2; HttpOnly");
        ctx.data_unchecked::<RequestMeta>().refresh_cookie.is_some()
    }

    async fn maybe_broken(&self) -> async_graphql::Result<Option<i32>> {
        Err(fault(std::io::Error::other("disk /secret is full")))
    }

    async fn broken(&self) -> async_graphql::Result<i32> {
        Err(fault(std::io::Error::other("disk /secret is full")))
    }

    async fn panicking(&self) -> i32 {
        std::hint::black_box(None::<i32>).expect("a test panics on purpose")
    }

    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_secs(30)).await;
        1
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn bump(&self) -> i32 {
        1
    }
}

struct Counting;

#[Subscription]
impl Counting {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to).then(|n| async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            n
        })
    }
}

/// "good" is a token until it is revoked.
#[derive(Default)]
struct Door {
    revoked: AtomicBool,
    broken: AtomicBool,
}

#[async_trait]
impl Authenticator for Door {
    async fn authenticate(&self, meta: &RequestMeta) -> Result<Caller, Unauthenticated> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(Unauthenticated::Fault("the database is gone".to_owned()));
        }
        match meta.bearer.as_deref() {
            None => Ok(Caller::default()),
            Some("good") if !self.revoked.load(Ordering::SeqCst) => Ok(Caller {
                signed_in: true,
                ..Caller::default()
            }),
            Some(_) => Err(Unauthenticated::Refused("Sign in again".to_owned())),
        }
    }
}

#[derive(Default)]
struct Database {
    gone: AtomicBool,
}

#[async_trait]
impl Probe for Database {
    async fn ready(&self) -> Result<(), String> {
        if self.gone.load(Ordering::SeqCst) {
            Err("gone".to_owned())
        } else {
            Ok(())
        }
    }

    fn gauges(&self) -> Vec<Gauge> {
        vec![Gauge {
            name: "appshelf_test_gauge",
            help: "A gauge.",
            value: 7.0,
        }]
    }
}

/// A running server and a client for it.
struct House {
    url: String,
    client: reqwest::Client,
    door: Arc<Door>,
    database: Arc<Database>,
    stopper: Stopper,
    folder: std::path::PathBuf,
    ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl House {
    async fn open() -> Self {
        Self::with(Settings::default()).await
    }

    async fn with(settings: Settings) -> Self {
        crate::auth::token::install_provider();
        let folder = std::env::temp_dir().join(format!("appshelf-http-{}", rand::random::<u64>()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let config = Config::load(Settings {
            data: Some(folder.display().to_string()),
            http_workers: Some("1".into()),
            max_time: Some("1s".into()),
            base_url: Some(settings.base_url.clone().unwrap_or_else(|| url.clone())),
            ..settings
        });
        let config = config.unwrap();
        let (door, database) = (Arc::new(Door::default()), Arc::new(Database::default()));
        let (stopper, stop) = stop::pair();
        let gateway = Gateway {
            keys: Arc::new(KeyRing::open(&config.keys, false).unwrap()),
            graph: Arc::new(Schema::new(Query, Mutation, Counting)),
            authenticator: door.clone(),
            probe: database.clone(),
            metrics: Metrics::new().unwrap(),
            assets: config
                .web_root
                .as_ref()
                .map(|root| Assets::from_folder(root).unwrap())
                .unwrap_or_default(),
            stop,
            config: Arc::new(config),
        };
        let ended = tokio::spawn(serve(gateway, Arc::new(|_| {}), listener).unwrap());
        Self {
            url,
            client: reqwest::Client::new(),
            door,
            database,
            stopper,
            folder,
            ended,
        }
    }

    fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    /// A signed-in POST of one operation, asking for the GraphQL media type.
    fn ask(&self, body: Value) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}/graphql", self.url))
            .header("authorization", "Bearer good")
            .header("accept", "application/graphql-response+json")
            .header("content-type", "application/json")
            .body(body.to_string())
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stopper.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Status and JSON of an answer.
async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

fn code(body: &Value) -> &str {
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}
