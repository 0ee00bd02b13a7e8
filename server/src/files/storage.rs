//! Where the bytes of files are kept: a local folder, or an S3 bucket with the `s3` feature.
//! A file is stored whole or not at all. Who may read it is decided elsewhere.

use std::path::Path as FolderPath;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
#[cfg(feature = "s3")]
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};

use super::media_type::{self, HEAD};
use super::picture::{Picture, Pictures};
use crate::domain::file::{FilePurpose, MediaType};
use crate::domain::picture::Dimensions;
use crate::domain::problem::Problem;

/// Parts go to the store in this size, the smallest that S3 takes.
const PART: usize = 5 * 1024 * 1024;

/// Under which a file's bytes are kept. Made here from random bits, never from anything that a person sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StorageKey(String);

impl StorageKey {
    pub fn random() -> StorageKey {
        let name = format!("{:032x}", rand::random::<u128>());
        // Two levels keep folders small.
        StorageKey(format!("{}/{}", &name[..2], &name[2..]))
    }

    /// Reads a key back from its row. `None` for what this type did not make.
    pub fn from_stored(text: &str) -> Option<StorageKey> {
        let (folder, name) = text.split_once('/')?;
        let hex = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (folder.len() == 2 && name.len() == 30 && hex(folder) && hex(name)).then(|| StorageKey(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn path(&self) -> Path {
        Path::from(self.0.as_str())
    }
}

/// A file that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub key: StorageKey,
    /// Bytes.
    pub size: u64,
    /// 64 hex digits in lower case.
    pub sha256: String,
    pub media_type: MediaType,
    /// Of pictures that were made anew.
    pub dimensions: Option<Dimensions>,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The file itself is not acceptable; the sender can do something about it.
    #[error("the file is refused: {0:?}")]
    Refused(Problem),
    /// The sender went away, or sent less than a file.
    #[error("the upload broke off")]
    Interrupted(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The storage does not work as it should.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("files cannot be kept at {url}: {reason}")]
    BadAddress { url: String, reason: String },
    #[error("the file storage failed")]
    Failed(#[from] object_store::Error),
}

/// A file's bytes on their way out.
pub struct Download {
    pub size: u64,
    pub bytes: futures_util::stream::BoxStream<'static, Result<Bytes, object_store::Error>>,
}

/// Cheap to clone; clones share the connection.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    pictures: Pictures,
}

impl Files {
    /// `file:///folder` (made if missing) or `s3://bucket/prefix`, whose credentials come from the usual AWS
    /// variables of the environment.
    pub fn open(url: &str) -> Result<Files, StorageError> {
        let bad = |reason: String| StorageError::BadAddress {
            url: url.to_owned(),
            reason,
        };
        let parsed = url::Url::parse(url).map_err(|error| bad(error.to_string()))?;
        match parsed.scheme() {
            "file" => {
                let folder = parsed
                    .to_file_path()
                    .map_err(|()| bad("it is not an absolute folder".to_owned()))?;
                Files::in_folder(&folder)
            }
            "s3" => open_bucket(&parsed),
            other => Err(bad(format!("{other} is not supported; use file:// or s3://"))),
        }
    }

    /// Keeps files in a local folder, which is made if it is missing.
    pub fn in_folder(folder: &FolderPath) -> Result<Files, StorageError> {
        let bad = |reason: String| StorageError::BadAddress {
            url: folder.display().to_string(),
            reason,
        };
        std::fs::create_dir_all(folder).map_err(|error| bad(error.to_string()))?;
        sweep(folder).map_err(|error| bad(error.to_string()))?;
        let local = LocalFileSystem::new_with_prefix(folder)?
            .with_fsync(true)
            .with_automatic_cleanup(false);
        Ok(Files::over(Arc::new(local)))
    }

    fn over(store: Arc<dyn ObjectStore>) -> Files {
        Files {
            store,
            pictures: Pictures::default(),
        }
    }

    /// Stores a file under a new key while its bytes arrive. Too much, or another kind than the purpose allows, stops
    /// it at once; whatever stops it, nothing of the file remains. Of a picture of a product not the bytes that were sent
    /// are stored, but those that were made of its pixels.
    pub async fn put<S, E>(&self, purpose: FilePurpose, bytes: S) -> Result<StoredFile, UploadError>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if let Some(rule) = purpose.picture() {
            let picture = self.pictures.read(purpose, rule, bytes).await?;
            return Ok(self.put_picture(picture).await?);
        }
        let mut bytes = std::pin::pin!(bytes);
        let (head, media_type) = read_head(&mut bytes, purpose).await?;
        let key = StorageKey::random();
        let upload = self
            .store
            .put_multipart(&key.path())
            .await
            .map_err(StorageError::from)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let all = futures_util::stream::once(async { Ok(head) }).chain(bytes);
        match copy(all, &mut upload, purpose.max_bytes()).await {
            Ok((size, sha256)) => {
                upload.finish().await.map_err(StorageError::from)?;
                Ok(StoredFile {
                    key,
                    size,
                    sha256,
                    media_type,
                    dimensions: None,
                })
            }
            Err(error) => {
                if let Err(left) = upload.abort().await {
                    tracing::warn!(key = key.as_str(), error = %left, "parts of a refused upload remain in the storage");
                }
                Err(error)
            }
        }
    }

    async fn put_picture(&self, picture: Picture) -> Result<StoredFile, StorageError> {
        let key = StorageKey::random();
        let stored = StoredFile {
            size: picture.bytes.len() as u64,
            sha256: hex(&Sha256::digest(&picture.bytes)),
            media_type: picture.media_type,
            dimensions: Some(picture.dimensions),
            key: key.clone(),
        };
        self.store.put(&key.path(), picture.bytes.into()).await?;
        Ok(stored)
    }

    /// `None` when nothing is kept under the key.
    pub async fn get(&self, key: &StorageKey) -> Result<Option<Download>, StorageError> {
        match self.store.get(&key.path()).await {
            Ok(found) => Ok(Some(Download {
                size: found.meta.size,
                bytes: found.into_stream(),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The whole file in memory, for the readers of packages and contracts, whose size was limited at upload.
    pub async fn read(&self, key: &StorageKey) -> Result<Option<Bytes>, StorageError> {
        match self.store.get(&key.path()).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deleting what is not there is no error: the wish is fulfilled.
    pub async fn delete(&self, key: &StorageKey) -> Result<(), StorageError> {
        match self.store.delete(&key.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Removes what uploads left behind when the server was killed: files under their temporary name (`#`), a day old, so
/// that another process's upload is never touched.
fn sweep(folder: &FolderPath) -> std::io::Result<()> {
    let day = Duration::from_secs(24 * 60 * 60);
    for shelf in std::fs::read_dir(folder)?
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        for entry in std::fs::read_dir(shelf.path())?.flatten() {
            let unfinished = entry.file_name().to_string_lossy().contains('#');
            let age = entry
                .metadata()
                .and_then(|data| data.modified())
                .ok()
                .and_then(|at| at.elapsed().ok());
            if unfinished && age.is_some_and(|age| age > day) {
                std::fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

/// Enough of the file to know its kind.
async fn read_head<S, E>(bytes: &mut S, purpose: FilePurpose) -> Result<(Bytes, MediaType), UploadError>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut head = Vec::with_capacity(HEAD);
    while head.len() < HEAD {
        match bytes.next().await {
            Some(chunk) => head.extend_from_slice(&chunk.map_err(|error| UploadError::Interrupted(error.into()))?),
            None => break,
        }
    }
    if head.is_empty() {
        return Err(UploadError::Refused(Problem::Required));
    }
    match media_type::sniff(&head) {
        Some(found) if purpose.allowed().contains(&found) => Ok((head.into(), found)),
        _ => Err(UploadError::Refused(purpose.wrong_kind())),
    }
}

/// Size and hash of what was copied.
async fn copy<S, E>(bytes: S, upload: &mut WriteMultipart, limit: u64) -> Result<(u64, String), UploadError>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut bytes = std::pin::pin!(bytes);
    let (mut size, mut hash) = (0_u64, Sha256::new());
    while let Some(chunk) = bytes.next().await {
        let chunk = chunk.map_err(|error| UploadError::Interrupted(error.into()))?;
        size += chunk.len() as u64;
        if size > limit {
            return Err(UploadError::Refused(Problem::FileTooLarge {
                max_mib: limit / 1024 / 1024,
            }));
        }
        hash.update(&chunk);
        upload.wait_for_capacity(2).await.map_err(StorageError::from)?;
        upload.put(chunk);
    }
    Ok((size, hex(&hash.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(feature = "s3")]
fn open_bucket(url: &url::Url) -> Result<Files, StorageError> {
    let bad = |reason: &str| StorageError::BadAddress {
        url: url.to_string(),
        reason: reason.to_owned(),
    };
    let bucket = url.host_str().ok_or_else(|| bad("it names no bucket"))?;
    // Where another part has chosen a provider of cryptography already, that one serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = object_store::aws::AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .build()?;
    let prefix = url.path().trim_matches('/');
    let store: Arc<dyn ObjectStore> = if prefix.is_empty() {
        Arc::new(store)
    } else {
        Arc::new(PrefixStore::new(store, prefix))
    };
    Ok(Files::over(store))
}

#[cfg(not(feature = "s3"))]
fn open_bucket(url: &url::Url) -> Result<Files, StorageError> {
    let reason = "this build has no S3 support; build with --features s3".to_owned();
    Err(StorageError::BadAddress {
        url: url.to_string(),
        reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A folder that goes away with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Folder {
            Folder(std::env::temp_dir().join(format!("appshelf-files-{:x}", rand::random::<u64>())))
        }

        /// Every file below the folder.
        fn files(&self) -> Vec<PathBuf> {
            let mut found = Vec::new();
            let mut folders = vec![self.0.clone()];
            while let Some(folder) = folders.pop() {
                for entry in std::fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        folders.push(path)
                    } else {
                        found.push(path)
                    }
                }
            }
            found
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn chunks(parts: Vec<Vec<u8>>) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
        futures_util::stream::iter(parts.into_iter().map(|part| Ok(Bytes::from(part))))
    }

    fn pdf(size: usize) -> Vec<u8> {
        let mut bytes = b"%PDF-1.4\n".to_vec();
        bytes.extend((bytes.len()..size).map(|place| (place % 251) as u8));
        bytes
    }

    #[tokio::test]
    async fn a_file_comes_back_as_it_was_sent() {
        let folder = Folder::new();
        let files = Files::in_folder(&folder.0).unwrap();
        // Three parts of the store, in pieces that fit none of its borders.
        let sent = pdf(12_000_000);
        let pieces = sent.chunks(65_537).map(<[u8]>::to_vec).collect();
        let stored = files.put(FilePurpose::Contract, chunks(pieces)).await.unwrap();
        assert_eq!((stored.size, stored.media_type), (12_000_000, MediaType::Pdf));
        let hash: String = Sha256::digest(&sent).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(stored.sha256, hash);
        assert_eq!(files.read(&stored.key).await.unwrap().unwrap(), sent);

        let download = files.get(&stored.key).await.unwrap().unwrap();
        let streamed: Vec<u8> = download.bytes.map(|chunk| chunk.unwrap().to_vec()).concat().await;
        assert_eq!((download.size, streamed), (12_000_000, sent));
        assert_eq!(folder.files().len(), 1);
    }

    #[tokio::test]
    async fn a_file_at_the_limit_is_kept_and_one_byte_more_leaves_nothing() {
        let folder = Folder::new();
        let files = Files::in_folder(&folder.0).unwrap();
        let limit = FilePurpose::Contract.max_bytes() as usize;
        assert!(files.put(FilePurpose::Contract, chunks(vec![pdf(limit)])).await.is_ok());
        let refused = files
            .put(FilePurpose::Contract, chunks(vec![pdf(limit), vec![0]]))
            .await;
        assert!(matches!(
            refused,
            Err(UploadError::Refused(Problem::FileTooLarge { max_mib: 20 }))
        ));
        assert_eq!(folder.files().len(), 1);
    }

    #[tokio::test]
    async fn another_kind_is_refused_whatever_it_is_called() {
        let folder = Folder::new();
        let files = Files::in_folder(&folder.0).unwrap();
        for (purpose, bytes) in [
            (FilePurpose::Contract, b"{\"a\": 1}".to_vec()),
            (FilePurpose::Contract, b"MZ\x90\0".to_vec()),
            (FilePurpose::Package, pdf(100)),
        ] {
            let refused = files.put(purpose, chunks(vec![bytes])).await;
            assert!(
                matches!(refused, Err(UploadError::Refused(Problem::FileKind { .. }))),
                "{refused:?}"
            );
        }
        let empty = files.put(FilePurpose::Contract, chunks(vec![vec![], vec![]])).await;
        assert!(matches!(empty, Err(UploadError::Refused(Problem::Required))));
        assert!(folder.files().is_empty());
    }

    #[tokio::test]
    async fn an_upload_that_breaks_off_leaves_nothing() {
        let folder = Folder::new();
        let files = Files::in_folder(&folder.0).unwrap();
        let broken = chunks(vec![pdf(6_000_000)]).chain(futures_util::stream::once(async {
            Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
        }));
        assert!(matches!(
            files.put(FilePurpose::Contract, broken).await,
            Err(UploadError::Interrupted(_))
        ));
        assert!(folder.files().is_empty());

        // A request that is dropped while it waits for more.
        let waits = chunks(vec![pdf(6_000_000)]).chain(futures_util::stream::pending());
        let put = files.put(FilePurpose::Contract, waits);
        assert!(tokio::time::timeout(Duration::from_millis(300), put).await.is_err());
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(folder.files().is_empty(), "{:?}", folder.files());
    }

    #[test]
    fn what_a_killed_server_left_behind_is_swept_when_it_is_old() {
        let folder = Folder::new();
        let shelf = folder.0.join("ab");
        std::fs::create_dir_all(&shelf).unwrap();
        for name in ["old#1", "new#1", "kept"] {
            std::fs::write(shelf.join(name), b"%PDF-").unwrap();
        }
        let long_ago = std::time::SystemTime::now() - Duration::from_secs(25 * 60 * 60);
        for name in ["old#1", "kept"] {
            let file = std::fs::File::options().write(true).open(shelf.join(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        Files::in_folder(&folder.0).unwrap();
        let mut left: Vec<_> = folder
            .files()
            .iter()
            .map(|path| path.file_name().unwrap().to_owned())
            .collect();
        left.sort();
        assert_eq!(left, ["kept", "new#1"]);
    }

    #[tokio::test]
    async fn deleting_twice_and_reading_nothing_are_no_errors() {
        let folder = Folder::new();
        let files = Files::open(url::Url::from_file_path(&folder.0).unwrap().as_str()).unwrap();
        let stored = files
            .put(FilePurpose::Package, chunks(vec![b"{}".to_vec()]))
            .await
            .unwrap();
        files.delete(&stored.key).await.unwrap();
        files.delete(&stored.key).await.unwrap();
        assert!(files.get(&stored.key).await.unwrap().is_none());
        assert!(files.read(&stored.key).await.unwrap().is_none());
    }

    #[test]
    fn a_key_never_leaves_its_folder() {
        let key = StorageKey::random();
        assert_eq!(StorageKey::from_stored(key.as_str()), Some(key));
        for text in [
            "",
            "ab",
            "ab/../../etc/passwd0000000000000",
            "../0123456789abcdef0123456789abcd",
            "AB/0123456789abcdef0123456789abcd",
        ] {
            assert_eq!(StorageKey::from_stored(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_that_cannot_work_says_why() {
        for url in ["", "files", "ftp://host/folder", "file://remote/folder"] {
            assert!(
                matches!(Files::open(url), Err(StorageError::BadAddress { .. })),
                "{url}"
            );
        }
        #[cfg(not(feature = "s3"))]
        assert!(
            Files::open("s3://bucket/prefix")
                .unwrap_err()
                .to_string()
                .contains("--features s3")
        );
    }
}
