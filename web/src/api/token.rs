//! The access token: in memory only, so that no other script, tab or restart can read it. The refresh token is an HttpOnly
//! cookie that this code never sees.

use std::cell::RefCell;

use crate::browser;

struct Token {
    value: String,
    expires_at_ms: f64,
}

thread_local! {
    static TOKEN: RefCell<Option<Token>> = const { RefCell::new(None) };
}

/// A token this close to its end counts as expired: the request still has to travel.
const MARGIN_MS: f64 = 20_000.0;

/// Keeps a new token; `expires_at` is RFC 3339.
pub fn set(value: String, expires_at: &str) {
    let expires_at_ms = js_sys::Date::parse(expires_at);
    TOKEN.set(Some(Token { value, expires_at_ms }));
}

pub fn clear() {
    TOKEN.set(None);
}

/// Lets the next request begin with a refresh.
pub fn expire() {
    TOKEN.with_borrow_mut(|token| {
        if let Some(token) = token {
            token.expires_at_ms = 0.0;
        }
    });
}

/// True where a session exists in this tab, even if its token has expired.
pub fn exists() -> bool {
    TOKEN.with_borrow(Option::is_some)
}

/// The token, unless it has expired.
pub fn valid() -> Option<String> {
    TOKEN.with_borrow(|token| {
        token
            .as_ref()
            .filter(|token| token.expires_at_ms - MARGIN_MS > browser::now_ms())
            .map(|token| token.value.clone())
    })
}
