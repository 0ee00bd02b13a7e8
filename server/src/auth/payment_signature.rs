//! What a payment gateway and this server prove to each other (L14): messages of the gateway are signed after the Standard Webhooks
//! scheme (<https://www.standardwebhooks.com>), and so is what a customer's browser carries to it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// How far the clock of a message may be from ours.
const TOLERANCE: Duration = Duration::minutes(5);

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disbelieved {
    #[error("the time of the message is not a number of seconds, or too far from now")]
    Time,
    #[error("no signature of the message is ours")]
    Signature,
}

/// A message as it came.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`: seconds since 1970.
    pub timestamp: &'a str,
    /// `webhook-signature`: `v1,` and the digest in base 64; several, parted by blanks, while a secret is being changed.
    pub signatures: &'a str,
    pub body: &'a [u8],
}

fn mac(secret: &SecretString, pieces: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret.expose_secret().as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            mac.update(b".");
        }
        mac.update(piece);
    }
    mac
}

impl Signed<'_> {
    /// Whether a message came from the gateway, and lately: an old one could have been listened to and sent again.
    ///
    /// # Errors
    /// It was forged, altered, or is older or newer than five minutes.
    pub fn prove(&self, secret: &SecretString, now: DateTime<Utc>) -> Result<(), Disbelieved> {
        let sent = self
            .timestamp
            .parse()
            .ok()
            .and_then(|at| DateTime::from_timestamp(at, 0));
        let sent = sent.ok_or(Disbelieved::Time)?;
        if (now - sent).abs() > TOLERANCE {
            return Err(Disbelieved::Time);
        }
        let mac = mac(secret, &[self.id.as_bytes(), self.timestamp.as_bytes(), self.body]);
        let is_ours = |signature: &str| {
            let digest = signature
                .strip_prefix("v1,")
                .and_then(|text| STANDARD.decode(text).ok());
            digest.is_some_and(|digest| mac.clone().verify_slice(&digest).is_ok())
        };
        match self.signatures.split_ascii_whitespace().any(is_ours) {
            true => Ok(()),
            false => Err(Disbelieved::Signature),
        }
    }
}

/// The proof that what a browser carries to the gateway is what we sent it with.
pub fn seal(secret: &SecretString, pieces: &[&str]) -> String {
    let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
    URL_SAFE_NO_PAD.encode(mac(secret, &pieces).finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Of the scheme's own example, with the secret as plain bytes.
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn signature(secret: &SecretString, id: &str, timestamp: &str, body: &[u8]) -> String {
        let digest = mac(secret, &[id.as_bytes(), timestamp.as_bytes(), body]).finalize();
        format!("v1,{}", STANDARD.encode(digest.into_bytes()))
    }

    #[test]
    fn l14_a_message_is_believed_whole_under_its_own_secret_and_in_time_alone() {
        let (ours, theirs) = (SecretString::from("k".repeat(32)), SecretString::from("l".repeat(32)));
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let signatures = signature(&ours, "msg_1", "1800000000", BODY);
        let good = Signed {
            id: "msg_1",
            timestamp: "1800000000",
            signatures: &signatures,
            body: BODY,
        };
        assert_eq!(good.prove(&ours, now), Ok(()));
        assert_eq!(good.prove(&theirs, now), Err(Disbelieved::Signature));
        assert_eq!(
            Signed { id: "msg_2", ..good }.prove(&ours, now),
            Err(Disbelieved::Signature)
        );
        assert_eq!(
            Signed { body: b"{}", ..good }.prove(&ours, now),
            Err(Disbelieved::Signature)
        );
        for unsigned in ["", "v1,", "v1,AAAA", "v2,AAAA", "AAAA"] {
            let forged = Signed {
                signatures: unsigned,
                ..good
            };
            assert_eq!(forged.prove(&ours, now), Err(Disbelieved::Signature), "{unsigned}");
        }
        let two = format!("{} {signatures}", signature(&theirs, "msg_1", "1800000000", BODY));
        assert_eq!(
            Signed {
                signatures: &two,
                ..good
            }
            .prove(&ours, now),
            Ok(()),
            "a secret is being changed"
        );
        assert_eq!(good.prove(&ours, now + Duration::seconds(300)), Ok(()));
        assert_eq!(good.prove(&ours, now + Duration::seconds(301)), Err(Disbelieved::Time));
        assert_eq!(good.prove(&ours, now - Duration::seconds(301)), Err(Disbelieved::Time));
        assert_eq!(
            Signed {
                timestamp: "soon",
                ..good
            }
            .prove(&ours, now),
            Err(Disbelieved::Time)
        );
    }
}
