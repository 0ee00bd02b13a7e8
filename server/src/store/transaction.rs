//! The store and its transactions. Reads take a connection of the reading pool; writes run one after another on SQLite
//! (BEGIN IMMEDIATE) and SERIALIZABLE with a bounded retry on PostgreSQL. All of it on blocking threads.

use std::sync::Arc;

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use tokio::sync::{Semaphore, broadcast};

use super::conn::{self, Address, Conn, Manager};
use super::error::{Error, Fault, Result};
use crate::app::Clock;
use crate::domain::id::{DeliveryId, IdSource, NewId, OrganizationId, PackageImportId, UserId};
use crate::domain::instant::Instant;

/// How often a transaction is run again before the fault is given up on.
const ATTEMPTS: u32 = 40;

/// Who does something, for the audit log.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// The person; `None` for the system.
    pub user_id: Option<UserId>,
    /// The organisation that the person acts for.
    pub organization_id: Option<OrganizationId>,
    /// The request that caused it.
    pub request_id: String,
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
}

/// A write transaction: everything done through it is committed together or not at all.
pub struct Tx<'a> {
    pub conn: &'a mut Conn,
    /// The instant of the transaction, in whole microseconds.
    pub now: Instant,
    pub actor: &'a Actor,
    ids: &'a IdSource,
    signals: Vec<Signal>,
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
            readers: conn::pool(address, readers)?,
            writers: conn::pool(address, writers)?,
            read_turns: Arc::new(Semaphore::new(readers as usize)),
            write_turns: Arc::new(Semaphore::new(writers as usize)),
            clock,
            ids: Arc::new(IdSource::default()),
            signals: broadcast::channel(1024).0,
        })
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
        let turn = Arc::clone(&self.write_turns)
            .acquire_owned()
            .await
            .map_err(anyhow::Error::from)?;
        let store = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let result = store.write_blocking(&actor, &work);
            drop(turn);
            result
        });
        task.await.map_err(Fault::from)?
    }

    /// [`Store::write`] for callers that are on a blocking thread already.
    pub fn write_blocking<T>(&self, actor: &Actor, work: &dyn Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut conn = self.writers.get().map_err(Fault::from)?;
        let mut attempt = 1;
        loop {
            match self.attempt(&mut conn, actor, work) {
                Err(error) if error.wants_retry() && attempt < ATTEMPTS => {
                    // Those who collided must not collide again in step.
                    let pause = rand::random_range(0..=attempt.min(10) * 2);
                    std::thread::sleep(std::time::Duration::from_millis(u64::from(pause)));
                    attempt += 1;
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

    fn attempt<T>(&self, conn: &mut Conn, actor: &Actor, work: &dyn Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        type Manage = <Conn as Connection>::TransactionManager;
        match conn {
            Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")?,
            Conn::Postgres(inner) => {
                AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN ISOLATION LEVEL SERIALIZABLE")?;
            }
        }
        let mut tx = Tx {
            conn,
            now: self.now(),
            actor,
            ids: &self.ids,
            signals: Vec::new(),
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

    /// Connections in use and in all, readers then writers: for metrics.
    pub fn pool_use(&self) -> [(u32, u32); 2] {
        [&self.readers, &self.writers].map(|pool| {
            let state = pool.state();
            (state.connections - state.idle_connections, state.connections)
        })
    }
}

fn roll_back(conn: &mut Conn) {
    if let Err(error) = <Conn as Connection>::TransactionManager::rollback_transaction(conn) {
        tracing::warn!(%error, "a transaction could not be rolled back; its connection is replaced");
    }
}
