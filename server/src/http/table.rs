//! Tables that are sent while they are read, piece by piece: neither memory nor a database connection is held for their
//! length. What stands in them and what they are called is for each export to say.

use std::future::Future;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;

use super::request::meta;
use super::route::{disposition, refuse, sign_in};
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::csv;
use crate::store;
use crate::store::conn::Conn;
use crate::store::page::PageRequest;

/// Lines that are read and sent at once.
const LINES: i64 = 500;

/// Lines as they are sent, and where the next begin.
pub struct Piece {
    pub text: String,
    pub next: Option<String>,
}

/// What reads a table.
pub trait Pieces: Send + Sync + 'static {
    /// What the file is called.
    fn name(&self) -> String;

    /// The heads of the columns.
    fn heads(&self) -> Vec<String>;

    /// The lines from there on; the first where there is no place.
    fn piece(&self, from: Option<String>) -> impl Future<Output = store::Result<Piece>> + Send;
}

/// The lines from there on, of what `read` reads of a page, with the key of its last; `cells` says what stands in one of them.
pub async fn lines_from<L: Send + 'static, C: IntoIterator<Item: AsRef<str>>>(
    app: &App,
    from: Option<String>,
    read: impl FnOnce(&mut Conn, &PageRequest) -> store::Result<(Vec<L>, Option<String>)> + Send + 'static,
    cells: impl Fn(L) -> C,
) -> store::Result<Piece> {
    let page = PageRequest {
        size: LINES,
        backwards: false,
        from,
    };
    let (lines, next) = app.store.read(move |conn| read(conn, &page)).await?;
    let text = lines.into_iter().map(|line| csv::line(cells(line))).collect();
    Ok(Piece { text, next })
}

/// Answers whoever is signed in with the table that `open` begins.
pub async fn answer<P: Pieces, O: Future<Output = store::Result<P>>>(
    request: &HttpRequest,
    app: Data<App>,
    open: impl FnOnce(Data<App>, Viewer) -> O,
) -> HttpResponse {
    let meta = meta(request, &app.config);
    let viewer = match sign_in(&app, &meta).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    let locale = viewer.locale;
    match begin(open(app, viewer)).await {
        Ok((pieces, first)) => send(pieces, first, meta.request_id),
        Err(error) => refuse(error, locale, &meta.request_id),
    }
}

/// Reads the first lines before the answer begins: what is refused is refused with its status.
async fn begin<P: Pieces>(open: impl Future<Output = store::Result<P>>) -> store::Result<(P, Piece)> {
    let pieces = open.await?;
    let first = pieces.piece(None).await?;
    let (mark, heads) = (csv::BYTE_ORDER_MARK, csv::line(pieces.heads()));
    let first = Piece {
        text: format!("{mark}{heads}{}", first.text),
        next: first.next,
    };
    Ok((pieces, first))
}

/// Sends a table of which the first lines were read.
fn send(pieces: impl Pieces, first: Piece, request_id: String) -> HttpResponse {
    let name = pieces.name();
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
        .insert_header((header::CONTENT_DISPOSITION, disposition(&name)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .streaming(lines)
}

/// Ends the body without its end, which is how a receiver learns that lines are missing.
fn broken(error: &store::Error, request_id: &str) -> std::io::Error {
    tracing::error!(request_id, %error, "an export broke off");
    std::io::Error::other("the export broke off")
}
