//! Audit entries (P5): written in the transaction of what they record, sealed shortly after into one hash chain per
//! organisation by `jobs::seal`. Entries are never changed after sealing; `appshelf audit verify` proves it.

use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::conn::{Conn, Dialect};
use super::page::{Page, PageRequest};
use super::schema::audit_entries;
use super::{Result, Tx};
use crate::auth::viewer::AuditScope;
use crate::domain::id::{AuditEntryId, MaintenanceSessionId, OrganizationId, UserId};
use crate::domain::instant::Instant;

/// What is recorded. Entries concern one organisation; what concerns two is recorded for both.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// Whose log it stands in.
    pub organization_id: &'a OrganizationId,
    /// Past tense, dotted: `project.submitted`.
    pub action: &'static str,
    pub object_id: &'a str,
    /// What people call the object.
    pub label: &'a str,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// A stored entry.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
pub struct AuditEntry {
    pub position: i64,
    pub id: AuditEntryId,
    pub organization_id: OrganizationId,
    pub at: Instant,
    pub actor_id: Option<UserId>,
    pub acting_organization_id: Option<OrganizationId>,
    pub action: String,
    pub object_id: String,
    pub object_label: String,
    pub before_state: Option<String>,
    pub after_state: Option<String>,
    pub request_id: String,
    pub chain_number: Option<i64>,
    pub chain_hash: Option<String>,
    /// D31: the remote maintenance in which it was done.
    pub maintenance_session_id: Option<MaintenanceSessionId>,
    pub maintenance_reason: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_entries)]
struct NewEntry<'a> {
    id: AuditEntryId,
    organization_id: &'a OrganizationId,
    at: Instant,
    actor_id: Option<&'a UserId>,
    acting_organization_id: Option<&'a OrganizationId>,
    action: &'a str,
    object_id: &'a str,
    object_label: &'a str,
    before_state: Option<String>,
    after_state: Option<String>,
    request_id: &'a str,
    maintenance_session_id: Option<&'a MaintenanceSessionId>,
    maintenance_reason: Option<&'a str>,
}

impl Tx<'_> {
    /// Records a fact; it is committed with what it records.
    pub fn audit(&mut self, fact: Fact<'_>) -> Result<()> {
        let on_behalf = self.actor.on_behalf.as_ref();
        let row = NewEntry {
            id: self.id(),
            organization_id: fact.organization_id,
            at: self.now,
            actor_id: self.actor.user_id.as_ref(),
            acting_organization_id: self.actor.organization_id.as_ref(),
            action: fact.action,
            object_id: fact.object_id,
            object_label: fact.label,
            before_state: fact.before.map(|value| value.to_string()),
            after_state: fact.after.map(|value| value.to_string()),
            request_id: &self.actor.request_id,
            maintenance_session_id: on_behalf.map(|it| &it.maintenance_session_id),
            maintenance_reason: on_behalf.map(|it| it.reason.as_str()),
        };
        diesel::insert_into(audit_entries::table)
            .values(row)
            .execute(self.conn)?;
        Ok(())
    }

    /// Records a fact that concerns two organisations: in the log of the fact's own, then in the other's.
    pub fn audit_for_both(&mut self, other: &OrganizationId, fact: Fact<'_>) -> Result<()> {
        self.audit(fact.clone())?;
        self.audit(Fact {
            organization_id: other,
            ..fact
        })
    }

    /// Records a fact in the log of whom it concerns, and in that of the acting organisation where it is another.
    pub fn audit_with_actor(&mut self, fact: Fact<'_>) -> Result<()> {
        match self.actor.organization_id.clone() {
            Some(acting) if acting != *fact.organization_id => self.audit_for_both(&acting, fact),
            _ => self.audit(fact),
        }
    }
}

/// What a list of entries is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// About one object.
    pub object: Option<String>,
    /// Done in one remote maintenance (D31).
    pub maintenance_session: Option<MaintenanceSessionId>,
}

impl AuditFilter {
    /// Entries about that object.
    pub fn of_object(id: &str) -> Self {
        Self {
            object: Some(id.to_owned()),
            ..Self::default()
        }
    }
}

/// Every entry that the scope may see.
fn visible<'a>(scope: &AuditScope) -> audit_entries::BoxedQuery<'a, Dialect> {
    let query = audit_entries::table.select(audit_entries::all_columns).into_boxed();
    match scope {
        AuditScope::Own(member) => query.filter(audit_entries::organization_id.eq(member.organization_id.clone())),
        AuditScope::Everybody(_) => query,
    }
}

/// Those of them that the filter lets through.
fn narrowed<'a>(scope: &AuditScope, filter: &AuditFilter) -> audit_entries::BoxedQuery<'a, Dialect> {
    let mut query = visible(scope);
    if let Some(object) = filter.object.clone() {
        query = query.filter(audit_entries::object_id.eq(object));
    }
    if let Some(session) = filter.maintenance_session.clone() {
        query = query.filter(audit_entries::maintenance_session_id.eq(session));
    }
    query
}

/// The entries of the scope that the filter lets through, newest first.
pub fn list(conn: &mut Conn, scope: &AuditScope, filter: &AuditFilter, page: &PageRequest) -> Result<Page<AuditEntry>> {
    let query = narrowed(scope, filter);
    // Cursors are texts; the position is a number of its own order.
    let from = page.from.as_ref().and_then(|text| text.parse::<i64>().ok());
    let query = match (page.backwards, from) {
        (false, Some(from)) => query
            .filter(audit_entries::position.lt(from))
            .order(audit_entries::position.desc()),
        (false, None) => query.order(audit_entries::position.desc()),
        (true, Some(from)) => query
            .filter(audit_entries::position.gt(from))
            .order(audit_entries::position.asc()),
        (true, None) => query.order(audit_entries::position.asc()),
    };
    Ok(page.cut(query.limit(page.limit()).load(conn)?))
}

/// How many entries a list has in all.
pub fn count(conn: &mut Conn, scope: &AuditScope, filter: &AuditFilter) -> Result<i64> {
    Ok(narrowed(scope, filter).select(diesel::dsl::count_star()).first(conn)?)
}

/// One entry of the scope, or `None`.
pub fn find(conn: &mut Conn, scope: &AuditScope, id: &AuditEntryId) -> Result<Option<AuditEntry>> {
    let query = visible(scope).filter(audit_entries::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// Whether there are entries to seal.
pub fn any_unsealed(conn: &mut Conn) -> Result<bool> {
    let unsealed = audit_entries::table.filter(audit_entries::chain_number.is_null());
    Ok(diesel::select(diesel::dsl::exists(unsealed)).get_result(conn)?)
}

/// Seals at most `limit` entries that were committed; returns how many. Only one sealer runs at a time: the unique index
/// on organisation and number refuses a second one.
pub fn seal(tx: &mut Tx<'_>, limit: i64) -> Result<usize> {
    let waiting: Vec<AuditEntry> = audit_entries::table
        .filter(audit_entries::chain_number.is_null())
        .order(audit_entries::position.asc())
        .limit(limit)
        .load(tx.conn)?;
    let mut ends = std::collections::HashMap::<OrganizationId, (i64, String)>::new();
    for entry in &waiting {
        let end = match ends.get(&entry.organization_id) {
            Some(end) => end.clone(),
            None => chain_end(tx.conn, &entry.organization_id)?,
        };
        let number = end.0 + 1;
        let hash = chain_hash(&end.1, number, entry);
        diesel::update(audit_entries::table.filter(audit_entries::position.eq(entry.position)))
            .set((
                audit_entries::chain_number.eq(Some(number)),
                audit_entries::chain_hash.eq(Some(&hash)),
            ))
            .execute(tx.conn)?;
        ends.insert(entry.organization_id.clone(), (number, hash));
    }
    Ok(waiting.len())
}

fn chain_end(conn: &mut Conn, organization: &OrganizationId) -> Result<(i64, String)> {
    let end = audit_entries::table
        .filter(audit_entries::organization_id.eq(organization))
        .filter(audit_entries::chain_number.is_not_null())
        .order(audit_entries::chain_number.desc())
        .select((audit_entries::chain_number, audit_entries::chain_hash))
        .first::<(Option<i64>, Option<String>)>(conn)
        .optional()?;
    Ok(end.map_or((0, String::new()), |(number, hash)| {
        (number.unwrap_or(0), hash.unwrap_or_default())
    }))
}

/// SHA-256 over the hash before and every recorded column, each with its length so that no two entries read alike. What
/// was not done in a remote maintenance has no columns for one: entries hash as they did before there were any.
fn chain_hash(before: &str, number: i64, entry: &AuditEntry) -> String {
    let at = entry.at.to_string();
    let number = number.to_string();
    let mut hasher = Sha256::new();
    let mut parts = vec![
        Some(before),
        Some(number.as_str()),
        Some(entry.id.as_str()),
        Some(entry.organization_id.as_str()),
        Some(at.as_str()),
        entry.actor_id.as_ref().map(UserId::as_str),
        entry.acting_organization_id.as_ref().map(OrganizationId::as_str),
        Some(entry.action.as_str()),
        Some(entry.object_id.as_str()),
        Some(entry.object_label.as_str()),
        entry.before_state.as_deref(),
        entry.after_state.as_deref(),
        Some(entry.request_id.as_str()),
    ];
    if entry.maintenance_session_id.is_some() || entry.maintenance_reason.is_some() {
        parts.push(entry.maintenance_session_id.as_ref().map(MaintenanceSessionId::as_str));
        parts.push(entry.maintenance_reason.as_deref());
    }
    for part in parts {
        // An absent value and an empty one differ.
        let length = part.map_or(-1, |text| text.len() as i64);
        hasher.update(length.to_be_bytes());
        hasher.update(part.unwrap_or_default());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What `appshelf audit verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Organisations whose chain was walked.
    pub organizations: usize,
    /// Entries that are sealed and hold.
    pub entries: usize,
    /// Entries not sealed yet.
    pub unsealed: i64,
    /// The first broken place of each broken chain, in words.
    pub broken: Vec<String>,
}

/// Walks every chain from its start and recomputes every hash.
pub fn verify(conn: &mut Conn) -> Result<Verification> {
    let mut found = Verification::default();
    let organizations: Vec<OrganizationId> = audit_entries::table
        .select(audit_entries::organization_id)
        .distinct()
        .load(conn)?;
    for organization in organizations {
        found.organizations += 1;
        verify_chain(conn, &organization, &mut found)?;
    }
    found.unsealed = audit_entries::table
        .filter(audit_entries::chain_number.is_null())
        .count()
        .get_result(conn)?;
    Ok(found)
}

fn verify_chain(conn: &mut Conn, organization: &OrganizationId, found: &mut Verification) -> Result<()> {
    let (mut number, mut hash) = (0_i64, String::new());
    loop {
        let part: Vec<AuditEntry> = audit_entries::table
            .filter(audit_entries::organization_id.eq(organization))
            .filter(audit_entries::chain_number.gt(number))
            .order(audit_entries::chain_number.asc())
            .limit(1000)
            .load(conn)?;
        if part.is_empty() {
            return Ok(());
        }
        for entry in part {
            let expected = number + 1;
            let computed = chain_hash(&hash, expected, &entry);
            if entry.chain_number != Some(expected) || entry.chain_hash.as_deref() != Some(computed.as_str()) {
                found.broken.push(format!(
                    "{organization}: the chain breaks at number {expected} ({})",
                    entry.id
                ));
                return Ok(());
            }
            (number, hash) = (expected, computed);
            found.entries += 1;
        }
    }
}
