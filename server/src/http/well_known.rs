//! `/.well-known/jwks.json`: the public keys with which anybody can check our access tokens.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;

use super::Gateway;

/// Short-lived in caches, so that a new key is known before many tokens are signed with it.
pub async fn jwks(gateway: Data<Gateway>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .json(gateway.keys.jwks())
}
