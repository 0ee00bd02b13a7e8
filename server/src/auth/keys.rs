//! The Ed25519 keys that sign access tokens: a folder of PKCS#8 PEM files.
//!
//! The last file by name signs, all verify, and the folder is looked at again every few seconds: rotation is dropping
//! in a file with a later name, and deleting the old one once its tokens have expired. What a token says is `token`'s.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::private_file;

/// How often the folder is compared with what is loaded.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Keys that anybody can read in RFC 8032 and RFC 8037; refused outside demo mode.
const PUBLISHED: [&str; 3] = [
    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw",
    "_FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU",
];

/// One key pair. Printing it shows its id alone.
pub struct Key {
    kid: String,
    x: String,
    pub(super) signing: EncodingKey,
    pub(super) verifying: DecodingKey,
}

impl Key {
    /// The RFC 7638 thumbprint of the public key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    fn from_pem(pem: &str) -> Result<Self, String> {
        let pair =
            SigningKey::from_pkcs8_pem(pem).map_err(|e| format!("not an Ed25519 private key in PKCS#8 PEM: {e}"))?;
        let x = URL_SAFE_NO_PAD.encode(pair.verifying_key().as_bytes());
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        let der = pair.to_pkcs8_der().map_err(|e| e.to_string())?;
        Ok(Self {
            kid: URL_SAFE_NO_PAD.encode(thumbprint),
            signing: EncodingKey::from_ed_der(der.as_bytes()),
            verifying: DecodingKey::from_ed_components(&x).map_err(|e| e.to_string())?,
            x,
        })
    }
}

/// The folder cannot serve as a key ring.
#[derive(Debug, thiserror::Error)]
pub enum KeysRefused {
    #[error("the keys folder {0} cannot be used: {1}")]
    Folder(PathBuf, #[source] io::Error),
    #[error("the key {0} was refused: {1}")]
    Key(PathBuf, String),
}

/// What one look at the folder found: a file's name, length and time of change.
type Sight = Vec<(PathBuf, u64, SystemTime)>;

struct Loaded {
    keys: Vec<Arc<Key>>,
    sight: Sight,
}

/// All keys of one installation.
pub struct KeyRing {
    folder: PathBuf,
    demo: bool,
    loaded: RwLock<Loaded>,
    looked: Mutex<Instant>,
}

impl KeyRing {
    /// Opens the folder; an empty one gets a development key, and the log says so.
    pub fn open(folder: &Path, demo: bool) -> Result<Self, KeysRefused> {
        let mut loaded = load(folder, demo)?;
        if loaded.keys.is_empty() {
            make_development_key(folder)?;
            loaded = load(folder, demo)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            demo,
            loaded: RwLock::new(loaded),
            looked: Mutex::new(Instant::now()),
        })
    }

    /// The key that signs: the last by file name.
    pub(super) fn signing(&self) -> Option<Arc<Key>> {
        self.look_again();
        self.read(|loaded| loaded.keys.last().cloned())
    }

    /// The key with this id, if it may still verify.
    pub(super) fn find(&self, kid: &str) -> Option<Arc<Key>> {
        self.look_again();
        self.read(|loaded| loaded.keys.iter().find(|key| key.kid == kid).cloned())
    }

    /// The public halves as a JSON Web Key Set.
    pub fn jwks(&self) -> Jwks {
        self.look_again();
        let jwk = |key: &Arc<Key>| Jwk {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            r#use: "sig",
            kid: key.kid.clone(),
            x: key.x.clone(),
        };
        self.read(|loaded| Jwks {
            keys: loaded.keys.iter().map(jwk).collect(),
        })
    }

    fn read<T>(&self, what: impl FnOnce(&Loaded) -> T) -> T {
        what(&self.loaded.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn look_again(&self) {
        let Ok(mut looked) = self.looked.try_lock() else { return };
        if looked.elapsed() >= LOOK_AGAIN {
            *looked = Instant::now();
            self.reload();
        }
    }

    /// Takes up a changed folder. A broken or empty one is logged and the keys in use stay, so that a half-copied
    /// file signs nobody out.
    pub fn reload(&self) {
        let unchanged = |sight: Sight| self.read(|loaded| loaded.sight == sight);
        if look(&self.folder).is_ok_and(unchanged) {
            return;
        }
        match load(&self.folder, self.demo) {
            Ok(loaded) if loaded.keys.is_empty() => {
                tracing::error!("the keys folder is empty: keeping the keys in use")
            }
            Ok(loaded) => {
                tracing::info!(keys = loaded.keys.len(), "signing keys changed");
                *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = loaded;
            }
            Err(refused) => tracing::error!(error = %refused, "keeping the keys in use"),
        }
    }
}

/// A JSON Web Key Set with public keys only.
#[derive(Debug, Serialize)]
pub struct Jwks {
    keys: Vec<Jwk>,
}

#[derive(Debug, Serialize)]
struct Jwk {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    r#use: &'static str,
    kid: String,
    x: String,
}

fn look(folder: &Path) -> io::Result<Sight> {
    let mut sight = Sight::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "pem") {
            let about = std::fs::metadata(&path)?;
            sight.push((path, about.len(), about.modified()?));
        }
    }
    sight.sort();
    Ok(sight)
}

fn load(folder: &Path, demo: bool) -> Result<Loaded, KeysRefused> {
    let unusable = |e| KeysRefused::Folder(folder.to_owned(), e);
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let sight = look(folder).map_err(unusable)?;
    let read = |(path, _, _): &(PathBuf, u64, SystemTime)| {
        let pem = std::fs::read_to_string(path).map_err(|e| KeysRefused::Key(path.clone(), e.to_string()))?;
        let key = Key::from_pem(&pem).map_err(|why| KeysRefused::Key(path.clone(), why))?;
        if !demo && PUBLISHED.contains(&key.x.as_str()) {
            let why = "it is published in a standard, which only demo mode accepts".to_owned();
            return Err(KeysRefused::Key(path.clone(), why));
        }
        Ok(Arc::new(key))
    };
    let keys = sight.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Loaded { keys, sight })
}

fn make_development_key(folder: &Path) -> Result<(), KeysRefused> {
    let path = folder.join("0000-development.pem");
    let pair = SigningKey::from_bytes(&rand::random::<[u8; 32]>());
    let pem = pair
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|e| KeysRefused::Key(path.clone(), e.to_string()))?;
    match private_file::create(&path, pem.as_bytes()) {
        Ok(()) => tracing::warn!(file = %path.display(), "no signing key is configured: made a development key"),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
        Err(e) => return Err(KeysRefused::Folder(folder.to_owned(), e)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        std::env::temp_dir().join(format!("appshelf-keys-{}", rand::random::<u64>()))
    }

    #[test]
    fn an_empty_folder_gets_one_private_key_that_stays() {
        let folder = folder();
        let kid = |ring: &KeyRing| ring.signing().unwrap().kid().to_owned();
        let first = KeyRing::open(&folder, false).unwrap();
        assert_eq!(kid(&first), kid(&KeyRing::open(&folder, false).unwrap()));
        let json = serde_json::to_value(first.jwks()).unwrap();
        assert_eq!(json["keys"][0]["kid"], kid(&first));
        assert!(json["keys"][0].get("d").is_none());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn rotation_is_dropping_in_a_file_and_broken_files_change_nothing() {
        let folder = folder();
        let ring = KeyRing::open(&folder, false).unwrap();
        let old = ring.signing().unwrap().kid().to_owned();
        std::fs::write(folder.join("2026-12.pem"), "half a fi").unwrap();
        ring.reload();
        assert_eq!(ring.signing().unwrap().kid(), old);
        let pair = SigningKey::from_bytes(&[7; 32]);
        std::fs::write(
            folder.join("2026-12.pem"),
            pair.to_pkcs8_pem(LineEnding::LF).unwrap().as_bytes(),
        )
        .unwrap();
        ring.reload();
        assert_ne!(ring.signing().unwrap().kid(), old);
        assert!(ring.find(&old).is_some());
        std::fs::remove_file(folder.join("0000-development.pem")).unwrap();
        ring.reload();
        assert!(ring.find(&old).is_none());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_published_key_is_for_demos_only() {
        let folder = folder();
        std::fs::create_dir_all(&folder).unwrap();
        let known: [u8; 32] = URL_SAFE_NO_PAD
            .decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
            .unwrap()
            .try_into()
            .unwrap();
        let pem = SigningKey::from_bytes(&known).to_pkcs8_pem(LineEnding::LF).unwrap();
        std::fs::write(folder.join("key.pem"), pem.as_bytes()).unwrap();
        assert!(KeyRing::open(&folder, false).is_err());
        let ring = KeyRing::open(&folder, true).unwrap();
        // RFC 8037, appendix A.3.
        assert_eq!(
            ring.signing().unwrap().kid(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
