//! Pictures: judged by content, re-encoded, kept in several widths.

use std::sync::Arc;

use novashop_types::{
    ImageId,
    catalogue::{Image, ImageSource},
};
use object_store::ObjectStore;

/// Where pictures are kept.
#[derive(Clone, Debug)]
pub struct Media {
    /// The store: a folder now, S3 later.
    pub store: Arc<dyn ObjectStore>,
}

/// The largest width of a picture whose widths are `widths`, with an address for each.
#[must_use]
pub fn wire(id: ImageId, folder: &str, alt: &str, width: i32, height: i32, widths: &serde_json::Value) -> Image {
    let widths: Vec<i32> = widths.as_array().into_iter().flatten().filter_map(|w| w.as_i64().and_then(|w| i32::try_from(w).ok())).collect();
    let url = |width: i32| format!("/media/{folder}/{width}.webp");
    Image {
        id,
        url: url(widths.iter().copied().max().unwrap_or(width)),
        alt: alt.to_owned(),
        width,
        height,
        sources: widths.iter().map(|w| ImageSource { url: url(*w), width: *w }).collect(),
    }
}
