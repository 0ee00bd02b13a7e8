//! `/graphql/ws`: subscriptions after the graphql-transport-ws protocol, with its close codes.
//!
//! The access token comes in `connection_init` as `{"authorization": "Bearer …"}`. It is checked again with every
//! subscription and every few seconds, so that signing out ends the socket. Queries and changes go over HTTP.

mod conversation;
mod message;

use std::time::Duration;

use actix_web::web::{Data, Payload};
use actix_web::{Error, HttpRequest, HttpResponse};
use tracing::Instrument;

use super::Gateway;
use super::origin::may_open_socket;
use super::request::meta;
use conversation::Conversation;

const PROTOCOL: &str = "graphql-transport-ws";
/// Sockets open at once in this process; each costs memory and a check every few seconds.
const MOST: i64 = 10_000;

/// How often things happen on a socket.
struct Rhythm;

impl Rhythm {
    /// Between two checks of the token.
    const CHECK: Duration = if cfg!(test) {
        Duration::from_millis(100)
    } else {
        Duration::from_secs(4)
    };
    /// From opening to `connection_init`.
    const INIT: Duration = if cfg!(test) {
        Duration::from_millis(500)
    } else {
        Duration::from_secs(10)
    };
    /// Between two pings.
    const PING: Duration = Duration::from_secs(20);
    /// A client that is silent for longer, pongs included, is gone.
    const SILENCE: Duration = Duration::from_secs(60);
    /// A client that takes nothing for longer is gone.
    const SEND: Duration = Duration::from_secs(10);
}

pub async fn open(request: HttpRequest, body: Payload, gateway: Data<Gateway>) -> Result<HttpResponse, Error> {
    if !may_open_socket(&request, &gateway.config) {
        return Ok(HttpResponse::Forbidden().body("This page may not open a socket here\n"));
    }
    let offered = request
        .headers()
        .get_all("sec-websocket-protocol")
        .filter_map(|value| value.to_str().ok());
    if !offered
        .flat_map(|line| line.split(','))
        .any(|name| name.trim() == PROTOCOL)
    {
        return Ok(HttpResponse::BadRequest().body("The socket speaks graphql-transport-ws\n"));
    }
    if gateway.stop.is_requested() || gateway.metrics.sockets.get() >= MOST {
        return Ok(HttpResponse::ServiceUnavailable().finish());
    }
    let (response, session, messages) = actix_ws::handle_with_protocols(&request, body, &[PROTOCOL])?;
    let limit = gateway.config.limits.body;
    let messages = messages
        .max_frame_size(limit)
        .aggregate_continuations()
        .max_continuation_size(limit);
    let meta = meta(&request, &gateway.config);
    let span = tracing::info_span!("socket", request_id = %meta.request_id);
    let conversation = Conversation::new(session, gateway, meta);
    actix_web::rt::spawn(conversation.run(messages).instrument(span));
    Ok(response)
}
