//! Seats of an instance (L15): an employee takes one with the first opening, an admin frees them. Links and orders give their
//! number; where they give none, everybody in the visible range is admitted.

use std::collections::HashMap;

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, UserId};
use crate::domain::instance::InstanceAction;
use crate::domain::message::Code;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::refusal::Refusal;
use crate::domain::seat::{Fullness, admit, fullness};
use crate::domain::transition::Status;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance};
use crate::store::membership::{self, User};
use crate::store::notification::{self, Recipients};
use crate::store::page::{Page, PageRequest};
use crate::store::seat::{self, Seat};
use crate::store::{Result, Tx, license};

/// The seats of an instance as its viewer is told of them.
#[derive(Clone, Debug)]
pub struct Seats {
    pub bought: i32,
    pub taken: i64,
    /// Whether the viewer may go in as it is.
    pub mine: bool,
}

/// The seats of instances that the viewer was shown; absent where there is no limit.
pub fn of_instances(conn: &mut Conn, viewer: &Viewer, of: &[AppInstance]) -> Result<HashMap<InstanceId, Seats>> {
    let limits = seat::limits(conn, of)?;
    let ids: Vec<InstanceId> = limits.keys().cloned().collect();
    let taken = seat::taken_of(conn, &ids)?;
    let closed = seat::closed(conn, &viewer.instance_user()?, of)?;
    let seats = |(id, bought): (InstanceId, i32)| {
        let seats = Seats {
            bought,
            taken: taken.get(&id).copied().unwrap_or(0),
            mine: !closed.contains(&id),
        };
        (id, seats)
    };
    Ok(limits.into_iter().map(seats).collect())
}

/// The seats of an instance while somebody waits for one, and whom they ask: admins of their organisation.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub seats: Seats,
    pub admins: Vec<User>,
}

/// Admins that are named; an organisation that has more has told its people whom to ask.
const NAMED: usize = 5;

/// What somebody who has no seat yet is told; absent where users are not counted.
pub fn waiting(conn: &mut Conn, viewer: &Viewer, id: &InstanceId) -> Result<Option<Waiting>> {
    let scope = viewer.instance_user()?;
    let found = instance::get(conn, &scope, id)?;
    let Some(seats) = of_instances(conn, viewer, std::slice::from_ref(&found))?.remove(id) else {
        return Ok(None);
    };
    // A developer of the partner goes in without a seat, and learns nothing of people.
    if scope.only_instance.is_some() {
        let admins = Vec::new();
        return Ok(Some(Waiting { seats, admins }));
    }
    let holders = membership::holders(conn, &scope.organization_id, Role::CustomerAdmin)?;
    let ids: Vec<UserId> = holders.into_iter().map(|holder| holder.user_id).collect();
    let mut admins = membership::users_by_ids(conn, &ids)?;
    admins.sort_by(|a, b| a.name.cmp(&b.name));
    admins.truncate(NAMED);
    Ok(Some(Waiting { seats, admins }))
}

/// Who holds a seat; for the customer's admins.
pub fn holders(conn: &mut Conn, viewer: &Viewer, id: &InstanceId, page: &PageRequest) -> Result<Page<Seat>> {
    instance::get(conn, &viewer.customer_admin()?, id)?;
    seat::list(conn, id, page)
}

/// How many hold a seat; for the customer's admins.
pub fn holder_count(conn: &mut Conn, viewer: &Viewer, id: &InstanceId) -> Result<i64> {
    instance::get(conn, &viewer.customer_admin()?, id)?;
    seat::taken(conn, id)
}

/// Opens an application: an employee takes a seat where they are counted, once. The admins are told when they run out.
pub fn open(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId) -> Result<AppInstance> {
    let scope = viewer.instance_user()?;
    let found = instance::get(tx.conn, &scope, id)?;
    found.status.apply(InstanceAction::Open)?;
    if seat::admits(tx.conn, &scope, &found)? {
        return Ok(found);
    }
    if !license::ended(tx.conn, std::slice::from_ref(&found))?.is_empty() {
        return Err(Refusal::rule(Code::LicenseEnded).into());
    }
    let Some(seats) = seat::bought(tx.conn, &found)? else {
        return Ok(found);
    };
    let before = seat::taken(tx.conn, id)?;
    admit(seats, before)?;
    seat::take(tx, id, &scope.user_id)?;
    let taken = before + 1;
    note(tx, &found, "instance.seat_taken", &scope.user_id, before, taken)?;
    let (application, number) = (found.name.clone(), i64::from(seats));
    let notice = match fullness(seats, taken) {
        None => return Ok(found),
        Some(Fullness::Almost) => Notice::SeatsAlmostTaken {
            application,
            taken,
            seats: number,
        },
        Some(Fullness::Full) => Notice::SeatsTaken {
            application,
            seats: number,
        },
    };
    let admins = Recipients::Holders(&found.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, found.id.as_str(), &notice)?;
    Ok(found)
}

/// Frees the seat of a user, who is admitted again only where one is left.
pub fn release(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, user: &UserId) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    let before = seat::taken(tx.conn, id)?;
    if !seat::release(tx, id, user)? {
        return Err(Refusal::not_found().at("userId").into());
    }
    note(tx, &found, "instance.seat_released", user, before, before - 1)?;
    Ok(found)
}

fn note(tx: &mut Tx<'_>, of: &AppInstance, action: &'static str, user: &UserId, before: i64, after: i64) -> Result<()> {
    let name = membership::user(tx.conn, user)?.name;
    tx.audit(Fact {
        organization_id: &of.organization_id,
        action,
        object_id: of.id.as_str(),
        label: &of.name,
        before: Some(json!({ "seatsTaken": before })),
        after: Some(json!({ "seatsTaken": after, "userId": user, "userName": name })),
    })
}
