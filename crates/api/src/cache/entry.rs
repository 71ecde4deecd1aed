//! An answer as it is kept: its bytes, its tags, and its compressed forms once somebody asked for them.

use std::{io::Write as _, sync::OnceLock, time::Instant};

use actix_web::http::header::HeaderValue;
use bytes::Bytes;
use novashop_services::Error;
use serde::Serialize;

use super::Tag;
use crate::{Failure, respond};

/// An answer that was just loaded.
#[derive(Debug)]
pub struct Fresh {
    body: Bytes,
    version: Option<i64>,
    tags: Vec<Tag>,
    next_cursor: Option<String>,
}

impl Fresh {
    /// A body and what it depends on.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub fn new<T: Serialize>(body: &T, tags: impl Into<Vec<Tag>>) -> Result<Self, Failure> {
        // Kept for long perhaps, so without the room that it was written in.
        let body = respond::bytes(body)?.into_boxed_slice();
        Ok(Self { body: body.into(), version: None, tags: tags.into(), next_cursor: None })
    }

    /// A body that is written already.
    pub(super) const fn written(body: Bytes, version: Option<i64>, tags: Vec<Tag>, next_cursor: Option<String>) -> Self {
        Self { body, version, tags, next_cursor }
    }

    /// The version that `If-Match` compares.
    #[must_use]
    pub fn version(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }

    /// Where the next page begins.
    #[must_use]
    pub fn next(self, cursor: Option<&str>) -> Self {
        Self { next_cursor: cursor.map(str::to_owned), ..self }
    }
}

/// The content codings that answers are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
    Zstd,
}

impl Coding {
    /// Its name in `Content-Encoding`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// Middling levels: an answer is compressed once for thousands who read it, but somebody waits for it.
    fn compress(self, body: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let params = brotli::enc::BrotliEncoderParams { quality: 5, size_hint: body.len(), ..Default::default() };
                let mut small = Vec::new();
                brotli::BrotliCompress(&mut &*body, &mut small, &params)?;
                Ok(small)
            }
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(body)?;
                encoder.finish()
            }
            Self::Zstd => zstd::bulk::compress(body, zstd::DEFAULT_COMPRESSION_LEVEL),
        }
    }
}

/// An answer that is kept.
#[derive(Debug)]
pub(super) struct Entry {
    /// The query in its normal spelling.
    pub(super) key: String,
    /// The version that its `ETag` bears.
    pub(super) version: Option<i64>,
    /// The number of its load.
    pub(super) serial: u64,
    /// The generation at which its load began.
    pub(super) generation: u64,
    /// When its load began.
    pub(super) begun: Instant,
    pub(super) tags: Box<[Tag]>,
    pub(super) body: Bytes,
    /// Of the body as it is.
    pub(super) etag: HeaderValue,
    /// Of the compressed forms: they are not the same bytes, so they may not share a strong one (RFC 9110, 8.8.1).
    pub(super) weak_etag: HeaderValue,
    pub(super) next_cursor: Option<String>,
    forms: [OnceLock<Option<Bytes>>; 3],
}

impl Entry {
    pub(super) fn new(key: &str, fresh: Fresh, serial: u64, generation: u64, begun: Instant) -> Result<Self, Failure> {
        let header = |text: String| HeaderValue::try_from(text).map_err(|error| Error::internal("writing an answer", error));
        let etag = respond::etag(&fresh.body, fresh.version);
        Ok(Self {
            key: key.to_owned(),
            version: fresh.version,
            serial,
            generation,
            begun,
            tags: fresh.tags.into(),
            body: fresh.body,
            weak_etag: header(format!("W/{etag}"))?,
            etag: header(etag)?,
            next_cursor: fresh.next_cursor,
            forms: Default::default(),
        })
    }

    /// What it takes, compressed forms included.
    pub(super) fn size(&self) -> usize {
        let forms = self.forms.iter().filter_map(|form| form.get()?.as_ref()).map(Bytes::len).sum::<usize>();
        // Its key is kept twice: as the store's and as its own.
        self.body.len() + forms + self.key.len()
    }

    /// The body in a coding, and whether it was made just now. Nothing where it could not be made.
    pub(super) fn form(&self, coding: Coding) -> (Option<Bytes>, bool) {
        let [brotli, gzip, zstd] = &self.forms;
        let form = match coding {
            Coding::Brotli => brotli,
            Coding::Gzip => gzip,
            Coding::Zstd => zstd,
        };
        let mut made_now = false;
        let bytes = form.get_or_init(|| {
            made_now = true;
            coding.compress(&self.body).ok().map(Bytes::from)
        });
        (bytes.clone(), made_now)
    }
}
