//! The role `web` over a real API, both on ports of their own, with a small stand-in for the app's files.
#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests are tests")]

mod files;
mod pages;
mod passing_on;
mod shop;
mod well_known;
