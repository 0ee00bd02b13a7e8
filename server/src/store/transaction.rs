//! The store and its transactions. Reads take a connection of the reading pool; writes run one after another on SQLite
//! (BEGIN IMMEDIATE) and SERIALIZABLE on PostgreSQL, run again where they collide (`collision`). All of it on blocking threads.

use std::sync::Arc;

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use tokio::sync::{Semaphore, broadcast};

use super::collision::Collisions;
use super::conn::{self, Address, Conn, Manager, Purpose};
use super::error::{Error, Fault, Result};
use crate::app::Clock;
use crate::domain::id::{
    DeliveryId, IdSource, InstanceId, MaintenanceSessionId, NewId, OrganizationId, PackageImportId, RolloutId,
    ServiceRequestId, UserId,
};
use crate::domain::instant::Instant;

/// Who does something, for the audit log.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// The person; `None` for the system.
    pub user_id: Option<UserId>,
    /// The organisation that the person acts for; of a partner's developer at a customer's, their own.
    pub organization_id: Option<OrganizationId>,
    /// D31: the remote maintenance in which a partner's developer acts for the customer.
    pub on_behalf: Option<OnBehalf>,
    /// The request that caused it.
    pub request_id: String,
}

/// D31: what every entry carries that a partner's developer causes at a customer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnBehalf {
    pub maintenance_session_id: MaintenanceSessionId,
    pub reason: String,
}

/// What others in the process want to hear about after a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// There is work in the queue.
    JobQueued,
    /// A delivery moved.
    DeliveryMoved(DeliveryId),
    /// An import moved.
    ImportMoved(PackageImportId),
    /// The person was told something, or has read it.
    InboxChanged(UserId),
    /// A remote maintenance moved.
    MaintenanceMoved(MaintenanceSessionId),
    /// A seat of an instance was taken or freed.
    SeatsMoved(InstanceId),
    /// A rollout moved, or one of its subscribers.
    RolloutMoved(RolloutId),
    /// Something was written in a service request.
    ServiceRequestMoved(ServiceRequestId),
}

/// The database, its pools and the signals of what was committed. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    readers: r2d2::Pool<Manager>,
    writers: r2d2::Pool<Manager>,
    /// Waiting requests queue here, not on blocking threads that others need.
    read_turns: Arc<Semaphore>,
    write_turns: Arc<Semaphore>,
    clock: Clock,
    ids: Arc<IdSource>,
    signals: broadcast::Sender<Signal>,
    collisions: Arc<Collisions>,
    sends_mails: bool,
}

/// How far PostgreSQL keeps a transaction apart from others. SQLite has one writer at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Isolation {
    Serializable,
    ReadCommitted,
}

/// A write transaction: everything done through it is committed together or not at all.
pub struct Tx<'a> {
    pub conn: &'a mut Conn,
    /// The instant of the transaction, in whole microseconds.
    pub now: Instant,
    pub actor: &'a Actor,
    ids: &'a IdSource,
    signals: Vec<Signal>,
    /// Whether mails of notifications are queued.
    pub(super) sends_mails: bool,
}

impl Tx<'_> {
    /// A new id.
    pub fn id<I: From<NewId>>(&self) -> I {
        self.ids.next(self.now.utc())
    }

    /// Tells the process after the commit.
    pub fn signal(&mut self, signal: Signal) {
        if !self.signals.contains(&signal) {
            self.signals.push(signal);
        }
    }
}

impl Store {
    /// Opens the pools. SQLite has one writer.
    pub fn open(address: &Address, readers: u32, clock: Clock) -> anyhow::Result<Self> {
        let writers = match address {
            Address::Sqlite(_) => 1,
            Address::Postgres(_) => readers.max(2),
        };
        Ok(Self {
            readers: conn::pool(address, Purpose::Reading, readers)?,
            writers: conn::pool(address, Purpose::Writing, writers)?,
            read_turns: Arc::new(Semaphore::new(readers as usize)),
            write_turns: Arc::new(Semaphore::new(writers as usize)),
            clock,
            ids: Arc::new(IdSource::default()),
            signals: broadcast::channel(1024).0,
            collisions: Arc::default(),
            sends_mails: false,
        })
    }

    /// The same store, queueing mails of notifications for those who want them; otherwise it queues none.
    pub fn sending_mails(self) -> Self {
        Self {
            sends_mails: true,
            ..self
        }
    }

    /// Whether mails of notifications are queued.
    pub fn sends_mails(&self) -> bool {
        self.sends_mails
    }

    /// Hears what is committed from now on in this process.
    pub fn signals(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }

    /// The current instant, in whole microseconds as both databases keep it.
    pub fn now(&self) -> Instant {
        Instant::from(self.clock.now())
    }

    /// Runs reads on one connection, on a blocking thread.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.read_turns)
            .acquire_owned()
            .await
            .map_err(anyhow::Error::from)?;
        let pool = self.readers.clone();
        let task = tokio::task::spawn_blocking(move || {
            let mut conn = pool.get().map_err(Fault::from)?;
            let result = work(&mut conn);
            drop(turn);
            result
        });
        task.await.map_err(Fault::from)?
    }

    /// Runs one use case in one write transaction, on a blocking thread. The work may run again when PostgreSQL asks for
    /// it, so it does nothing but read and write through the transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        actor: Actor,
        work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_at(Isolation::Serializable, actor, work).await
    }

    /// [`Store::write`] for housekeeping that looks at rows one by one and changes each by compare-and-set, such as taking and renewing
    /// the leases of jobs. READ COMMITTED on PostgreSQL: no use case ever runs again because of it.
    pub async fn keep_house<T: Send + 'static>(
        &self,
        actor: Actor,
        work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_at(Isolation::ReadCommitted, actor, work).await
    }

    async fn write_at<T: Send + 'static>(
        &self,
        isolation: Isolation,
        actor: Actor,
        work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.write_turns)
            .acquire_owned()
            .await
            .map_err(anyhow::Error::from)?;
        let store = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let result = store.run(isolation, &actor, &work);
            drop(turn);
            result
        });
        task.await.map_err(Fault::from)?
    }

    /// [`Store::write`] for callers that are on a blocking thread already.
    pub fn write_blocking<T>(&self, actor: &Actor, work: &dyn Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.run(Isolation::Serializable, actor, work)
    }

    fn run<T>(&self, isolation: Isolation, actor: &Actor, work: &dyn Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut conn = self.writers.get().map_err(Fault::from)?;
        let mut contender = self.collisions.contender();
        let mut was_taken = false;
        loop {
            match self.attempt(&mut conn, isolation, actor, work) {
                Err(error) if error.is_collision() && contender.may_run_again() => {
                    tracing::debug!(%error, "a transaction collided with another and runs again");
                }
                // Once: who is told of it again made the value twice, which is a fault.
                Err(error) if error.is_taken_meanwhile() && !was_taken && contender.may_run_again() => {
                    was_taken = true;
                    tracing::debug!(%error, "a value was taken meanwhile, and the transaction runs again");
                }
                other => return other,
            }
        }
    }

    /// [`Store::read`] for callers that are on a blocking thread already.
    pub fn read_blocking<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let mut conn = self.readers.get().map_err(Fault::from)?;
        work(&mut conn)
    }

    fn attempt<T>(
        &self,
        conn: &mut Conn,
        isolation: Isolation,
        actor: &Actor,
        work: &dyn Fn(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        type Manage = <Conn as Connection>::TransactionManager;
        match conn {
            Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")?,
            Conn::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(inner, isolation.begin())?,
        }
        let mut tx = Tx {
            conn,
            now: self.now(),
            actor,
            ids: &self.ids,
            signals: Vec::new(),
            sends_mails: self.sends_mails,
        };
        // A panic inside must not leave the transaction open on a pooled connection.
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&mut tx)));
        let Tx { conn, signals, .. } = tx;
        match done {
            Ok(Ok(value)) => {
                if let Err(error) = Manage::commit_transaction(conn) {
                    return Err(Error::from(error));
                }
                for signal in signals {
                    // Nobody listening is fine.
                    drop(self.signals.send(signal));
                }
                Ok(value)
            }
            Ok(Err(error)) => {
                roll_back(conn);
                Err(error)
            }
            Err(panic) => {
                roll_back(conn);
                std::panic::resume_unwind(panic)
            }
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.read(|conn| Ok(diesel::r2d2::R2D2Connection::ping(conn)?)).await
    }

    /// Times that a transaction was refused because of another one and had to be run again: for metrics.
    pub fn collisions(&self) -> u64 {
        self.collisions.count()
    }

    /// Connections in use and in all, readers then writers: for metrics.
    pub fn pool_use(&self) -> [(u32, u32); 2] {
        [&self.readers, &self.writers].map(|pool| {
            let state = pool.state();
            (state.connections - state.idle_connections, state.connections)
        })
    }
}

impl Isolation {
    fn begin(self) -> &'static str {
        match self {
            Self::Serializable => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            Self::ReadCommitted => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }
}

fn roll_back(conn: &mut Conn) {
    if let Err(error) = <Conn as Connection>::TransactionManager::rollback_transaction(conn) {
        tracing::warn!(%error, "a transaction could not be rolled back; its connection is replaced");
    }
}
