//! `PUT /files` takes an uploaded file, `GET /files/{id}` gives it back. Bytes stream in both directions and are never
//! whole in memory, except for pictures of products, which are small and made anew (`pictures` shows them). Who may do what is `services::file` and `services::record_file`; what a file may be is `domain::file`.

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::json;

use super::request::{asked, meta};
use super::route::{disposition, refuse, sign_in};
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::file::FilePurpose;
use crate::domain::file::MediaType;
use crate::domain::id::FileId;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::files::storage::{Download, StorageKey, StoredFile, UploadError};
use crate::services::file;
use crate::services::record_file::{self, Place};
use crate::store::{self, Fault};

/// Bytes of a refused upload that are still read, because a sender that is cut off does not see the answer.
const DRAINED: u64 = 128 * 1024 * 1024;

/// Adds the routes of files.
pub fn routes(service: &mut ServiceConfig, app: &Arc<App>) {
    service
        .app_data(Data::from(Arc::clone(app)))
        .route("/files", web::put().to(upload))
        .route("/files/{id}", web::get().to(download));
}

#[derive(Deserialize)]
struct Upload {
    purpose: Option<String>,
    name: Option<String>,
    /// Files of records: the instance and the key of its page.
    instance: Option<String>,
    page: Option<String>,
}

/// What a file is known by, of a partner or of a record.
struct Known {
    id: FileId,
    name: String,
    media_type: MediaType,
    size: i64,
    storage_key: String,
    /// Pixels, of pictures of products.
    width: Option<i32>,
    height: Option<i32>,
}

impl From<store::file::File> for Known {
    fn from(file: store::file::File) -> Self {
        Self {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            storage_key: file.storage_key,
            width: file.width,
            height: file.height,
        }
    }
}

impl From<store::record_file::RecordFile> for Known {
    fn from(file: store::record_file::RecordFile) -> Self {
        Self {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            storage_key: file.storage_key,
            width: None,
            height: None,
        }
    }
}

async fn upload(request: HttpRequest, mut body: Payload, app: Data<App>) -> HttpResponse {
    let meta = meta(&request, &app.config);
    let viewer = match sign_in(&app, &meta).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    match take(&request, &mut body, &app, &viewer).await {
        Ok(file) => HttpResponse::Created()
            .insert_header((header::LOCATION, format!("/files/{}", file.id)))
            .json(json!({
                "id": file.id, "name": file.name, "mediaType": file.media_type, "size": file.size,
                "width": file.width, "height": file.height,
            })),
        Err(error) => {
            drain(&mut body).await;
            refuse(error, viewer.locale, &meta.request_id)
        }
    }
}

/// Stores the bytes, then keeps what is known of them. Bytes without a row are deleted again.
async fn take(request: &HttpRequest, body: &mut Payload, app: &App, viewer: &Viewer) -> store::Result<Known> {
    let asked: Upload = asked(request, "purpose")?;
    let purpose = asked.purpose.as_deref().unwrap_or_default().parse::<FilePurpose>();
    let purpose = purpose.map_err(|_| match file::may_upload(viewer, None) {
        Ok(_) => Refusal::invalid("purpose", Problem::UnknownChoice),
        Err(refusal) => refusal,
    })?;
    let place = admit(app, viewer, purpose, &asked).await?;
    let limit = limit(app, purpose);
    if announced(request).is_some_and(|size| size > limit) {
        return Err(too_large(purpose, limit).into());
    }
    let stored = app.files.put(purpose, capped(body, limit)).await;
    let stored = stored.map_err(|error| upload_error(error, purpose, limit))?;
    let name = asked.name.clone().unwrap_or_default();
    let (kept, asker) = (stored.clone(), viewer.clone());
    let written = app.store.write(viewer.actor(), move |tx| {
        keep(tx, &asker, purpose, place.as_ref(), &name, &kept)
    });
    let written = written.await;
    if written.is_err()
        && let Err(error) = app.files.delete(&stored.key).await
    {
        tracing::warn!(%error, key = stored.key.as_str(), "the bytes of a file without a row remain in the storage");
    }
    written
}

/// Whether the person may upload at all, asked before the first byte is read; the page of a record's file.
async fn admit(app: &App, viewer: &Viewer, purpose: FilePurpose, asked: &Upload) -> store::Result<Option<Place>> {
    if !matches!(purpose, FilePurpose::Record | FilePurpose::RecordImport) {
        file::may_upload(viewer, Some(purpose))?;
        return Ok(None);
    }
    let instance = asked.instance.as_deref().unwrap_or_default().parse();
    let place = Place {
        instance_id: instance.map_err(|_| Refusal::not_found().at("instance"))?,
        page_key: asked.page.clone().unwrap_or_default(),
    };
    let (asker, at) = (viewer.clone(), place.clone());
    app.store
        .read(move |conn| record_file::admit(conn, &asker, purpose, &at))
        .await?;
    Ok(Some(place))
}

fn keep(
    tx: &mut store::Tx<'_>,
    viewer: &Viewer,
    purpose: FilePurpose,
    place: Option<&Place>,
    name: &str,
    stored: &StoredFile,
) -> store::Result<Known> {
    match place {
        Some(place) => record_file::keep(tx, viewer, purpose, place, name, stored).map(Known::from),
        None => file::keep(tx, viewer, purpose, name, stored).map(Known::from),
    }
}

/// What the purpose allows, less where the configuration says so.
fn limit(app: &App, purpose: FilePurpose) -> u64 {
    let most = purpose.max_bytes();
    let configured = match purpose {
        FilePurpose::Contract | FilePurpose::AcceptanceCertificate | FilePurpose::SelfTestEvidence => {
            app.config.limits.contract
        }
        FilePurpose::Package => app.config.limits.package,
        FilePurpose::Record | FilePurpose::ServiceAttachment => app.config.limits.record_file,
        FilePurpose::RecordImport => app.config.limits.record_import,
        FilePurpose::ProductIcon
        | FilePurpose::ProductScreenshot
        | FilePurpose::ProductImage
        | FilePurpose::CoolAppIcon
        | FilePurpose::CoolAppEntryIcon
        | FilePurpose::CoolAppThumbnail
        | FilePurpose::CoolAppCase => return most,
    };
    most.min(configured as u64)
}

fn announced(request: &HttpRequest) -> Option<u64> {
    request
        .headers()
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// Why the bytes stopped.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("more bytes than allowed")]
    TooMuch,
    #[error("{0}")]
    Sender(String),
}

/// The body, ending in an error after `limit` bytes.
fn capped(body: &mut Payload, limit: u64) -> impl futures_util::Stream<Item = Result<web::Bytes, Broken>> + '_ {
    let mut taken = 0;
    body.map(move |chunk| {
        let chunk = chunk.map_err(|error| Broken::Sender(error.to_string()))?;
        taken += chunk.len() as u64;
        if taken > limit { Err(Broken::TooMuch) } else { Ok(chunk) }
    })
}

async fn drain(body: &mut Payload) {
    let mut left = DRAINED;
    while let Some(Ok(chunk)) = body.next().await {
        left = left.saturating_sub(chunk.len() as u64);
        if left == 0 {
            return;
        }
    }
}

fn too_large(purpose: FilePurpose, limit: u64) -> Refusal {
    if limit == purpose.max_bytes() {
        return Refusal::invalid("file", purpose.too_large());
    }
    // A limit below one MiB is for tests; people are told a whole number.
    let max_mib = (limit / 1024 / 1024).max(1);
    Refusal::invalid("file", Problem::FileTooLarge { max_mib })
}

fn upload_error(error: UploadError, purpose: FilePurpose, limit: u64) -> store::Error {
    match error {
        UploadError::Refused(problem) => Refusal::invalid("file", problem).into(),
        UploadError::Interrupted(cause) => match cause.downcast_ref::<Broken>() {
            Some(Broken::TooMuch) => too_large(purpose, limit).into(),
            _ => Refusal::invalid("file", Problem::FileBroken).into(),
        },
        UploadError::Storage(error) => anyhow::Error::from(error).into(),
    }
}

async fn download(request: HttpRequest, id: web::Path<String>, app: Data<App>) -> HttpResponse {
    let meta = meta(&request, &app.config);
    let viewer = match sign_in(&app, &meta).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    match open(&app, &viewer, &id).await {
        Ok(answer) => answer,
        Err(error) => refuse(error, viewer.locale, &meta.request_id),
    }
}

async fn open(app: &App, viewer: &Viewer, id: &str) -> store::Result<HttpResponse> {
    let id: FileId = id.parse().map_err(|_| Refusal::not_found())?;
    let asker = viewer.clone();
    let found = app.store.read(move |conn| find(conn, &asker, &id)).await?;
    let file = found.ok_or_else(Refusal::not_found)?;
    let download = stored(app, &file.id, &file.storage_key).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, file.media_type.as_str()))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&file.name)))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // Should a browser show it after all, it may do nothing there.
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(SizedStream::new(download.size, download.bytes)))
}

/// The bytes of a file that has a row.
pub(super) async fn stored(app: &App, id: &FileId, storage_key: &str) -> store::Result<Download> {
    let missing = |what: &str| {
        let (row, what) = (id.to_string(), what.to_owned());
        let table = "files";
        Fault::Inconsistent { table, row, what }
    };
    let key = StorageKey::from_stored(storage_key).ok_or_else(|| missing("its storage key is malformed"))?;
    let opened = app.files.get(&key).await.map_err(anyhow::Error::from)?;
    Ok(opened.ok_or_else(|| missing("its bytes are not in the storage"))?)
}

/// The file where the person may read it, of their partner or of a record.
fn find(conn: &mut store::conn::Conn, viewer: &Viewer, id: &FileId) -> store::Result<Option<Known>> {
    if let Some(file) = file::get(conn, viewer, id)? {
        return Ok(Some(file.into()));
    }
    Ok(record_file::get(conn, viewer, id)?.map(Known::from))
}
