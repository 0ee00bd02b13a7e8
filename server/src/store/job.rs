//! The durable queue (its workers are `jobs`). A job is enqueued in the transaction of what wants it, so that neither is
//! ever there without the other. A worker holds a job by a lease that it renews; whoever lost the lease changes nothing.

use std::collections::HashSet;

use chrono::Duration;
use diesel::prelude::*;
use serde_json::Value;

use super::conn::{Conn, on_each_backend};
use super::schema::jobs;
use super::{Result, Signal, Tx};
use crate::domain::id::JobId;
use crate::domain::instant::Instant;
use crate::domain::job::{JobKind, JobStatus, Lane, backoff};

/// How often a job is tried when nothing else is asked for.
pub const DEFAULT_ATTEMPTS: i32 = 8;

/// A job whose workers died that often without getting anywhere is taken for what kills them.
pub const MOST_LOST_LEASES: i32 = 50;

/// What is wanted.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub kind: JobKind,
    /// What the handler needs: ids, never content.
    pub payload: Value,
    /// At most one unfinished job has this key; a second is not made.
    pub dedupe_key: Option<String>,
    /// Not before; `None` is now.
    pub run_at: Option<Instant>,
    /// Attempts without progress before it is given up, at least 1.
    pub max_attempts: i32,
}

impl NewJob {
    /// A job for now.
    pub fn new(kind: JobKind, payload: Value) -> Self {
        Self {
            kind,
            payload,
            dedupe_key: None,
            run_at: None,
            max_attempts: DEFAULT_ATTEMPTS,
        }
    }

    /// A job for later.
    pub fn at(self, run_at: Instant) -> Self {
        Self {
            run_at: Some(run_at),
            ..self
        }
    }

    /// Not made where an unfinished one has the same key.
    pub fn once(mut self, dedupe_key: impl Into<String>) -> Self {
        self.dedupe_key = Some(dedupe_key.into());
        self
    }
}

/// A stored job.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    /// JSON.
    pub payload: String,
    pub status: JobStatus,
    pub dedupe_key: Option<String>,
    pub run_at: Instant,
    /// Times that it was begun since it last got somewhere, this one included.
    pub attempts: i32,
    /// Times that its worker died since then. Counted apart, because a server that is killed says little about the job.
    pub lost_leases: i32,
    pub max_attempts: i32,
    pub lease: Option<String>,
    pub leased_until: Option<Instant>,
    pub last_error: Option<String>,
    pub created_at: Instant,
    pub finished_at: Option<Instant>,
}

/// Proof of having leased a job: its id and the value that only this lease has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub job_id: JobId,
    pub token: String,
}

impl Job {
    /// The lease under which the job was taken.
    pub fn held(&self) -> Lease {
        Lease {
            job_id: self.id.clone(),
            token: self.lease.clone().unwrap_or_default(),
        }
    }

    /// Whether its attempts are used up, so that it is to be given up instead of run.
    pub fn is_exhausted(&self) -> bool {
        self.attempts > self.max_attempts || self.lost_leases > MOST_LOST_LEASES
    }
}

/// Queues a job in this transaction; the id of the unfinished one where its key is taken.
pub fn enqueue(tx: &mut Tx<'_>, new: NewJob) -> Result<JobId> {
    if let Some(key) = &new.dedupe_key {
        let same = jobs::table.filter(jobs::dedupe_key.eq(key)).select(jobs::id);
        if let Some(id) = same.first(tx.conn).optional()? {
            return Ok(id);
        }
    }
    let row = queued(tx, new);
    diesel::insert_into(jobs::table).values(&row).execute(tx.conn)?;
    tx.signal(Signal::JobQueued);
    Ok(row.id)
}

/// Most rows of one INSERT: their columns stay far below what both databases bind in one statement.
const ROWS: usize = 400;

/// Queues many jobs in this transaction, but for those whose key an unfinished one has; some statements for hundreds of them.
pub fn enqueue_many(tx: &mut Tx<'_>, new: Vec<NewJob>) -> Result<()> {
    let mut rest = new.into_iter().peekable();
    while rest.peek().is_some() {
        let piece: Vec<NewJob> = rest.by_ref().take(ROWS).collect();
        let keys: Vec<Option<&str>> = piece.iter().map(|job| job.dedupe_key.as_deref()).collect();
        let taken: HashSet<Option<String>> = jobs::table
            .filter(jobs::dedupe_key.eq_any(keys))
            .select(jobs::dedupe_key)
            .load(tx.conn)?
            .into_iter()
            .collect();
        let free = piece.into_iter().filter(|job| !taken.contains(&job.dedupe_key));
        let rows: Vec<Job> = free.map(|job| queued(tx, job)).collect();
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(jobs::table)
            .values(&rows)
            .execute(conn))?;
    }
    tx.signal(Signal::JobQueued);
    Ok(())
}

fn queued(tx: &Tx<'_>, new: NewJob) -> Job {
    Job {
        id: tx.id(),
        kind: new.kind.as_str().to_owned(),
        payload: new.payload.to_string(),
        status: JobStatus::Queued,
        dedupe_key: new.dedupe_key,
        run_at: new.run_at.unwrap_or(tx.now),
        attempts: 0,
        lost_leases: 0,
        max_attempts: new.max_attempts.max(1),
        lease: None,
        leased_until: None,
        last_error: None,
        created_at: tx.now,
        finished_at: None,
    }
}

/// Leases the job that has been due longest: a queued one, or one whose worker stopped renewing. `token` is new with
/// every call. Counts the attempt, or the lost lease.
pub fn lease(tx: &mut Tx<'_>, lane: Lane, token: &str, length: Duration) -> Result<Option<Job>> {
    let (now, until) = (tx.now, tx.now + length);
    let due = jobs::status
        .eq(JobStatus::Queued)
        .and(jobs::run_at.le(now))
        .or(jobs::status
            .eq(JobStatus::Running)
            .and(jobs::leased_until.le(now).assume_not_null()));
    let first = jobs::table
        .filter(due)
        .filter(in_lane(lane))
        .order((jobs::run_at.asc(), jobs::id.asc()))
        .limit(1)
        .select((jobs::id, jobs::status));
    // PostgreSQL passes over jobs that another worker is taking; SQLite has one writer at a time.
    let found: Option<(JobId, JobStatus)> = match &mut *tx.conn {
        Conn::Sqlite(conn) => first.first(conn).optional()?,
        Conn::Postgres(conn) => first.for_update().skip_locked().first(conn).optional()?,
    };
    let Some((id, status)) = found else { return Ok(None) };
    let (begun, lost) = match status {
        JobStatus::Running => (0, 1),
        JobStatus::Queued | JobStatus::Done | JobStatus::Dead => (1, 0),
    };
    let set = (
        jobs::status.eq(JobStatus::Running),
        jobs::lease.eq(Some(token)),
        jobs::leased_until.eq(Some(until)),
        jobs::attempts.eq(jobs::attempts + begun),
        jobs::lost_leases.eq(jobs::lost_leases + lost),
    );
    let taken = on_each_backend!(&mut *tx.conn, |conn| diesel::update(jobs::table.find(&id))
        .set(set)
        .returning(jobs::all_columns)
        .get_result::<Job>(conn)?);
    Ok(Some(taken))
}

/// Makes the lease last until `length` from now; false where it was lost. One that progress has just made last longer is left as it is,
/// so that the next step of the job does not collide with a change of no use.
pub fn renew(tx: &mut Tx<'_>, lease: &Lease, length: Duration) -> Result<bool> {
    let worn = tx.now + length * 3 / 4;
    let changed = diesel::update(held(lease).filter(jobs::leased_until.lt(worn).assume_not_null()))
        .set(jobs::leased_until.eq(Some(tx.now + length)))
        .execute(tx.conn)?;
    Ok(changed == 1 || diesel::select(diesel::dsl::exists(held(lease))).get_result(tx.conn)?)
}

/// Renews the lease and forgets earlier attempts, because the job got somewhere; false where the lease was lost, and
/// then nothing of this transaction may stay.
pub fn progress(tx: &mut Tx<'_>, lease: &Lease, length: Duration) -> Result<bool> {
    let changed = diesel::update(held(lease))
        .set((
            jobs::leased_until.eq(Some(tx.now + length)),
            jobs::attempts.eq(1),
            jobs::lost_leases.eq(0),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// The job is done; false where the lease was lost.
pub fn finish(tx: &mut Tx<'_>, lease: &Lease) -> Result<bool> {
    end(tx, lease, JobStatus::Done, None)
}

/// The job is given up; false where the lease was lost.
pub fn bury(tx: &mut Tx<'_>, lease: &Lease, error: &str) -> Result<bool> {
    end(tx, lease, JobStatus::Dead, Some(error))
}

fn end(tx: &mut Tx<'_>, lease: &Lease, status: JobStatus, error: Option<&str>) -> Result<bool> {
    let key: Option<String> = None;
    let token: Option<String> = None;
    let changed = diesel::update(held(lease))
        .set((
            jobs::status.eq(status),
            jobs::finished_at.eq(Some(tx.now)),
            jobs::dedupe_key.eq(key),
            jobs::lease.eq(token),
            jobs::leased_until.eq(None::<Instant>),
        ))
        .execute(tx.conn)?;
    if changed == 1 && error.is_some() {
        diesel::update(jobs::table.find(&lease.job_id))
            .set(jobs::last_error.eq(error))
            .execute(tx.conn)?;
    }
    Ok(changed == 1)
}

/// Puts a failed job back, later with every attempt (`chance` 0 to 1 spreads them); after its last attempt at once, to
/// be given up. False where the lease was lost.
pub fn retry(tx: &mut Tx<'_>, job: &Job, error: &str, chance: f64) -> Result<bool> {
    let wait = match job.attempts < job.max_attempts {
        true => backoff(job.attempts, chance),
        false => Duration::zero(),
    };
    put_back(tx, &job.held(), tx.now + wait, job.attempts, Some(error))
}

/// Puts a job back untried for a moment, because it could not get past others at the database: that says nothing about the job.
pub fn postpone(tx: &mut Tx<'_>, job: &Job, error: &str, chance: f64) -> Result<bool> {
    let run_at = tx.now + backoff(1, chance);
    put_back(tx, &job.held(), run_at, job.attempts - 1, Some(error))
}

/// Puts a job back untried, because its worker is being stopped.
pub fn release(tx: &mut Tx<'_>, job: &Job) -> Result<bool> {
    put_back(tx, &job.held(), tx.now, job.attempts - 1, job.last_error.as_deref())
}

fn put_back(tx: &mut Tx<'_>, lease: &Lease, run_at: Instant, attempts: i32, error: Option<&str>) -> Result<bool> {
    let changed = diesel::update(held(lease))
        .set((
            jobs::status.eq(JobStatus::Queued),
            jobs::run_at.eq(run_at),
            jobs::attempts.eq(attempts.max(0)),
            jobs::lease.eq(None::<String>),
            jobs::leased_until.eq(None::<Instant>),
            jobs::last_error.eq(error),
        ))
        .execute(tx.conn)?;
    tx.signal(Signal::JobQueued);
    Ok(changed == 1)
}

/// The job of a lease, while it is held.
#[diesel::dsl::auto_type]
fn held<'a>(lease: &'a Lease) -> _ {
    let token: &'a str = lease.token.as_str();
    let id: &'a JobId = &lease.job_id;
    jobs::table.filter(jobs::id.eq(id)).filter(jobs::lease.eq(token))
}

/// Whether a job belongs to the lane.
#[diesel::dsl::auto_type]
fn in_lane(lane: Lane) -> _ {
    let mail: &'static str = JobKind::Mail.as_str();
    let mails: bool = lane == Lane::Mails;
    jobs::kind.eq(mail).eq(mails)
}

/// When the next job of the lane is due or its next lease runs out; `None` where there is none.
pub fn next_due(conn: &mut Conn, lane: Lane) -> Result<Option<Instant>> {
    let queued: Option<Instant> = jobs::table
        .filter(jobs::status.eq(JobStatus::Queued))
        .filter(in_lane(lane))
        .order(jobs::run_at.asc())
        .select(jobs::run_at)
        .first(conn)
        .optional()?;
    let leased: Option<Option<Instant>> = jobs::table
        .filter(jobs::status.eq(JobStatus::Running))
        .filter(in_lane(lane))
        .order(jobs::leased_until.asc())
        .select(jobs::leased_until)
        .first(conn)
        .optional()?;
    Ok([queued, leased.flatten()].into_iter().flatten().min())
}

/// One job by id.
pub fn get(conn: &mut Conn, id: &JobId) -> Result<Job> {
    Ok(jobs::table.find(id).select(jobs::all_columns).first(conn)?)
}

/// Jobs by status: for metrics.
pub fn counts(conn: &mut Conn) -> Result<Vec<(JobStatus, i64)>> {
    let query = jobs::table
        .group_by(jobs::status)
        .select((jobs::status, diesel::dsl::count_star()));
    Ok(query.load(conn)?)
}

/// Forgets jobs that ended before `end`; returns how many.
pub fn expire(tx: &mut Tx<'_>, end: Instant) -> Result<usize> {
    Ok(diesel::delete(jobs::table.filter(jobs::finished_at.le(end).assume_not_null())).execute(tx.conn)?)
}
