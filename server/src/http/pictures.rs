//! `GET /pictures/{id}` shows a picture of a product on a page, to visitors who are signed out too: marketplaces are public. Only what
//! the server made itself (`files::picture`) is shown so; every other file is `files`, and saved.

use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::files::stored;
use super::request::meta;
use super::route::refuse;
use crate::app::App;
use crate::domain::id::FileId;
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;
use crate::services::file;
use crate::store;

/// Adds the route. `App` must be in the app's data.
pub fn routes(service: &mut ServiceConfig) {
    service.route("/pictures/{id}", web::get().to(show));
}

async fn show(request: HttpRequest, id: web::Path<String>, app: Data<App>) -> HttpResponse {
    match open(&app, &id).await {
        Ok(answer) => answer,
        Err(error) => {
            let meta = meta(&request, &app.config);
            let language = meta.accept_language.as_deref();
            let locale = language.map_or_else(Locale::default, Locale::from_accept_language);
            refuse(error, locale, &meta.request_id)
        }
    }
}

async fn open(app: &App, id: &str) -> store::Result<HttpResponse> {
    let id: FileId = id.parse().map_err(|_| Refusal::not_found())?;
    let found = app.store.read(move |conn| file::picture(conn, &id)).await?;
    let picture = found.ok_or_else(Refusal::not_found)?;
    let download = stored(app, &picture.id, &picture.storage_key).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, picture.media_type.as_str()))
        .insert_header((header::CONTENT_DISPOSITION, "inline"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        // What an id names never changes.
        .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
        .body(SizedStream::new(download.size, download.bytes)))
}
