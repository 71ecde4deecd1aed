//! Pictures.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{ImageId, patch::present};

/// A picture, in several widths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Image {
    /// The picture's id.
    pub id: ImageId,
    /// The largest width (up to 1280 pixels), as WebP. Its content never changes: cache it for ever.
    #[schema(example = "/media/products/0198c0de/1280.webp")]
    pub url: String,
    /// What a person who cannot see it should be told.
    #[schema(example = "A grey stoneware mug on a linen cloth")]
    pub alt: String,
    /// Width of `url` in pixels.
    #[schema(example = 1280)]
    pub width: i32,
    /// Height of `url` in pixels.
    #[schema(example = 1600)]
    pub height: i32,
    /// The same picture in each width there is, for `srcset`.
    pub sources: Vec<ImageSource>,
}

/// One width of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImageSource {
    /// Where it is.
    #[schema(example = "/media/products/0198c0de/320.webp")]
    pub url: String,
    /// Its width in pixels.
    #[schema(example = 320)]
    pub width: i32,
}

/// Changes to a picture.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImagePatch {
    /// What a person who cannot see it should be told.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 300, message = "may have up to 300 characters"))]
    #[schema(max_length = 300, nullable = false)]
    pub alt: Option<String>,
    /// Its place among the product's pictures, from 0.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 0, max = 1000, message = "must be from 0 to 1000"))]
    #[schema(minimum = 0, maximum = 1000, nullable = false)]
    pub position: Option<i32>,
}
