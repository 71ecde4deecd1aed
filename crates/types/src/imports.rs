//! Files of products that staff hand in, and what became of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ImportId, Timestamp};

/// The largest file that is taken: 10 MiB.
pub const MAX_IMPORT_BYTES: u64 = 10 * 1024 * 1024;
/// So many bad rows are kept word by word; of the rest only how many there were.
pub const MAX_IMPORT_ERRORS: usize = 500;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Waits for a worker.
    Queued,
    /// A worker is bringing it in.
    Running,
    /// All good rows are in.
    Done,
    /// The file cannot be read at all; `failure` says why.
    Failed,
}

impl ImportStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Running, Self::Done, Self::Failed];

    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The status a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportError {
    /// Where it begins in the file, from 1.
    #[schema(example = 17)]
    pub line: u64,
    /// Why, in a sentence that names the column or field.
    #[schema(example = "Variant Price: “free” is no price")]
    pub reason: String,
}

/// A file of products on its way into the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// The import's id.
    pub id: ImportId,
    /// Where it stands.
    pub status: ImportStatus,
    /// The file's name as it came.
    #[schema(example = "spring.csv")]
    pub file_name: String,
    /// Its size in bytes.
    #[schema(example = 48213)]
    pub size: u64,
    /// `novashop`, `dummyjson` or `shopify`, judged by content; `null` until it is read.
    #[schema(required = true, example = "shopify")]
    pub format: Option<String>,
    /// How many products the file holds, bad ones included; 0 until it is read.
    #[schema(example = 200)]
    pub rows_total: u64,
    /// How many of them are dealt with.
    #[schema(example = 120)]
    pub rows_done: u64,
    /// Products that are new.
    #[schema(example = 90)]
    pub products_created: u64,
    /// Products that were changed.
    #[schema(example = 28)]
    pub products_updated: u64,
    /// Products that were just so already.
    #[schema(example = 0)]
    pub products_unchanged: u64,
    /// Rows that were not taken.
    #[schema(example = 2)]
    pub error_count: u64,
    /// The first 500 of them, in the order of the file. In lists it is empty: read the import itself.
    pub errors: Vec<ImportError>,
    /// Why the file cannot be read, with `failed`.
    #[schema(required = true)]
    pub failure: Option<String>,
    /// When it was handed in.
    pub created_at: Timestamp,
    /// When it was over, or `null`.
    #[schema(required = true)]
    pub finished_at: Option<Timestamp>,
}
