//! One GraphQL request over HTTP: bearer token, language, refresh of an expired session (once, whoever asks), and repeats
//! of questions that were lost on the way. Mutations are never repeated here: their form does that, with its idempotency key.

use std::{future::Future, pin::Pin};

use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestCredentials, RequestInit, Response};

use super::{
    Problem, Refused, connection,
    operation::{Answer, only_field},
    refresh, token,
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
    A::read(only_field(boxed(body, repeat).await?)?)
}

/// The same machinery for every operation, kept out of each of them.
fn boxed(body: String, repeat: bool) -> Pin<Box<dyn Future<Output = Result<Value, Problem>>>> {
    Box::pin(send(body, repeat))
}

async fn send(body: String, repeat: bool) -> Result<Value, Problem> {
    if token::exists() && token::valid().is_none() {
        refresh::refresh().await?;
    }
    let first = send_persistently(&body, repeat).await;
    if !matches!(first, Err(Problem::SignedOut)) || !token::exists() {
        return first;
    }
    // The server ended or rotated the session since: one refresh, one more try.
    refresh::refresh().await?;
    send_persistently(&body, repeat).await
}

async fn send_persistently(body: &str, repeat: bool) -> Result<Value, Problem> {
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

/// One exchange.
async fn send_once(body: &str) -> Result<Value, Problem> {
    exchange(body, false).await
}

/// One exchange that the browser brings to its end even where the page goes away in the middle. For the refresh itself,
/// which must not wait for a refresh.
pub(super) async fn send_to_the_end(body: &str) -> Result<Value, Problem> {
    exchange(body, true).await
}

async fn exchange(body: &str, to_the_end: bool) -> Result<Value, Problem> {
    let init = RequestInit::new();
    if to_the_end {
        let _ = js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE);
    }
    let response = fetch("POST", &format!("{}/graphql", base()), Some(body), &init).await?;
    let status = response.status();
    let request_id = response.headers().get("x-request-id").ok().flatten();
    let text = text_of(&response).await?;
    read_envelope(status, request_id, &text)
}

/// Fetches with the session's token and the language in use. Every failure to get a response is a lost connection.
pub(super) async fn fetch(
    method: &str,
    url: &str,
    body: Option<&str>,
    init: &RequestInit,
) -> Result<Response, Problem> {
    init.set_method(method);
    // The refresh cookie travels to the API even where the pages come from another origin.
    init.set_credentials(RequestCredentials::Include);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    let request = Request::new_with_str_and_init(url, init).map_err(|_| Problem::Lost)?;
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

fn read_envelope(status: u16, request_id: Option<String>, text: &str) -> Result<Value, Problem> {
    let Ok(Value::Object(mut envelope)) = serde_json::from_str::<Value>(text) else {
        return Err(problem_of_status(status, request_id));
    };
    let failure = envelope.get("errors").and_then(|errors| errors.get(0));
    let Some(failure) = failure else {
        return envelope.remove("data").ok_or(Problem::Fault { request_id });
    };
    let extension = |name: &str| text_at(failure.get("extensions").unwrap_or(&Value::Null), name);
    Err(match extension("code").as_str() {
        "UNAUTHENTICATED" => Problem::SignedOut,
        "" | "INTERNAL" | "GRAPHQL_VALIDATION_FAILED" | "GRAPHQL_PARSE_FAILED" => {
            let own = Some(extension("requestId")).filter(|id| !id.is_empty());
            Problem::Fault {
                request_id: own.or(request_id),
            }
        }
        code => refused(code, text_at(failure, "message"), extension("nextStep")),
    })
}

/// A text of an object, empty where there is none.
fn text_at(object: &Value, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
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
pub(super) fn read_plain(status: u16, request_id: Option<String>, text: &str) -> Result<Value, Problem> {
    let answer = serde_json::from_str::<Value>(text).unwrap_or_default();
    if (200..300).contains(&status) && answer.is_object() {
        return Ok(answer);
    }
    match text_at(&answer, "code").as_str() {
        "" | "INTERNAL" | "UNAUTHENTICATED" => Err(problem_of_status(status, request_id)),
        code => Err(refused(code, text_at(&answer, "message"), text_at(&answer, "nextStep"))),
    }
}

/// Why a file of the front end did not come: nothing can be reached, or the server is here and has another version by now.
pub async fn reason_of_absence() -> Problem {
    probe().await;
    if connection::is_lost_now() {
        Problem::Lost
    } else {
        Problem::Outdated
    }
}

/// Asks the smallest question, to learn whether the server is back.
pub async fn probe() {
    let answer = send_once(r#"{"query":"{__typename}"}"#).await;
    connection::note(matches!(answer, Err(Problem::Lost)));
}
