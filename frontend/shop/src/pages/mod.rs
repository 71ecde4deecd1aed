//! One file a page.

pub mod home;
pub mod listing;
pub mod not_found;
pub mod offline;
pub mod product;
pub mod search;
