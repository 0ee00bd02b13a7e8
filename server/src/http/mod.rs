//! HTTP: routes, headers and the front end's files around the GraphQL schema.
//!
//! Knows media types, status codes, cookies and sockets; what an operation means is the schema's matter. Nothing here
//! touches the database: readiness and gauges come through `Probe`, callers through `Authenticator`.

pub mod assets;
pub mod exports;
pub mod files;
pub mod graphql;
pub mod headers;
pub mod health;
mod lead_export;
pub mod metrics;
mod negotiate;
pub mod observe;
mod operation;
mod origin;
pub mod payments;
pub mod pictures;
mod product_order_export;
mod record_export;
pub mod request;
mod route;
pub mod socket;
mod table;
pub mod well_known;

use std::net::TcpListener;
use std::sync::Arc;

use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpServer};
use async_trait::async_trait;

use crate::auth::keys::KeyRing;
use crate::config::Config;
use crate::graphql::request::{Authenticator, Graph};
use crate::stop::Stop;
use assets::Assets;
use metrics::Metrics;

/// What the health and metrics routes ask of the rest of the server.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Whether the database answers and its schema fits; the reason goes to the log.
    async fn ready(&self) -> Result<(), String>;

    /// Current values for `/metrics`, such as connections in use: full metric name, help text and value.
    fn gauges(&self) -> Vec<Gauge>;
}

/// One value for `/metrics`.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// Such as `appshelf_database_connections_in_use`.
    pub name: &'static str,
    pub help: &'static str,
    pub value: f64,
}

/// Routes of other modules (files, QR codes), added on each worker thread.
pub type Routes = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// Everything that HTTP needs; shared by all worker threads.
pub struct Gateway {
    pub config: Arc<Config>,
    pub keys: Arc<KeyRing>,
    pub graph: Arc<dyn Graph>,
    pub authenticator: Arc<dyn Authenticator>,
    pub probe: Arc<dyn Probe>,
    pub metrics: Metrics,
    pub assets: Assets,
    pub stop: Stop,
}

/// Registers all routes of this module. `Gateway` must be in the app's data.
pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/livez", web::get().to(health::live))
        .route("/readyz", web::get().to(health::ready))
        .route("/metrics", web::get().to(metrics::show))
        .route("/.well-known/jwks.json", web::get().to(well_known::jwks))
        .route("/graphql/ws", web::get().to(socket::open))
        .service(
            web::resource("/graphql")
                .route(web::post().to(graphql::post))
                .route(web::get().to(graphql::get))
                .default_service(web::to(graphql::other_method)),
        )
        .default_service(web::to(assets::serve));
}

/// Starts the server on a bound listener; await the result to run it. It ends some time after `gateway.stop` is asked
/// for: running requests may finish for `Config::shutdown_timeout`.
///
/// # Errors
/// The listener cannot be used.
pub fn serve(gateway: Gateway, others: Routes, listener: TcpListener) -> std::io::Result<Server> {
    let gateway = web::Data::new(gateway);
    let config = Arc::clone(&gateway.config);
    let stop = gateway.stop.clone();
    let app = move || {
        let others = Arc::clone(&others);
        let cors = cors(&gateway.config);
        App::new()
            .app_data(gateway.clone())
            .wrap(from_fn(headers::leave_small_bodies_plain))
            .wrap(Compress::default())
            .wrap(Condition::new(!gateway.config.cors_origins.is_empty(), cors))
            .wrap(from_fn(headers::protect))
            .wrap(from_fn(observe::observe))
            .configure(move |service| others(service))
            .configure(routes)
    };
    let server = HttpServer::new(app)
        .workers(config.http_workers)
        .shutdown_timeout(config.shutdown_timeout.as_secs())
        .shutdown_signal(async move { stop.requested().await })
        .listen(listener)?
        .run();
    Ok(server)
}

fn cors(config: &Config) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT"])
        .allowed_headers([
            "authorization",
            "content-type",
            "accept",
            "accept-language",
            "x-request-id",
        ])
        .expose_headers(["x-request-id", "content-disposition"])
        .supports_credentials()
        .max_age(600);
    config
        .cors_origins
        .iter()
        .fold(cors, |cors, origin| cors.allowed_origin(origin))
}

#[cfg(test)]
mod tests;
