//! The words of NovaShop's API: what travels over the wire, ids, money, time and error codes.
//!
//! No I/O here: the crate builds for WebAssembly and is shared by the server and the browser app.
//! The doc comments on wire types are the API documentation: write them for somebody who builds a shop.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod accounts;
pub mod admin;
pub mod audit;
pub mod cart;
pub mod catalogue;
pub mod error_codes;
pub mod errors;
mod flat;
pub mod ids;
pub mod imports;
pub mod jobs;
pub mod language;
pub mod lists;
pub mod live;
pub mod money;
pub mod narrowing;
pub mod orders;
pub mod pages;
pub mod patch;
pub mod reviews;
pub mod shipping;
pub mod stats;
pub mod system;
pub mod time;

pub use error_codes::ErrorCode;
pub use errors::{FieldError, Problem};
pub use ids::*;
pub use language::Language;
pub use lists::Page;
pub use money::{Currency, Money};
pub use time::Timestamp;
