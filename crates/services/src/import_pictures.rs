//! The pictures of a file: read from beside it, kept like any other picture. Addresses are not fetched.

use std::path::{Component, Path, PathBuf};

use bytes::Bytes;
use futures_util::StreamExt as _;
use novashop_types::ProductId;

use crate::{
    Context, Error, Result as Kept, images,
    imports::{Progress, RowError},
    picture_encoding::{Encoded, encode},
};

/// Encoding takes a core: as many at once as the smallest machine has.
const AT_ONCE: usize = 2;

/// Where the pictures of a file lie.
pub trait Files: Send + Sync {
    /// The content of a file by its name.
    ///
    /// # Errors
    /// Why it cannot be had, in a sentence for the person who runs the import.
    fn read(&self, name: &str) -> Result<Bytes, String>;

    /// The picture in the shop's widths, where it was made ready before.
    fn ready(&self, _name: &str) -> Option<Encoded> {
        None
    }
}

/// A folder; names may go down from it and nowhere else.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn read(&self, name: &str) -> Result<Bytes, String> {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside {
            return Err("must be a file in the folder of the import file or below it".into());
        }
        std::fs::read(self.0.join(name)).map(Bytes::from).map_err(|error| error.to_string())
    }
}

/// There are no pictures.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _name: &str) -> Result<Bytes, String> {
        Err("pictures cannot come with this file".into())
    }
}

/// A picture that a product shall get.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub line: u64,
    pub product_id: ProductId,
    pub file: String,
    pub alt: String,
    pub position: i32,
}

/// Reads, encodes and keeps pictures; those that are no good are named.
pub(crate) async fn store(ctx: &Context, wanted: Vec<Wanted>, files: &dyn Files, progress: &Progress<'_>) -> Vec<RowError> {
    let total = wanted.len();
    let mut done = 0;
    let mut refused = Vec::new();
    let mut running = futures_util::stream::iter(wanted.into_iter().map(|picture| one(ctx, picture, files))).buffer_unordered(AT_ONCE);
    while let Some(outcome) = running.next().await {
        done += 1;
        refused.extend(outcome.err());
        progress("pictures", done, total);
    }
    refused
}

async fn one(ctx: &Context, picture: Wanted, files: &dyn Files) -> Result<(), RowError> {
    let refuse = |reason: String| RowError { line: picture.line, reason: format!("picture {}: {reason}", picture.file) };
    let kept = match files.ready(&picture.file) {
        Some(encoded) => Ok(encoded),
        None => encode(files.read(&picture.file).map_err(refuse)?).await,
    };
    let kept = match kept {
        Ok(encoded) => keep(ctx, &picture, encoded).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(()) => Ok(()),
        Err(Error::Refused(refusal)) => Err(refuse(refusal.detail)),
        Err(error) => Err(refuse(error.to_string())),
    }
}

/// The one place where a picture of a file becomes a picture of the shop.
async fn keep(ctx: &Context, picture: &Wanted, encoded: Encoded) -> Kept<()> {
    let (position, source) = (Some(picture.position), Some(picture.file.as_str()));
    images::store_encoded(ctx, None, picture.product_id, encoded, &picture.alt, position, source).await.map(|_| ())
}
