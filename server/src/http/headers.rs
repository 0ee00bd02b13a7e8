//! Headers that protect the people behind browsers, on every answer; and what is worth compressing.
//!
//! A route that needs another policy (a contract shown inside a page) sets its own header, which stays.

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::Gateway;
use crate::config::Config;

/// Below this, compression costs more than it saves.
const SMALL: u64 = 1024;
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

/// Middleware that adds the protecting headers wherever a route has not set its own.
pub async fn protect<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let gateway = request.app_data::<web::Data<Gateway>>().cloned();
    let mut answer = next.call(request).await?;
    let page = is_page(answer.headers());
    let headers = answer.headers_mut();
    add(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(headers, header::REFERRER_POLICY, "same-origin");
    add(headers, header::PERMISSIONS_POLICY, PERMISSIONS);
    add(headers, header::CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    if let Some(gateway) = gateway {
        let config = &gateway.config;
        if page {
            add(headers, header::CONTENT_SECURITY_POLICY, &page_policy(config));
        }
        if config.base_url.starts_with("https://") {
            add(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
        if config.cors_origins.is_empty() {
            add(headers, header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
        }
    }
    add(
        headers,
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    // Set by `leave_small_bodies_plain` to keep the compressor away; as a header it says nothing.
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|value| value == "identity")
    {
        headers.remove(header::CONTENT_ENCODING);
    }
    Ok(answer)
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if !headers.contains_key(&name)
        && let Ok(value) = HeaderValue::from_str(value)
    {
        headers.insert(name, value);
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    content_type(headers).starts_with("text/html")
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// What the front end may do: run its own files, show its own and made-up pictures, talk to its own server.
fn page_policy(config: &Config) -> String {
    // Older browsers do not count a socket as 'self'.
    let socket = config.base_url.replacen("http", "ws", 1);
    let socket = url::Url::parse(&socket).ok().and_then(|url| {
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
    });
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self' {}; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
        socket.unwrap_or_default()
    )
}

/// Middleware inside the compressor: short bodies and those that are compressed by nature go out as they are.
pub async fn leave_small_bodies_plain<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut answer = next.call(request).await?;
    let small = matches!(
        answer.response().body().size(),
        BodySize::None | BodySize::Sized(0..SMALL)
    );
    let kind = content_type(answer.headers());
    let shrinks = [
        "text/",
        "application/json",
        "application/graphql-response+json",
        "image/svg",
        "application/wasm",
    ]
    .iter()
    .any(|start| kind.starts_with(start));
    if small || !shrinks {
        add(answer.headers_mut(), header::CONTENT_ENCODING, "identity");
    }
    Ok(answer)
}
