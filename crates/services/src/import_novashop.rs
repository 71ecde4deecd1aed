//! The shop's own JSON: `{"format": "novashop/1", "categories": […], "products": […]}`. Unknown fields are refused.

use std::collections::{BTreeMap, HashSet};

use novashop_domain::slugs;
use novashop_types::{
    Currency, Money, Timestamp,
    catalogue::{CategoryCreate, ProductCreate, ProductOption, ProductStatus, VariantCreate},
    reviews::ReviewCreate,
};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use crate::imports::{Format, ImportCategory, ImportImage, ImportProduct, ImportReview, Lines, Parsed, check, check_valid, name_of_slug, no_nul};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    slug: String,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parent: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Product {
    #[serde(default)]
    slug: Option<String>,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    status: Option<ProductStatus>,
    #[serde(default)]
    price: Option<Money>,
    #[serde(default)]
    compare_at_price: Option<Money>,
    #[serde(default)]
    stock: Option<i64>,
    #[serde(default)]
    sku: Option<String>,
    #[serde(default)]
    options: Vec<ProductOption>,
    #[serde(default)]
    variants: Vec<VariantCreate>,
    #[serde(default)]
    attributes: Map<String, Value>,
    #[serde(default)]
    images: Vec<Image>,
    #[serde(default)]
    reviews: Vec<Review>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Image {
    file: String,
    #[serde(default)]
    alt: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    author: String,
    rating: i32,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    verified: bool,
}

/// Reads the products of `items` and the categories of `top`.
pub(crate) fn parse(text: &str, top: &BTreeMap<String, &RawValue>, items: &[&RawValue], currency: Currency) -> Parsed {
    let mut parsed = Parsed::new(Format::Novashop);
    let mut lines = Lines::new(text.as_bytes());
    for (name, value) in top.iter().filter(|(name, _)| !["format", "categories", "products"].contains(&name.as_str())) {
        parsed.refuse(lines.of_value(value), format!("unknown field “{name}”, expected format, categories or products"));
    }
    if let Some(categories) = top.get("categories") {
        read_categories(&mut parsed, &mut lines, categories);
    }
    for item in items {
        let line = lines.of_value(item);
        match product(item, line, currency, &mut parsed) {
            Ok(product) => parsed.products.push(product),
            Err(reason) => parsed.refuse(line, reason),
        }
    }
    parsed
}

fn read_categories(parsed: &mut Parsed, lines: &mut Lines<'_>, list: &RawValue) {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(list.get()) else {
        return parsed.refuse(lines.of_value(list), "“categories” is not a list");
    };
    let mut known = HashSet::new();
    for item in items {
        let line = lines.of_value(item);
        let read = || -> Result<ImportCategory, String> {
            no_nul(item.get())?;
            let Category { slug, name, description, parent } = from_json(item)?;
            let category = CategoryCreate { slug: Some(slug), name, description, parent_id: None };
            check_valid(&category, "")?;
            Ok(ImportCategory { line, category, parent })
        };
        match read() {
            Ok(category) if !known.insert(category.category.slug.clone()) => parsed.refuse(line, "the category stands in the file twice"),
            // A parent that comes later, or that the file does not have, must be in the shop: that is looked at when it is brought in.
            Ok(category) => parsed.categories.push(category),
            Err(reason) => parsed.refuse(line, format!("category: {reason}")),
        }
    }
}

fn from_json<'a, T: Deserialize<'a>>(item: &'a RawValue) -> Result<T, String> {
    let mut reader = serde_json::Deserializer::from_str(item.get());
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        // serde_json adds a place that is counted from the item's beginning: the caller names the line in the file.
        let reason = error.inner().to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        if path == "." { reason.to_owned() } else { format!("{path}: {reason}") }
    })
}

fn product(item: &RawValue, line: u64, currency: Currency, parsed: &mut Parsed) -> Result<ImportProduct, String> {
    no_nul(item.get())?;
    let read: Product = from_json(item)?;
    let slug = read.slug.unwrap_or_else(|| slugs::from_name(&read.name, "product"));
    let variants = match read.price {
        Some(_) if !read.variants.is_empty() => return Err("has both a plain price and variants: give one of them".into()),
        Some(price) => {
            let stock = read.stock.unwrap_or_default();
            vec![VariantCreate { sku: read.sku, options: Map::new(), price, compare_at_price: read.compare_at_price, stock }]
        }
        None if read.stock.is_some() || read.sku.is_some() || read.compare_at_price.is_some() => {
            return Err("stock, sku and compare_at_price stand with a plain price, or in each variant".into());
        }
        None => read.variants,
    };
    let product = ProductCreate {
        slug: Some(slug.clone()),
        name: read.name,
        description: read.description,
        category: read.category.filter(|slug| !slug.trim().is_empty()),
        status: read.status,
        price: None,
        compare_at_price: None,
        stock: None,
        sku: None,
        options: read.options,
        variants,
        attributes: read.attributes,
    };
    check(&product, currency)?;
    // The import may make the category, so its name must be one.
    if let Some(category) = &product.category
        && slugs::from_name(category, "") != *category
    {
        return Err(format!("category “{category}” must be a slug: lower-case letters, digits and single hyphens"));
    }
    let (reviews, twice) = reviews(read.reviews)?;
    let (remote, local): (Vec<Image>, Vec<Image>) = read.images.into_iter().partition(|image| image.file.contains("://"));
    let images = local.into_iter().map(|image| ImportImage { file: image.file, alt: image.alt }).collect::<Vec<_>>();
    if let Some(image) = images.iter().find(|image| image.alt.chars().count() > 300) {
        return Err(format!("the alt text of {} may have up to 300 characters", image.file));
    }
    parsed.remote_images += remote.len();
    parsed.reviews_left_out += twice;
    let category_name = product.category.as_deref().map(name_of_slug);
    Ok(ImportProduct { line, slug, product, category_name, images, reviews })
}

/// The reviews, and how many were left out because their author has one already.
fn reviews(list: Vec<Review>) -> Result<(Vec<ImportReview>, usize), String> {
    let (mut seen, mut twice) = (HashSet::new(), 0);
    let mut reviews = Vec::with_capacity(list.len());
    for (index, read) in list.into_iter().enumerate() {
        let review = ReviewCreate { rating: read.rating, title: read.title, text: read.text };
        check_valid(&review, &format!("reviews[{index}]."))?;
        let fits = (3..=32).contains(&read.author.len()) && read.author.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if !fits {
            return Err(format!("reviews[{index}].author must be a username: 3 to 32 letters, digits, dots, underscores or hyphens"));
        }
        if !seen.insert(read.author.to_lowercase()) {
            twice += 1;
            continue;
        }
        let (username, created_at, verified) = (read.author, read.created_at, read.verified);
        reviews.push(ImportReview { username, email: None, first_name: String::new(), last_name: String::new(), review, created_at, verified });
    }
    Ok((reviews, twice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::parse as parse_file;

    #[test]
    fn every_bad_item_is_named_with_its_line_and_the_good_ones_are_kept() {
        let text = r#"{
 "format": "novashop/1",
 "products": [
  {"name": "Mug", "price": {"amount": 999, "currency": "EUR"}, "stock": 3},
  {"name": "Bowl", "colour": "red",
   "price": {"amount": 999, "currency": "EUR"}},
  {"name": "Dish", "price": {"amount": 9.99, "currency": "EUR"}},
  {"name": "Cup", "price": {"amount": 999, "currency": "USD"}},
  {"name": "Mug", "price": {"amount": 1, "currency": "EUR"}},
  {"name": "", "variants": []}
 ],
 "extra": 1
}"#;
        let parsed = parse_file(text.as_bytes(), Currency::EUR).unwrap();
        assert_eq!(parsed.products.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["mug"]);
        assert_eq!(parsed.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [5, 7, 8, 9, 10, 12]);
        assert!(parsed.refused[0].reason.contains("colour"), "{}", parsed.refused[0]);
        assert!(parsed.refused[1].reason.contains("price.amount"), "{}", parsed.refused[1]);
    }

    #[test]
    fn the_demo_catalogue_is_good() {
        let parsed = parse_file(include_bytes!("../../server/demo/catalogue.json"), Currency::EUR).unwrap();
        assert_eq!((parsed.refused.len(), parsed.categories.len(), parsed.products.len()), (0, 16, 120), "{:?}", parsed.refused);
    }
}
