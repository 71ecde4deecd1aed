//! The rules of the shop: pure functions over plain values, no I/O, builds for WebAssembly.

pub mod orders;
pub mod passwords;
pub mod similarity;
pub mod slugs;
pub mod totals;
pub mod variants;
