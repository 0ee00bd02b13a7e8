//! Who is told when a remote maintenance moves (P9): the customer's admins of what a developer wants and does, the developer
//! of what the customer decided.

use super::{MaintenanceSession, open_of_instances};
use crate::domain::maintenance::{MaintenanceAction, MaintenanceStatus};
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::organization::Role;
use crate::store::notification::{Recipients, answered, notify};
use crate::store::{Result, Tx, membership, organization};

/// Names that the notices carry.
struct Names {
    partner: String,
    customer: String,
    person: String,
    application: String,
}

fn names(tx: &mut Tx<'_>, session: &MaintenanceSession, application: &str) -> Result<Names> {
    let people = membership::users_by_ids(tx.conn, std::slice::from_ref(&session.requested_by))?;
    Ok(Names {
        partner: organization::get(tx.conn, &session.partner_id)?.name,
        customer: organization::get(tx.conn, &session.customer_id)?.name,
        person: people.into_iter().next().map(|person| person.name).unwrap_or_default(),
        application: application.to_owned(),
    })
}

/// Asks the customer's admins to decide.
pub(super) fn ask(tx: &mut Tx<'_>, session: &MaintenanceSession, application: &str) -> Result<()> {
    let names = names(tx, session, application)?;
    let notice = Notice::MaintenanceRequested {
        partner: names.partner,
        person: names.person,
        application: names.application,
        reason: session.reason.clone(),
        hours: session.hours,
    };
    to_admins(tx, session, &notice)
}

/// Tells those whom an action concerns.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    session: &MaintenanceSession,
    action: MaintenanceAction,
    application: &str,
) -> Result<()> {
    let Names {
        partner,
        customer,
        person,
        application,
    } = names(tx, session, application)?;
    let (reason, hours) = (session.reason.clone(), session.hours);
    match action {
        MaintenanceAction::Grant if session.automatic => {
            let notice = Notice::MaintenanceBegun {
                partner,
                person,
                application,
                reason,
                hours,
            };
            to_admins(tx, session, &notice)
        }
        MaintenanceAction::Grant => {
            settled(tx, session)?;
            let notice = Notice::MaintenanceGranted {
                customer,
                application,
                hours,
            };
            to_developer(tx, session, &notice)
        }
        MaintenanceAction::Decline | MaintenanceAction::Revoke => {
            settled(tx, session)?;
            to_developer(tx, session, &Notice::MaintenanceRevoked { customer, application })
        }
        MaintenanceAction::Withdraw => settled(tx, session),
        // Entering is what the grant was for.
        MaintenanceAction::Enter => Ok(()),
        MaintenanceAction::End => {
            let notice = Notice::MaintenanceEnded {
                partner,
                person,
                application,
            };
            to_admins(tx, session, &notice)
        }
        MaintenanceAction::Expire => {
            let timed_out = Notice::MaintenanceTimedOut {
                customer,
                application: application.clone(),
            };
            to_developer(tx, session, &timed_out)?;
            let notice = Notice::MaintenanceExpired {
                partner,
                person,
                application,
            };
            to_admins(tx, session, &notice)
        }
    }
}

fn to_admins(tx: &mut Tx<'_>, session: &MaintenanceSession, notice: &Notice) -> Result<()> {
    let admins = Recipients::Holders(&session.customer_id, Role::CustomerAdmin);
    notify(tx, admins, session.instance_id.as_str(), notice).map(drop)
}

fn to_developer(tx: &mut Tx<'_>, session: &MaintenanceSession, notice: &Notice) -> Result<()> {
    let developer = Recipients::Person(&session.partner_id, &session.requested_by);
    notify(tx, developer, session.order_id.as_str(), notice).map(drop)
}

/// Nobody of the admins has to answer any more, unless somebody else's request for the same instance still waits.
fn settled(tx: &mut Tx<'_>, session: &MaintenanceSession) -> Result<()> {
    let open = open_of_instances(tx.conn, std::slice::from_ref(&session.instance_id))?;
    let waits = |other: &MaintenanceSession| other.status == MaintenanceStatus::Requested;
    match open.iter().any(waits) {
        true => Ok(()),
        false => answered(
            tx,
            session.instance_id.as_str(),
            &[NotificationKind::MaintenanceRequested],
        ),
    }
}
