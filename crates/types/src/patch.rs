//! Partial updates in the manner of RFC 7396: a field that is absent stays, a field that is `null` is emptied.

use serde::{Deserialize, Deserializer};

/// For `Option<Option<T>>` with `#[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]`: absent is `None`, `null` is `Some(None)`.
///
/// # Errors
/// Those of `T`.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// For `Option<T>` where `null` has no meaning: absent is `None`, `null` is refused.
///
/// # Errors
/// Those of `T`.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
