//! What a product of a file means for the product that the shop has: pure decisions, nothing is read or written here.

use std::collections::{HashMap, HashSet};

use novashop_db::entities::catalogue::{product, product_option, variant};
use novashop_domain::variants::{add_values, check_options, in_order, options_key};
use novashop_types::catalogue::{Options, ProductOption};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::imports::ImportProduct;

/// A product as the shop has it.
pub(crate) struct Present {
    pub product: product::Model,
    pub variants: Vec<variant::Model>,
    pub options: Vec<ProductOption>,
}

/// A variant as it shall be.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// The variant that it is already, where there is one.
    pub present: Option<variant::Model>,
    pub sku: String,
    pub options: Options,
    pub key: String,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub stock: i64,
    pub position: i32,
}

impl Planned {
    /// Whether the shop has it just so.
    pub(crate) fn is_same(&self) -> bool {
        self.present.as_ref().is_some_and(|row| {
            row.sku == self.sku
                && row.options_key == self.key
                && row.price_amount == self.price
                && row.compare_at_amount == self.compare_at
                && row.stock == self.stock
                && row.position == self.position
        })
    }
}

/// The options and variants as they shall be: those of the file, then those that only the shop has.
pub(crate) fn variants(import: &ImportProduct, present: Option<&Present>) -> Result<(Vec<ProductOption>, Vec<Planned>), String> {
    let mut rows: Vec<Option<&variant::Model>> = present.map(|present| present.variants.iter().map(Some).collect()).unwrap_or_default();
    let mut planned = Vec::with_capacity(rows.len().max(import.product.variants.len()));
    let mut options = import.product.options.clone();
    for wanted in &import.product.variants {
        add_values(&mut options, &wanted.options);
        let key = options_key(&wanted.options);
        let by_sku = wanted.sku.as_ref().and_then(|sku| rows.iter().position(|row| row.is_some_and(|row| row.sku == *sku)));
        let place = by_sku.or_else(|| rows.iter().position(|row| row.is_some_and(|row| row.options_key == key)));
        let row = place.and_then(|place| rows.get_mut(place)).and_then(Option::take);
        planned.push(Planned {
            present: row.cloned(),
            sku: wanted.sku.clone().or_else(|| row.map(|row| row.sku.clone())).unwrap_or_else(|| made_up_sku(&import.slug, &wanted.options)),
            options: in_order(&import.product.options, &wanted.options),
            key,
            price: wanted.price.amount,
            compare_at: wanted.compare_at_price.map(|price| price.amount),
            stock: wanted.stock,
            position: i32::try_from(planned.len()).unwrap_or(i32::MAX),
        });
    }
    for row in rows.into_iter().flatten() {
        let kept = row.options.as_object().cloned().unwrap_or_default();
        check_options(&options, &kept, "").map_err(|_| {
            format!(
                "the shop's variant “{}”, which the file does not have, has other options: imports never delete, so bring the two in line",
                row.sku
            )
        })?;
        add_values(&mut options, &kept);
        planned.push(Planned {
            present: Some(row.clone()),
            sku: row.sku.clone(),
            options: in_order(&options, &kept),
            key: row.options_key.clone(),
            price: row.price_amount,
            compare_at: row.compare_at_amount,
            stock: row.stock,
            position: i32::try_from(planned.len()).unwrap_or(i32::MAX),
        });
    }
    let (mut keys, mut skus) = (HashSet::new(), HashSet::new());
    if let Some(twice) = planned.iter().find(|variant| !keys.insert(variant.key.as_str()) || !skus.insert(variant.sku.as_str())) {
        return Err(format!("with the shop's own variants, two would have the SKU or the options of “{}”", twice.sku));
    }
    Ok((options, planned))
}

/// The SKUs that a product of a file asks for or would be given.
pub(crate) fn skus(import: &ImportProduct) -> impl Iterator<Item = String> + '_ {
    import.product.variants.iter().map(|variant| variant.sku.clone().unwrap_or_else(|| made_up_sku(&import.slug, &variant.options)))
}

/// A SKU for a variant without one: the same in every run.
pub(crate) fn made_up_sku(slug: &str, options: &Options) -> String {
    let values = options.values().filter_map(Value::as_str).map(|value| novashop_domain::slugs::from_name(value, ""));
    let words: Vec<String> = std::iter::once(slug.to_owned()).chain(values).filter(|word| !word.is_empty()).collect();
    let sku = words.join("-").to_uppercase();
    // Values may lose letters on the way (茶, 碗): then the words alone would not keep the variants apart.
    let complete = words.len() == options.len() + 1;
    if complete && sku.len() <= 64 {
        return sku;
    }
    let hash = Sha256::digest(format!("{slug}\n{}", options_key(options)).as_bytes());
    let short: String = hash.iter().take(5).map(|byte| format!("{byte:02X}")).collect();
    let start: String = sku.chars().take(50).collect();
    format!("{}-{short}", start.trim_end_matches('-'))
}

/// Price, price before and number of variants in stock, as lists show them: those of the cheapest variant.
pub(crate) fn summary(variants: &[Planned]) -> (i64, Option<i64>, i32) {
    let cheapest = variants.iter().min_by_key(|variant| (variant.price, variant.position));
    let sellable = variants.iter().filter(|variant| variant.stock > 0).count();
    (cheapest.map_or(0, |v| v.price), cheapest.and_then(|v| v.compare_at), i32::try_from(sellable).unwrap_or(i32::MAX))
}

/// The options of products as rows have them, by product.
pub(crate) fn options_by_product(rows: Vec<product_option::Model>) -> HashMap<uuid::Uuid, Vec<ProductOption>> {
    let mut map: HashMap<uuid::Uuid, Vec<ProductOption>> = HashMap::new();
    for row in rows {
        let values = row.choices.as_array().into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        map.entry(row.product_id).or_default().push(ProductOption { name: row.name, values });
    }
    map
}

/// The rows of a product's options.
pub(crate) fn option_rows(product_id: uuid::Uuid, options: &[ProductOption]) -> Vec<product_option::Model> {
    (0_i32..)
        .zip(options)
        .map(|(position, option)| product_option::Model { product_id, position, name: option.name.clone(), choices: json!(option.values) })
        .collect()
}

/// Whether two JSON values say the same; a database may write 100.0 for 1e2.
pub(crate) fn same_json(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, value)| b.get(name).is_some_and(|other| same_json(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b)),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(value: Value) -> Options {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn a_made_up_sku_is_stable_short_and_its_own() {
        assert_eq!(made_up_sku("top", &options(json!({"Size": "Small"}))), "TOP-SMALL");
        assert_eq!(made_up_sku("top", &Options::new()), "TOP");
        let (tea, bowl) = (made_up_sku("top", &options(json!({"Kind": "茶"}))), made_up_sku("top", &options(json!({"Kind": "碗"}))));
        assert_ne!(tea, bowl);
        let long = made_up_sku(&"x".repeat(120), &options(json!({"Size": "Small"})));
        assert!(long.len() <= 64 && long.is_ascii(), "{long}");
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        assert!(same_json(&json!({"a": [1.0, "x"], "b": 100}), &json!({"b": 100.0, "a": [1, "x"]})));
        assert!(!same_json(&json!({"a": 1}), &json!({"a": 1, "b": 2})));
    }
}
