//! Who gets the version of a rollout: a row for each license. What is done for all of them is done by statements about sets; what is done
//! for one is done by its job. The partner sees all of a rollout, a customer's admin what came to an instance of theirs.

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use serde_json::json;

use super::{Rollout, candidate};
use crate::domain::id::{DeliveryId, InstanceId, LicenseId, OrganizationId, RolloutId};
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::refusal::Refusal;
use crate::domain::rollout::{Kept, SubscriberReason, SubscriberState};
use crate::store::conn::{Conn, Dialect};
use crate::store::instance::AppInstance;
use crate::store::job::{self, NewJob};
use crate::store::page::{Page, PageRequest, paged};
use crate::store::schema::{app_instances, licenses, rollout_subscribers};
use crate::store::{Fault, Result, Signal, Tx};

/// Most keys of one statement.
const KEYS: usize = 500;

/// One of those who get the version of a rollout.
#[derive(Clone, Debug, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = rollout_subscribers, primary_key(rollout_id, license_id), treat_none_as_null = true)]
pub struct Subscriber {
    pub rollout_id: RolloutId,
    pub license_id: LicenseId,
    pub organization_id: OrganizationId,
    pub instance_id: InstanceId,
    /// Nothing where no wave reaches it.
    pub wave: Option<i32>,
    pub state: SubscriberState,
    pub reason: Option<SubscriberReason>,
    /// Of the application when the rollout, or its turn, began.
    pub from_version: String,
    pub frozen_until: Option<Instant>,
    pub delivery_id: Option<DeliveryId>,
    /// JSON, see [`Subscriber::parsed_kept`].
    pub kept: String,
    pub started_at: Option<Instant>,
    pub finished_at: Option<Instant>,
    /// Grows with every change.
    pub version: i32,
}

impl Subscriber {
    /// What stayed as the customer had made it.
    pub fn parsed_kept(&self) -> Result<Vec<Kept>> {
        serde_json::from_str(&self.kept).map_err(|error| {
            let fault = Fault::Inconsistent {
                table: "rollout_subscribers",
                row: format!("{} {}", self.rollout_id, self.license_id),
                what: format!("kept: {error}"),
            };
            fault.into()
        })
    }
}

/// Which subscribers of a list are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct SubscriberFilter {
    pub state: Option<SubscriberState>,
    pub wave: Option<i32>,
}

fn narrowed<'a>(of: &RolloutId, filter: SubscriberFilter) -> rollout_subscribers::BoxedQuery<'a, Dialect> {
    let mut query = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(of.clone()))
        .select(rollout_subscribers::all_columns)
        .into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(rollout_subscribers::state.eq(state));
    }
    if let Some(wave) = filter.wave {
        query = query.filter(rollout_subscribers::wave.eq(wave));
    }
    query
}

/// A page of the subscribers of a rollout that the viewer was shown, by license.
pub fn list(
    conn: &mut Conn,
    rollout: &RolloutId,
    filter: SubscriberFilter,
    page: &PageRequest,
) -> Result<Page<Subscriber>> {
    let query = narrowed(rollout, filter);
    Ok(page.cut(paged!(query, page, rollout_subscribers::license_id, ascending).load(conn)?))
}

/// How many subscribers [`list`] has in all.
pub fn count(conn: &mut Conn, rollout: &RolloutId, filter: SubscriberFilter) -> Result<i64> {
    Ok(narrowed(rollout, filter).select(count_star()).first(conn)?)
}

/// One subscriber of a rollout that the viewer was shown.
pub fn find(conn: &mut Conn, rollout: &RolloutId, license: &LicenseId) -> Result<Option<Subscriber>> {
    let query = rollout_subscribers::table
        .find((rollout, license))
        .select(rollout_subscribers::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The subscriber that a delivery brings the version to.
pub fn of_delivery(conn: &mut Conn, delivery: &DeliveryId) -> Result<Subscriber> {
    let query = rollout_subscribers::table
        .filter(rollout_subscribers::delivery_id.eq(delivery))
        .select(rollout_subscribers::all_columns);
    Ok(query.first(conn)?)
}

/// In which wave and state how many subscribers are.
pub type Counted = (Option<i32>, SubscriberState, i64);

/// How many subscribers of each rollout are in which state, and in which wave.
pub fn counts(conn: &mut Conn, rollouts: &[RolloutId]) -> Result<Vec<(RolloutId, Counted)>> {
    let query = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq_any(rollouts))
        .group_by((
            rollout_subscribers::rollout_id,
            rollout_subscribers::wave,
            rollout_subscribers::state,
        ))
        .select((
            rollout_subscribers::rollout_id,
            (rollout_subscribers::wave, rollout_subscribers::state, count_star()),
        ));
    Ok(query.load(conn)?)
}

/// What came to an instance that the viewer was shown, newest first: what arrived, and nothing of other subscribers.
fn arrived<'a>(instance: &AppInstance) -> rollout_subscribers::BoxedQuery<'a, Dialect> {
    rollout_subscribers::table
        .filter(rollout_subscribers::instance_id.eq(instance.id.clone()))
        .filter(rollout_subscribers::state.eq_any([SubscriberState::Done, SubscriberState::DoneKept]))
        .select(rollout_subscribers::all_columns)
        .into_boxed()
}

/// A page of what came to an instance, newest first.
pub fn of_instance(conn: &mut Conn, instance: &AppInstance, page: &PageRequest) -> Result<Page<Subscriber>> {
    let query = arrived(instance);
    Ok(page.cut(paged!(query, page, rollout_subscribers::rollout_id, descending).load(conn)?))
}

/// How much [`of_instance`] has in all.
pub fn count_of_instance(conn: &mut Conn, instance: &AppInstance) -> Result<i64> {
    Ok(arrived(instance).select(count_star()).first(conn)?)
}

/// Notes everybody who gets the version, with one statement: those whom the dry run counted.
pub fn gather(tx: &mut Tx<'_>, of: &Rollout, versions: &[String]) -> Result<Vec<LicenseId>> {
    let chosen = candidate::chosen(&of.product_id, versions).select((
        (&of.id).into_sql::<Text>(),
        licenses::id,
        licenses::organization_id,
        app_instances::id,
        SubscriberState::Planned.into_sql::<Text>(),
        app_instances::version_number,
        "[]".into_sql::<Text>(),
        1_i32.into_sql::<Integer>(),
    ));
    diesel::insert_into(rollout_subscribers::table)
        .values(chosen)
        .into_columns((
            rollout_subscribers::rollout_id,
            rollout_subscribers::license_id,
            rollout_subscribers::organization_id,
            rollout_subscribers::instance_id,
            rollout_subscribers::state,
            rollout_subscribers::from_version,
            rollout_subscribers::kept,
            rollout_subscribers::version,
        ))
        .execute(tx.conn)?;
    let gathered = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(&of.id))
        .order(rollout_subscribers::license_id.asc())
        .select(rollout_subscribers::license_id);
    Ok(gathered.load(tx.conn)?)
}

/// Puts some subscribers into a wave, hundreds of them with one statement.
pub fn put_into(tx: &mut Tx<'_>, rollout: &RolloutId, wave: i32, licenses: &[LicenseId]) -> Result<()> {
    for piece in licenses.chunks(KEYS) {
        let chosen = rollout_subscribers::table
            .filter(rollout_subscribers::rollout_id.eq(rollout))
            .filter(rollout_subscribers::license_id.eq_any(piece));
        diesel::update(chosen)
            .set(rollout_subscribers::wave.eq(Some(wave)))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Puts everybody who is in no wave yet into one.
pub fn put_rest_into(tx: &mut Tx<'_>, rollout: &RolloutId, wave: i32) -> Result<()> {
    let rest = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(rollout))
        .filter(rollout_subscribers::wave.is_null());
    diesel::update(rest)
        .set(rollout_subscribers::wave.eq(Some(wave)))
        .execute(tx.conn)?;
    Ok(())
}

/// Leaves out everybody whom no wave reaches.
pub fn leave_out(tx: &mut Tx<'_>, rollout: &RolloutId) -> Result<()> {
    let rest = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(rollout))
        .filter(rollout_subscribers::wave.is_null());
    diesel::update(rest)
        .set((
            rollout_subscribers::state.eq(SubscriberState::Skipped),
            rollout_subscribers::reason.eq(Some(SubscriberReason::InNoWave)),
            rollout_subscribers::finished_at.eq(Some(tx.now)),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Moves everybody of a wave, or of the rollout, who is in one of the states to another.
pub fn move_all(
    tx: &mut Tx<'_>,
    rollout: &RolloutId,
    wave: Option<i32>,
    from: &[SubscriberState],
    to: SubscriberState,
) -> Result<usize> {
    let ended = (to == SubscriberState::Stopped).then_some(tx.now);
    let set = (
        rollout_subscribers::state.eq(to),
        rollout_subscribers::finished_at.eq(ended),
        rollout_subscribers::version.eq(rollout_subscribers::version + 1),
    );
    let all = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(rollout))
        .filter(rollout_subscribers::state.eq_any(from));
    Ok(match wave {
        Some(wave) => diesel::update(all.filter(rollout_subscribers::wave.eq(wave)))
            .set(set)
            .execute(tx.conn)?,
        None => diesel::update(all).set(set).execute(tx.conn)?,
    })
}

/// Queues a job for everybody of a wave, or of the rollout, whose turn is yet to come.
pub fn enqueue(tx: &mut Tx<'_>, rollout: &RolloutId, wave: Option<i32>) -> Result<()> {
    let mut query = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(rollout))
        .filter(rollout_subscribers::state.eq_any([SubscriberState::Waiting, SubscriberState::Frozen]))
        .order(rollout_subscribers::license_id.asc())
        .select(rollout_subscribers::license_id)
        .into_boxed::<Dialect>();
    if let Some(wave) = wave {
        query = query.filter(rollout_subscribers::wave.eq(wave));
    }
    let waiting: Vec<LicenseId> = query.load(tx.conn)?;
    let turns = waiting.iter().map(|license| turn(rollout, license, tx.now)).collect();
    job::enqueue_many(tx, turns)
}

/// Queues a job for everybody of an organisation whom a freeze window keeps waiting, because there is one fewer.
pub fn release(tx: &mut Tx<'_>, organization: &OrganizationId) -> Result<()> {
    let frozen: Vec<(RolloutId, LicenseId)> = rollout_subscribers::table
        .filter(rollout_subscribers::organization_id.eq(organization))
        .filter(rollout_subscribers::state.eq(SubscriberState::Frozen))
        .select((rollout_subscribers::rollout_id, rollout_subscribers::license_id))
        .load(tx.conn)?;
    let turns = frozen
        .iter()
        .map(|(rollout, license)| turn(rollout, license, tx.now))
        .collect();
    job::enqueue_many(tx, turns)
}

/// The job of a subscriber. The instant is part of its key, so that one which is just ending for nothing keeps no other away.
fn turn(rollout: &RolloutId, license: &LicenseId, at: Instant) -> NewJob {
    let payload = json!({ "rolloutId": rollout, "licenseId": license });
    let turn = NewJob::new(JobKind::RolloutTurn, payload).at(at);
    turn.once(format!("rollout {rollout} {license} {at}"))
}

/// Queues the job of one subscriber.
pub fn enqueue_at(tx: &mut Tx<'_>, of: &Subscriber, at: Instant) -> Result<()> {
    job::enqueue(tx, turn(&of.rollout_id, &of.license_id, at)).map(drop)
}

/// Saves a subscriber that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Subscriber, after: Subscriber) -> Result<Subscriber> {
    let after = Subscriber {
        version: before.version + 1,
        ..after
    };
    let read = rollout_subscribers::table
        .find((&before.rollout_id, &before.license_id))
        .filter(rollout_subscribers::version.eq(before.version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => {
            tx.signal(Signal::RolloutMoved(after.rollout_id.clone()));
            Ok(after)
        }
        _ => Err(Refusal::stale().into()),
    }
}

/// Whether somebody of a wave, or of the rollout, is in one of the states.
pub fn any(conn: &mut Conn, rollout: &RolloutId, wave: Option<i32>, states: &[SubscriberState]) -> Result<bool> {
    let some = rollout_subscribers::table
        .filter(rollout_subscribers::rollout_id.eq(rollout))
        .filter(rollout_subscribers::state.eq_any(states));
    Ok(match wave {
        Some(wave) => diesel::select(exists(some.filter(rollout_subscribers::wave.eq(wave)))).get_result(conn)?,
        None => diesel::select(exists(some)).get_result(conn)?,
    })
}
