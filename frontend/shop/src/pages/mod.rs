//! One file a page.

pub mod account_data;
pub mod account_orders;
pub mod account_password;
pub mod account_profile;
pub mod account_sessions;
pub mod account_wishlist;
pub mod cart;
pub mod checkout;
pub mod email_verify;
pub mod home;
pub mod listing;
pub mod login;
pub mod not_found;
pub mod offline;
pub mod order;
pub mod password_forgot;
pub mod password_reset;
pub mod product;
pub mod register;
pub mod search;
