//! Lists come in pages, by cursor.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The page's entries.
    pub items: Vec<T>,
    /// Pass it as `?cursor=` for the next page; `null` on the last one.
    #[schema(required = true, example = "3q2-7wAAAAAAAAAAWzE5OTld")]
    pub next_cursor: Option<String>,
    /// How many entries there are in all; only with `?include_total=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// The same page with every entry changed.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next_cursor: self.next_cursor, total: self.total }
    }
}

/// The default number of entries on a page.
pub const DEFAULT_LIMIT: u32 = 20;
/// The largest number of entries on a page.
pub const MAX_LIMIT: u32 = 100;
