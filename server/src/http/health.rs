//! `/livez`: the process answers. `/readyz`: it can do its work. Neither tells strangers why not; the log does.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

use super::Gateway;

/// A database that has not answered by then is not there.
const PATIENCE: Duration = Duration::from_secs(2);

pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

pub async fn ready(gateway: Data<Gateway>) -> HttpResponse {
    if gateway.stop.is_requested() {
        return HttpResponse::ServiceUnavailable().json(json!({ "status": "stopping" }));
    }
    let asked = tokio::time::timeout(PATIENCE, gateway.probe.ready()).await;
    match asked.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs()))) {
        Ok(()) => HttpResponse::Ok().json(json!({ "status": "ready" })),
        Err(why) => {
            tracing::warn!(reason = why, "not ready");
            HttpResponse::ServiceUnavailable().json(json!({ "status": "unavailable" }))
        }
    }
}
