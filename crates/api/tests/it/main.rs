//! The tests of the API, through the whole application. Every answer is checked against the OpenAPI document on the way.
#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests are tests")]

mod access;
mod admin;
mod arrows;
mod auth;
mod bad_input;
mod cache;
mod cart;
mod categories;
mod contract;
mod http;
mod images;
mod limits;
mod lists;
mod operations;
mod orders;
mod outbox;
mod problems;
mod products;
mod races;
mod races_orders;
mod races_people;
mod remote_addresses;
mod reviews;
mod search;
mod slow;
mod statements;
mod stock;
mod users;
mod verify;
mod wishlist;
