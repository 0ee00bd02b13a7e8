//! One open socket, from `connection_init` to its end.

use std::time::Instant;

use actix_web::web::Data;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, Session};
use async_graphql::Response;
use async_graphql::parser::types::OperationType;
use futures_util::StreamExt;
use futures_util::stream::{BoxStream, once};
use serde_json::{Map, Value};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_stream::StreamMap;

use super::message::{FromClient, ToClient};
use super::{Gateway, Rhythm};
use crate::graphql::fault::polish;
use crate::graphql::request::{Caller, RequestMeta};
use crate::http::operation::{self, Parameters, Stopped, coded, is_request_error, leave_null};
use crate::http::request::bearer;

/// Why the conversation is over.
enum End {
    /// The other side is gone; nothing can be said.
    Gone,
    /// We close, with a code of the protocol.
    Close(u16, String),
}

impl End {
    fn close(code: u16, why: impl Into<String>) -> Self {
        Self::Close(code, why.into())
    }
}

type Step = Result<(), End>;

/// What a subscription brings; `None` once, at its end.
type Events = BoxStream<'static, Option<Response>>;

pub struct Conversation {
    session: Session,
    gateway: Data<Gateway>,
    meta: RequestMeta,
    acknowledged: bool,
    subscriptions: StreamMap<String, Events>,
    opened: Instant,
    heard: Instant,
    pinged: Instant,
    checked: Instant,
}

impl Conversation {
    pub fn new(session: Session, gateway: Data<Gateway>, meta: RequestMeta) -> Self {
        let now = Instant::now();
        Self {
            session,
            gateway,
            meta,
            acknowledged: false,
            subscriptions: StreamMap::new(),
            opened: now,
            heard: now,
            pinged: now,
            checked: now,
        }
    }

    pub async fn run(mut self, mut messages: AggregatedMessageStream) {
        self.gateway.metrics.sockets.inc();
        let end = self.converse(&mut messages).await;
        self.gateway.metrics.sockets.dec();
        let reason = match end {
            End::Gone => None,
            End::Close(code, why) => {
                tracing::debug!(code, why, "closing a socket");
                Some(CloseReason {
                    code: CloseCode::from(code),
                    description: Some(why),
                })
            }
        };
        // Nothing can be done for a client that does not even take its farewell.
        let _ = timeout(Rhythm::SEND, self.session.close(reason)).await;
    }

    async fn converse(&mut self, messages: &mut AggregatedMessageStream) -> End {
        let stop = self.gateway.stop.clone();
        let stopping = stop.requested();
        futures_util::pin_mut!(stopping);
        let mut tick = interval(Rhythm::CHECK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let step = tokio::select! {
                () = &mut stopping => Err(End::close(1001, "The server is stopping")),
                message = messages.recv() => self.hear(message).await,
                Some((id, event)) = self.subscriptions.next(), if !self.subscriptions.is_empty() => self.pass_on(id, event).await,
                _ = tick.tick() => self.look_round().await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn hear(&mut self, message: Option<Result<AggregatedMessage, actix_ws::ProtocolError>>) -> Step {
        self.heard = Instant::now();
        match message {
            None | Some(Ok(AggregatedMessage::Close(_))) => Err(End::Gone),
            Some(Ok(AggregatedMessage::Ping(bytes))) => self.session.pong(&bytes).await.map_err(|_| End::Gone),
            Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
            Some(Ok(AggregatedMessage::Binary(_))) => Err(End::close(4400, "Messages are text")),
            Some(Ok(AggregatedMessage::Text(text))) => match serde_json::from_str(&text) {
                Ok(message) => self.obey(message).await,
                Err(e) => Err(End::close(
                    4400,
                    format!("Invalid message: {e}").chars().take(100).collect::<String>(),
                )),
            },
            Some(Err(actix_ws::ProtocolError::Overflow)) => Err(End::close(1009, "The message is too large")),
            Some(Err(_)) => Err(End::close(1002, "Protocol error")),
        }
    }

    async fn obey(&mut self, message: FromClient) -> Step {
        match message {
            FromClient::ConnectionInit { payload } => self.begin(payload.unwrap_or_default()).await,
            FromClient::Ping => self.say(&ToClient::Pong).await,
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { .. } if !self.acknowledged => Err(End::close(4401, "Unauthorized")),
            FromClient::Subscribe { id, payload } => self.subscribe(id, payload).await,
            FromClient::Complete { id } => {
                self.subscriptions.remove(&id);
                Ok(())
            }
        }
    }

    async fn begin(&mut self, payload: Map<String, Value>) -> Step {
        if self.acknowledged {
            return Err(End::close(4429, "Too many initialisation requests"));
        }
        if let Some(authorization) = payload.get("authorization").or_else(|| payload.get("Authorization")) {
            self.meta.bearer = authorization.as_str().and_then(bearer);
        }
        if self.meta.bearer.is_none() {
            return Err(End::close(4401, "Unauthorized"));
        }
        self.caller().await.map_err(|end| match end {
            End::Close(4401, _) => End::close(4403, "Forbidden"),
            other => other,
        })?;
        self.acknowledged = true;
        self.say(&ToClient::ConnectionAck).await
    }

    /// The caller as of now; ends the conversation when the token or its session no longer counts.
    async fn caller(&mut self) -> Result<Caller, End> {
        self.checked = Instant::now();
        match operation::authenticate(&self.gateway, &self.meta).await {
            Ok(caller) if caller.signed_in => Ok(caller),
            Ok(_) | Err(Stopped::Unauthenticated(_) | Stopped::Request(_)) => Err(End::close(4401, "Unauthorized")),
            Err(Stopped::Fault(_)) => Err(End::close(1011, "Internal error")),
        }
    }

    async fn subscribe(&mut self, id: String, payload: Map<String, Value>) -> Step {
        if self.subscriptions.contains_key(&id) {
            let id: String = id.chars().take(40).collect();
            return Err(End::close(4409, format!("Subscriber for {id} already exists")));
        }
        let parameters = Parameters::from_json(payload).map_err(|why| End::close(4400, why))?;
        let caller = self.caller().await?;
        let most = self.gateway.config.limits.subscriptions;
        if self.subscriptions.len() >= most {
            let why = format!("Too many subscriptions on one socket; {most} are allowed.");
            return self.refuse(&id, coded("LIMIT_SUBSCRIPTIONS", why)).await;
        }
        let prepared = match operation::prepare(&self.gateway, self.meta.clone(), caller, parameters) {
            Ok(prepared) => prepared,
            Err(stopped) => return self.refuse(&id, stopped.into_error()).await,
        };
        if prepared.kind != OperationType::Subscription {
            return self
                .refuse(
                    &id,
                    coded("QUERY_OVER_SOCKET", "Queries and changes go over HTTP to /graphql."),
                )
                .await;
        }
        let events = prepared
            .stream(&self.gateway)
            .map(Some)
            .chain(once(async { None }))
            .boxed();
        self.subscriptions.insert(id, events);
        Ok(())
    }

    async fn refuse(&mut self, id: &str, error: async_graphql::ServerError) -> Step {
        let mut errors = vec![error];
        polish(&mut errors, &self.meta.request_id, true);
        self.say(&ToClient::Error { id, payload: &errors }).await
    }

    async fn pass_on(&mut self, id: String, event: Option<Response>) -> Step {
        let Some(mut response) = event else {
            self.subscriptions.remove(&id);
            return self.say(&ToClient::Complete { id: &id }).await;
        };
        if self.checked.elapsed() > Rhythm::CHECK / 4 {
            self.caller().await?;
        }
        let never_began = is_request_error(&response);
        for error in &response.errors {
            leave_null(&mut response.data, &error.path);
        }
        polish(&mut response.errors, &self.meta.request_id, true);
        if never_began {
            self.subscriptions.remove(&id);
            return self
                .say(&ToClient::Error {
                    id: &id,
                    payload: &response.errors,
                })
                .await;
        }
        self.say(&ToClient::Next {
            id: &id,
            payload: &response,
        })
        .await
    }

    /// Every few seconds: is the other side there, has it begun, does its token still count?
    async fn look_round(&mut self) -> Step {
        if !self.acknowledged {
            let late = self.opened.elapsed() > Rhythm::INIT;
            return if late {
                Err(End::close(4408, "Connection initialisation timeout"))
            } else {
                Ok(())
            };
        }
        if self.heard.elapsed() > Rhythm::SILENCE {
            return Err(End::Gone);
        }
        if self.pinged.elapsed() > Rhythm::PING {
            self.pinged = Instant::now();
            self.session.ping(b"").await.map_err(|_| End::Gone)?;
        }
        if self.checked.elapsed() >= Rhythm::CHECK / 2 {
            self.caller().await?;
        }
        Ok(())
    }

    async fn say(&mut self, message: &ToClient<'_>) -> Step {
        let text = serde_json::to_string(message).map_err(|e| {
            tracing::error!(error = %e, "a message could not be written as JSON");
            End::close(1011, "Internal error")
        })?;
        match timeout(Rhythm::SEND, self.session.text(text)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Gone),
        }
    }
}
