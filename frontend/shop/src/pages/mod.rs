//! One file a page.

pub mod cart;
pub mod home;
pub mod not_found;
