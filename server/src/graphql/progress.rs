//! Streams that follow one thing until it is finished: it is read again whenever the store says that it moved, and every
//! now and then, because another server may have moved it. Equal readings are not sent twice.

use std::time::Duration;

use async_graphql::futures_util::stream::{BoxStream, StreamExt, unfold};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::context::query_error;
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::{self, Signal, Store};

/// What is followed.
pub trait Followed: Clone + Send + Sync + 'static {
    /// What a reading is compared by; a reading that equals the one before is not sent.
    type State: PartialEq + Send;

    /// The longest time between two readings.
    const LOOK_EVERY: Duration = Duration::from_secs(1);

    /// What a reading is compared by.
    fn state(&self) -> Self::State;

    /// Whether nothing will move any more.
    fn is_finished(&self) -> bool;
}

/// Follows what `read` finds, woken by the signals that concern it. Ends after the reading that is finished, or with
/// NOT_FOUND where there is nothing to follow (any more).
pub fn follow<T: Followed>(
    store: &Store,
    locale: Locale,
    concerns: impl Fn(&Signal) -> bool + Send + 'static,
    read: impl Fn(&mut Conn) -> store::Result<Option<T>> + Clone + Send + 'static,
) -> BoxStream<'static, async_graphql::Result<T>> {
    // Listens before the first reading, so that nothing between the two is missed.
    let follower = Follower {
        signals: store.signals(),
        store: store.clone(),
        locale,
        concerns,
        read,
        sent: None,
        over: false,
    };
    unfold(follower, |mut follower| async move {
        let next = follower.next().await?;
        Some((next, follower))
    })
    .boxed()
}

struct Follower<T: Followed, C, R> {
    store: Store,
    signals: Receiver<Signal>,
    locale: Locale,
    concerns: C,
    read: R,
    sent: Option<T::State>,
    over: bool,
}

impl<T, C, R> Follower<T, C, R>
where
    T: Followed,
    C: Fn(&Signal) -> bool,
    R: Fn(&mut Conn) -> store::Result<Option<T>> + Clone + Send + 'static,
{
    async fn next(&mut self) -> Option<async_graphql::Result<T>> {
        loop {
            if self.over {
                return None;
            }
            if self.sent.is_some() {
                self.moved().await;
            }
            let reading = self.store.read(self.read.clone()).await;
            let found = match reading.and_then(|found| Ok(found.ok_or_else(Refusal::not_found)?)) {
                Ok(found) => found,
                Err(error) => {
                    self.over = true;
                    return Some(Err(query_error(error, self.locale)));
                }
            };
            self.over = found.is_finished();
            let state = found.state();
            if self.sent.as_ref() != Some(&state) {
                self.sent = Some(state);
                return Some(Ok(found));
            }
        }
    }

    /// Returns when there may be something new.
    async fn moved(&mut self) {
        let look = tokio::time::sleep(T::LOOK_EVERY);
        tokio::pin!(look);
        loop {
            tokio::select! {
                () = &mut look => return,
                heard = self.signals.recv() => match heard {
                    Ok(signal) if !(self.concerns)(&signal) => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    // The store goes on, so this cannot last; the timer is enough until then.
                    Err(RecvError::Closed) => return look.await,
                },
            }
        }
    }
}
