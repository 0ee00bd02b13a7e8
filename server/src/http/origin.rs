//! Whether a page may open a socket here. Browsers send no preflight for sockets, so this is the only check.

use actix_web::HttpRequest;
use actix_web::http::header;
use url::Url;

use crate::config::Config;

/// No origin means no browser page. Else it must be our own address, the host that was asked for, or a configured one.
pub fn may_open_socket(request: &HttpRequest, config: &Config) -> bool {
    let header = |name| {
        request
            .headers()
            .get(name)
            .map(|value: &header::HeaderValue| value.to_str().unwrap_or("null"))
    };
    let Some(origin) = header(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = Url::parse(origin) else { return false };
    let text = origin.origin().ascii_serialization();
    let own = Url::parse(&config.base_url).is_ok_and(|base| base.origin() == origin.origin());
    let same_host = || {
        let asked = header(header::HOST).and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
        asked.is_some_and(|asked| asked.origin() == origin.origin())
    };
    own || config.cors_origins.contains(&text) || same_host()
}
