//! Files that only the server's own account may read: signing keys and secrets. Not for anything people upload.

use std::io::{self, Write};
use std::path::Path;

/// Makes the file with mode 0600. Fails with `AlreadyExists` when another process was quicker, so that two servers
/// that start together agree on one secret.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
