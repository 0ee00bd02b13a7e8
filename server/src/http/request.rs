//! What a request says about itself and its sender, taken from the headers once. Believes no header that a client
//! could have written in place of a trusted proxy.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpMessage, HttpRequest, web};
use serde::de::DeserializeOwned;

use super::observe::RequestId;
use crate::config::Config;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::graphql::request::{REFRESH_COOKIE, RequestMeta};

/// Why a browser asks; the second is what older ones say.
const SEC_PURPOSE: header::HeaderName = header::HeaderName::from_static("sec-purpose");
const PURPOSE: header::HeaderName = header::HeaderName::from_static("purpose");

/// Reads what the schema may know about a request. Also for the routes of other modules.
pub fn meta(request: &HttpRequest, config: &Config) -> RequestMeta {
    let headers = request.headers();
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // Let go of the extensions before reading cookies, which are kept there too.
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    RequestMeta {
        request_id: request_id.unwrap_or_default(),
        client_address: client_address(headers, request.peer_addr(), config.trusted_proxies),
        accept_language: text(header::ACCEPT_LANGUAGE).map(str::to_owned),
        refresh_cookie: request.cookie(REFRESH_COOKIE).map(|cookie| cookie.value().to_owned()),
        bearer: text(header::AUTHORIZATION).and_then(bearer),
        user_agent: text(header::USER_AGENT).map(|agent| agent.chars().take(200).collect()),
        prefetch: [SEC_PURPOSE, PURPOSE]
            .into_iter()
            .any(|name| text(name).is_some_and(|value| value.contains("prefetch"))),
    }
}

/// What the query string asks for. Refused at `place` where it cannot be read, or holds the character that no database text may
/// hold.
pub fn asked<T: DeserializeOwned>(request: &HttpRequest, place: &'static str) -> Result<T, Refusal> {
    let query = request.query_string();
    let read = web::Query::<T>::from_query(query)
        .ok()
        .filter(|_| !query.contains("%00"));
    read.map(web::Query::into_inner)
        .ok_or_else(|| Refusal::invalid(place, Problem::UnknownChoice))
}

/// The token of `Bearer …`, whatever the scheme's case; another scheme is no token.
pub fn bearer(authorization: &str) -> Option<String> {
    let (scheme, token) = authorization.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// Each trusted proxy appends the address that it saw: with one proxy the last entry is the client's.
fn client_address(headers: &HeaderMap, peer: Option<SocketAddr>, proxies: usize) -> IpAddr {
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    if proxies == 0 {
        return peer;
    }
    let forwarded = headers
        .get_all(header::X_FORWARDED_FOR)
        .filter_map(|value| value.to_str().ok());
    let seen: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
    let entry = seen.len().checked_sub(proxies).and_then(|at| seen.get(at));
    entry.and_then(|text| address(text)).unwrap_or(peer)
}

fn address(text: &str) -> Option<IpAddr> {
    let plain = text.trim_matches(|c| c == '[' || c == ']');
    plain
        .parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(forwarded: &[&'static str], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(header::X_FORWARDED_FOR, header::HeaderValue::from_static(line));
        }
        client_address(&headers, Some("10.0.0.1:9".parse().unwrap()), proxies).to_string()
    }

    #[test]
    fn forwarded_addresses_count_only_behind_trusted_proxies() {
        assert_eq!(seen(&["1.2.3.4"], 0), "10.0.0.1");
        assert_eq!(seen(&["6.6.6.6, 1.2.3.4"], 1), "1.2.3.4");
        assert_eq!(seen(&["6.6.6.6", "1.2.3.4, 10.0.0.2"], 2), "1.2.3.4");
        assert_eq!(seen(&["[2001:db8::1]:443"], 1), "2001:db8::1");
        assert_eq!(seen(&[], 1), "10.0.0.1");
        assert_eq!(seen(&["nonsense"], 1), "10.0.0.1");
    }

    #[test]
    fn only_bearer_is_a_token() {
        assert_eq!(bearer("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(bearer("bearer  abc ").as_deref(), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("abc"), None);
    }
}
