//! A backup as a file: what is in it, and the places on this machine that its parts come from and go to.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Read},
    path::{Path, PathBuf},
};

use novashop_types::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Failed, config::Config};

/// The name of the manifest in the archive; it comes last, when everything has been read.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The name of the database.
pub(crate) const DATABASE: &str = "novashop.db";
/// The name of the secret that the shop made itself.
pub(crate) const SECRET: &str = "secret_key";
/// What the names of pictures begin with.
pub(crate) const MEDIA: &str = "media/";
/// The form of the archive that this program writes, and the only one it reads.
pub(crate) const FORMAT: u32 = 1;

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The form of the archive.
    pub format: u32,
    /// The program that wrote it.
    pub version: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The migrations that had run, by name.
    pub schema: Vec<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
    /// Every other file of the archive.
    pub files: BTreeMap<String, Content>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// Where an embedded shop keeps its parts.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub database: PathBuf,
    pub secret: PathBuf,
    /// The folder of the pictures; `None` where they are in a bucket, and stay there.
    pub media: Option<PathBuf>,
}

impl Places {
    /// The places of the configuration.
    ///
    /// # Errors
    /// `elsewhere`, what to do instead, where the shop is not on SQLite.
    pub(crate) fn of(config: &Config, elsewhere: &str) -> Result<Self, Failed> {
        let Some(database) = config.sqlite_file() else {
            return Err(Failed::new(elsewhere.replace("{out}", &config.media.copy_out()).replace("{in}", &config.media.copy_in())));
        };
        Ok(Self { database, secret: config.data_dir.join(SECRET), media: config.media.folder().map(Path::to_owned) })
    }
}

/// A reader that knows what it has read.
pub(crate) struct Hashing<R> {
    inner: R,
    sha256: Sha256,
    bytes: u64,
}

impl<R: Read> Hashing<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, sha256: Sha256::new(), bytes: 0 }
    }

    /// What was read so far.
    pub(crate) fn content(self) -> Content {
        let sha256 = self.sha256.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _written = write!(text, "{byte:02x}");
            text
        });
        Content { bytes: self.bytes, sha256 }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.sha256.update(buffer.get(..count).unwrap_or_default());
        self.bytes += u64::try_from(count).unwrap_or_default();
        Ok(count)
    }
}

/// A file or folder that goes when this is dropped: what was begun and not finished leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Temporary(pub PathBuf);

impl Temporary {
    /// A new name beside a path, on the same disk so that it can be renamed into place.
    pub(crate) fn beside(path: &Path, ending: &str) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self(path.with_file_name(format!(".{name}.{ending}-{}", std::process::id())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may have been renamed, or never made.
        if self.0.is_dir() {
            let _gone = std::fs::remove_dir_all(&self.0);
        } else {
            let _gone = std::fs::remove_file(&self.0);
        }
    }
}

/// Makes a new file that only its owner can read: it holds addresses, or the secret.
pub(crate) fn new_file(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Puts a finished file or folder in its place, and on the disk.
pub(crate) fn put_in_place(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)?;
    match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::File::open(folder)?.sync_all(),
        _ => std::fs::File::open(".")?.sync_all(),
    }
}

/// `12.3 MB`.
pub(crate) fn size(bytes: u64) -> String {
    indicatif::DecimalBytes(bytes).to_string()
}
