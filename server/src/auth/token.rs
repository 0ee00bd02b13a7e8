//! Access tokens: short-lived JWTs after RFC 9068, signed with EdDSA and nothing else.
//!
//! A token proves who signed in and for which organisation until it expires; whether the session still stands is
//! asked of the store by the viewer. Refresh tokens are random texts, not JWTs, and do not pass through here.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use super::keys::KeyRing;

/// The only audience that this server issues for and accepts.
pub const AUDIENCE: &str = "appshelf";
const TYPE: &str = "at+jwt";
/// How far two clocks may differ, in seconds.
const LEEWAY: i64 = 5;
/// No token of ours is longer; longer texts are refused unread.
const LONGEST: usize = 4096;

/// What an access token says. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// The server's base address.
    pub iss: String,
    pub aud: String,
    /// The user's id.
    pub sub: String,
    /// The acting organisation's id.
    pub org: String,
    /// The session's id.
    pub sid: String,
    pub iat: i64,
    pub exp: i64,
    /// Random, unique to this token.
    pub jti: String,
}

/// Whom a token is for.
#[derive(Clone, Copy, Debug)]
pub struct AccessGrant<'a> {
    /// `Config::base_url`.
    pub issuer: &'a str,
    pub user: &'a str,
    pub organization: &'a str,
    pub session: &'a str,
    pub lifetime: Duration,
}

/// Why a token does not count. Callers answer UNAUTHENTICATED to each; the reason is for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    #[error("not a JSON Web Token")]
    Malformed,
    #[error("not signed with EdDSA")]
    Algorithm,
    #[error("not an access token")]
    Type,
    #[error("signed with an unknown key")]
    Key,
    #[error("the signature does not fit")]
    Signature,
    #[error("issued by another server")]
    Issuer,
    #[error("meant for another audience")]
    Audience,
    #[error("expired")]
    Expired,
    #[error("issued in the future")]
    Premature,
}

/// The ring has no key, or signing itself failed: a fault of the installation, never of the caller.
#[derive(Debug, thiserror::Error)]
pub enum TokenFault {
    #[error("no signing key is loaded")]
    NoKey,
    #[error("an access token could not be signed")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

/// Chooses the cryptography behind JWTs. Call once at start; a second call changes nothing.
pub fn install_provider() {
    // Fails only when a provider is already installed, and there is but one in this build.
    let _ = jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER.install_default();
}

/// Signs a token with the newest key.
pub fn issue(keys: &KeyRing, grant: &AccessGrant<'_>, now: DateTime<Utc>) -> Result<String, TokenFault> {
    let key = keys.signing().ok_or(TokenFault::NoKey)?;
    let lifetime = i64::try_from(grant.lifetime.as_secs()).unwrap_or(i64::MAX);
    let claims = AccessClaims {
        iss: grant.issuer.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: grant.user.to_owned(),
        org: grant.organization.to_owned(),
        sid: grant.session.to_owned(),
        iat: now.timestamp(),
        exp: now.timestamp().saturating_add(lifetime),
        jti: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()),
    };
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key.kid().to_owned());
    Ok(encode(&header, &claims, &key.signing)?)
}

/// Reads a token that this server (named by `issuer`) signed and that is valid at `now`.
pub fn verify(keys: &KeyRing, issuer: &str, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenRefused> {
    if token.len() > LONGEST {
        return Err(TokenRefused::Malformed);
    }
    // An algorithm that the library does not know ("none") already fails here.
    let header = decode_header(token).map_err(|_| TokenRefused::Malformed)?;
    if header.alg != Algorithm::EdDSA {
        return Err(TokenRefused::Algorithm);
    }
    let is_access = header.typ.as_deref().is_some_and(|typ| {
        let typ = typ.to_ascii_lowercase();
        typ == TYPE || typ == "application/at+jwt"
    });
    if !is_access || header.crit.is_some() {
        return Err(TokenRefused::Type);
    }
    let key = header.kid.and_then(|kid| keys.find(&kid)).ok_or(TokenRefused::Key)?;
    let mut validation = Validation::new(Algorithm::EdDSA);
    // The caller's clock decides, so the library's own looks at the time are off.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = decode::<AccessClaims>(token, &key.verifying, &validation).map_err(|e| match e.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenRefused::Signature,
        _ => TokenRefused::Malformed,
    })?;
    check_claims(claims.claims, issuer, now.timestamp())
}

fn check_claims(claims: AccessClaims, issuer: &str, now: i64) -> Result<AccessClaims, TokenRefused> {
    if claims.iss != issuer {
        Err(TokenRefused::Issuer)
    } else if claims.aud != AUDIENCE {
        Err(TokenRefused::Audience)
    } else if now >= claims.exp.saturating_add(LEEWAY) {
        Err(TokenRefused::Expired)
    } else if now < claims.iat.saturating_sub(LEEWAY) {
        Err(TokenRefused::Premature)
    } else {
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::EncodingKey;
    use serde_json::{Value, json};

    const ISSUER: &str = "http://127.0.0.1:8080";

    struct House {
        ring: KeyRing,
        folder: std::path::PathBuf,
    }

    impl House {
        fn new() -> Self {
            install_provider();
            let folder = std::env::temp_dir().join(format!("appshelf-token-{}", rand::random::<u64>()));
            Self {
                ring: KeyRing::open(&folder, false).unwrap(),
                folder,
            }
        }

        fn token(&self) -> String {
            let grant = AccessGrant {
                issuer: ISSUER,
                user: "user_1",
                organization: "organization_1",
                session: "session_1",
                lifetime: Duration::from_secs(600),
            };
            issue(&self.ring, &grant, at(0)).unwrap()
        }

        /// A token with the true key and these changes to header and claims.
        fn forged(&self, header: impl FnOnce(&mut Header), claims: impl FnOnce(&mut Value)) -> String {
            let key = self.ring.signing().unwrap();
            let mut head = Header::new(Algorithm::EdDSA);
            head.typ = Some(TYPE.into());
            head.kid = Some(key.kid().into());
            header(&mut head);
            let now = at(0).timestamp();
            let mut body = json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "u", "org": "o", "sid": "s", "iat": now, "exp": now + 600, "jti": "j"});
            claims(&mut body);
            encode(&head, &body, &key.signing).unwrap()
        }

        fn check(&self, token: &str, seconds: i64) -> Result<AccessClaims, TokenRefused> {
            verify(&self.ring, ISSUER, token, at(seconds))
        }
    }

    impl Drop for House {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn part(value: &Value) -> String {
        URL_SAFE_NO_PAD.encode(value.to_string())
    }

    #[test]
    fn a_token_says_who_and_for_whom_until_it_expires() {
        let house = House::new();
        let token = house.token();
        let claims = house.check(&token, 599).unwrap();
        assert_eq!(
            (claims.sub.as_str(), claims.org.as_str(), claims.sid.as_str()),
            ("user_1", "organization_1", "session_1")
        );
        assert_eq!(house.check(&token, 600 + LEEWAY), Err(TokenRefused::Expired));
        assert_eq!(house.check(&token, -LEEWAY - 1), Err(TokenRefused::Premature));
        assert_ne!(token, house.token(), "each token has its own jti");
    }

    #[test]
    fn unsigned_and_resigned_tokens_are_refused() {
        let house = House::new();
        let token = house.token();
        let [head, body, signature] = token.split('.').collect::<Vec<_>>()[..] else {
            panic!("three parts")
        };
        for alg in ["none", "None", "NONE", ""] {
            let none = part(&json!({"alg": alg, "typ": TYPE}));
            for end in ["", signature] {
                assert!(house.check(&format!("{none}.{body}.{end}"), 0).is_err(), "{alg}");
            }
        }
        assert!(house.check(&format!("{head}.{body}."), 0).is_err());
        // The old trick: the public key as an HMAC secret.
        let x = serde_json::to_value(house.ring.jwks()).unwrap()["keys"][0]["x"]
            .as_str()
            .unwrap()
            .to_owned();
        let claims = house.check(&token, 0).unwrap();
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.into());
        header.kid = Some(house.ring.signing().unwrap().kid().into());
        for secret in [x.as_bytes(), &URL_SAFE_NO_PAD.decode(&x).unwrap()] {
            let token = encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap();
            assert_eq!(house.check(&token, 0), Err(TokenRefused::Algorithm));
        }
    }

    #[test]
    fn another_ring_s_token_is_refused() {
        let (house, other) = (House::new(), House::new());
        assert_eq!(house.check(&other.token(), 0), Err(TokenRefused::Key));
        let kid = house.ring.signing().unwrap().kid().to_owned();
        let posing = other.forged(|h| h.kid = Some(kid), |_| {});
        assert_eq!(house.check(&posing, 0), Err(TokenRefused::Signature));
        let nameless = house.forged(|h| h.kid = None, |_| {});
        assert_eq!(house.check(&nameless, 0), Err(TokenRefused::Key));
    }

    #[test]
    fn type_issuer_audience_and_times_must_fit() {
        let house = House::new();
        let refused =
            |header: fn(&mut Header), claims: fn(&mut Value)| house.check(&house.forged(header, claims), 0).err();
        assert_eq!(refused(|_| {}, |_| {}), None);
        assert_eq!(
            refused(|h| h.typ = Some("JWT".into()), |_| {}),
            Some(TokenRefused::Type)
        );
        assert_eq!(refused(|h| h.typ = None, |_| {}), Some(TokenRefused::Type));
        assert_eq!(
            refused(|h| h.crit = Some(vec!["b64".into()]), |_| {}),
            Some(TokenRefused::Type)
        );
        assert_eq!(
            refused(|_| {}, |c| c["iss"] = json!("http://evil.example")),
            Some(TokenRefused::Issuer)
        );
        assert_eq!(
            refused(|_| {}, |c| c["aud"] = json!("other")),
            Some(TokenRefused::Audience)
        );
        assert_eq!(
            refused(|_| {}, |c| c["aud"] = json!([AUDIENCE, "other"])),
            Some(TokenRefused::Malformed)
        );
        assert_eq!(refused(|_| {}, |c| c["exp"] = json!(0)), Some(TokenRefused::Expired));
        assert_eq!(
            refused(|_| {}, |c| c["exp"] = json!("never")),
            Some(TokenRefused::Malformed)
        );
        assert_eq!(
            refused(|_| {}, |c| c["iat"] = json!(1_900_000_000)),
            Some(TokenRefused::Premature)
        );
        for claim in ["iss", "aud", "sub", "org", "sid", "iat", "exp", "jti"] {
            let token = house.forged(|_| {}, |c| drop(c.as_object_mut().unwrap().remove(claim)));
            assert_eq!(house.check(&token, 0), Err(TokenRefused::Malformed), "{claim}");
        }
    }

    #[test]
    fn one_altered_character_anywhere_is_refused() {
        let house = House::new();
        let token = house.token();
        for place in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(house.check(&altered, 0).is_err(), "place {place}");
        }
        for text in ["", ".", "..", "a.b.c", "Bearer x", &"a".repeat(100_000)] {
            assert_eq!(house.check(text, 0), Err(TokenRefused::Malformed));
        }
    }
}
