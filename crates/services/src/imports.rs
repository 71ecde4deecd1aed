//! Products from files: the shop's own JSON, DummyJSON's form, the Shopify product CSV. Judged by content, not by name.
//!
//! A file is read into [`ImportProduct`]s first, each with the line it stands at; every row that cannot be taken is named
//! with its line and its reason. Then [`apply`] brings the good ones into the shop: what is new is created, what differs is
//! changed, what is the same is left alone, and nothing is ever deleted.

use std::collections::{BTreeMap, HashMap, HashSet};

use novashop_domain::variants::{check_options, options_key};
use novashop_types::{
    Currency, Timestamp,
    catalogue::{CategoryCreate, ProductCreate},
    reviews::ReviewCreate,
};
use serde_json::value::RawValue;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

pub use crate::import_apply::{Outcome, Progress, apply};
pub use crate::import_pictures::{Files, Folder, NoFiles};
use crate::{import_dummyjson, import_mistakes, import_novashop, import_shopify};

/// The forms that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The shop's own JSON.
    Novashop,
    /// An array of products as DummyJSON has them.
    DummyJson,
    /// A Shopify product CSV.
    Shopify,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Novashop => "NovaShop JSON",
            Self::DummyJson => "DummyJSON products",
            Self::Shopify => "Shopify product CSV",
        })
    }
}

/// A file that cannot be read at all, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// A category that a file describes.
#[derive(Debug, Clone)]
pub struct ImportCategory {
    /// Where it stands in the file.
    pub line: u64,
    /// What it is; its slug is always there.
    pub category: CategoryCreate,
    /// The slug of the category it lies in.
    pub parent: Option<String>,
}

/// A product of a file.
#[derive(Debug, Clone)]
pub struct ImportProduct {
    /// Where it stands in the file.
    pub line: u64,
    /// Its address in the shop, by which it is found again.
    pub slug: String,
    /// What it is, with its variants: the plain price and stock are never used here.
    pub product: ProductCreate,
    /// A name for its category where the shop has none yet.
    pub category_name: Option<String>,
    /// Its pictures.
    pub images: Vec<ImportImage>,
    /// What people think of it.
    pub reviews: Vec<ImportReview>,
}

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportImage {
    /// A file beside the import file.
    pub file: String,
    /// What a person who cannot see it should be told.
    pub alt: String,
}

/// A review of a product.
#[derive(Debug, Clone)]
pub struct ImportReview {
    /// A username, or where there is an address, a wish for one.
    pub username: String,
    /// The reviewer's address, where the file has it.
    pub email: Option<String>,
    /// The reviewer's given name, or nothing.
    pub first_name: String,
    /// The reviewer's family name, or nothing.
    pub last_name: String,
    /// What was written.
    pub review: ReviewCreate,
    /// When, where the file says it.
    pub created_at: Option<Timestamp>,
    /// Whether the file says that it was bought.
    pub verified: bool,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Which form it has.
    pub format: Format,
    /// Its categories, parents before children.
    pub categories: Vec<ImportCategory>,
    /// Its good products.
    pub products: Vec<ImportProduct>,
    /// Its bad rows.
    pub refused: Vec<RowError>,
    /// Pictures that are only addresses: they are not fetched.
    pub remote_images: usize,
    /// Second reviews of the same person: a person has one a product.
    pub reviews_left_out: usize,
}

impl Parsed {
    pub(crate) fn new(format: Format) -> Self {
        Self { format, categories: Vec::new(), products: Vec::new(), refused: Vec::new(), remote_images: 0, reviews_left_out: 0 }
    }

    pub(crate) fn refuse(&mut self, line: u64, reason: impl Into<String>) {
        self.refused.push(RowError { line, reason: reason.into() });
    }
}

/// Reads a file. Prices without a currency are in the shop's.
///
/// # Errors
/// [`Unreadable`] where it is none of the known forms.
pub fn parse(bytes: &[u8], currency: Currency) -> Result<Parsed, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    import_mistakes::check_text(bytes)?;
    let mut parsed = match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') => {
            let not_utf8 = |error: std::str::Utf8Error| {
                let line = Lines::new(bytes).of(error.valid_up_to());
                Unreadable(format!("The file is JSON, but at line {line} it is not UTF-8 text: save it as UTF-8 and hand it in again."))
            };
            parse_json(str::from_utf8(bytes).map_err(not_utf8)?, currency)?
        }
        _ => import_shopify::parse(bytes, currency)?,
    };
    refuse_repeats(&mut parsed);
    parsed.refused.sort_by_key(|row| row.line);
    Ok(parsed)
}

fn parse_json(text: &str, currency: Currency) -> Result<Parsed, Unreadable> {
    let broken = |error: serde_json::Error| Unreadable(format!("The file is not valid JSON: {error}."));
    if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).map_err(broken)?;
        return Ok(if items.first().is_some_and(|item| has_key(item, "title")) {
            import_dummyjson::parse(text, &items, currency)
        } else {
            import_novashop::parse(text, &BTreeMap::new(), &items, currency)
        });
    }
    let top: BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(broken)?;
    let products = top
        .get("products")
        .ok_or_else(|| Unreadable("The file is JSON, but has no list “products”: it is neither the shop's own form nor DummyJSON's.".into()))?;
    let items: Vec<&RawValue> = serde_json::from_str(products.get()).map_err(|_| Unreadable("“products” is not a list of products.".into()))?;
    if let Some(format) = top.get("format") {
        if serde_json::from_str::<String>(format.get()).ok().as_deref() != Some("novashop/1") {
            return Err(Unreadable(format!("The file's “format” is {}; this version reads \"novashop/1\".", format.get())));
        }
        return Ok(import_novashop::parse(text, &top, &items, currency));
    }
    Ok(if items.first().is_some_and(|item| has_key(item, "title")) {
        import_dummyjson::parse(text, &items, currency)
    } else {
        import_novashop::parse(text, &top, &items, currency)
    })
}

fn has_key(item: &RawValue, key: &str) -> bool {
    serde_json::from_str::<BTreeMap<String, &RawValue>>(item.get()).is_ok_and(|fields| fields.contains_key(key))
}

/// Tells lines of places in a text; cheap while the places come in order.
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of a byte.
    pub(crate) fn of(&mut self, offset: usize) -> u64 {
        if offset < self.at {
            *self = Self::new(self.text);
        }
        let passed = self.text.get(self.at..offset).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        self.line += u64::try_from(passed).unwrap_or_default();
        self.at = offset;
        self.line
    }

    /// The line where a value of this text begins.
    pub(crate) fn of_value(&mut self, value: &RawValue) -> u64 {
        self.of(value.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr()))
    }
}

/// Minor units of a decimal number such as `9.99`, without ever being a float.
pub(crate) fn minor_units(text: &str) -> Result<i64, String> {
    let not_a_price = || format!("“{text}” is not a price such as 9.99");
    let number = text.trim();
    let (sign, digits) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    if [whole, cents].iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(not_a_price());
    }
    let cents: i64 = match cents.len() {
        1 => cents.parse::<i64>().map(|tenths| tenths * 10),
        2 => cents.parse(),
        _ => return Err(format!("“{text}” has more than two decimals")),
    }
    .map_err(|_| not_a_price())?;
    let whole: i64 = whole.parse().map_err(|_| not_a_price())?;
    whole.checked_mul(100).and_then(|units| units.checked_add(cents)).map(|units| units * sign).ok_or_else(not_a_price)
}

/// A name for a category that is known by its slug: `mens-shirts` → `Mens shirts`.
pub(crate) fn name_of_slug(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a text can stand in the database: PostgreSQL takes no NUL.
pub(crate) fn no_nul(text: &str) -> Result<(), String> {
    if text.contains('\0') || text.contains("\\u0000") { Err("must not contain NUL characters".into()) } else { Ok(()) }
}

/// Everything that is wrong with a product, by the rules of the API.
pub(crate) fn check(product: &ProductCreate, currency: Currency) -> Result<(), String> {
    let mut wrong = Vec::new();
    if let Err(errors) = product.validate() {
        collect(&errors, "", &mut wrong);
    }
    if product.variants.is_empty() {
        wrong.push("there must be at least one variant with a price".into());
    }
    let mut names = HashSet::new();
    if let Some(option) = product.options.iter().find(|option| !names.insert(option.name.as_str())) {
        wrong.push(format!("there are two options “{}”", option.name));
    }
    let (mut keys, mut skus) = (HashSet::new(), HashSet::new());
    for (index, variant) in product.variants.iter().enumerate() {
        let at = format!("variants[{index}]");
        if let Err(errors) = check_options(&product.options, &variant.options, &at) {
            wrong.extend(errors.into_iter().map(|error| format!("{}: {}", error.pointer, error.message)));
        }
        if variant.price.currency != currency || variant.compare_at_price.is_some_and(|price| price.currency != currency) {
            wrong.push(format!("{at}: prices must be in {currency}, the shop's currency"));
        }
        if !keys.insert(options_key(&variant.options)) {
            wrong.push(format!("{at}: another variant has the same options"));
        }
        if variant.sku.as_deref().is_some_and(|sku| !skus.insert(sku)) {
            wrong.push(format!("{at}: another variant has the same SKU"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

/// Everything that is wrong with a value, in one line.
pub(crate) fn check_valid(value: &impl Validate, path: &str) -> Result<(), String> {
    let Err(errors) = value.validate() else { return Ok(()) };
    let mut wrong = Vec::new();
    collect(&errors, path, &mut wrong);
    Err(wrong.join("; "))
}

fn collect(errors: &ValidationErrors, path: &str, wrong: &mut Vec<String>) {
    let mut fields: Vec<_> = errors.errors().iter().collect();
    fields.sort_by(|a, b| a.0.cmp(b.0));
    for (name, kind) in fields {
        match kind {
            ValidationErrorsKind::Field(list) => {
                wrong.extend(list.iter().map(|error| format!("{path}{name} {}", error.message.as_deref().unwrap_or(&error.code))));
            }
            ValidationErrorsKind::Struct(inner) => collect(inner, &format!("{path}{name}."), wrong),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{path}{name}[{index}]."), wrong);
                }
            }
        }
    }
}

/// A second product of one address or one SKU is refused: which of the two is meant cannot be known.
fn refuse_repeats(parsed: &mut Parsed) {
    let (mut slugs, mut skus) = (HashMap::new(), HashMap::new());
    let mut good = Vec::with_capacity(parsed.products.len());
    for item in std::mem::take(&mut parsed.products) {
        if let Some(line) = slugs.get(&item.slug) {
            parsed.refuse(item.line, format!("the product “{}” stands at line {line} already", item.slug));
            continue;
        }
        let own: Vec<String> = item.product.variants.iter().filter_map(|variant| variant.sku.clone()).collect();
        if let Some((sku, line)) = own.iter().find_map(|sku| skus.get(sku).map(|line| (sku, *line))) {
            parsed.refuse(item.line, format!("the SKU “{sku}” belongs to the product at line {line} already"));
            continue;
        }
        slugs.insert(item.slug.clone(), item.line);
        skus.extend(own.into_iter().map(|sku| (sku, item.line)));
        good.push(item);
    }
    parsed.products = good;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SHOP: &str = r#"{"format": "novashop/1", "categories": [{"slug": "tea", "name": "Tea", "parent": null}],
 "products": [{"name": "Mug", "price": {"amount": 999, "currency": "EUR"}, "stock": 3, "images": [{"file": "a.png", "alt": "A"}],
  "reviews": [{"author": "maya", "rating": 5, "created_at": "2026-01-31"}]},
  {"name": "Shirt", "options": [{"name": "Size", "values": ["M"]}], "attributes": {"Care": ["cold"]},
   "variants": [{"options": {"Size": "M"}, "price": {"amount": 1, "currency": "EUR"}, "stock": 1}]}]}"#;
    const DUMMY: &str = r#"[{"id": 1, "title": "Rolex", "category": "mens-watches", "price": 8999.99, "stock": 5, "dimensions": {"width": 1.5},
  "reviews": [{"rating": 3, "comment": "Fine", "date": "2025-04-30T09:41:02.053Z", "reviewerName": "E C", "reviewerEmail": "e@x.org"}]},
 {"title": "Again", "price": "7.5"}]"#;
    const SHOPIFY: &str = "Handle,Title,Body (HTML),Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n\
        top,Top,\"<p>Grey &amp; \n\"\"big\"\"</p>\",women,true,Size,Small,T-1,60,https://x/1.jpg\ntop,,,,,,Large,,60.50,\nhat,Hat,,,,Title,Default Title,,5,\n";

    /// Whatever a file says: it is read or it is not, and what is refused stands at a line that the file has.
    fn read(bytes: &[u8]) -> Result<(), TestCaseError> {
        let Ok(parsed) = parse(bytes, Currency::EUR) else { return Ok(()) };
        let lines = u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap() + 1;
        for row in &parsed.refused {
            prop_assert!((1..=lines).contains(&row.line) && !row.reason.is_empty(), "{row} of {lines} lines");
        }
        prop_assert!(parsed.products.iter().all(|product| (1..=lines).contains(&product.line)));
        Ok(())
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in ".*", json in "[\\[\\]{}\":,a-z0-9.eE+\\\\ -]{0,200}") {
            read(&bytes)?;
            read(text.as_bytes())?;
            read(json.as_bytes())?;
            read(format!("[{{\"title\": {json}}}]").as_bytes())?;
            read([SHOPIFY.lines().next().unwrap().as_bytes(), b"\n", &bytes].concat().as_slice())?;
        }

        #[test]
        fn a_file_with_bytes_changed_cut_out_or_doubled_does_not_make_it_panic(
            file in prop::sample::select(vec![SHOP, DUMMY, SHOPIFY]),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4), 1..8),
        ) {
            let mut bytes = file.as_bytes().to_vec();
            for (place, byte, kind) in changes {
                let place = place.index(bytes.len().max(1)).min(bytes.len());
                match kind {
                    0 if place < bytes.len() => bytes[place] = byte,
                    1 => bytes.insert(place, byte),
                    2 => bytes.truncate(place.max(bytes.len() / 2)),
                    _ => bytes.extend_from_within(place..),
                }
            }
            read(&bytes)?;
        }

        #[test]
        fn a_price_is_read_as_it_is_written(units in any::<i64>(), text in ".*", like in "-?[0-9]{0,25}[.,]?[0-9]{0,4}") {
            let written = format!("{}{}.{:02}", if units < 0 { "-" } else { "" }, units.unsigned_abs() / 100, units.unsigned_abs() % 100);
            // One more amount is negative than positive, and no price is.
            prop_assert_eq!(minor_units(&written), if units == i64::MIN { Err(format!("“{written}” is not a price such as 9.99")) } else { Ok(units) });
            let _any = (minor_units(&text), minor_units(&like));
        }

        #[test]
        fn every_name_gives_an_address_that_the_api_would_take(name in ".*", latin in "[A-Za-zÀ-ž0-9 .,'-]{0,150}", id in any::<u128>()) {
            let id = uuid::Uuid::from_u128(id);
            for name in [name, latin, id.to_string(), id.simple().to_string(), format!(" {id}!")] {
                let slug = novashop_domain::slugs::from_name(&name, "product");
                let category = CategoryCreate { slug: Some(slug.clone()), name: "A".into(), description: String::new(), parent_id: None };
                prop_assert!(category.validate().is_ok(), "{name:?} becomes {slug:?}");
            }
        }
    }

    #[test]
    fn prices_are_read_exactly() {
        for (text, units) in [("9.99", 999), ("50", 5000), ("0.5", 50), (" 19.90 ", 1990), ("-1", -100), ("92233720368547758.07", i64::MAX)] {
            assert_eq!(minor_units(text), Ok(units), "{text}");
        }
        for text in ["", "9.999", "9,99", "1e2", "€5", ".5", "5.", "1.-5", "92233720368547758.08", "99999999999999999999"] {
            assert!(minor_units(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lines_are_counted_forward_and_backward() {
        let mut lines = Lines::new(b"a\nb\r\nc\n");
        assert_eq!([lines.of(0), lines.of(2), lines.of(5), lines.of(2)], [1, 2, 3, 2]);
    }

    #[test]
    fn what_is_no_known_form_is_named() {
        for text in ["", "  \n", "{}", "{\"products\": 3}", "{\"format\": \"novashop/9\", \"products\": []}", "[1,", "a,b,c\n1,2,3\n", "\u{1}\u{2}"] {
            assert!(parse(text.as_bytes(), Currency::EUR).is_err(), "{text}");
        }
    }

    #[test]
    fn a_category_gets_a_name() {
        assert_eq!(name_of_slug("mens-shirts"), "Mens shirts");
    }
}
