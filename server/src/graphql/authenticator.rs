//! From a bearer token to a viewer: the token is verified, its session looked up, and both put into the request's data
//! together with the request's loaders.

use std::sync::Arc;

use async_trait::async_trait;

use super::context;
use super::request::{Authenticator, Caller, RequestMeta, Unauthenticated};
use crate::app::App;
use crate::auth::token;
use crate::auth::viewer::Viewer;
use crate::domain::message::Code;
use crate::services::session::{self, Admission, Asking, Begun};

/// Signs requests in by their access token.
pub struct SessionAuthenticator(pub Arc<App>);

impl SessionAuthenticator {
    /// Who asks, as their session says now; `None` where no token was sent.
    pub async fn viewer(&self, meta: &RequestMeta) -> Result<Option<Viewer>, Unauthenticated> {
        let app = &self.0;
        let Some(bearer) = &meta.bearer else {
            return Ok(None);
        };
        let locale = meta.locale();
        let refused = || Unauthenticated::Refused(Code::Unauthenticated.text(locale).to_owned());
        let now = app.store.now();
        let claims = token::verify(&app.keys, &app.config.base_url, bearer, now.utc()).map_err(|reason| {
            tracing::debug!(request_id = %meta.request_id, %reason, "a token was refused");
            refused()
        })?;
        let asked = match (claims.sid.parse(), claims.sub.parse(), claims.org.parse()) {
            (Ok(session_id), Ok(user_id), Ok(organization_id)) => Begun {
                session_id,
                user_id,
                organization_id,
            },
            _ => return Err(refused()),
        };
        let asking = Asking {
            locale,
            request_id: meta.request_id.clone(),
        };
        let found = app
            .store
            .read(move |conn| session::viewer(conn, &asked, &asking, now))
            .await;
        match found.map_err(|error| Unauthenticated::Fault(super::fault::chain(&error)))? {
            Admission::Admitted(viewer) => Ok(Some(viewer)),
            Admission::Refused => Err(refused()),
            Admission::MaintenanceOver(status) => {
                let why = status.reason_it_is_over().get(locale).to_owned();
                Err(Unauthenticated::Refused(why))
            }
        }
    }
}

#[async_trait]
impl Authenticator for SessionAuthenticator {
    async fn authenticate(&self, meta: &RequestMeta) -> Result<Caller, Unauthenticated> {
        let viewer = self.viewer(meta).await?;
        let signed_in = viewer.is_some();
        let data = context::data_of(&self.0, viewer);
        Ok(Caller { signed_in, data })
    }
}
