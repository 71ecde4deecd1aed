//! One entity a table. They do not leave `services`.
#![expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]

pub mod accounts;
pub mod carts;
pub mod catalogue;
pub mod old_slugs;
pub mod orders;
pub mod reviews;
pub mod shop;
