//! Notifications (P9): telling people, and what they were told. An event's use case calls [`notify`] in its own transaction:
//!
//! ```ignore
//! let notice = Notice::ProjectApproved { project: after.name.clone() };
//! notification::notify(tx, Recipients::Person(&after.organization_id, &after.creator_id), after.id.as_str(), &notice)?;
//! ```
//!
//! The object is the one that the notice's target leads to: `domain::notification::NotificationTarget` says what that is.
//! Where something waited for a decision and has got it, [`answered`] takes it off the desks of the others.

use diesel::prelude::*;
use serde_json::json;

use super::conn::{Conn, on_each_backend};
use super::job::{self, NewJob};
use super::page::{Page, PageRequest, paged};
use super::schema::notifications;
use super::{Fault, Result, Signal, Tx, category, membership, notification_preference};
use crate::auth::viewer::MemberScope;
use crate::domain::id::{CategoryId, NotificationId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::notification::{Notice, NotificationKind, NotificationTopic};
use crate::domain::organization::Role;

/// What one person was told.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = notifications)]
pub struct Notification {
    pub id: NotificationId,
    pub user_id: UserId,
    /// In which organisation it concerns them.
    pub organization_id: OrganizationId,
    pub kind: NotificationKind,
    /// Where it leads.
    pub object_id: String,
    /// JSON, see [`Notification::notice`].
    pub parameters: String,
    pub created_at: Instant,
    pub read_at: Option<Instant>,
}

impl Notification {
    /// What it says, to be put into words.
    pub fn notice(&self) -> Result<Notice> {
        Notice::from_stored(self.kind, &self.parameters).map_err(|error| {
            Fault::Inconsistent {
                table: "notifications",
                row: self.id.to_string(),
                what: error.to_string(),
            }
            .into()
        })
    }
}

/// Who is told.
#[derive(Clone, Copy, Debug)]
pub enum Recipients<'a> {
    /// Everybody who holds the role in the organisation, but for whoever does the thing.
    Holders(&'a OrganizationId, Role),
    /// The internal reviewers of the platform, but for whoever does the thing.
    Reviewers,
    /// The operators who hold the category, but for whoever does the thing.
    Operators(&'a CategoryId),
    /// The open-platform operators, but for whoever does the thing.
    OpenPlatformOperators,
    /// One person of a partner; its admins where they have left it.
    Person(&'a OrganizationId, &'a UserId),
    /// One person of a customer; its admins where they have left it.
    Member(&'a OrganizationId, &'a UserId),
    /// Everybody who holds the role in the organisation, and those of the people who are still there, but for whoever does the thing.
    HoldersAnd(&'a OrganizationId, Role, &'a [UserId]),
}

/// Tells people of an event, in the transaction of the event. Returns what was stored, a row for each of them.
pub fn notify(tx: &mut Tx<'_>, to: Recipients<'_>, object_id: &str, notice: &Notice) -> Result<Vec<Notification>> {
    let people = people(tx, to)?;
    let parameters = notice.parameters()?;
    let row = |(user_id, organization_id): (UserId, OrganizationId)| Notification {
        id: tx.id(),
        user_id,
        organization_id,
        kind: notice.kind(),
        object_id: object_id.to_owned(),
        parameters: parameters.clone(),
        created_at: tx.now,
        read_at: None,
    };
    let rows: Vec<Notification> = people.into_iter().map(row).collect();
    for piece in rows.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(notifications::table)
            .values(piece)
            .execute(conn))?;
    }
    for row in &rows {
        tx.signal(Signal::InboxChanged(row.user_id.clone()));
    }
    if tx.sends_mails {
        queue_mails(tx, &rows, notice.kind().topic())?;
    }
    Ok(rows)
}

/// How often a mail is tried: for some hours, as long as a mail server may be down or put off a sender that it does not know.
const MAIL_ATTEMPTS: i32 = 60;

/// A mail for each of those who want mails of the topic.
fn queue_mails(tx: &mut Tx<'_>, told: &[Notification], topic: NotificationTopic) -> Result<()> {
    let people: Vec<UserId> = told.iter().map(|row| row.user_id.clone()).collect();
    let chosen = notification_preference::of_users(tx.conn, &people, topic)?;
    for row in told {
        if chosen.get(&row.user_id).copied().unwrap_or(topic.mails_by_default()) {
            let mail = NewJob::new(JobKind::Mail, json!({ "notificationId": row.id }));
            let max_attempts = MAIL_ATTEMPTS;
            job::enqueue(tx, NewJob { max_attempts, ..mail })?;
        }
    }
    Ok(())
}

/// Most rows of one INSERT.
const ROWS: usize = 400;

fn people(tx: &mut Tx<'_>, to: Recipients<'_>) -> Result<Vec<(UserId, OrganizationId)>> {
    let found = match to {
        Recipients::Holders(organization, role) => membership::holders(tx.conn, organization, role)?,
        Recipients::Reviewers => membership::on_platform(tx.conn, Role::InternalReviewer)?,
        Recipients::Operators(id) => {
            let holding = category::operators(tx.conn, std::slice::from_ref(id))?;
            let mut holders = membership::on_platform(tx.conn, Role::CategoryOperator)?;
            holders.retain(|holder| holding.iter().any(|(_, user)| *user == holder.user_id));
            holders
        }
        Recipients::Person(organization, user) => return person_or(tx, organization, user, Role::PartnerAdmin),
        Recipients::Member(organization, user) => return person_or(tx, organization, user, Role::CustomerAdmin),
        Recipients::HoldersAnd(organization, role, people) => {
            let holders = membership::holders(tx.conn, organization, role)?;
            let mut told = others(tx, holders);
            for person in membership::active_among(tx.conn, organization, people)? {
                if tx.actor.user_id.as_ref() != Some(&person) && told.iter().all(|(user, _)| *user != person) {
                    told.push((person, organization.clone()));
                }
            }
            return Ok(told);
        }
        Recipients::OpenPlatformOperators => membership::on_platform(tx.conn, Role::OpenPlatformOperator)?,
    };
    Ok(others(tx, found))
}

/// The person; those who hold the role where they have left the organisation.
fn person_or(
    tx: &mut Tx<'_>,
    organization: &OrganizationId,
    user: &UserId,
    role: Role,
) -> Result<Vec<(UserId, OrganizationId)>> {
    match membership::find(tx.conn, organization, user)? {
        Some(found) if found.active => Ok(vec![(found.user_id, found.organization_id)]),
        _ => {
            let holders = membership::holders(tx.conn, organization, role)?;
            Ok(others(tx, holders))
        }
    }
}

/// All but whoever does the thing: nobody is told what they just did themselves.
fn others(tx: &Tx<'_>, found: Vec<membership::Membership>) -> Vec<(UserId, OrganizationId)> {
    let others = found.into_iter().filter(|found| {
        tx.actor.user_id.as_ref() != Some(&found.user_id)
            || tx.actor.organization_id.as_ref() != Some(&found.organization_id)
    });
    others.map(|found| (found.user_id, found.organization_id)).collect()
}

/// What waited for a decision about the object has got it: those who were asked have nothing to read any more.
pub fn answered(tx: &mut Tx<'_>, object_id: &str, kinds: &[NotificationKind]) -> Result<()> {
    let open = notifications::table
        .filter(notifications::object_id.eq(object_id))
        .filter(notifications::kind.eq_any(kinds))
        .filter(notifications::read_at.is_null());
    let people: Vec<UserId> = open.clone().select(notifications::user_id).load(tx.conn)?;
    if people.is_empty() {
        return Ok(());
    }
    diesel::update(open)
        .set(notifications::read_at.eq(Some(tx.now)))
        .execute(tx.conn)?;
    for user in people {
        tx.signal(Signal::InboxChanged(user));
    }
    Ok(())
}

/// Queues the reminder of something that was just handed in for review; see `services::review_reminder`.
pub fn remind_when_due(tx: &mut Tx<'_>, object_id: &str, due: Instant) -> Result<()> {
    let reminder = NewJob::new(JobKind::ReviewReminder, json!({ "objectId": object_id }));
    job::enqueue(tx, reminder.at(due))?;
    Ok(())
}

/// Whether somebody was told of that already.
pub fn was_told(conn: &mut Conn, object_id: &str, kind: NotificationKind) -> Result<bool> {
    let told = notifications::table
        .filter(notifications::object_id.eq(object_id))
        .filter(notifications::kind.eq(kind));
    Ok(diesel::select(diesel::dsl::exists(told)).get_result(conn)?)
}

/// Those of the viewer in the organisation acted for.
#[diesel::dsl::auto_type]
fn own<'a>(scope: &'a MemberScope) -> _ {
    let user: &'a UserId = &scope.user_id;
    let organization: &'a OrganizationId = &scope.organization_id;
    notifications::table
        .filter(notifications::user_id.eq(user))
        .filter(notifications::organization_id.eq(organization))
}

/// What the viewer was told, newest first.
pub fn list(conn: &mut Conn, scope: &MemberScope, unread: bool, page: &PageRequest) -> Result<Page<Notification>> {
    let mut query = own(scope).select(notifications::all_columns).into_boxed();
    if unread {
        query = query.filter(notifications::read_at.is_null());
    }
    let query = paged!(query, page, notifications::id, descending);
    Ok(page.cut(query.load(conn)?))
}

/// How many such a list has in all.
pub fn count(conn: &mut Conn, scope: &MemberScope, unread: bool) -> Result<i64> {
    let mut query = own(scope).into_boxed();
    if unread {
        query = query.filter(notifications::read_at.is_null());
    }
    Ok(query.count().get_result(conn)?)
}

/// One of the viewer's own, or `None`.
pub fn find(conn: &mut Conn, scope: &MemberScope, id: &NotificationId) -> Result<Option<Notification>> {
    let query = own(scope)
        .filter(notifications::id.eq(id))
        .select(notifications::all_columns);
    Ok(query.first(conn).optional()?)
}

/// One by an id that the system holds already, while nobody has read it: of a mail.
pub fn unread(conn: &mut Conn, id: &NotificationId) -> Result<Option<Notification>> {
    let query = notifications::table
        .find(id)
        .filter(notifications::read_at.is_null())
        .select(notifications::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The viewer's newest.
pub fn newest(conn: &mut Conn, scope: &MemberScope) -> Result<Option<Notification>> {
    let query = own(scope)
        .order(notifications::id.desc())
        .select(notifications::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Marks one as read; one that was read stays as it is.
pub fn mark_read(tx: &mut Tx<'_>, scope: &MemberScope, id: &NotificationId) -> Result<()> {
    let unread = own(scope)
        .filter(notifications::id.eq(id))
        .filter(notifications::read_at.is_null());
    let marked = diesel::update(unread)
        .set(notifications::read_at.eq(Some(tx.now)))
        .execute(tx.conn)?;
    if marked > 0 {
        tx.signal(Signal::InboxChanged(scope.user_id.clone()));
    }
    Ok(())
}

/// Marks everything up to that one as read, so that what came in meanwhile stays unread; everything where none is named.
pub fn mark_all_read(tx: &mut Tx<'_>, scope: &MemberScope, up_to: Option<&NotificationId>) -> Result<usize> {
    let unread = own(scope).filter(notifications::read_at.is_null());
    let set = notifications::read_at.eq(Some(tx.now));
    let marked = match up_to {
        Some(id) => diesel::update(unread.filter(notifications::id.le(id)))
            .set(set)
            .execute(tx.conn)?,
        None => diesel::update(unread).set(set).execute(tx.conn)?,
    };
    if marked > 0 {
        tx.signal(Signal::InboxChanged(scope.user_id.clone()));
    }
    Ok(marked)
}

/// Forgets what people were told before `end`; returns how much.
pub fn expire(tx: &mut Tx<'_>, end: Instant) -> Result<usize> {
    let old = notifications::table.filter(notifications::created_at.lt(end));
    Ok(diesel::delete(old).execute(tx.conn)?)
}
