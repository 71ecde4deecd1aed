//! The catalogue: categories, products, variants, stock, images.

mod backstage;
mod categories;
mod images;
mod lists;
mod products;
mod rules;
mod stock;
mod variants;

pub use backstage::{AdminProduct, BulkAction, BulkOutcome, BulkResult, BulkResults, MAX_BULK, Percent, ProductsBulk};
pub use categories::{Category, CategoryCreate, CategoryPatch, CategoryRef, CategoryTree};
pub use images::{Image, ImagePatch, ImageSource};
pub use lists::{CategoryFacet, Facets, OptionFacet, OptionValueFacet, PriceFacet, ProductPage, ProductSort, RatingFacet, Suggestions};
pub use products::{Product, ProductCreate, ProductPatch, ProductStatus, ProductSummary, Rating};
pub use stock::{StockChange, StockMovement, StockMovementKind};
pub use variants::{Options, ProductOption, Variant, VariantCreate, VariantPatch};
