//! Files: upload with progress (`PUT /files`), download with the bearer token as a blob that the browser saves or shows.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::{Problem, read::Read, refresh, schema, token, transport};
use crate::{browser, i18n};

read! {
    /// A stored file, as the contract and the upload endpoint both describe it. `size` is in bytes.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "File")]
    pub struct StoredFile {
        pub id: cynic::Id,
        pub name: String,
        pub media_type: String,
        pub size: i32,
    }
}

/// What an upload is for; the server checks type and size by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    Contract,
    AcceptanceCertificate,
    SelfTestEvidence,
    /// What a message of a service request shows.
    ServiceAttachment,
    Package,
    /// Pictures of products, which `GET /pictures/{id}` shows to everybody.
    ProductIcon,
    ProductScreenshot,
    ProductImage,
    /// Pictures of cool apps, which are shown likewise.
    CoolAppIcon,
    CoolAppEntryIcon,
    CoolAppThumbnail,
    CoolAppCase,
    /// A file field of the records of a page.
    Record {
        instance: cynic::Id,
        page: String,
    },
    /// A table of records for a page.
    RecordImport {
        instance: cynic::Id,
        page: String,
    },
}

impl Purpose {
    /// The query of the upload.
    fn query(&self) -> String {
        let of_page = |code: &str, instance: &cynic::Id, page: &str| {
            let (instance, page) = (browser::encode(instance.inner()), browser::encode(page));
            format!("purpose={code}&instance={instance}&page={page}")
        };
        match self {
            Self::Contract => "purpose=CONTRACT".to_owned(),
            Self::AcceptanceCertificate => "purpose=ACCEPTANCE_CERTIFICATE".to_owned(),
            Self::SelfTestEvidence => "purpose=SELF_TEST_EVIDENCE".to_owned(),
            Self::ServiceAttachment => "purpose=SERVICE_ATTACHMENT".to_owned(),
            Self::Package => "purpose=PACKAGE".to_owned(),
            Self::ProductIcon => "purpose=PRODUCT_ICON".to_owned(),
            Self::ProductScreenshot => "purpose=PRODUCT_SCREENSHOT".to_owned(),
            Self::ProductImage => "purpose=PRODUCT_IMAGE".to_owned(),
            Self::CoolAppIcon => "purpose=COOL_APP_ICON".to_owned(),
            Self::CoolAppEntryIcon => "purpose=COOL_APP_ENTRY_ICON".to_owned(),
            Self::CoolAppThumbnail => "purpose=COOL_APP_THUMBNAIL".to_owned(),
            Self::CoolAppCase => "purpose=COOL_APP_CASE".to_owned(),
            Self::Record { instance, page } => of_page("RECORD", instance, page),
            Self::RecordImport { instance, page } => of_page("RECORD_IMPORT", instance, page),
        }
    }
}

/// Sends a file and tells how many of its bytes (0 to 1) have left. Dropping the future stops the transfer.
pub async fn upload(
    file: web_sys::File,
    purpose: Purpose,
    progress: impl FnMut(f64) + 'static,
) -> Result<StoredFile, Problem> {
    upload_as(file, purpose.query(), Rc::new(RefCell::new(progress))).await
}

async fn upload_as(file: web_sys::File, query: String, progress: Progress) -> Result<StoredFile, Problem> {
    if token::exists() && token::valid().is_none() {
        refresh::refresh().await?;
    }
    match send(&file, &query, progress.clone()).await {
        Err(Problem::SignedOut) if token::exists() => {
            refresh::refresh().await?;
            send(&file, &query, progress).await
        }
        answer => answer,
    }
}

type Progress = Rc<RefCell<dyn FnMut(f64)>>;

/// Stops a transfer whose future was dropped.
struct Abort(XmlHttpRequest);
impl Drop for Abort {
    fn drop(&mut self) {
        let _ = self.0.abort();
    }
}

async fn send(file: &web_sys::File, query: &str, progress: Progress) -> Result<StoredFile, Problem> {
    let request = XmlHttpRequest::new().map_err(|_| Problem::Lost)?;
    let url = format!(
        "{}/files?{query}&name={}",
        transport::base(),
        browser::encode(&file.name())
    );
    request.open_with_async("PUT", &url, true).map_err(|_| Problem::Lost)?;
    request.set_with_credentials(true);
    let kind = if file.type_().is_empty() {
        "application/octet-stream".to_owned()
    } else {
        file.type_()
    };
    let bearer = format!("Bearer {}", token::valid().unwrap_or_default());
    for (name, value) in [
        ("content-type", kind.as_str()),
        ("authorization", &bearer),
        ("accept-language", i18n::language_now().tag()),
    ] {
        request.set_request_header(name, value).map_err(|_| Problem::Lost)?;
    }
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            (progress.borrow_mut())(event.loaded() / event.total());
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    let abort = Abort(request);
    abort.0.send_with_opt_blob(Some(file)).map_err(|_| Problem::Lost)?;
    let _ = JsFuture::from(ended).await;
    read_upload(&abort.0)
}

fn read_upload(request: &XmlHttpRequest) -> Result<StoredFile, Problem> {
    let status = request.status().unwrap_or(0);
    if status == 0 {
        return Err(Problem::Lost);
    }
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let request_id = request.get_response_header("x-request-id").ok().flatten();
    let stored = transport::read_plain(status, request_id, &text)?;
    StoredFile::read(stored).map_err(|_| Problem::Fault { request_id: None })
}

/// Fetches a stored file and returns an object URL for it. Revoke the URL when it is no longer shown.
pub async fn object_url(id: &cynic::Id) -> Result<String, Problem> {
    url_of(&format!("/files/{}", browser::encode(id.inner()))).await
}

/// Fetches what stands at a path of the server and returns an object URL for it.
async fn url_of(path: &str) -> Result<String, Problem> {
    if token::valid().is_none() {
        refresh::refresh().await?;
    }
    let url = format!("{}{path}", transport::base());
    let response = transport::fetch("GET", &url, None, &web_sys::RequestInit::new()).await?;
    if !response.ok() {
        let request_id = response.headers().get("x-request-id").ok().flatten();
        return Err(transport::read_plain(response.status(), request_id, "")
            .err()
            .unwrap_or(Problem::Lost));
    }
    let blob = JsFuture::from(response.blob().map_err(|_| Problem::Lost)?)
        .await
        .map_err(|_| Problem::Lost)?;
    let blob: Blob = blob.dyn_into().map_err(|_| Problem::Lost)?;
    web_sys::Url::create_object_url_with_blob(&blob).map_err(|_| Problem::Lost)
}

/// Fetches a table and lets the browser save it under `name`. `query` holds names and values.
pub async fn export(path: &'static str, query: &[(&str, String)], name: &str) -> Result<(), Problem> {
    let mut address = path.to_owned();
    for (place, (name, value)) in query.iter().enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(&browser::encode(value));
    }
    let url = url_of(&address).await?;
    save(&url, name);
    let _ = web_sys::Url::revoke_object_url(&url);
    Ok(())
}

/// The address at which everybody sees a picture of a product.
pub fn picture_url(id: &str) -> String {
    format!("{}/pictures/{}", transport::base(), browser::encode(id))
}

/// Fetches a stored file and lets the browser save it under `name`.
pub async fn download(id: &cynic::Id, name: &str) -> Result<(), Problem> {
    let url = object_url(id).await?;
    save(&url, name);
    let _ = web_sys::Url::revoke_object_url(&url);
    Ok(())
}

/// Saves text that is already here (a QR code) as a file.
pub fn save_text(text: &str, media_type: &str, name: &str) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else {
        return;
    };
    if let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) {
        save(&url, name);
        let _ = web_sys::Url::revoke_object_url(&url);
    }
}

/// Saves bytes that are already here, in base 64, as a file.
pub fn save_base64(data: &str, media_type: &str, name: &str) {
    save(&format!("data:{media_type};base64,{data}"), name);
}

fn save(url: &str, name: &str) {
    let Some(anchor) = browser::document().and_then(|document| document.create_element("a").ok()) else {
        return;
    };
    let Ok(anchor) = anchor.dyn_into::<web_sys::HtmlAnchorElement>() else {
        return;
    };
    anchor.set_href(url);
    anchor.set_download(name);
    anchor.click();
}
