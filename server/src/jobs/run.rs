//! Which handler does which kind of job. A handler may be started again after a crash at any place, so it asks the
//! database what is left to do.

use serde_json::Value;

use super::Held;
use crate::domain::job::JobKind;
use crate::store::Store;

/// What handlers are given.
#[derive(Clone)]
pub struct Context {
    store: Store,
}

impl Context {
    /// A context over a store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// How a job ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Its attempts were used up; what depends on it was told.
    GivenUp,
}

/// Does a job. An error lets it be tried again later.
pub async fn run(_: &Context, kind: JobKind, payload: &Value, _: &Held) -> anyhow::Result<()> {
    match kind {
        #[cfg(test)]
        JobKind::ContractAmounts if payload["test"] == "panic" => panic!("as the test wants it"),
        #[cfg(test)]
        JobKind::ContractAmounts if payload["of"].is_string() => super::tests::note(payload).await,
        JobKind::Delivery | JobKind::ContractAmounts | JobKind::PackageImport => {
            anyhow::bail!("this server does not know how to do a {kind} job: {payload}")
        }
    }
}

/// Tells what waits for a job that it will not be done.
pub async fn give_up(_: &Context, kind: JobKind, payload: &Value, error: &str) -> anyhow::Result<()> {
    tracing::warn!(%kind, %payload, error, "nobody waits for this job");
    Ok(())
}
