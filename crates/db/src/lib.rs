//! Entities and queries: the only crate that knows sea-orm.
//!
//! Queries take `&impl ConnectionTrait`, so that they run inside a transaction and outside. Names tell what to
//! expect: `find_` may find nothing, `list_` gives many, `insert_`, `update_` and `delete_` write.
//! SQL is written once for both databases with `$1` placeholders, which SQLite and PostgreSQL both take.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod abandoned_carts;
mod analysis;
pub mod audit;
pub mod audit_subjects;
pub mod bulk;
pub mod carts;
pub mod categories;
mod check_rules;
pub mod checks;
pub mod checksum;
pub mod connection;
pub mod copying;
pub mod databases;
pub mod entities;
pub mod error;
pub mod exports;
pub mod facets;
mod held;
pub mod idempotency;
pub mod images;
pub mod import_files;
pub mod imports;
pub mod jobs;
mod lane;
mod lanes;
pub mod low_stock;
pub mod mails;
mod migrating;
pub mod old_slugs;
pub mod opening;
pub mod orders;
pub mod outbox;
mod patience;
pub mod product_filters;
pub mod product_search;
mod product_summaries;
pub mod product_table;
pub mod product_variants;
pub mod products;
pub mod reviews;
pub mod schema;
pub mod sessions;
pub mod settings;
pub mod snapshot;
pub mod sql;
pub mod sqlite_url;
pub mod statements;
pub mod stats;
pub mod stock;
pub mod suggestions;
mod transaction;
pub mod users;
pub mod wishlist;

pub use connection::{Database, Options, Pool};
pub use error::Error;
pub use lane::Lane;
pub use patience::patiently;
pub use sea_orm::{ConnectionTrait, DbBackend};
pub use transaction::DatabaseTransaction;
