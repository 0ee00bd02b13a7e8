//! Who is told of a message (P9): the partner's admins and whoever of theirs wrote before, of what the customer writes; whoever opened
//! the request, of what the partner writes. What was waited for and has come is off everybody's desk.

use super::ServiceRequest;
use crate::domain::id::UserId;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::order::OrderParty;
use crate::domain::organization::Role;
use crate::domain::service_request::ServiceMessageKind;
use crate::store::notification::{Recipients, answered, notify};
use crate::store::service_message::{self, ServiceMessage};
use crate::store::{Result, Tx, instance, organization};

/// What the partner is told of and an answer settles.
const ASKING: [NotificationKind; 2] = [NotificationKind::ServiceRequested, NotificationKind::ServiceReplied];
/// What the customer is told of and a reply settles.
const ANSWERING: [NotificationKind; 1] = [NotificationKind::ServiceAnswered];

/// Tells those whom a message concerns.
pub fn tell(tx: &mut Tx<'_>, request: &ServiceRequest, message: &ServiceMessage) -> Result<()> {
    match message.side {
        OrderParty::Customer => {
            answered(tx, request.id.as_str(), &ANSWERING)?;
            if message.kind == ServiceMessageKind::Closed {
                answered(tx, request.id.as_str(), &ASKING)?;
            }
            to_partner(tx, request, message.kind)
        }
        OrderParty::Partner => {
            answered(tx, request.id.as_str(), &ASKING)?;
            to_customer(tx, request, message)
        }
    }
}

fn to_partner(tx: &mut Tx<'_>, request: &ServiceRequest, kind: ServiceMessageKind) -> Result<()> {
    let customer = organization::get(tx.conn, &request.customer_id)?.name;
    let (application, title) = (application(tx, request)?, request.title.clone());
    let notice = match kind {
        ServiceMessageKind::Opened => Notice::ServiceRequested {
            customer,
            application,
            request: request.kind,
            title,
        },
        ServiceMessageKind::Closed => Notice::ServiceSolved {
            customer,
            application,
            title,
        },
        ServiceMessageKind::Answered | ServiceMessageKind::Replied | ServiceMessageKind::Reopened => {
            Notice::ServiceReplied {
                customer,
                application,
                title,
            }
        }
    };
    let wrote: Vec<UserId> = service_message::authors(tx.conn, request, OrderParty::Partner)?;
    let desk = Recipients::HoldersAnd(&request.partner_id, Role::PartnerAdmin, &wrote);
    notify(tx, desk, request.id.as_str(), &notice).map(drop)
}

fn to_customer(tx: &mut Tx<'_>, request: &ServiceRequest, message: &ServiceMessage) -> Result<()> {
    let partner = organization::get(tx.conn, &request.partner_id)?.name;
    let (application, title) = (application(tx, request)?, request.title.clone());
    let notice = match message.kind {
        ServiceMessageKind::Closed => Notice::ServiceClosed {
            partner,
            application,
            title,
        },
        ServiceMessageKind::Opened
        | ServiceMessageKind::Answered
        | ServiceMessageKind::Replied
        | ServiceMessageKind::Reopened => Notice::ServiceAnswered {
            partner,
            application,
            title,
        },
    };
    let opener = Recipients::Member(&request.customer_id, &request.opened_by);
    notify(tx, opener, request.id.as_str(), &notice).map(drop)
}

/// What the application is called at the customer's.
fn application(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<String> {
    let found = instance::by_ids(tx.conn, std::slice::from_ref(&request.instance_id))?.pop();
    Ok(found.map(|it| it.name).unwrap_or_default())
}
