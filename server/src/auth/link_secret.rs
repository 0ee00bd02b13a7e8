//! The secret that signs distribution links: the configured one, or a random one that the server keeps for itself.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;

use super::private_file;
use crate::config::Config;

/// The configured secret, else the content of `link.secret` in the data folder, which is made when missing.
///
/// # Errors
/// The file cannot be read or made, or holds fewer than 32 bytes.
pub fn load_or_make(config: &Config) -> io::Result<SecretString> {
    if let Some(secret) = &config.link_secret {
        return Ok(secret.clone());
    }
    let path = config.data.join("link.secret");
    if !path.exists() {
        match private_file::create(&path, URL_SAFE_NO_PAD.encode(rand::random::<[u8; 48]>()).as_bytes()) {
            Ok(()) => tracing::warn!(
                file = %path.display(),
                "no APPSHELF_LINK_SECRET is configured: made a development secret for distribution links"
            ),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    let text = std::fs::read_to_string(&path)?;
    let text = text.trim();
    if text.len() < 32 {
        let why = format!(
            "{} holds fewer than 32 bytes; delete it or set APPSHELF_LINK_SECRET",
            path.display()
        );
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(text.to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use secrecy::ExposeSecret;

    #[test]
    fn a_made_secret_is_kept_private_and_used_again() {
        let data = std::env::temp_dir().join(format!("appshelf-link-{}", rand::random::<u64>()));
        let settings = Settings {
            data: Some(data.display().to_string()),
            ..Settings::default()
        };
        let config = Config::load(settings).unwrap();
        let first = load_or_make(&config).unwrap();
        assert_eq!(first.expose_secret(), load_or_make(&config).unwrap().expose_secret());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(data.join("link.secret"))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::remove_dir_all(&data).unwrap();
    }
}
