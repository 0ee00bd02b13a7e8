//! The front end's files: those inside the binary, or those of a configured folder. Read once at start.
//!
//! Precompressed siblings go to browsers that take them, hashed names are kept for ever, the page itself is asked for
//! again each time. A browser that asks for any other page gets the front end, which knows its own routes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::Gateway;

#[derive(rust_embed::RustEmbed)]
#[folder = "../dist/"]
#[allow_missing = true]
struct Embedded;

/// Paths that belong to the API: a missing one is missing, also for browsers.
const RESERVED: [&str; 9] = [
    "/graphql",
    "/files",
    "/auth",
    "/q/",
    "/oauth",
    "/.well-known",
    "/metrics",
    "/livez",
    "/readyz",
];

/// One file as browsers may get it.
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    kind: &'static str,
    etag: String,
    hashed: bool,
}

/// All files by path, without a slash in front.
#[derive(Default)]
pub struct Assets(HashMap<String, Asset>);

impl Assets {
    /// The files inside the binary; none when it was built without the front end.
    pub fn embedded() -> Self {
        let files = Embedded::iter().filter_map(|path| Some((path.to_string(), bytes(Embedded::get(&path)?.data))));
        Self::from_files(files.collect())
    }

    /// The files of a folder.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn from_folder(folder: &Path) -> std::io::Result<Self> {
        let mut files = HashMap::new();
        read_folder(folder, "", &mut files)?;
        Ok(Self::from_files(files))
    }

    fn from_files(mut files: HashMap<String, Bytes>) -> Self {
        let is_sibling = |path: &str| {
            let plain = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
            plain.is_some_and(|plain| files.contains_key(plain))
        };
        let paths: Vec<String> = files.keys().filter(|path| !is_sibling(path)).cloned().collect();
        let mut assets = HashMap::new();
        for path in paths {
            let Some(plain) = files.remove(&path) else { continue };
            let asset = Asset {
                brotli: files.remove(&format!("{path}.br")),
                gzip: files.remove(&format!("{path}.gz")),
                kind: kind(&path),
                etag: Sha256::digest(&plain)[..12]
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                hashed: is_hashed(&path),
                plain,
            };
            assets.insert(path, asset);
        }
        Self(assets)
    }
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

fn read_folder(folder: &Path, prefix: &str, files: &mut HashMap<String, Bytes>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, Bytes::from(std::fs::read(entry.path())?));
        }
    }
    Ok(())
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The build puts a hash of the content into the names of files that never change under their name.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let hash = |part: &str| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    name.split(['-', '_', '.']).skip(1).any(hash)
}

/// Everything that no other route takes.
pub async fn serve(request: HttpRequest, gateway: Data<Gateway>) -> HttpResponse {
    let path = request.path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let reserved = RESERVED.iter().any(|start| path.starts_with(start));
    if !reads || reserved {
        return HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("Not found\n");
    }
    let files = &gateway.assets.0;
    if let Some(asset) = files
        .get(path.trim_start_matches('/'))
        .filter(|_| path != "/index.html")
    {
        return send(&request, asset);
    }
    let accepts_pages = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    let wants_page = path == "/" || accepts_pages.is_some_and(|accept| accept.contains("text/html"));
    match files.get("index.html") {
        Some(index) if wants_page => send(&request, index),
        None if wants_page => HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("This server was built without the front end. Its API is at /graphql.\n"),
        _ => HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("Not found\n"),
    }
}

fn send(request: &HttpRequest, asset: &Asset) -> HttpResponse {
    let (body, encoding) = match (takes(request, "br"), takes(request, "gzip")) {
        (true, _) if asset.brotli.is_some() => (asset.brotli.as_ref(), "br"),
        (_, true) if asset.gzip.is_some() => (asset.gzip.as_ref(), "gzip"),
        _ => (None, ""),
    };
    let etag = format!(
        "\"{}{}{encoding}\"",
        asset.etag,
        if encoding.is_empty() { "" } else { "-" }
    );
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    // The compressor may have marked it weak on the way out; here that makes no difference.
    let fresh = known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag));
    let mut answer = HttpResponse::build(if fresh {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    });
    // Also where nothing has changed: the browser keeps the headers of its copy up to date by this answer, and the kind of the
    // file decides which policy it carries.
    answer
        .content_type(asset.kind)
        .insert_header((header::ETAG, etag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((
            header::CACHE_CONTROL,
            if asset.hashed {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        ));
    if fresh {
        return answer.finish();
    }
    if !encoding.is_empty() {
        answer.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding)));
    }
    answer.body(body.unwrap_or(&asset.plain).clone())
}

/// Whether `Accept-Encoding` names this coding without forbidding it.
fn takes(request: &HttpRequest, coding: &str) -> bool {
    let accept = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accept.split(',').any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        let forbidden = quality
            .trim()
            .strip_prefix("q=")
            .and_then(|q| q.trim().parse::<f32>().ok())
            == Some(0.0);
        name.trim().eq_ignore_ascii_case(coding) && !forbidden
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_for_ever() {
        for (path, hashed) in [
            ("appshelf-web-1a2b3c4d5e6f7a8b.js", true),
            ("appshelf-web-1a2b3c4d5e6f7a8b_bg.wasm", true),
            ("snippets/inline-0123456789abcdef/inline0.js", false),
            ("index.html", false),
            ("favicon.svg", false),
            ("deadbeef.svg", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }
}
