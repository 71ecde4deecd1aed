//! One file a page.

pub mod dashboard;
pub mod login;
pub mod not_found;
pub mod orders;
pub mod people;
