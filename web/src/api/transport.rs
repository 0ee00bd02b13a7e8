//! One GraphQL request over HTTP: bearer token, language, refresh of an expired session (once, whoever asks), and repeats
//! of questions that were lost on the way. Mutations are never repeated here: their form does that, with its idempotency key.

use serde::Deserialize;
use serde_json::value::RawValue;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestCredentials, RequestInit, Response};

use super::{
    Problem, Refused, connection,
    operation::{Answer, decode, only_field},
    session, token,
};
use crate::{browser, i18n};

/// Where the API is: the page's own origin, unless the page says otherwise.
pub fn base() -> String {
    browser::meta("appshelf-api").unwrap_or_else(browser::origin)
}

/// How often a question is asked again after a lost connection, and how long to wait before each.
const REPEATS_MS: [u32; 2] = [400, 1500];

/// Sends a body and reads the only field of the answer. A lost question (`repeat`) is asked again, a mutation is not.
pub async fn ask<A: Answer>(body: String, repeat: bool) -> Result<A::Value, Problem> {
    let data = send(body, repeat).await?;
    A::read(only_field(&data)?.get())
}

async fn send(body: String, repeat: bool) -> Result<Box<RawValue>, Problem> {
    if token::exists() && token::valid().is_none() {
        session::refresh().await?;
    }
    let first = send_persistently(&body, repeat).await;
    if !matches!(first, Err(Problem::SignedOut)) || !token::exists() {
        return first;
    }
    // The server ended or rotated the session since: one refresh, one more try.
    session::refresh().await?;
    send_persistently(&body, repeat).await
}

async fn send_persistently(body: &str, repeat: bool) -> Result<Box<RawValue>, Problem> {
    let mut waits = REPEATS_MS.iter();
    loop {
        let answer = send_once(body).await;
        connection::note(matches!(answer, Err(Problem::Lost)));
        match (&answer, waits.next()) {
            (Err(Problem::Lost), Some(wait)) if repeat => gloo_timers::future::TimeoutFuture::new(*wait).await,
            _ => return answer,
        }
    }
}

/// One exchange. Also used by the refresh itself, which must not wait for a refresh.
pub(super) async fn send_once(body: &str) -> Result<Box<RawValue>, Problem> {
    let response = fetch("POST", &format!("{}/graphql", base()), Some(body)).await?;
    let status = response.status();
    let request_id = response.headers().get("x-request-id").ok().flatten();
    let text = text_of(&response).await?;
    read_envelope(status, request_id, &text)
}

/// Fetches with the session's token and the language in use. Every failure to get a response is a lost connection.
pub(super) async fn fetch(method: &str, url: &str, body: Option<&str>) -> Result<Response, Problem> {
    let init = RequestInit::new();
    init.set_method(method);
    // The refresh cookie travels to the API even where the pages come from another origin.
    init.set_credentials(RequestCredentials::Include);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    let request = Request::new_with_str_and_init(url, &init).map_err(|_| Problem::Lost)?;
    let headers = request.headers();
    let bearer = token::valid().map(|token| format!("Bearer {token}"));
    let set = |name: &str, value: &str| headers.set(name, value).map_err(|_| Problem::Lost);
    set("accept-language", i18n::language_now().tag())?;
    if body.is_some() {
        set("content-type", "application/json")?;
        set("accept", "application/graphql-response+json, application/json")?;
    }
    if let Some(bearer) = bearer {
        set("authorization", &bearer)?;
    }
    let window = browser::window().ok_or(Problem::Lost)?;
    let response = JsFuture::from(window.fetch_with_request(&request))
        .await
        .map_err(|_| Problem::Lost)?;
    response.dyn_into().map_err(|_| Problem::Lost)
}

async fn text_of(response: &Response) -> Result<String, Problem> {
    let text = response.text().map_err(|_| Problem::Lost)?;
    let text = JsFuture::from(text).await.map_err(|_| Problem::Lost)?;
    text.as_string().ok_or(Problem::Lost)
}

#[derive(Deserialize)]
struct Envelope {
    data: Option<Box<RawValue>>,
    #[serde(default)]
    errors: Vec<Failure>,
}

#[derive(Deserialize)]
struct Failure {
    #[serde(default)]
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Extensions {
    code: String,
    request_id: Option<String>,
    next_step: String,
}

fn read_envelope(status: u16, request_id: Option<String>, text: &str) -> Result<Box<RawValue>, Problem> {
    let Ok(envelope) = serde_json::from_str::<Envelope>(text) else {
        return Err(problem_of_status(status, request_id));
    };
    let Some(failure) = envelope.errors.into_iter().next() else {
        return envelope.data.ok_or(Problem::Fault { request_id });
    };
    Err(match failure.extensions.code.as_str() {
        "UNAUTHENTICATED" => Problem::SignedOut,
        "" | "INTERNAL" | "GRAPHQL_VALIDATION_FAILED" | "GRAPHQL_PARSE_FAILED" => Problem::Fault {
            request_id: failure.extensions.request_id.or(request_id),
        },
        code => {
            let Extensions { next_step, .. } = failure.extensions;
            refused(code, failure.message, next_step)
        }
    })
}

/// An answer that is not GraphQL: from a proxy, or from the server before GraphQL was reached.
fn problem_of_status(status: u16, request_id: Option<String>) -> Problem {
    match status {
        401 => Problem::SignedOut,
        429 => refused("RATE_LIMITED", String::new(), String::new()),
        502..=504 => Problem::Lost,
        _ => Problem::Fault { request_id },
    }
}

fn refused(code: &str, message: String, next_step: String) -> Problem {
    Problem::Refused(std::sync::Arc::new(Refused {
        code: code.to_owned(),
        message,
        next_step,
        ..Refused::default()
    }))
}

/// Reads a JSON answer of a plain HTTP endpoint (files) or its problem.
pub(super) fn read_plain<T: serde::de::DeserializeOwned>(
    status: u16,
    request_id: Option<String>,
    text: &str,
) -> Result<T, Problem> {
    if (200..300).contains(&status) {
        return decode(text);
    }
    #[derive(Deserialize, Default)]
    #[serde(rename_all = "camelCase", default)]
    struct Body {
        code: String,
        message: String,
        next_step: String,
    }
    match serde_json::from_str::<Body>(text) {
        Ok(body) if !body.code.is_empty() && body.code != "INTERNAL" && body.code != "UNAUTHENTICATED" => {
            Err(refused(&body.code, body.message, body.next_step))
        }
        _ => Err(problem_of_status(status, request_id)),
    }
}

/// Asks the smallest question, to learn whether the server is back.
pub async fn probe() {
    let answer = send_once(r#"{"query":"{__typename}"}"#).await;
    connection::note(matches!(answer, Err(Problem::Lost)));
}
