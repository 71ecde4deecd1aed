//! Products as DummyJSON has them: a list of flat products with one price, one stock and reviews. Fields it does not use are passed over.

use std::collections::HashSet;

use novashop_domain::slugs;
use novashop_types::{
    Currency, Money, Timestamp,
    accounts::email_address,
    catalogue::{ProductCreate, VariantCreate},
    reviews::ReviewCreate,
};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use crate::imports::{Format, ImportProduct, ImportReview, Lines, Parsed, check, check_valid, minor_units, name_of_slug, no_nul};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(default)]
    id: Option<Value>,
    title: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(borrow)]
    price: &'a RawValue,
    #[serde(default)]
    stock: Option<i64>,
    #[serde(default)]
    sku: Option<String>,
    #[serde(default)]
    brand: Option<String>,
    #[serde(default)]
    weight: Option<Value>,
    #[serde(default)]
    dimensions: Option<Map<String, Value>>,
    #[serde(default)]
    warranty_information: Option<String>,
    #[serde(default)]
    shipping_information: Option<String>,
    #[serde(default)]
    return_policy: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    reviews: Vec<Review>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Review {
    rating: i32,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    date: Option<Timestamp>,
    reviewer_name: String,
    reviewer_email: String,
}

/// Reads every item.
pub(crate) fn parse(text: &str, items: &[&RawValue], currency: Currency) -> Parsed {
    let mut parsed = Parsed::new(Format::DummyJson);
    let mut lines = Lines::new(text.as_bytes());
    let mut slugs = HashSet::new();
    for item in items {
        let line = lines.of_value(item);
        match product(item, line, currency, &mut slugs, &mut parsed) {
            Ok(product) => parsed.products.push(product),
            Err(reason) => parsed.refuse(line, reason),
        }
    }
    parsed
}

fn product(item: &RawValue, line: u64, currency: Currency, taken: &mut HashSet<String>, parsed: &mut Parsed) -> Result<ImportProduct, String> {
    no_nul(item.get())?;
    let read: Item<'_> = serde_json::from_str(item.get()).map_err(|error| {
        let reason = error.to_string();
        reason.split(" at line ").next().unwrap_or_default().to_owned()
    })?;
    let price = price(read.price)?;
    let attributes = attributes(&read);
    let slug = unique_slug(&read, taken);
    let category = read.category.as_deref().map(|category| slugs::from_name(category, "other"));
    let category_name = category.as_deref().map(name_of_slug);
    let price = Money::new(price, currency);
    let variant = VariantCreate { sku: read.sku, options: Map::new(), price, compare_at_price: None, stock: read.stock.unwrap_or_default() };
    let product = ProductCreate {
        slug: Some(slug.clone()),
        name: read.title.trim().to_owned(),
        description: read.description.unwrap_or_default().trim().to_owned(),
        category,
        status: None,
        price: None,
        compare_at_price: None,
        stock: None,
        sku: None,
        options: Vec::new(),
        variants: vec![variant],
        attributes,
    };
    check(&product, currency)?;
    let (reviews, twice) = reviews(read.reviews)?;
    parsed.remote_images += read.images.len();
    parsed.reviews_left_out += twice;
    taken.insert(slug.clone());
    Ok(ImportProduct { line, slug, product, category_name, images: Vec::new(), reviews })
}

/// A price that is a number or a text; its digits are read as they stand.
fn price(raw: &RawValue) -> Result<i64, String> {
    let text = raw.get();
    let text = if text.starts_with('"') { serde_json::from_str(text).unwrap_or_default() } else { text.to_owned() };
    minor_units(&text).map_err(|reason| format!("price: {reason}"))
}

/// Two products may bear one title: the second gets its number too, the same one in every run.
fn unique_slug(read: &Item<'_>, taken: &HashSet<String>) -> String {
    let number = match &read.id {
        Some(Value::Number(id)) => id.to_string(),
        Some(Value::String(id)) => slugs::from_name(id, "2"),
        _ => read.sku.as_deref().map_or_else(|| "2".into(), |sku| slugs::from_name(sku, "2")),
    };
    let slug = slugs::from_name(&read.title, &format!("product-{number}"));
    if taken.contains(&slug) { format!("{slug}-{number}") } else { slug }
}

fn attributes(read: &Item<'_>) -> Map<String, Value> {
    let mut attributes = Map::new();
    let texts = [
        ("Brand", &read.brand),
        ("Warranty", &read.warranty_information),
        ("Shipping", &read.shipping_information),
        ("Returns", &read.return_policy),
    ];
    for (name, text) in texts {
        if let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            attributes.insert(name.into(), text.into());
        }
    }
    if let Some(weight @ Value::Number(_)) = &read.weight {
        attributes.insert("Weight".into(), weight.clone());
    }
    if let Some(sides) = &read.dimensions {
        let sides: Vec<String> = ["width", "height", "depth"].iter().filter_map(|side| sides.get(*side)).map(Value::to_string).collect();
        if !sides.is_empty() {
            attributes.insert("Dimensions".into(), sides.join(" × ").into());
        }
    }
    if !read.tags.is_empty() {
        attributes.insert("Tags".into(), read.tags.clone().into());
    }
    attributes
}

/// The reviews, and how many were left out because their author has one already.
fn reviews(list: Vec<Review>) -> Result<(Vec<ImportReview>, usize), String> {
    let (mut seen, mut twice) = (HashSet::new(), 0);
    let mut reviews = Vec::with_capacity(list.len());
    for (index, read) in list.into_iter().enumerate() {
        let review = ReviewCreate { rating: read.rating, title: String::new(), text: read.comment };
        check_valid(&review, &format!("reviews[{index}]."))?;
        let email = read.reviewer_email.trim().to_owned();
        if email_address(&email).is_err() {
            return Err(format!("reviews[{index}].reviewerEmail must be an e-mail address"));
        }
        if !seen.insert(email.to_lowercase()) {
            twice += 1;
            continue;
        }
        let name = read.reviewer_name.trim();
        let (first_name, last_name) = name.split_once(' ').unwrap_or((name, ""));
        reviews.push(ImportReview {
            username: username(name),
            email: Some(email),
            first_name: first_name.chars().take(100).collect(),
            last_name: last_name.trim().chars().take(100).collect(),
            review,
            created_at: read.date,
            verified: false,
        });
    }
    Ok((reviews, twice))
}

/// A username made of a person's name; short enough to take a number behind it.
fn username(name: &str) -> String {
    let words = slugs::from_name(name, "customer").replace('-', ".");
    let short: String = words.chars().take(24).collect();
    let short = short.trim_end_matches('.');
    if short.len() < 3 { format!("customer.{short}") } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::parse as parse_file;

    const TWO: &str = r#"[
  {"id": 1, "title": "Rolex Cellini", "category": "mens-watches", "price": 8999.99, "stock": 5, "sku": "A-1", "images": ["https://x/1.webp"],
   "weight": 4, "dimensions": {"width": 15.14, "height": 13.08, "depth": 2}, "unheardOf": true,
   "reviews": [{"rating": 3, "comment": "Fine", "date": "2025-04-30T09:41:02.053Z", "reviewerName": "Eleanor Collins", "reviewerEmail": "e@x.org"},
               {"rating": 5, "comment": "Again", "date": "2025-04-30T09:41:02.053Z", "reviewerName": "Eleanor Collins", "reviewerEmail": "E@x.org"}]},
  {"id": 2, "title": "Rolex Cellini", "price": "7.5", "sku": "A-2"},
  {"id": 3, "title": "Too exact", "price": 9.999},
  {"id": 4, "title": "No price"},
  {"id": 5, "title": "Negative", "price": -1},
  {"id": 6, "title": "Repeated number", "price": 1, "sku": "A-1"}
]"#;

    #[test]
    fn each_item_is_read_or_named() {
        let parsed = parse_file(TWO.as_bytes(), Currency::EUR).unwrap();
        let products: Vec<(&str, i64)> = parsed.products.iter().map(|p| (p.slug.as_str(), p.product.variants[0].price.amount)).collect();
        assert_eq!(products, [("rolex-cellini", 899_999), ("rolex-cellini-2", 750)]);
        assert_eq!(parsed.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [7, 8, 9, 10], "{:?}", parsed.refused);
        assert_eq!((parsed.remote_images, parsed.reviews_left_out), (1, 1));
        let first = &parsed.products[0];
        assert_eq!(first.category_name.as_deref(), Some("Mens watches"));
        assert_eq!(first.product.attributes["Dimensions"], "15.14 × 13.08 × 2");
        assert_eq!((first.reviews.len(), first.reviews[0].username.as_str()), (1, "eleanor.collins"));
    }

    #[test]
    fn an_object_with_products_is_taken_too() {
        let parsed = parse_file(format!("{{\"products\": {TWO}, \"total\": 6}}").as_bytes(), Currency::EUR).unwrap();
        assert_eq!((parsed.format, parsed.products.len()), (Format::DummyJson, 2));
    }
}
