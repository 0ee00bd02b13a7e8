//! The secret part of a link that is given away, a distribution link (D9) or a promotion link (L18), and the address that carries it.
//! Not the link: whether it is expired or revoked is the link's own matter.
//!
//! A token is a keyed hash of the link's id, so that the address can be shown again though no token is stored;
//! the store keeps its SHA-256 alone and finds the link by that.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// 192 bits, the length of which base64 needs no padding for.
const TOKEN_BYTES: usize = 24;

/// 32 characters of `[A-Za-z0-9_-]` that nobody can guess.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    pub const CHARS: usize = TOKEN_BYTES / 3 * 4;

    /// The token of one distribution link. The same secret and id give the same token for ever.
    pub fn of(secret: &[u8], link_id: &str) -> LinkToken {
        LinkToken::made(secret, b"appshelf.distribution-link/1\0", link_id)
    }

    /// The token of one promotion link, in the same way.
    pub fn of_promotion(secret: &[u8], link_id: &str) -> LinkToken {
        LinkToken::made(secret, b"appshelf.promotion-link/1\0", link_id)
    }

    /// The purpose is part of what is hashed: the same secret keys several things.
    fn made(secret: &[u8], purpose: &[u8], link_id: &str) -> LinkToken {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(purpose);
        mac.update(link_id.as_bytes());
        LinkToken(URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..TOKEN_BYTES]))
    }

    /// What a visitor brings. `None` for anything that cannot be a token, before any look-up.
    pub fn parse(text: &str) -> Option<LinkToken> {
        let shaped = text.len() == LinkToken::CHARS
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        shaped.then(|| LinkToken(text.to_owned()))
    }

    /// Under which the link is stored.
    pub fn hash(&self) -> TokenHash {
        let digest = Sha256::digest(self.0.as_bytes());
        TokenHash(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The token itself. Belongs into an address and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A token in a log would be a link that anybody can use.
impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

/// SHA-256 of a token, 64 hex digits in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// D9: `{base}/purchase/{token}?corpName={name}`. The name is for people to read and decides nothing.
/// `base` is the public address of the product, with or without a slash at its end.
pub fn purchase_url(base: &str, token: &LinkToken, corp_name: &str) -> String {
    // Form encoding writes a blank as `+`, which a person would read as part of the name; a true plus is `%2B` here.
    let name: String = url::form_urlencoded::byte_serialize(corp_name.as_bytes()).collect();
    format!(
        "{}/purchase/{}?corpName={}",
        base.trim_end_matches('/'),
        token.0,
        name.replace('+', "%20")
    )
}

/// L18: `{base}/promotion/{token}`, short so that its code is coarse and reads well in print.
pub fn promotion_url(base: &str, token: &LinkToken) -> String {
    format!("{}/promotion/{}", base.trim_end_matches('/'), token.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const SECRET: &[u8] = b"a secret of the installation";

    #[test]
    fn d9_a_token_is_made_again_from_its_link_alone() {
        let token = LinkToken::of(SECRET, "link_01");
        assert_eq!(token, LinkToken::of(SECRET, "link_01"));
        assert_ne!(token, LinkToken::of(b"another secret", "link_01"));
        assert_eq!(token.expose().len(), 32);
        assert_eq!(LinkToken::parse(token.expose()), Some(token));
    }

    #[test]
    fn d9_no_two_links_share_a_token_or_its_hash() {
        let tokens: Vec<LinkToken> = (0..500).map(|n| LinkToken::of(SECRET, &format!("link_{n}"))).collect();
        let hashes: HashSet<String> = tokens.iter().map(|token| token.hash().as_str().to_owned()).collect();
        assert_eq!(hashes.len(), 500);
        assert!(
            hashes
                .iter()
                .all(|hash| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        );
    }

    #[test]
    fn d10_what_cannot_be_a_token_is_not_looked_up() {
        let good = LinkToken::of(SECRET, "link_01").expose().to_owned();
        for text in [
            "",
            "abc",
            &good[1..],
            &format!("{good}A"),
            &format!("{}=", &good[1..]),
            &"é".repeat(16),
            &"a".repeat(1 << 20),
        ] {
            assert_eq!(LinkToken::parse(text), None);
        }
    }

    #[test]
    fn d9_the_address_carries_the_name_for_people_to_read() {
        let token = LinkToken::of(SECRET, "link_01");
        let address = purchase_url("https://shelf.example/", &token, "云杉 & 100%+科技?#");
        let parsed = url::Url::parse(&address).unwrap();
        assert_eq!(parsed.path(), format!("/purchase/{}", token.expose()));
        assert!(!address.contains('+') && address.contains("%20"));
        let pairs: Vec<_> = parsed.query_pairs().collect();
        assert_eq!(pairs, [("corpName".into(), "云杉 & 100%+科技?#".into())]);
        assert_eq!(parsed.fragment(), None);
    }

    #[test]
    fn l18_a_promotion_link_has_a_token_of_its_own() {
        let token = LinkToken::of_promotion(SECRET, "promotion_01");
        assert_ne!(token, LinkToken::of(SECRET, "promotion_01"));
        let address = promotion_url("https://shelf.example/", &token);
        assert_eq!(address, format!("https://shelf.example/promotion/{}", token.expose()));
    }

    #[test]
    fn a_token_never_reaches_a_log() {
        let token = LinkToken::of(SECRET, "link_01");
        assert!(!format!("{token:?}").contains(token.expose()));
    }
}
