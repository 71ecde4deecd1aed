//! What shoppers choose from, and how a product that was made without options gets its first ones.

use std::collections::HashSet;

use novashop_db::{self as db, ConnectionTrait, product_variants::Row as VariantRow, products::OptionRow};
use novashop_domain::variants::{first_choices, options_key};
use novashop_types::{ErrorCode, FieldError, catalogue::ProductOption};
use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Result};

/// The options whose name another one before them has.
pub(crate) fn repeated(options: &[ProductOption]) -> Vec<FieldError> {
    let mut names = HashSet::new();
    let again = options.iter().enumerate().filter(|(_, option)| !names.insert(option.name.as_str()));
    again.map(|(n, _)| FieldError::new(format!("/options/{n}/name"), "duplicate", "is the name of another option already")).collect()
}

/// Options as they are stored.
pub(crate) fn rows(product_id: Uuid, options: &[ProductOption]) -> Vec<OptionRow> {
    let row = |(position, option): (i32, &ProductOption)| OptionRow {
        product_id,
        position,
        name: option.name.clone(),
        choices: option.values.iter().map(String::as_str).collect(),
    };
    (0..).zip(options).map(row).collect()
}

/// Gives a product without options its first ones, and its only variant the first value of each. The caller holds the variant and
/// writes it.
pub(crate) async fn give(tx: &impl ConnectionTrait, options: &[ProductOption], only: &mut VariantRow) -> Result<()> {
    if !db::products::list_options(tx, only.product_id).await?.is_empty() {
        return Err(has_some());
    }
    let chosen = first_choices(options);
    only.options_key = options_key(&chosen);
    only.options = Value::Object(chosen);
    db::product_variants::insert_options(tx, rows(only.product_id, options)).await?;
    Ok(db::product_variants::replace_filter_values(tx, only).await?)
}

/// Other options would leave every variant without a choice.
pub(crate) fn has_some() -> Error {
    Error::refused(ErrorCode::Conflict, "The product has options already. Values are added to them with a variant that has them.")
}
