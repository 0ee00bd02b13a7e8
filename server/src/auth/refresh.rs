//! Refresh tokens: random texts that live in an HttpOnly cookie. Only their hash is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Name of the cookie.
pub const COOKIE: &str = "appshelf_refresh";

/// A new token of 256 random bits.
pub fn make() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// SHA-256 of a token, hex.
pub fn hash(token: &str) -> String {
    Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The Set-Cookie value that keeps a token for `seconds`; over HTTPS it is sent over HTTPS only.
pub fn cookie(token: &str, seconds: u64, base_url: &str) -> String {
    let secure = if base_url.starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}")
}

/// The Set-Cookie value that removes the cookie.
pub fn no_cookie(base_url: &str) -> String {
    cookie("", 0, base_url)
}
