//! A product as it stands in the form: texts as they were typed, so that nothing is lost while they are wrong.

use novashop_types::{
    VariantId,
    catalogue::{Options, Product, ProductStatus, Variant},
};
use serde_json::Value;

use crate::parts::amount;

/// A fact about the product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttributeRow {
    /// Its name.
    pub name: String,
    /// Its value, a list's parts separated by commas.
    pub value: String,
    /// What the shop has for it: kept as it is (number, list, yes or no) while the text says the same.
    pub kept: Option<Value>,
}

/// An option; it can be changed while the shop does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OptionRow {
    /// Its name.
    pub name: String,
    /// Its values, separated by commas.
    pub values: String,
}

/// A variant in the grid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VariantRow {
    /// Which one, where the shop has it already.
    pub id: Option<VariantId>,
    /// A value for each option, in the order of the options.
    pub options: Vec<String>,
    /// The SKU.
    pub sku: String,
    /// The price.
    pub price: String,
    /// The price before.
    pub was: String,
    /// The stock.
    pub stock: String,
}

/// A product as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The name.
    pub name: String,
    /// The name in addresses.
    pub slug: String,
    /// The description.
    pub description: String,
    /// The category's id, or nothing.
    pub category: String,
    /// The status, as the word on the wire.
    pub status: String,
    /// The facts.
    pub attributes: Vec<AttributeRow>,
    /// The options.
    pub options: Vec<OptionRow>,
    /// The variants; at least one.
    pub variants: Vec<VariantRow>,
    /// Why the stock changes.
    pub reason: String,
}

impl Draft {
    /// The form of a new product: one variant, seen by staff only until somebody publishes it.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: String::new(),
            slug: String::new(),
            description: String::new(),
            category: String::new(),
            status: ProductStatus::Draft.as_str().to_owned(),
            attributes: Vec::new(),
            options: Vec::new(),
            variants: vec![VariantRow { stock: "0".to_owned(), ..VariantRow::default() }],
            reason: String::new(),
        }
    }

    /// The form of a product that the shop has.
    #[must_use]
    pub fn of(product: &Product) -> Self {
        let option = |option: &novashop_types::catalogue::ProductOption| OptionRow { name: option.name.clone(), values: option.values.join(", ") };
        let names: Vec<&str> = product.options.iter().map(|option| option.name.as_str()).collect();
        Self {
            name: product.summary.name.clone(),
            slug: product.summary.slug.clone(),
            description: product.description.clone(),
            category: product.summary.category.as_ref().map(|category| category.id.to_string()).unwrap_or_default(),
            status: product.status.as_str().to_owned(),
            attributes: product
                .attributes
                .iter()
                .map(|(name, value)| AttributeRow { name: name.clone(), value: shown(value), kept: Some(value.clone()) })
                .collect(),
            options: product.options.iter().map(option).collect(),
            variants: product.variants.iter().map(|variant| variant_row(variant, &names)).collect(),
            reason: String::new(),
        }
    }

    /// What people wrote in it, without the stock, which sales change too.
    #[must_use]
    pub fn told_apart(mut self) -> Self {
        self.variants.iter_mut().for_each(|row| row.stock.clear());
        self
    }

    /// The names of its options.
    #[must_use]
    pub fn option_names(&self) -> Vec<String> {
        self.options.iter().map(|option| option.name.trim().to_owned()).collect()
    }
}

fn variant_row(variant: &Variant, names: &[&str]) -> VariantRow {
    VariantRow {
        id: Some(variant.id),
        options: names.iter().map(|name| variant.options.get(*name).and_then(Value::as_str).unwrap_or_default().to_owned()).collect(),
        sku: variant.sku.clone(),
        price: amount::typed(variant.price),
        was: variant.compare_at_price.map(amount::typed).unwrap_or_default(),
        stock: variant.stock.to_string(),
    }
}

/// A fact's value as a text.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

impl AttributeRow {
    /// The value for the shop: what it had, while the text still says the same.
    #[must_use]
    pub fn json(&self) -> Value {
        match &self.kept {
            Some(kept) if shown(kept) == self.value => kept.clone(),
            Some(Value::Array(_)) => split(&self.value).into_iter().map(Value::String).collect(),
            _ => Value::String(self.value.trim().to_owned()),
        }
    }
}

/// The parts of a list that was typed with commas.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A variant's choices as the shop takes them.
#[must_use]
pub fn chosen(names: &[String], values: &[String]) -> Options {
    names.iter().zip(values).map(|(name, value)| (name.clone(), Value::String(value.trim().to_owned()))).collect()
}

/// A row for every combination of the options' values; rows that are there already stay as they are, new ones take the first one's price.
/// The variant that the shop has of a product without options becomes the first combination, as the shop makes it; of the others it has
/// nothing in stock.
#[must_use]
pub fn grid(options: &[OptionRow], rows: &[VariantRow]) -> Vec<VariantRow> {
    let combine = |done: Vec<Vec<String>>, option: &OptionRow| {
        let values = split(&option.values);
        done.into_iter()
            .flat_map(|row| values.iter().map(move |value| row.iter().cloned().chain([value.clone()]).collect::<Vec<_>>()).collect::<Vec<_>>())
            .collect()
    };
    let combinations: Vec<Vec<String>> = options.iter().fold(vec![Vec::new()], combine);
    let known = rows.iter().find(|row| row.id.is_some());
    let mut like = VariantRow { id: None, sku: String::new(), ..known.or(rows.first()).cloned().unwrap_or_default() };
    if known.is_some() {
        like.stock = "0".to_owned();
    }
    let row = |(place, options): (usize, Vec<String>)| match (place, known) {
        (0, Some(known)) => VariantRow { options, ..known.clone() },
        _ => match rows.iter().find(|row| row.id.is_none() && row.options == options) {
            Some(row) => row.clone(),
            None => VariantRow { options, ..like.clone() },
        },
    };
    combinations.into_iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn option(name: &str, values: &str) -> OptionRow {
        OptionRow { name: name.into(), values: values.into() }
    }

    #[test]
    fn the_grid_has_every_combination_once_and_keeps_what_was_typed() {
        let first = VariantRow { price: "5".into(), stock: "3".into(), ..VariantRow::default() };
        let rows = grid(&[option("Size", "S, M"), option("Colour", "Oat,Grey,")], &[first]);
        let options: Vec<String> = rows.iter().map(|row| row.options.join("/")).collect();
        assert_eq!(options, ["S/Oat", "S/Grey", "M/Oat", "M/Grey"]);
        assert!(rows.iter().all(|row| row.price == "5"));
        let mut typed = rows;
        typed[1].price = "7".into();
        let again = grid(&[option("Size", "S"), option("Colour", "Grey, Blue")], &typed);
        assert_eq!(again.iter().map(|row| row.price.as_str()).collect::<Vec<_>>(), ["7", "5"]);
        assert_eq!(grid(&[], &again).len(), 1);
    }

    #[test]
    fn the_variant_that_the_shop_has_is_the_first_combination() {
        let id = Some(VariantId(uuid::Uuid::from_u128(1)));
        let only = VariantRow { id, sku: "MUG".into(), price: "5".into(), stock: "40".into(), ..VariantRow::default() };
        let told = |rows: &[VariantRow]| {
            rows.iter().map(|row| format!("{} {} {} {}", row.options.join("/"), row.sku, row.price, row.stock)).collect::<Vec<_>>()
        };
        let rows = grid(&[option("Size", "S, M")], std::slice::from_ref(&only));
        assert_eq!(told(&rows), ["S MUG 5 40", "M  5 0"]);
        let turned = grid(&[option("Size", "M, S")], &rows);
        assert_eq!((told(&turned), turned[0].id, turned[1].id), (vec!["M MUG 5 40".into(), "S  5 0".into()], id, None));
        let wider = grid(&[option("Size", "S, M"), option("Colour", "Oat")], &rows);
        assert_eq!(told(&wider), ["S/Oat MUG 5 40", "M/Oat  5 0"]);
        assert_eq!(grid(&[], &wider), [only], "without options it is as it was");
    }

    #[test]
    fn a_fact_keeps_its_kind_until_its_text_changes() {
        let row = |value: Value, text: &str| AttributeRow { name: "x".into(), value: text.into(), kept: Some(value) };
        assert_eq!(row(json!(350), "350").json(), json!(350));
        assert_eq!(row(json!(350), "360").json(), json!("360"));
        assert_eq!(row(json!(["a", "b"]), "a, c").json(), json!(["a", "c"]));
    }
}
