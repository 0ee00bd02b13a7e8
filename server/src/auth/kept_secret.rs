//! A secret of the installation: the configured one, or a random one that the server keeps for itself in the data folder.
//! What it is for is the caller's.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;

use super::private_file;
use crate::config::Config;

/// Fewest bytes of a secret.
const LEAST: usize = 32;

/// Where a secret is kept that nobody configured.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Its file in the data folder.
    pub file: &'static str,
    /// The setting that would configure it.
    pub setting: &'static str,
    /// What it is for, in English.
    pub purpose: &'static str,
}

impl Kept {
    /// The configured secret, else the content of the file, which is made when missing.
    ///
    /// # Errors
    /// The file cannot be read or made, or holds fewer than 32 bytes.
    pub fn load_or_make(self, config: &Config, configured: Option<&SecretString>) -> io::Result<SecretString> {
        if let Some(secret) = configured {
            return Ok(secret.clone());
        }
        let path = config.data.join(self.file);
        let (setting, purpose) = (self.setting, self.purpose);
        if !path.exists() {
            match private_file::create(&path, URL_SAFE_NO_PAD.encode(rand::random::<[u8; 48]>()).as_bytes()) {
                Ok(()) => tracing::warn!(
                    file = %path.display(),
                    "no {setting} is configured: made a development secret for {purpose}"
                ),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        }
        let text = std::fs::read_to_string(&path)?;
        let text = text.trim();
        if text.len() < LEAST {
            let why = format!(
                "{} holds fewer than {LEAST} bytes; delete it or set {setting}",
                path.display()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(text.to_owned().into())
    }
}
