//! One request id through headers, log and errors; one access line and one metric a request.
//!
//! Paths may carry purchase tokens, so lines name the matched route and never the path or the query.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use tracing::Instrument;

use super::Gateway;

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request at hand, in its extensions.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Routes that machines ask every few seconds.
const QUIET: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// Middleware, outermost.
pub async fn observe<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let begun = Instant::now();
    let id = given(&request).unwrap_or_else(|| uuid::Uuid::now_v7().simple().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", request_id = %id);
    let gateway = request.app_data::<web::Data<Gateway>>().cloned();
    let method = request.method().clone();
    let answer = next.call(request).instrument(span.clone()).await;
    let (route, status) = match &answer {
        Ok(answer) => (answer.request().match_pattern(), answer.status()),
        Err(error) => (None, error.as_response_error().status_code()),
    };
    let route = route.unwrap_or_else(|| "(page)".to_owned());
    let took = begun.elapsed();
    let milliseconds = took.as_secs_f64() * 1000.0;
    if let Some(gateway) = gateway {
        gateway.metrics.request(method.as_str(), &route, status.as_u16(), took);
    }
    span.in_scope(|| {
        if status.is_server_error() && route != "/readyz" {
            tracing::error!(%method, route, status = status.as_u16(), milliseconds, "answered");
        } else if QUIET.contains(&route.as_str()) {
            tracing::debug!(%method, route, status = status.as_u16(), milliseconds, "answered");
        } else {
            tracing::info!(%method, route, status = status.as_u16(), milliseconds, "answered");
        }
    });
    answer.map(|mut answer| {
        if let Ok(value) = HeaderValue::from_str(&id) {
            answer.headers_mut().insert(REQUEST_ID, value);
        }
        answer
    })
}

/// An incoming id is kept when it is short and plain, so that ids can be followed across systems.
fn given(request: &ServiceRequest) -> Option<String> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    ((8..=64).contains(&id.len()) && id.chars().all(plain)).then(|| id.to_owned())
}
