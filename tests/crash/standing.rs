//! How far the deliveries of a round have come, read from the database itself: every commit of a worker counts a delivery's version on.

use anyhow::Result;
use appshelf::domain::id::DeliveryId;
use appshelf::store::delivery;
use appshelf_tests::api::TestApp;

/// Deliveries at one moment, in the order in which they were asked for.
pub struct Standing(Vec<(i32, bool)>);

impl Standing {
    /// Looks.
    pub async fn of(app: &TestApp, deliveries: &[DeliveryId]) -> Result<Self> {
        let ids = deliveries.to_vec();
        let read = app.app.store.read(move |conn| {
            ids.iter()
                .map(|id| delivery::get(conn, id).map(|found| (found.version, found.status.is_active())))
                .collect()
        });
        Ok(Self(read.await?))
    }

    /// Whether every delivery has ended.
    pub fn is_over(&self) -> bool {
        self.0.iter().all(|(_, active)| !active)
    }

    /// Whether anything was committed since.
    pub fn is_further_than(&self, before: &Self) -> bool {
        self.moved_since(before).next().is_some()
    }

    /// Whether a delivery that got somewhere since has not ended: whoever worked on it was in the middle of it.
    pub fn is_amid_what_moved_since(&self, before: &Self) -> bool {
        self.moved_since(before).any(|active| active)
    }

    /// The deliveries that moved since, each with whether it goes on.
    fn moved_since(&self, before: &Self) -> impl Iterator<Item = bool> {
        let pairs = self.0.iter().zip(&before.0);
        pairs
            .filter(|((now, _), (then, _))| now > then)
            .map(|((_, active), _)| *active)
    }
}
