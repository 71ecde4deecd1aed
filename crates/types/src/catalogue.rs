//! The catalogue: categories, products, variants, stock, images.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::{
    CategoryId, ImageId, Money, ProductId, StockMovementId, Timestamp, UserId, VariantId,
    accounts::reason,
    money::MAX_PRICE,
    patch::{nullable, present},
};

/// The chosen or offered options of a variant: `{"Size": "M"}`, in the order of the product's options.
pub type Options = Map<String, Value>;

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

/// A category of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(no_recursion)]
pub struct Category {
    /// The category's id.
    pub id: CategoryId,
    /// Its name in addresses.
    #[schema(example = "tableware")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Tableware")]
    pub name: String,
    /// One or two sentences.
    pub description: String,
    /// Its picture's address, or `null`.
    #[schema(required = true, example = "/media/categories/tableware/1280.webp")]
    pub image: Option<String>,
    /// The category it lies in, or `null` at the top.
    #[schema(required = true)]
    pub parent_id: Option<CategoryId>,
    /// Published products in it and in everything below it.
    #[schema(example = 10)]
    pub product_count: i64,
    /// Grows with every change; it is also in the `ETag`.
    pub version: i64,
    /// What lies in it, in order.
    pub children: Vec<Category>,
}

/// The category tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CategoryTree {
    /// The top categories, each with its children.
    pub items: Vec<Category>,
}

/// A category in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryRef {
    /// The category's id.
    pub id: CategoryId,
    /// Its name in addresses.
    #[schema(example = "tableware")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Tableware")]
    pub name: String,
}

/// Lower-case ASCII letters and digits, in groups joined by single hyphens.
pub(crate) fn valid_slug(text: &str) -> Result<(), ValidationError> {
    let group = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if text.len() <= 120 && text.split('-').all(group) && text.parse::<ProductId>().is_err() {
        Ok(())
    } else {
        Err(reason("format", "must be lower-case letters, digits and single hyphens, up to 120 in all, such as stoneware-mug"))
    }
}

fn not_blank(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() { Err(reason("required", "must not be blank")) } else { Ok(()) }
}

fn valid_price(money: &Money) -> Result<(), ValidationError> {
    if (0..=MAX_PRICE).contains(&money.amount) { Ok(()) } else { Err(reason("range", "must be from 0 to 100000000000 minor units")) }
}

fn valid_sku(text: &str) -> Result<(), ValidationError> {
    if !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(reason("format", "must be 1 to 64 visible ASCII characters without spaces"))
    }
}

fn valid_attributes(map: &Map<String, Value>) -> Result<(), ValidationError> {
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

fn option_values(values: &[String]) -> Result<(), ValidationError> {
    let mut seen = std::collections::HashSet::new();
    if values.iter().all(|v| !v.trim().is_empty() && v.chars().count() <= 60 && seen.insert(v)) {
        Ok(())
    } else {
        Err(reason("values", "must be different texts of 1 to 60 characters"))
    }
}

fn option_name(name: &str) -> Result<(), ValidationError> {
    not_blank(name)
}

/// A new category.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryCreate {
    /// Made from the name where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_slug"))]
    #[schema(example = "tableware", max_length = 120)]
    pub slug: Option<String>,
    /// Its name for people.
    #[validate(length(max = 120, message = "may have up to 120 characters"), custom(function = "not_blank"))]
    #[schema(example = "Tableware", min_length = 1, max_length = 120)]
    pub name: String,
    /// One or two sentences.
    #[serde(default)]
    #[validate(length(max = 2000, message = "may have up to 2000 characters"))]
    #[schema(max_length = 2000)]
    pub description: String,
    /// The category it lies in.
    #[serde(default)]
    pub parent_id: Option<CategoryId>,
}

/// Changes to a category; fields that are absent stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryPatch {
    /// Its name in addresses.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_slug"))]
    #[schema(max_length = 120, nullable = false)]
    pub slug: Option<String>,
    /// Its name for people.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 120, message = "may have up to 120 characters"), custom(function = "not_blank"))]
    #[schema(min_length = 1, max_length = 120, nullable = false)]
    pub name: Option<String>,
    /// One or two sentences.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 2000, message = "may have up to 2000 characters"))]
    #[schema(max_length = 2000, nullable = false)]
    pub description: Option<String>,
    /// The category it lies in; `null` puts it at the top.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<CategoryId>)]
    pub parent_id: Option<Option<CategoryId>>,
}

/// What buyers think, in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rating {
    /// The mean of all visible reviews, with two decimals; 0 where there is none.
    #[schema(example = 4.35)]
    pub average: f64,
    /// How many reviews there are.
    #[schema(example = 17)]
    pub count: i64,
}

/// A product as it stands in lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProductSummary {
    /// The product's id.
    pub id: ProductId,
    /// Its name in addresses.
    #[schema(example = "stoneware-mug")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Stoneware mug")]
    pub name: String,
    /// The lowest price of its variants.
    pub price: Money,
    /// What that variant cost before, or `null`.
    #[schema(required = true)]
    pub compare_at_price: Option<Money>,
    /// Whether any variant can be bought now.
    pub in_stock: bool,
    /// Its first picture, or `null`.
    #[schema(required = true)]
    pub image: Option<Image>,
    /// What buyers think.
    pub rating: Rating,
    /// Where it lies, or `null`.
    #[schema(required = true)]
    pub category: Option<CategoryRef>,
}

/// Whether shoppers see a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// Being prepared: only staff see it.
    Draft,
    /// On sale.
    Published,
    /// No longer on sale: only staff and past orders see it.
    Archived,
}

impl ProductStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }

    /// The status a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Archived].into_iter().find(|status| status.as_str() == word)
    }
}

/// An option that shoppers choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductOption {
    /// `Size`, `Colour`, …
    #[validate(length(max = 60, message = "may have up to 60 characters"), custom(function = "option_name"))]
    #[schema(example = "Size", min_length = 1, max_length = 60)]
    pub name: String,
    /// The choices, in the order they are shown.
    #[validate(length(min = 1, max = 100, message = "must have 1 to 100 values"), custom(function = "option_values"))]
    #[schema(example = json!(["S", "M", "L"]), min_items = 1, max_items = 100)]
    pub values: Vec<String>,
}

/// What is bought and counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Variant {
    /// The variant's id.
    pub id: VariantId,
    /// The shop's own number for it; unique.
    #[schema(example = "MUG-GREY")]
    pub sku: String,
    /// Its choice for each of the product's options.
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// What it costs.
    pub price: Money,
    /// What it cost before, or `null`.
    #[schema(required = true)]
    pub compare_at_price: Option<Money>,
    /// How many can be sold now.
    #[schema(example = 40)]
    pub stock: i64,
    /// Whether any can be sold now.
    pub in_stock: bool,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Product {
    /// What lists show of it.
    #[serde(flatten)]
    pub summary: ProductSummary,
    /// What it is: plain text, paragraphs separated by an empty line.
    pub description: String,
    /// Its pictures in order.
    pub images: Vec<Image>,
    /// What shoppers choose from; empty where there is one variant only.
    pub options: Vec<ProductOption>,
    /// At least one.
    pub variants: Vec<Variant>,
    /// Facts in names and values.
    #[schema(value_type = Object, example = json!({"Material": "Stoneware"}))]
    pub attributes: Map<String, Value>,
    /// Whether shoppers see it.
    pub status: ProductStatus,
    /// Grows with every change by staff; it is also in the `ETag`.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When staff last changed it.
    pub updated_at: Timestamp,
}

/// A new product. With plain `price` and `stock` it has one variant; with `options` and `variants` it has those.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductCreate {
    /// Made from the name where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_slug"))]
    #[schema(example = "stoneware-mug", max_length = 120)]
    pub slug: Option<String>,
    /// Its name for people.
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "not_blank"))]
    #[schema(example = "Stoneware mug", min_length = 1, max_length = 200)]
    pub name: String,
    /// Plain text, paragraphs separated by an empty line.
    #[serde(default)]
    #[validate(length(max = 20000, message = "may have up to 20000 characters"))]
    #[schema(max_length = 20000)]
    pub description: String,
    /// The category's id or slug.
    #[serde(default)]
    #[validate(length(max = 120, message = "may have up to 120 characters"))]
    #[schema(example = "tableware", max_length = 120)]
    pub category: Option<String>,
    /// `published` where it is left out.
    #[serde(default)]
    pub status: Option<ProductStatus>,
    /// The price of the one variant.
    #[serde(default)]
    #[validate(custom(function = "valid_price"))]
    pub price: Option<Money>,
    /// What it cost before.
    #[serde(default)]
    #[validate(custom(function = "valid_price"))]
    pub compare_at_price: Option<Money>,
    /// The stock of the one variant.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000_000, message = "must be from 0 to 1000000000"))]
    #[schema(example = 40, minimum = 0, maximum = 1_000_000_000)]
    pub stock: Option<i64>,
    /// The SKU of the one variant; made up where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_sku"))]
    #[schema(example = "MUG-GREY", min_length = 1, max_length = 64)]
    pub sku: Option<String>,
    /// What shoppers choose from.
    #[serde(default)]
    #[validate(nested, length(max = 5, message = "may have up to 5 options"))]
    #[schema(max_items = 5)]
    pub options: Vec<ProductOption>,
    /// The variants, where `options` are given.
    #[serde(default)]
    #[validate(nested, length(max = 250, message = "may have up to 250 variants"))]
    #[schema(max_items = 250)]
    pub variants: Vec<VariantCreate>,
    /// Facts in names and values.
    #[serde(default)]
    #[validate(custom(function = "valid_attributes"))]
    #[schema(value_type = Object, example = json!({"Material": "Stoneware"}))]
    pub attributes: Map<String, Value>,
}

/// Changes to a product; fields that are absent stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductPatch {
    /// Its name in addresses.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_slug"))]
    #[schema(max_length = 120, nullable = false)]
    pub slug: Option<String>,
    /// Its name for people.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "not_blank"))]
    #[schema(min_length = 1, max_length = 200, nullable = false)]
    pub name: Option<String>,
    /// Plain text.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 20000, message = "may have up to 20000 characters"))]
    #[schema(max_length = 20000, nullable = false)]
    pub description: Option<String>,
    /// The category's id or slug; `null` takes it out of its category.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub category: Option<Option<String>>,
    /// Whether shoppers see it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub status: Option<ProductStatus>,
    /// The new price, where the product has one variant.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_price"))]
    #[schema(nullable = false)]
    pub price: Option<Money>,
    /// What it cost before, where the product has one variant; `null` takes it away.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Money>)]
    pub compare_at_price: Option<Option<Money>>,
    /// Facts in names and values; replaces all of them.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_attributes"))]
    #[schema(value_type = Option<Object>, nullable = false)]
    pub attributes: Option<Map<String, Value>>,
}

/// A new variant.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantCreate {
    /// Made up where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_sku"))]
    #[schema(example = "MUG-GREY", min_length = 1, max_length = 64)]
    pub sku: Option<String>,
    /// A value for each of the product's options. A value that the product does not know yet is added to it.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// What it costs.
    #[validate(custom(function = "valid_price"))]
    pub price: Money,
    /// What it cost before.
    #[serde(default)]
    #[validate(custom(function = "valid_price"))]
    pub compare_at_price: Option<Money>,
    /// How many there are.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000_000, message = "must be from 0 to 1000000000"))]
    #[schema(example = 40, minimum = 0, maximum = 1_000_000_000)]
    pub stock: i64,
}

/// Changes to a variant; fields that are absent stay. Its stock is changed through the ledger.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantPatch {
    /// The shop's own number for it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_sku"))]
    #[schema(min_length = 1, max_length = 64, nullable = false)]
    pub sku: Option<String>,
    /// A value for each of the product's options.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>, nullable = false)]
    pub options: Option<Options>,
    /// What it costs.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_price"))]
    #[schema(nullable = false)]
    pub price: Option<Money>,
    /// What it cost before; `null` takes it away.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Money>)]
    pub compare_at_price: Option<Option<Money>>,
}

/// A change of stock: either by `delta` or to `set`.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockChange {
    /// How many more, or with a minus fewer.
    #[serde(default)]
    #[validate(range(min = -1_000_000_000, max = 1_000_000_000, message = "must be from -1000000000 to 1000000000"))]
    #[schema(example = -3, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub delta: Option<i64>,
    /// How many there are now, after counting.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000_000, message = "must be from 0 to 1000000000"))]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub set: Option<i64>,
    /// Why, for the ledger.
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "not_blank"))]
    #[schema(example = "broken in the warehouse", min_length = 1, max_length = 200)]
    pub reason: String,
}

/// Why a stock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StockMovementKind {
    /// The stock a variant began with.
    Initial,
    /// Staff changed it.
    Adjusted,
    /// An order took it.
    Sold,
    /// A cancelled order gave it back.
    Returned,
    /// An import set it.
    Imported,
}

impl StockMovementKind {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Adjusted => "adjusted",
            Self::Sold => "sold",
            Self::Returned => "returned",
            Self::Imported => "imported",
        }
    }

    /// The kind a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Initial, Self::Adjusted, Self::Sold, Self::Returned, Self::Imported].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A line of the stock ledger. The deltas of a variant add up to its stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockMovement {
    /// The line's id.
    pub id: StockMovementId,
    /// The variant that it counts.
    pub variant_id: VariantId,
    /// How many more, or with a minus fewer.
    #[schema(example = -3)]
    pub delta: i64,
    /// The stock afterwards.
    #[schema(example = 37)]
    pub stock_after: i64,
    /// Why, in a word.
    pub kind: StockMovementKind,
    /// Why, in a sentence.
    pub reason: String,
    /// The order behind it, or `null`.
    #[schema(required = true)]
    pub order_id: Option<crate::OrderId>,
    /// Who did it, or `null` where nobody was signed in.
    #[schema(required = true)]
    pub actor_id: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
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

/// The orders a list of products can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum ProductSort {
    /// Best match first; needs `q`.
    #[serde(rename = "relevance")]
    Relevance,
    /// Newest first: the default without `q`.
    #[serde(rename = "newest")]
    Newest,
    /// Cheapest first.
    #[serde(rename = "price")]
    Price,
    /// Dearest first.
    #[serde(rename = "-price")]
    PriceDescending,
    /// A to Z.
    #[serde(rename = "name")]
    Name,
    /// Best rated first.
    #[serde(rename = "rating")]
    Rating,
}

/// A list of products, with counts where `facets=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProductPage {
    /// The page.
    #[serde(flatten)]
    pub page: crate::Page<ProductSummary>,
    /// What one could narrow the list to; only with `facets=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facets: Option<Facets>,
}

/// How many products of the whole list each narrowing would leave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Facets {
    /// By category.
    pub categories: Vec<CategoryFacet>,
    /// By price band.
    pub prices: Vec<PriceFacet>,
    /// By lowest rating.
    pub ratings: Vec<RatingFacet>,
    /// By option.
    pub options: Vec<OptionFacet>,
}

/// Products in a category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CategoryFacet {
    /// The category.
    #[serde(flatten)]
    pub category: CategoryRef,
    /// How many.
    pub count: i64,
}

/// Products in a price band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PriceFacet {
    /// From here, in minor units.
    pub min: i64,
    /// To here, in minor units, both included; `null` in the last band.
    #[schema(required = true)]
    pub max: Option<i64>,
    /// How many.
    pub count: i64,
}

/// Products rated so or better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RatingFacet {
    /// This average or better: 4, 3, 2, 1.
    pub min: i64,
    /// How many.
    pub count: i64,
}

/// Products by the values of an option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OptionFacet {
    /// The option's name, as in `option.<name>=`.
    pub name: String,
    /// Its values.
    pub values: Vec<OptionValueFacet>,
}

/// Products that have an option's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OptionValueFacet {
    /// The value.
    pub value: String,
    /// How many.
    pub count: i64,
}

/// What somebody who types might mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Suggestions {
    /// Products, best match first, up to 8.
    pub products: Vec<ProductSummary>,
    /// Categories, up to 4.
    pub categories: Vec<CategoryRef>,
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
