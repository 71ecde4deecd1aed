//! The tests of the API, through the whole application. Every answer is checked against the OpenAPI document on the way.
#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests are tests")]

mod access;
mod admin;
mod arrows;
mod attacks_accounts;
mod attacks_browser;
mod attacks_files;
mod attacks_injection;
mod attacks_numbers;
mod attacks_ownership;
mod attacks_tokens;
mod auth;
mod bad_input;
mod cart;
mod categories;
mod contract;
mod http;
mod images;
mod lists;
mod orders;
mod products;
mod races;
mod reviews;
mod search;
mod stock;
mod users;
mod wishlist;
