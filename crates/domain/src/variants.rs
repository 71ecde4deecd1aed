//! What the variants of a product must be.

use std::collections::HashSet;

use novashop_types::{
    FieldError,
    catalogue::{Options, ProductOption},
};
use serde_json::Value;

/// The options of a variant as one text, so that a unique key can keep two variants of a product apart.
#[must_use]
pub fn options_key(options: &Options) -> String {
    let mut pairs: Vec<(&str, &str)> = options.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default())).collect();
    pairs.sort_unstable();
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// Checks that a variant names a value for each of the product's options and nothing else.
///
/// `pointer` says where the options stand in the body.
///
/// # Errors
/// One entry for each option that is missing, unknown or not a text.
pub fn check_options(product: &[ProductOption], options: &Options, pointer: &str) -> Result<(), Vec<FieldError>> {
    let mut errors = Vec::new();
    for option in product {
        match options.get(&option.name) {
            None => errors.push(FieldError::new(pointer, "required", format!("must have a value for the option “{}”", option.name))),
            Some(Value::String(value)) if !value.trim().is_empty() && value.chars().count() <= 60 => {}
            Some(_) => errors.push(FieldError::new(pointer, "type", format!("the value of “{}” must be a text of 1 to 60 characters", option.name))),
        }
    }
    let known: HashSet<&str> = product.iter().map(|option| option.name.as_str()).collect();
    for name in options.keys().filter(|name| !known.contains(name.as_str())) {
        errors.push(FieldError::new(pointer, "unknown_field", format!("the product has no option “{name}”")));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The options in the order of the product's options.
#[must_use]
pub fn in_order(product: &[ProductOption], options: &Options) -> Options {
    product.iter().filter_map(|option| options.get(&option.name).map(|value| (option.name.clone(), value.clone()))).collect()
}

/// Adds to the product's options the values that a variant brings.
pub fn add_values(product: &mut [ProductOption], options: &Options) {
    for option in product {
        if let Some(value) = options.get(&option.name).and_then(Value::as_str)
            && !option.values.iter().any(|known| known == value)
        {
            option.values.push(value.to_owned());
        }
    }
}

/// The first value of each option: what the only variant of a product becomes when the product gets its options.
#[must_use]
pub fn first_choices(options: &[ProductOption]) -> Options {
    options.iter().filter_map(|option| option.values.first().map(|value| (option.name.clone(), Value::String(value.clone())))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn options(value: Value) -> Options {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn the_key_does_not_depend_on_the_order() {
        assert_eq!(options_key(&options(json!({"Size": "M", "Colour": "Oat"}))), options_key(&options(json!({"Colour": "Oat", "Size": "M"}))));
        assert_ne!(options_key(&options(json!({"Size": "M"}))), options_key(&options(json!({"Size": "L"}))));
    }

    #[test]
    fn each_option_needs_a_value_and_no_other_is_known() {
        let product = [ProductOption { name: "Size".into(), values: vec!["S".into()] }];
        assert!(check_options(&product, &options(json!({"Size": "M"})), "/options").is_ok());
        let errors = check_options(&product, &options(json!({"Colour": 3})), "/options").unwrap_err();
        assert_eq!(errors.iter().map(|e| e.code.as_str()).collect::<Vec<_>>(), ["required", "unknown_field"]);
    }
}
