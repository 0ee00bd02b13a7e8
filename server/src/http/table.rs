//! Tables that are sent while they are read, piece by piece: neither memory nor a database connection is held for their
//! length. What stands in them is for each export to say.

use std::future::Future;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::stream;

use super::route::disposition;
use crate::domain::csv;
use crate::store;

/// Lines that are read and sent at once.
pub const LINES: i64 = 500;

/// Lines as they are sent, and where the next begin.
pub struct Piece {
    pub text: String,
    pub next: Option<String>,
}

impl Piece {
    /// The same with the beginning of the table before it.
    pub fn under<S: AsRef<str>>(self, head: impl IntoIterator<Item = S>) -> Self {
        Self {
            text: format!("{}{}{}", csv::BYTE_ORDER_MARK, csv::line(head), self.text),
            next: self.next,
        }
    }
}

/// What reads a table.
pub trait Pieces: Send + Sync + 'static {
    /// The lines from there on; the first where there is no place.
    fn piece(&self, from: Option<String>) -> impl Future<Output = store::Result<Piece>> + Send;
}

/// Sends a table of which the first lines were read: what is refused was refused with its status.
pub fn send(pieces: impl Pieces, first: Piece, name: &str, request_id: String) -> HttpResponse {
    let pieces = Arc::new(pieces);
    let lines = stream::try_unfold(Some(first), move |piece| {
        let (pieces, request_id) = (Arc::clone(&pieces), request_id.clone());
        async move {
            let Some(piece) = piece else { return Ok(None) };
            let next = match piece.next {
                Some(from) => Some(
                    pieces
                        .piece(Some(from))
                        .await
                        .map_err(|error| broken(&error, &request_id))?,
                ),
                None => None,
            };
            Ok::<_, std::io::Error>(Some((Bytes::from(piece.text), next)))
        }
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((header::CONTENT_DISPOSITION, disposition(name)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .streaming(lines)
}

/// Ends the body without its end, which is how a receiver learns that lines are missing.
fn broken(error: &store::Error, request_id: &str) -> std::io::Error {
    tracing::error!(request_id, %error, "an export broke off");
    std::io::Error::other("the export broke off")
}
