//! Pictures of products, which strangers see: nothing of them is kept but their pixels. What was sent is decoded within bounds and
//! written anew (`remake`), so that places, names and whatever hid behind the picture are gone. What a picture may measure is
//! `domain::picture`.

mod jpeg;
mod remake;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use tokio::sync::Semaphore;

use super::media_type;
use super::storage::UploadError;
use crate::domain::file::{FilePurpose, MediaType};
use crate::domain::picture::{Dimensions, PictureRule};
use crate::domain::problem::Problem;
use remake::Header;

/// Bytes of memory from which on a picture is decoded with no other beside it.
const LARGE: u64 = 64 * 1024 * 1024;

/// A picture as it is kept.
#[derive(Clone, Debug)]
pub struct Picture {
    pub bytes: Bytes,
    pub media_type: MediaType,
    pub dimensions: Dimensions,
}

/// Decodes and writes pictures, as many at once as there are cores. Clones share that bound.
#[derive(Clone, Debug)]
pub struct Pictures {
    places: u32,
    turns: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Pictures {
            places: u32::try_from(cores).unwrap_or(1),
            turns: Arc::new(Semaphore::new(cores)),
        }
    }
}

impl Pictures {
    /// Reads what is sent, not more than the purpose allows, and makes a picture of its own of it.
    pub async fn read<S, E>(&self, purpose: FilePurpose, rule: PictureRule, sent: S) -> Result<Picture, UploadError>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let bytes = collect(purpose, sent).await?;
        let media_type = match media_type::sniff(&bytes) {
            Some(found) if purpose.allowed().contains(&found) => found,
            _ if bytes.is_empty() => return Err(UploadError::Refused(Problem::Required)),
            _ => return Err(UploadError::Refused(purpose.wrong_kind())),
        };
        self.remake(rule, media_type, bytes).await.map_err(UploadError::Refused)
    }

    async fn remake(&self, rule: PictureRule, media_type: MediaType, bytes: Bytes) -> Result<Picture, Problem> {
        let header = apart(move || Header::read(rule, media_type, bytes)).await?;
        let places = if header.memory() > LARGE { self.places } else { 1 };
        // Nobody closes it.
        let turn = Arc::clone(&self.turns).acquire_many_owned(places).await.ok();
        apart(move || {
            let picture = header.remake(rule);
            // The turn ends with the work, not with a sender who hung up.
            drop(turn);
            picture
        })
        .await
    }
}

/// All bytes of an upload, which are few.
async fn collect<S, E>(purpose: FilePurpose, sent: S) -> Result<Bytes, UploadError>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut sent = std::pin::pin!(sent);
    let mut bytes = BytesMut::new();
    while let Some(chunk) = sent.next().await {
        let chunk = chunk.map_err(|error| UploadError::Interrupted(error.into()))?;
        if (bytes.len() + chunk.len()) as u64 > purpose.max_bytes() {
            return Err(UploadError::Refused(purpose.too_large()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// On a thread that may take its time. A picture over which a decoder stumbles is broken, and the log says so.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a picture could not be decoded");
        Err(Problem::FileBroken)
    })
}
