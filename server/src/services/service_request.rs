//! Service requests (L25): whoever uses an application asks its partner, and replies; the partner's people answer; either side
//! closes. Messages are added and the request moves with them in one transaction, so that of two people who write at the same
//! moment both are heard.

use chrono::Duration;
use serde_json::json;

use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::{FileId, InstanceId, ServiceRequestId};
use crate::domain::instant::Instant;
use crate::domain::order::OrderParty;
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::domain::service_request::{
    OVERVIEW_DAYS, ServiceMessageForm, ServiceMessageKind, ServiceRequestAction, ServiceRequestForm,
    ServiceRequestKind, ServiceRequestStatus,
};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::service_message::{self, ServiceMessage};
use crate::store::service_request::{self, Overview, ServiceRequest, ServiceRequestFilter};
use crate::store::{Result, Tx, instance};

/// What a new request says.
#[derive(Clone, Debug)]
pub struct NewServiceRequest {
    pub kind: ServiceRequestKind,
    pub title: String,
    pub text: String,
    pub file_ids: Vec<String>,
}

/// Somebody who may use the application asks its partner.
pub fn open(tx: &mut Tx<'_>, viewer: &Viewer, of: &InstanceId, new: &NewServiceRequest) -> Result<ServiceRequest> {
    let scope = viewer.customer()?;
    let found = instance::find(tx.conn, &scope, of)?.ok_or_else(|| Refusal::not_found().at("instanceId"))?;
    let form = ServiceRequestForm::check(&new.title, &new.text, &new.file_ids)?;
    let made = ServiceRequest {
        id: tx.id(),
        application_id: service_request::application_of(tx.conn, &found.id)?,
        instance_id: found.id,
        partner_id: found.partner_id,
        customer_id: found.organization_id,
        kind: new.kind,
        title: form.title,
        status: ServiceRequestStatus::Open,
        opened_by: scope.user_id,
        opened_at: tx.now,
        changed_at: tx.now,
        waiting_since: Some(tx.now),
        first_response_at: None,
        first_response_seconds: None,
        closed_at: None,
        closed_by: None,
        closing_seconds: None,
        version: 1,
    };
    service_request::insert(tx, &made)?;
    let kind = ServiceMessageKind::Opened;
    add(
        tx,
        viewer,
        &made,
        None,
        Written {
            kind,
            side: OrderParty::Customer,
            form: form.message,
        },
    )?;
    Ok(made)
}

/// Somebody of the partner answers.
pub fn answer(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ServiceRequestId,
    text: &str,
    file_ids: &[String],
) -> Result<ServiceRequest> {
    let scope = PartyScope::Partner(viewer.partner()?);
    let found = seen(tx, &scope, id)?;
    let form = ServiceMessageForm::check(text, file_ids)?;
    write(
        tx,
        viewer,
        &found,
        OrderParty::Partner,
        ServiceRequestAction::Answer,
        form,
    )
}

/// Whoever opened it, or an admin of theirs, writes more; which opens it again where it was answered or closed.
pub fn reply(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ServiceRequestId,
    text: &str,
    file_ids: &[String],
) -> Result<ServiceRequest> {
    let scope = PartyScope::Customer(viewer.customer()?);
    let found = seen(tx, &scope, id)?;
    let form = ServiceMessageForm::check(text, file_ids)?;
    write(
        tx,
        viewer,
        &found,
        OrderParty::Customer,
        ServiceRequestAction::Reply,
        form,
    )
}

/// The customer's side says that it is solved, or the partner closes it with a note.
pub fn close(tx: &mut Tx<'_>, viewer: &Viewer, id: &ServiceRequestId, note: &str) -> Result<ServiceRequest> {
    let (found, side) = find_with_side(tx.conn, viewer, id)?.ok_or_else(Refusal::not_found)?;
    let form = ServiceMessageForm::closing(note, side)?;
    write(tx, viewer, &found, side, ServiceRequestAction::Close, form)
}

fn seen(tx: &mut Tx<'_>, scope: &PartyScope, id: &ServiceRequestId) -> Result<ServiceRequest> {
    Ok(service_request::find(tx.conn, scope, id)?.ok_or_else(Refusal::not_found)?)
}

/// Moves a request by a message.
fn write(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    before: &ServiceRequest,
    side: OrderParty,
    action: ServiceRequestAction,
    form: ServiceMessageForm,
) -> Result<ServiceRequest> {
    let status = before.status.moved(side, action, before.closed_at, tx.now)?;
    let first = side == OrderParty::Partner && before.first_response_at.is_none();
    let closed = status == ServiceRequestStatus::Closed;
    let seconds = before.seconds_until(tx.now);
    let moved = ServiceRequest {
        status,
        waiting_since: (status == ServiceRequestStatus::Open).then(|| before.waiting_since.unwrap_or(tx.now)),
        first_response_at: before.first_response_at.or(first.then_some(tx.now)),
        first_response_seconds: before.first_response_seconds.or(first.then_some(seconds)),
        closed_at: closed.then_some(tx.now),
        closed_by: closed.then(|| viewer.user_id.clone()),
        closing_seconds: closed.then_some(seconds),
        ..before.clone()
    };
    let after = service_request::update(tx, before, moved)?;
    let kind = action.message(before.status);
    add(tx, viewer, &after, Some(before.status), Written { kind, side, form })?;
    Ok(after)
}

/// A message that was checked.
struct Written {
    kind: ServiceMessageKind,
    side: OrderParty,
    form: ServiceMessageForm,
}

/// Adds a message to the thread, records it for both organisations and tells those whom it concerns.
fn add(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    request: &ServiceRequest,
    before: Option<ServiceRequestStatus>,
    written: Written,
) -> Result<()> {
    let Written { kind, side, form } = written;
    require_loose(tx, viewer, &form.file_ids)?;
    let message = ServiceMessage {
        id: tx.id(),
        request_id: request.id.clone(),
        kind,
        side,
        author_id: viewer.user_id.clone(),
        text: form.text,
        created_at: tx.now,
    };
    service_message::insert(tx, &message, &form.file_ids)?;
    // What was written stands in the thread; the log says that it was.
    let both = Fact {
        organization_id: &request.partner_id,
        action: kind.audited(),
        object_id: request.id.as_str(),
        label: &request.title,
        before: before.map(|status| json!({ "status": status })),
        after: Some(json!({
            "status": request.status, "kind": request.kind, "instanceId": request.instance_id,
            "messageId": message.id, "files": form.file_ids.len(),
        })),
    };
    tx.audit_for_both(&request.customer_id, both)?;
    service_request::tell(tx, request, &message)
}

/// Files of a message are the author's own uploads for one, and belong to no other message.
fn require_loose(tx: &mut Tx<'_>, viewer: &Viewer, ids: &[FileId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let loose = service_message::loose(tx.conn, &viewer.member()?, ids)?;
    let foreign = ids.iter().enumerate().filter(|(_, id)| !loose.contains(id));
    let issue = |(place, _)| Issue::new(&format!("fileIds.{place}"), Problem::Unknown);
    Ok(Refusal::unless_valid(foreign.map(issue).collect())?)
}

/// On which side the viewer reads.
fn side(viewer: &Viewer, party: OrderParty) -> Result<PartyScope> {
    Ok(match party {
        OrderParty::Partner => PartyScope::Partner(viewer.partner()?),
        OrderParty::Customer => PartyScope::Customer(viewer.customer()?),
    })
}

fn find_with_side(
    conn: &mut Conn,
    viewer: &Viewer,
    id: &ServiceRequestId,
) -> Result<Option<(ServiceRequest, OrderParty)>> {
    for scope in viewer.service_parties()? {
        if let Some(found) = service_request::find(conn, &scope, id)?
            && let Some(side) = found.side_of(&scope)
        {
            return Ok(Some((found, side)));
        }
    }
    Ok(None)
}

/// A request of either side.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &ServiceRequestId) -> Result<Option<ServiceRequest>> {
    Ok(find_with_side(conn, viewer, id)?.map(|(found, _)| found))
}

/// A page of requests, the one in which something was written last first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &ServiceRequestFilter,
    page: &PageRequest,
) -> Result<Page<ServiceRequest>> {
    service_request::list(conn, &side(viewer, party)?, filter, page)
}

/// How many requests such a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, party: OrderParty, filter: &ServiceRequestFilter) -> Result<i64> {
    service_request::count(conn, &side(viewer, party)?, filter)
}

/// The request of that side that changed last.
pub fn latest(conn: &mut Conn, viewer: &Viewer, party: OrderParty) -> Result<Option<ServiceRequest>> {
    service_request::latest(conn, &side(viewer, party)?)
}

/// How the acting partner answers.
pub fn overview(conn: &mut Conn, viewer: &Viewer, now: Instant) -> Result<Overview> {
    service_request::overview(conn, &viewer.partner()?, now - Duration::days(OVERVIEW_DAYS))
}

/// What the viewer can do with a request that they were shown.
pub fn available_actions(viewer: &Viewer, request: &ServiceRequest, now: Instant) -> Vec<ServiceRequestAction> {
    let scopes = viewer.service_parties().unwrap_or_default();
    let sides = scopes.iter().filter_map(|scope| request.side_of(scope));
    let mut open: Vec<ServiceRequestAction> = sides
        .flat_map(|side| request.status.available_actions(side, request.closed_at, now))
        .collect();
    open.sort_unstable();
    open.dedup();
    open
}
