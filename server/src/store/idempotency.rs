//! Idempotency keys (P8): kept in the transaction of what they made, for 24 hours. The same key with the same input
//! answers the first result, with another input it is refused.

use chrono::Duration;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::conn::Conn;
use super::schema::idempotency_keys;
use super::{Result, Tx};
use crate::auth::viewer::Viewer;
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::message::Code;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;

/// Hours that a key is remembered.
pub const HOURS: i64 = 24;
/// Most characters of a key.
const MAX_KEY: usize = 200;

/// A key with what it stands for.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    key: String,
    input_hash: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
struct Row {
    organization_id: OrganizationId,
    user_id: UserId,
    key: String,
    input_hash: String,
    result_id: String,
    created_at: Instant,
}

impl IdempotencyKey {
    /// Ties a key to an operation and its input. Keys are 1 to 200 characters.
    pub fn new(key: &str, operation: &str, input: &impl serde::Serialize) -> Result<Self> {
        if key.is_empty() {
            return Err(Refusal::invalid("idempotencyKey", Problem::Required).into());
        }
        if key.chars().count() > MAX_KEY {
            return Err(Refusal::invalid("idempotencyKey", Problem::TooLong { max: MAX_KEY }).into());
        }
        let mut hasher = Sha256::new();
        hasher.update(operation);
        hasher.update([0]);
        hasher.update(serde_json::to_vec(input)?);
        let input_hash = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            key: key.to_owned(),
            input_hash,
        })
    }

    /// The id of what the key made for this person and organisation, if it was used within 24 hours; refused where it was used with another input.
    pub fn find(&self, conn: &mut Conn, asker: &Viewer, now: Instant) -> Result<Option<String>> {
        let row: Option<Row> = idempotency_keys::table
            .find((&asker.organization_id, &asker.user_id, &self.key))
            .filter(idempotency_keys::created_at.gt(now - Duration::hours(HOURS)))
            .select(idempotency_keys::all_columns)
            .first(conn)
            .optional()?;
        match row {
            Some(row) if row.input_hash == self.input_hash => Ok(Some(row.result_id)),
            Some(_) => Err(Refusal::rule(Code::IdempotencyKeyReused).at("idempotencyKey").into()),
            None => Ok(None),
        }
    }

    /// Remembers what the key made.
    pub fn keep(&self, tx: &mut Tx<'_>, asker: &Viewer, result_id: &str) -> Result<()> {
        diesel::delete(idempotency_keys::table.find((&asker.organization_id, &asker.user_id, &self.key)))
            .execute(tx.conn)?;
        let row = Row {
            organization_id: asker.organization_id.clone(),
            user_id: asker.user_id.clone(),
            key: self.key.clone(),
            input_hash: self.input_hash.clone(),
            result_id: result_id.to_owned(),
            created_at: tx.now,
        };
        diesel::insert_into(idempotency_keys::table)
            .values(row)
            .execute(tx.conn)?;
        Ok(())
    }
}

/// Forgets keys that are older than they count.
pub fn expire(tx: &mut Tx<'_>) -> Result<usize> {
    let end = tx.now - Duration::hours(HOURS);
    Ok(diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.le(end))).execute(tx.conn)?)
}
