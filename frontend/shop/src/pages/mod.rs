//! One file a page.

pub mod cart;
pub mod checkout;
pub mod email_verify;
pub mod home;
pub mod login;
pub mod not_found;
pub mod order;
pub mod password_forgot;
pub mod password_reset;
pub mod register;
