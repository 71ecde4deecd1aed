//! Use cases, one file a noun. Each owns its transaction, asks `domain` for the rules, and knows no HTTP.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod accounts;
pub mod audit;
pub mod big_demo;
pub mod carts;
pub mod catalogue;
pub mod context;
pub mod cursors;
pub mod demo_dice;
pub mod demo_orders;
pub mod demo_people;
pub mod demo_pictures;
pub mod error;
pub mod exports;
pub mod idempotency;
pub mod images;
pub mod import_apply;
pub mod import_dummyjson;
pub mod import_files;
pub mod import_html;
pub mod import_novashop;
pub mod import_people;
pub mod import_pictures;
pub mod import_plan;
pub mod import_shopify;
pub mod import_write;
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
pub mod product_table;
pub mod products;
pub mod reviews;
pub mod search;
pub mod sessions;
pub mod shipping;
pub mod spreadsheets;
pub mod stats;
pub mod stock;
pub mod stopping;
pub mod tokens;
pub mod variants;
pub mod verify;
pub mod vitals;
pub mod wishlist;

pub use context::{Actor, Clock, Context, IdSource, ShopSettings};
pub use error::{Error, Result};
pub use stopping::Stopping;
