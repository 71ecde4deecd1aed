//! Use cases, one file a noun. Each owns its transaction, asks `domain` for the rules, and knows no HTTP.

pub mod accounts;
pub mod audit;
pub mod carts;
pub mod catalogue;
pub mod context;
pub mod cursors;
pub mod error;
pub mod idempotency;
pub mod images;
pub mod imports;
pub mod mails;
pub mod order_moves;
pub mod order_placing;
pub mod orders;
pub mod outbox;
pub mod passwords;
pub mod picture_encoding;
pub mod product_changes;
pub mod product_lists;
pub mod products;
pub mod reviews;
pub mod search;
pub mod sessions;
pub mod stock;
pub mod tokens;
pub mod variants;
pub mod wishlist;

pub use context::{Actor, Clock, Context, IdSource, ShopSettings};
pub use error::{Error, Result};
