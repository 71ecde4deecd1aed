//! One file a page.

pub mod categories;
pub mod dashboard;
pub mod imports;
pub mod login;
pub mod not_found;
pub mod orders;
pub mod people;
pub mod product;
pub mod products;
pub mod stock;
