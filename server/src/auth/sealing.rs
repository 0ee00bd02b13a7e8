//! Seals what people give and nobody reads back: the secrets of a customer's connectors (D23), at rest under a key from the
//! configuration. Who may set one is the binding service's; nothing here knows what it seals.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use super::kept_secret;
use crate::config::Config;

/// What a sealed text begins with: the way in which it was sealed.
const VERSION: &str = "1.";
/// Bytes of a nonce: long enough to be drawn at random for every text.
const NONCE: usize = 24;

/// A text cannot be sealed or opened. Says nothing of the text.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    #[error("a secret could not be sealed")]
    Sealing,
    #[error("a sealed secret does not open: it was altered, moved, or sealed under another key")]
    Opening,
}

/// Seals and opens under one key. Printing it shows nothing.
#[derive(Clone)]
pub struct Sealing(XChaCha20Poly1305);

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealing")
    }
}

impl Sealing {
    /// With the configured secret, else one that the server keeps for itself in the data folder.
    ///
    /// # Errors
    /// The file cannot be read or made, or holds fewer than 32 bytes.
    pub fn load_or_make(config: &Config) -> std::io::Result<Self> {
        let kept = kept_secret::Kept {
            file: "sealing.secret",
            setting: "APPSHELF_SECRET_KEY",
            purpose: "the secrets of connectors",
        };
        kept.load_or_make(config, config.secret_key.as_ref())
            .map(|secret| Self::new(&secret))
    }

    /// The key is drawn from the secret, so that the same secret may serve nothing else by accident.
    fn new(secret: &SecretString) -> Self {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret.expose_secret().as_bytes())
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(b"appshelf sealing, version 1");
        let key: [u8; 32] = mac.finalize().into_bytes().into();
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// Seals a text for one place; it opens nowhere else.
    pub fn seal(&self, place: &str, plain: &SecretString) -> Result<String, SealFault> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload {
            msg: plain.expose_secret().as_bytes(),
            aad: place.as_bytes(),
        };
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealFault::Sealing)?;
        let bytes = [nonce.as_slice(), &sealed].concat();
        Ok(format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Opens what was sealed for that place: for whatever runs a connector, never for people.
    pub fn open(&self, place: &str, sealed: &str) -> Result<SecretString, SealFault> {
        let bytes = sealed
            .strip_prefix(VERSION)
            .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
            .ok_or(SealFault::Opening)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(SealFault::Opening)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let plain = self
            .0
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| SealFault::Opening)?;
        String::from_utf8(plain)
            .map(SecretString::from)
            .map_err(|_| SealFault::Opening)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealing(secret: &str) -> Sealing {
        Sealing::new(&SecretString::from(secret))
    }

    #[test]
    fn d23_a_sealed_secret_opens_in_its_own_place_under_its_own_key_alone() {
        let (ours, theirs) = (sealing(&"k".repeat(32)), sealing(&"l".repeat(32)));
        let plain = SecretString::from("erp-密钥-1");
        let sealed = ours.seal("instance_1 erp token", &plain).unwrap();
        assert!(!sealed.contains("erp"));
        let opened = ours.open("instance_1 erp token", &sealed).unwrap();
        assert_eq!(opened.expose_secret(), plain.expose_secret());
        assert!(ours.open("instance_2 erp token", &sealed).is_err(), "moved");
        assert!(theirs.open("instance_1 erp token", &sealed).is_err(), "another key");
        assert_ne!(
            ours.seal("instance_1 erp token", &plain).unwrap(),
            sealed,
            "a new nonce each time"
        );
        for place in 0..sealed.len() {
            let mut altered = sealed.clone().into_bytes();
            altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            // The last letter may hold bits that count for nothing.
            let opened = ours.open("instance_1 erp token", &altered);
            assert!(opened.is_err() || place == sealed.len() - 1, "place {place}");
        }
    }

    #[test]
    fn d23_nothing_of_the_key_or_the_text_is_printed() {
        let ours = sealing(&"k".repeat(32));
        assert_eq!(format!("{ours:?}"), "Sealing");
        let fault = ours.open("place", "1.AAAA").unwrap_err();
        assert!(!fault.to_string().contains("AAAA"));
    }
}
