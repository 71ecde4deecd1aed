//! The rules of the shop: pure functions over plain values, no I/O, builds for WebAssembly.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod orders;
pub mod passwords;
pub mod prices;
pub mod similarity;
pub mod slugs;
pub mod totals;
pub mod variants;
