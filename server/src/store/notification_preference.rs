//! What people chose about mails of notifications, for each topic. Whoever chose nothing gets what the topic's default is.

use std::collections::HashMap;

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::notification_preferences;
use super::{Result, Tx};
use crate::domain::id::UserId;
use crate::domain::notification::NotificationTopic;

/// What the person chose, by topic.
pub fn of_user(conn: &mut Conn, user: &UserId) -> Result<HashMap<NotificationTopic, bool>> {
    let query = notification_preferences::table
        .filter(notification_preferences::user_id.eq(user))
        .select((notification_preferences::topic, notification_preferences::email));
    let rows: Vec<(NotificationTopic, bool)> = query.load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Which of the persons chose what about the topic.
pub fn of_users(conn: &mut Conn, users: &[UserId], topic: NotificationTopic) -> Result<HashMap<UserId, bool>> {
    let query = notification_preferences::table
        .filter(notification_preferences::user_id.eq_any(users))
        .filter(notification_preferences::topic.eq(topic))
        .select((notification_preferences::user_id, notification_preferences::email));
    let rows: Vec<(UserId, bool)> = query.load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Keeps a choice.
pub fn set(tx: &mut Tx<'_>, user: &UserId, topic: NotificationTopic, email: bool) -> Result<()> {
    let row = notification_preferences::table.find((user, topic));
    let changed = diesel::update(row)
        .set(notification_preferences::email.eq(email))
        .execute(tx.conn)?;
    if changed == 0 {
        diesel::insert_into(notification_preferences::table)
            .values((
                notification_preferences::user_id.eq(user),
                notification_preferences::topic.eq(topic),
                notification_preferences::email.eq(email),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
