//! Use cases, one file a noun. Each owns its transaction, asks `domain` for the rules, and knows no HTTP.

pub mod accounts;
pub mod audit;
pub mod big_demo;
pub mod carts;
pub mod catalogue;
pub mod context;
pub mod cursors;
pub mod demo_dice;
pub mod demo_orders;
pub mod error;
pub mod idempotency;
pub mod images;
pub mod import_apply;
pub mod import_dummyjson;
pub mod import_html;
pub mod import_novashop;
pub mod import_people;
pub mod import_pictures;
pub mod import_plan;
pub mod import_shopify;
pub mod imports;
pub mod mails;
pub mod orders;
pub mod outbox;
pub mod passwords;
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
