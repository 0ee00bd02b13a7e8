//! Mutations about service requests.

use async_graphql::{Context, ID, Object, Result};

use super::input::{CloseServiceRequestInput, OpenServiceRequestInput, ServiceMessageInput, texts};
use super::types::ServiceRequest;
use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, ServiceRequestId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::service_request;
use crate::store::conn::Conn;
use crate::store::service_request::ServiceRequest as Row;
use crate::store::{self, Tx};

result_union! {
    /// Result of opening a service request.
    OpenServiceRequestResult = ServiceRequest
}
result_union! {
    /// Result of answering.
    AnswerServiceRequestResult = ServiceRequest
}
result_union! {
    /// Result of replying.
    ReplyToServiceRequestResult = ServiceRequest
}
result_union! {
    /// Result of closing.
    CloseServiceRequestResult = ServiceRequest
}

type Ended = store::Result<Row>;

#[derive(Default)]
pub struct ServiceRequestMutation;

#[Object]
impl ServiceRequestMutation {
    /// L25: somebody who may use an application asks its partner; its admins are told.
    async fn open_service_request(
        &self,
        ctx: &Context<'_>,
        input: OpenServiceRequestInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<OpenServiceRequestResult> {
        let ended = open(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| {
            OpenServiceRequestResult::ServiceRequest(ServiceRequest(row))
        })
    }

    /// L25: somebody of the partner answers; whoever opened the request is told.
    async fn answer_service_request(
        &self,
        ctx: &Context<'_>,
        input: ServiceMessageInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<AnswerServiceRequestResult> {
        let wrote = Wrote {
            operation: "answerServiceRequest",
            may: |viewer| viewer.partner().map(drop),
            with: service_request::answer,
        };
        let ended = wrote.once(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| {
            AnswerServiceRequestResult::ServiceRequest(ServiceRequest(row))
        })
    }

    /// L25: whoever opened the request, or an admin of theirs, writes more. What was answered, or closed within the last 30 days, is
    /// open again.
    async fn reply_to_service_request(
        &self,
        ctx: &Context<'_>,
        input: ServiceMessageInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<ReplyToServiceRequestResult> {
        let wrote = Wrote {
            operation: "replyToServiceRequest",
            may: |viewer| viewer.customer().map(drop),
            with: service_request::reply,
        };
        let ended = wrote.once(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| {
            ReplyToServiceRequestResult::ServiceRequest(ServiceRequest(row))
        })
    }

    /// L25: the customer's side says that it is solved, or the partner that it is done, with a note.
    async fn close_service_request(
        &self,
        ctx: &Context<'_>,
        input: CloseServiceRequestInput,
    ) -> Result<CloseServiceRequestResult> {
        let note = input.note.unwrap_or_default();
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ServiceRequestId| {
            service_request::close(tx, viewer, id, &note)
        };
        let ended = change(ctx, &input.id, Viewer::service_parties, work).await?;
        outcome(ctx, ended, |row| {
            CloseServiceRequestResult::ServiceRequest(ServiceRequest(row))
        })
    }
}

async fn open(ctx: &Context<'_>, input: OpenServiceRequestInput, key: Option<String>) -> Result<Ended> {
    let key = match idempotency_key(key, "openServiceRequest", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let instance = input.instance_id.parse::<InstanceId>().ok();
    let new = input.fields();
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.customer()?;
        let instance = instance.as_ref().ok_or_else(|| Refusal::not_found().at("instanceId"))?;
        let row = service_request::open(tx, viewer, instance, &new)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, made_before).await
}

/// One side's message in a request.
struct Wrote {
    operation: &'static str,
    /// Whether the viewer stands on that side.
    may: fn(&Viewer) -> std::result::Result<(), Refusal>,
    with: fn(&mut Tx<'_>, &Viewer, &ServiceRequestId, &str, &[String]) -> Ended,
}

impl Wrote {
    /// Writes the message at most once per key.
    async fn once(self, ctx: &Context<'_>, input: ServiceMessageInput, key: Option<String>) -> Result<Ended> {
        let key = match idempotency_key(key, self.operation, &input) {
            Ok(key) => key,
            Err(error) => return Ok(Err(error)),
        };
        let ServiceMessageInput { id, text, file_ids } = input;
        let (id, file_ids): (Option<ServiceRequestId>, _) = (parsed(&id), texts(file_ids));
        let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
            (self.may)(viewer)?;
            let id = id.as_ref().ok_or_else(Refusal::not_found)?;
            let row = (self.with)(tx, viewer, id, &text, &file_ids)?;
            Ok((row.id.to_string(), row))
        };
        write_once(ctx, key, make, made_before).await
    }
}

fn parsed(id: &ID) -> Option<ServiceRequestId> {
    id.parse().ok()
}

fn made_before(conn: &mut Conn, viewer: &Viewer, made: &str) -> Ended {
    let id = made.parse().map_err(|_| Refusal::not_found())?;
    service_request::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
}
