//! One file a page.

pub mod dashboard;
pub mod login;
pub mod not_found;
pub mod product;
pub mod products;
