//! `POST /payments/webhook`: a payment gateway tells of payments (L14; the form of a message is `domain::payment`). The answer says
//! whether the message is kept: everything but a 2xx is sent again by gateways.

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, PayloadConfig, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::request::meta;
use crate::app::App;
use crate::auth::payment_signature::Signed;
use crate::domain::payment::PaymentMessage;
use crate::graphql::fault;
use crate::services::license::payment::{self, Told};
use crate::store::{Actor, Error};

/// Bytes of a message.
const MOST: usize = 64 << 10;
/// Characters of a message's id.
const ID_MAX: usize = 128;

/// Adds the route. `App` must be in the app's data.
pub fn routes(service: &mut ServiceConfig) {
    service.service(
        web::resource("/payments/webhook")
            .app_data(PayloadConfig::new(MOST))
            .route(web::post().to(take)),
    );
}

async fn take(request: HttpRequest, body: Bytes, app: Data<App>) -> HttpResponse {
    let Some(gateway) = &app.config.payment_gateway else {
        return said(StatusCode::NOT_FOUND, "no payment gateway is configured");
    };
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let (id, timestamp, signatures) = (
        header("webhook-id"),
        header("webhook-timestamp"),
        header("webhook-signature"),
    );
    let (Some(id), Some(timestamp), Some(signatures)) = (id, timestamp, signatures) else {
        return said(
            StatusCode::BAD_REQUEST,
            "webhook-id, webhook-timestamp and webhook-signature are missing",
        );
    };
    let signed = Signed {
        id,
        timestamp,
        signatures,
        body: &body,
    };
    if let Err(why) = signed.prove(&gateway.secret, app.store.now().utc()) {
        tracing::warn!(%why, "a message that claims to be the payment gateway's is not believed");
        return said(StatusCode::UNAUTHORIZED, &why.to_string());
    }
    if id.is_empty() || id.len() > ID_MAX {
        return said(StatusCode::BAD_REQUEST, "webhook-id has 1 to 128 characters");
    }
    let message: PaymentMessage = match serde_json::from_slice(&body) {
        Ok(message) => message,
        Err(error) => return said(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let request_id = meta(&request, &app.config).request_id;
    let actor = Actor {
        request_id: request_id.clone(),
        ..Actor::default()
    };
    let id = id.to_owned();
    match app.store.write(actor, move |tx| payment::take(tx, &id, &message)).await {
        Ok(Told::Kept | Told::Known) => said(StatusCode::OK, "kept"),
        Ok(Told::NoSuchOrder) => said(StatusCode::NOT_FOUND, "there is no such order"),
        Err(Error::Refused(refusal)) => said(StatusCode::CONFLICT, &refusal.to_string()),
        Err(Error::Fault(error)) => {
            let error = fault::chain(&error);
            tracing::error!(request_id, error, "a message of the payment gateway could not be kept");
            said(StatusCode::INTERNAL_SERVER_ERROR, "try again")
        }
    }
}

fn said(status: StatusCode, message: &str) -> HttpResponse {
    HttpResponse::build(status).json(json!({ "message": message }))
}
