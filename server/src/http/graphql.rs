//! `/graphql`: the GraphQL-over-HTTP specification, exactly. One operation a request; POST for all, GET for queries.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::parser::types::OperationType;
use async_graphql::{Response, ServerError};
use futures_util::StreamExt;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Gateway;
use super::negotiate::{self, Media};
use super::operation::{self, Parameters, Stopped, coded, is_request_error};
use super::request::meta;
use crate::graphql::fault::polish;
use crate::graphql::request::RequestMeta;

/// A request that is refused before GraphQL sees it.
struct Refusal {
    status: StatusCode,
    error: Box<ServerError>,
    allow: Option<&'static str>,
}

impl Refusal {
    fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            error: Box::new(coded(code, message)),
            allow: None,
        }
    }

    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }
}

pub async fn post(request: HttpRequest, body: Payload, gateway: Data<Gateway>) -> HttpResponse {
    let meta = meta(&request, &gateway.config);
    let media = match media(&request) {
        Ok(media) => media,
        Err(refusal) => return refuse(refusal, Media::Json, &meta),
    };
    let parameters = match read(&request, body, gateway.config.limits.body).await {
        Ok(parameters) => parameters,
        Err(refusal) => return refuse(refusal, media, &meta),
    };
    run(&gateway, meta, media, parameters, &Method::POST).await
}

pub async fn get(request: HttpRequest, gateway: Data<Gateway>) -> HttpResponse {
    let meta = meta(&request, &gateway.config);
    let media = match media(&request) {
        Ok(media) => media,
        Err(refusal) => return refuse(refusal, Media::Json, &meta),
    };
    match from_query(request.query_string()) {
        Ok(parameters) => run(&gateway, meta, media, parameters, &Method::GET).await,
        Err(refusal) => refuse(refusal, media, &meta),
    }
}

/// Neither GET nor POST.
pub async fn other_method(request: HttpRequest, gateway: Data<Gateway>) -> HttpResponse {
    let why = "GraphQL takes POST, and GET for queries.";
    let mut refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", why);
    refusal.allow = Some("GET, POST");
    refuse(refusal, Media::Json, &meta(&request, &gateway.config))
}

fn media(request: &HttpRequest) -> Result<Media, Refusal> {
    let lines: Vec<&str> = request
        .headers()
        .get_all(header::ACCEPT)
        .filter_map(|line| line.to_str().ok())
        .collect();
    let accept = (!lines.is_empty()).then(|| lines.join(","));
    negotiate::answer(accept.as_deref()).ok_or_else(|| {
        let why = "Answers are application/graphql-response+json or application/json in UTF-8.";
        Refusal::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", why)
    })
}

async fn read(request: &HttpRequest, body: Payload, limit: usize) -> Result<Parameters, Refusal> {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    if !negotiate::is_json(header(header::CONTENT_TYPE)) || request.headers().contains_key(header::CONTENT_ENCODING) {
        let why = "Send one operation as application/json in UTF-8, not compressed.";
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            why,
        ));
    }
    let announced = header(header::CONTENT_LENGTH)
        .and_then(|length| length.parse::<usize>().ok())
        .unwrap_or(0);
    let bytes = bytes(body, announced, limit).await?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(body)) => Parameters::from_json(body).map_err(Refusal::bad_request),
        Ok(Value::Array(_)) => Err(Refusal::bad_request(
            "Batches are not accepted: send one operation a request.",
        )),
        Ok(_) => Err(Refusal::bad_request("The body must be a JSON object.")),
        Err(e) => Err(Refusal::bad_request(format!("The body is not JSON: {e}"))),
    }
}

async fn bytes(mut body: Payload, announced: usize, limit: usize) -> Result<Vec<u8>, Refusal> {
    let too_large = || {
        let why = format!("The body is too large; {limit} bytes are allowed.");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "LIMIT_BODY", why)
    };
    if announced > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(announced);
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|e| Refusal::bad_request(format!("The body broke off: {e}")))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// `variables` and `extensions` are JSON texts in a query string.
fn from_query(query: &str) -> Result<Parameters, Refusal> {
    let mut body = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = match name.as_ref() {
            "query" => Value::String(value.into_owned()),
            "operationName" if value.is_empty() => Value::Null,
            "operationName" => Value::String(value.into_owned()),
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|e| Refusal::bad_request(format!("\"{name}\" is not JSON: {e}")))?,
            _ => continue,
        };
        if body.insert(name.to_string(), value).is_some() {
            return Err(Refusal::bad_request(format!("\"{name}\" is given twice.")));
        }
    }
    Parameters::from_json(body).map_err(Refusal::bad_request)
}

async fn run(
    gateway: &Gateway,
    meta: RequestMeta,
    media: Media,
    parameters: Parameters,
    method: &Method,
) -> HttpResponse {
    let stopped = |stopped: Stopped, meta: &RequestMeta| {
        let status = match (&stopped, media) {
            (Stopped::Unauthenticated(_), _) => StatusCode::UNAUTHORIZED,
            (Stopped::Fault(_), _) => StatusCode::INTERNAL_SERVER_ERROR,
            (Stopped::Request(_), Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
            (Stopped::Request(_), Media::Json) => StatusCode::OK,
        };
        refuse(
            Refusal {
                status,
                error: Box::new(stopped.into_error()),
                allow: None,
            },
            media,
            meta,
        )
    };
    let caller = match operation::authenticate(gateway, &meta).await {
        Ok(caller) => caller,
        Err(why) => return stopped(why, &meta),
    };
    let prepared = match operation::prepare(gateway, meta.clone(), caller, parameters) {
        Ok(prepared) => prepared,
        Err(why) => return stopped(why, &meta),
    };
    if let Some(refusal) = wrong_transport(prepared.kind, method, media) {
        return refuse(refusal, media, &meta);
    }
    let (kind, name) = (prepared.kind, prepared.name.clone());
    let begun = std::time::Instant::now();
    let response = prepared.execute(gateway, &meta.request_id).await;
    gateway
        .metrics
        .operation(kind, name.as_deref(), response.errors.is_empty(), begun.elapsed());
    answer(response, media)
}

fn wrong_transport(kind: OperationType, method: &Method, media: Media) -> Option<Refusal> {
    match kind {
        OperationType::Mutation if method == Method::GET => {
            let why = "Changes are made with POST.";
            let mut refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", why);
            refusal.allow = Some("POST");
            Some(refusal)
        }
        OperationType::Subscription => {
            let status = if media == Media::Json {
                StatusCode::OK
            } else {
                StatusCode::BAD_REQUEST
            };
            Some(Refusal::new(
                status,
                "SUBSCRIPTION_OVER_HTTP",
                "Subscriptions go over the socket at /graphql/ws.",
            ))
        }
        _ => None,
    }
}

/// The body of an answer; `data` is there exactly when execution began.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a async_graphql::Value>,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    extensions: &'a std::collections::BTreeMap<String, async_graphql::Value>,
}

fn answer(response: Response, media: Media) -> HttpResponse {
    let never_ran = is_request_error(&response);
    let status = if never_ran && media == Media::GraphqlResponse {
        status_of(&response.errors)
    } else {
        StatusCode::OK
    };
    let body = Body {
        errors: &response.errors,
        data: (!never_ran).then_some(&response.data),
        extensions: &response.extensions,
    };
    let mut http = write(status, media, &body);
    // The schema's library and ours differ in their version of the header types.
    for (name, value) in &response.http_headers {
        let name = HeaderName::from_bytes(name.as_str().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            http.headers_mut().append(name, value);
        }
    }
    http
}

fn status_of(errors: &[ServerError]) -> StatusCode {
    let code = errors
        .first()
        .and_then(|error| error.extensions.as_ref()?.get("code").cloned());
    match code {
        Some(async_graphql::Value::String(code)) if code == "INTERNAL" => StatusCode::INTERNAL_SERVER_ERROR,
        Some(async_graphql::Value::String(code)) if code == "LIMIT_TIME" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn refuse(refusal: Refusal, media: Media, meta: &RequestMeta) -> HttpResponse {
    let mut errors = vec![*refusal.error];
    polish(&mut errors, &meta.request_id, meta.bearer.is_some());
    let body = Body {
        errors: &errors,
        data: None,
        extensions: &std::collections::BTreeMap::new(),
    };
    let mut http = write(refusal.status, media, &body);
    if let Some(allow) = refusal.allow {
        http.headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static(allow));
    }
    if refusal.status == StatusCode::UNAUTHORIZED {
        let why = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        http.headers_mut().insert(header::WWW_AUTHENTICATE, why);
    }
    http
}

fn write(status: StatusCode, media: Media, body: &Body<'_>) -> HttpResponse {
    match serde_json::to_vec(body) {
        Ok(bytes) => HttpResponse::build(status)
            .insert_header((header::CONTENT_TYPE, media.content_type()))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::VARY, "Accept"))
            .body(bytes),
        Err(e) => {
            tracing::error!(error = %e, "a response could not be written as JSON");
            HttpResponse::InternalServerError().finish()
        }
    }
}
