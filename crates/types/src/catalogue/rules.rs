//! What the fields of the catalogue must be.

use serde_json::{Map, Value};
use validator::ValidationError;

use crate::{Money, ProductId, accounts::reason, money::MAX_PRICE};

/// Lower-case ASCII letters and digits, in groups joined by single hyphens.
pub(super) fn valid_slug(text: &str) -> Result<(), ValidationError> {
    let group = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if text.len() <= 120 && text.split('-').all(group) && text.parse::<ProductId>().is_err() {
        Ok(())
    } else {
        Err(reason("format", "must be lower-case letters, digits and single hyphens, up to 120 in all, such as stoneware-mug"))
    }
}

pub(super) fn not_blank(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() { Err(reason("required", "must not be blank")) } else { Ok(()) }
}

pub(super) fn valid_price(money: &Money) -> Result<(), ValidationError> {
    if (0..=MAX_PRICE).contains(&money.amount) { Ok(()) } else { Err(reason("range", "must be from 0 to 100000000000 minor units")) }
}

pub(super) fn valid_sku(text: &str) -> Result<(), ValidationError> {
    if !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(reason("format", "must be 1 to 64 visible ASCII characters without spaces"))
    }
}

pub(super) fn valid_attributes(map: &Map<String, Value>) -> Result<(), ValidationError> {
    let fits = |value: &Value| match value {
        Value::String(text) => text.chars().count() <= 500,
        Value::Number(_) | Value::Bool(_) => true,
        Value::Array(values) => values.len() <= 50 && values.iter().all(|v| v.as_str().is_some_and(|t| t.chars().count() <= 100)),
        Value::Null | Value::Object(_) => false,
    };
    let named = |name: &String| !name.trim().is_empty() && name.chars().count() <= 60;
    if map.len() <= 50 && map.iter().all(|(name, value)| named(name) && fits(value)) {
        Ok(())
    } else {
        Err(reason(
            "attributes",
            "may have up to 50 names of up to 60 characters, each with a text of up to 500 characters, a number, a boolean or a list of texts",
        ))
    }
}

pub(super) fn option_values(values: &[String]) -> Result<(), ValidationError> {
    let mut seen = std::collections::HashSet::new();
    if values.iter().all(|v| !v.trim().is_empty() && v.chars().count() <= 60 && seen.insert(v)) {
        Ok(())
    } else {
        Err(reason("values", "must be different texts of 1 to 60 characters"))
    }
}

pub(super) fn option_name(name: &str) -> Result<(), ValidationError> {
    not_blank(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_never_looks_like_an_id() {
        assert!(valid_slug("stoneware-mug-2").is_ok());
        for bad in ["", "-mug", "mug-", "a--b", "Mug", "mug_1", "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5"] {
            assert!(valid_slug(bad).is_err(), "{bad}");
        }
    }
}
