//! `appshelf serve`: opens everything, listens, and ends after SIGTERM when running requests have finished.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;

use crate::app::{App, Clock};
use crate::cli::{migrate, worker};
use crate::config::Config;
use crate::graphql::authenticator::SessionAuthenticator;
use crate::graphql::{self, fault};
use crate::http::assets::Assets;
use crate::http::metrics::Metrics;
use crate::http::{self, Gateway, Gauge, Probe, Routes};
use crate::stop::{self, Stop};

/// Serves until the process is told to stop; runs durable jobs too unless another process does.
pub async fn run(config: Config, with_worker: bool) -> anyhow::Result<ExitCode> {
    let listener = listen(&config)?;
    migrate::ensure(&config)?;
    let app = App::open(config, Clock::System)?;
    let stop = stop::at_signal()?;
    let workers = with_worker.then(|| worker::start(&app, stop.clone()));
    let server = http::serve(gateway(&app, stop)?, routes(&app), listener)?;
    tracing::info!(address = %app.config.bind, base_url = app.config.base_url, demo = app.config.demo, "listening");
    server.await?;
    if let Some(workers) = workers {
        workers.await?;
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// The port is taken before anything slow begins, so that a second server fails at once.
fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(config.bind);
    let listener = listener.with_context(|| format!("APPSHELF_BIND: cannot listen on {}", config.bind))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// HTTP's view of the application. Also for tests that serve an app of their own.
pub fn gateway(app: &Arc<App>, stop: Stop) -> anyhow::Result<Gateway> {
    let assets = match &app.config.web_root {
        Some(folder) => Assets::from_folder(folder).context("APPSHELF_WEB_ROOT: a file cannot be read")?,
        None => Assets::embedded(),
    };
    Ok(Gateway {
        config: Arc::new(app.config.clone()),
        keys: Arc::clone(&app.keys),
        graph: Arc::new(graphql::schema()),
        authenticator: Arc::new(SessionAuthenticator(Arc::clone(app))),
        probe: Arc::new(AppProbe(Arc::clone(app))),
        metrics: Metrics::new()?,
        assets,
        stop,
    })
}

/// Routes that need more than HTTP: files, pictures, exports and what payment gateways tell.
pub fn routes(app: &Arc<App>) -> Routes {
    let app = Arc::clone(app);
    Arc::new(move |service| {
        http::files::routes(service, &app);
        http::pictures::routes(service);
        http::exports::routes(service);
        http::payments::routes(service);
    })
}

/// What health and metrics ask of the store.
struct AppProbe(Arc<App>);

#[async_trait]
impl Probe for AppProbe {
    async fn ready(&self) -> Result<(), String> {
        self.0.store.ping().await.map_err(|error| fault::chain(&error))
    }

    fn gauges(&self) -> Vec<Gauge> {
        let [(reading, readers), (writing, writers)] = self.0.store.pool_use();
        let gauge = |name, help, value: u32| Gauge {
            name,
            help,
            value: f64::from(value),
        };
        vec![
            gauge(
                "appshelf_database_readers_in_use",
                "Reading connections in use.",
                reading,
            ),
            gauge("appshelf_database_readers", "Reading connections open.", readers),
            gauge(
                "appshelf_database_writers_in_use",
                "Writing connections in use.",
                writing,
            ),
            gauge("appshelf_database_writers", "Writing connections open.", writers),
            Gauge {
                name: "appshelf_database_collisions",
                help: "Times since the start that a transaction had to be run again because of another.",
                value: self.0.store.collisions() as f64,
            },
        ]
    }
}
