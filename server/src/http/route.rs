//! What the routes beside GraphQL share: who asks, refusals as JSON with a fitting status, and the name of a download.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde_json::json;

use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::locale::Locale;
use crate::domain::message::Code;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::graphql::authenticator::SessionAuthenticator;
use crate::graphql::fault;
use crate::graphql::request::{RequestMeta, Unauthenticated};
use crate::store;

/// Saved, not shown: a plain name for old browsers and the true one for all others (RFC 6266, RFC 8187).
pub fn disposition(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || " .-_()".contains(c) {
            c
        } else {
            '_'
        }
    };
    let plain: String = name.chars().map(plain).collect();
    let mut exact = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            exact.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// Who asks; nobody gets 401.
pub async fn sign_in(app: &Data<App>, meta: &RequestMeta) -> Result<Viewer, HttpResponse> {
    let locale = meta.accept_language.as_deref();
    let locale = locale.map_or_else(Locale::default, Locale::from_accept_language);
    let found = SessionAuthenticator(Arc::clone(app)).viewer(meta).await;
    match found {
        Ok(Some(viewer)) => Ok(viewer),
        Ok(None) | Err(Unauthenticated::Refused(_)) => {
            let refusal = Refusal::rule(Code::Unauthenticated);
            Err(refuse(refusal.into(), locale, &meta.request_id))
        }
        Err(Unauthenticated::Fault(error)) => Err(internal(&error, &meta.request_id)),
    }
}

/// A word that the address names; none where it is left out or empty.
pub fn word<W: std::str::FromStr>(name: &str, text: Option<&str>) -> Result<Option<W>, Refusal> {
    let word = text.filter(|text| !text.is_empty()).map(str::parse).transpose();
    word.map_err(|_| Refusal::invalid(name, Problem::UnknownChoice))
}

/// A refusal in words and with its status; a fault is logged and tells its request alone.
pub fn refuse(error: store::Error, locale: Locale, request_id: &str) -> HttpResponse {
    let refusal = match error {
        store::Error::Refused(refusal) => refusal,
        store::Error::Fault(error) => return internal(&fault::chain(&error), request_id),
    };
    tracing::info!(request_id, %refusal, "refused");
    let message = match refusal.issues() {
        [issue] => issue.message(locale),
        _ => refusal.message(locale),
    };
    HttpResponse::build(status(&refusal)).json(json!({
        "code": refusal.code().as_str(),
        "message": message,
        "nextStep": refusal.next_step(locale),
    }))
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal.code() {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::NoPermission => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        _ => match refusal.issues().first().map(|issue| &issue.problem) {
            Some(Problem::FileTooLarge { .. } | Problem::FileNotSmall { .. }) => StatusCode::PAYLOAD_TOO_LARGE,
            Some(Problem::FileKind { .. }) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::BAD_REQUEST,
        },
    }
}

fn internal(error: &str, request_id: &str) -> HttpResponse {
    tracing::error!(request_id, error, "a route failed");
    HttpResponse::InternalServerError()
        .json(json!({ "code": "INTERNAL", "message": "Internal error", "nextStep": request_id }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_carries_its_name_for_every_browser() {
        assert_eq!(
            disposition("合同 1.pdf"),
            "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C%201.pdf"
        );
        assert!(!disposition("a\"b\r\nc.pdf").contains(['\r', '\n']));
    }
}
