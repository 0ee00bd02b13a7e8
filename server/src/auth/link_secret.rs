//! The secret that signs distribution links: the configured one, or a random one that the server keeps for itself.

use std::io;

use secrecy::SecretString;

use super::kept_secret::Kept;
use crate::config::Config;

/// The configured secret, else the content of `link.secret` in the data folder, which is made when missing.
///
/// # Errors
/// The file cannot be read or made, or holds fewer than 32 bytes.
pub fn load_or_make(config: &Config) -> io::Result<SecretString> {
    let kept = Kept {
        file: "link.secret",
        setting: "APPSHELF_LINK_SECRET",
        purpose: "distribution links",
    };
    kept.load_or_make(config, config.link_secret.as_ref())
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
