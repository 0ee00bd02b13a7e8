//! What the transport and the schema tell each other about one request, and nothing about HTTP.
//!
//! The transport puts a `RequestMeta` and whatever the `Authenticator` found out about the caller into the request's
//! data; resolvers read both from their context.

use std::net::IpAddr;

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Data, ObjectType, Request, Response, Schema, SubscriptionType};
use async_trait::async_trait;

use crate::domain::locale::Locale;

/// The cookie that carries the refresh token: HttpOnly, SameSite=Strict, path `/graphql`.
pub const REFRESH_COOKIE: &str = "appshelf_refresh";

/// What is known of a request before anybody looks at its document.
#[derive(Clone, Debug)]
pub struct RequestMeta {
    /// Goes through log, errors and audit entries.
    pub request_id: String,
    /// The client's own address, behind as many proxies as are trusted.
    pub client_address: IpAddr,
    pub accept_language: Option<String>,
    /// The refresh token from its cookie.
    pub refresh_cookie: Option<String>,
    /// The access token from `Authorization: Bearer …`.
    pub bearer: Option<String>,
    /// The client's own description of itself, cut to 200 characters.
    pub user_agent: Option<String>,
    /// A browser asks ahead of time, for a page that nobody may ever look at.
    pub prefetch: bool,
}

impl RequestMeta {
    /// The language that the client asks for.
    pub fn locale(&self) -> Locale {
        let asked = self.accept_language.as_deref();
        asked.map_or_else(Locale::default, Locale::from_accept_language)
    }
}

/// What the authenticator found out.
#[derive(Default)]
pub struct Caller {
    /// Signed-in callers may see the schema.
    pub signed_in: bool,
    /// Values for the resolvers' context, such as the viewer.
    pub data: Data,
}

/// Why a request goes no further.
#[derive(Debug, thiserror::Error)]
pub enum Unauthenticated {
    /// The token does not count; the text is in the caller's language.
    #[error("{0}")]
    Refused(String),
    /// Finding out failed; the text, with its chain of causes, is for the log.
    #[error("{0}")]
    Fault(String),
}

/// Turns a bearer token into a caller. No token is an anonymous caller, a bad one is refused.
#[async_trait]
pub trait Authenticator: Send + Sync {
    /// Asked for every request, and every few seconds for an open socket, so that a revoked session ends.
    async fn authenticate(&self, meta: &RequestMeta) -> Result<Caller, Unauthenticated>;
}

/// A schema, whatever its root types.
#[async_trait]
pub trait Graph: Send + Sync {
    async fn execute(&self, request: Request) -> Response;
    fn stream(&self, request: Request) -> BoxStream<'static, Response>;
}

#[async_trait]
impl<Q: ObjectType + 'static, M: ObjectType + 'static, S: SubscriptionType + 'static> Graph for Schema<Q, M, S> {
    async fn execute(&self, request: Request) -> Response {
        Self::execute(self, request).await
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Response> {
        self.execute_stream(request)
    }
}
