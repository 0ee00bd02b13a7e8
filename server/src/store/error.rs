//! What a use case can end with besides its result: a refusal that people read, or a fault that is logged once.

use crate::domain::refusal::Refusal;

/// The end of a use case that did not succeed. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Expected; typed in the schema.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Unexpected; the client sees INTERNAL and the request id.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something that should not happen. The chain of causes goes to the log, never to a client.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("database: {0}")]
    Database(#[from] diesel::result::Error),
    #[error("no database connection within the time limit: {0}")]
    Pool(#[from] r2d2::Error),
    /// A stored value that our own code cannot have written: table, row and what is wrong.
    #[error("inconsistent data in {table}, {row}: {what}")]
    Inconsistent {
        table: &'static str,
        row: String,
        what: String,
    },
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    Other(#[from] anyhow::Error),
    #[error("a blocking task ended early: {0}")]
    Join(#[from] tokio::task::JoinError),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Fault(Fault::Database(error))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(Fault::Json(error))
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(Fault::Other(error))
    }
}

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Whether the database asks for the transaction to be run again: a serialization failure or deadlock of
    /// PostgreSQL, or a busy SQLite file.
    pub fn is_collision(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error as Diesel};
        match self {
            Self::Fault(Fault::Database(Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _))) => true,
            Self::Fault(Fault::Database(Diesel::DatabaseError(_, info))) => {
                let text = info.message();
                text.contains("deadlock detected") || text.contains("database is locked")
            }
            _ => false,
        }
    }

    /// Whether a value was taken that nobody said is taken. PostgreSQL answers so in place of a serialization failure where another
    /// transaction has taken it since this one looked, depending on the index by which it looked; run again, it finds the value.
    pub fn is_taken_meanwhile(&self) -> bool {
        matches!(self, Self::Fault(Fault::Database(error)) if is_unique_violation(error))
    }
}

/// Whether a database error says that a value is taken already.
pub fn is_unique_violation(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error as Diesel};
    matches!(error, Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}
