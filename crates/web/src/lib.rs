//! The role `web`: the app's files, and for every address of the shop a page that is true before any script runs.
//!
//! It knows the shop by its API alone, as everybody does. What is asked below `/api/` and its like is passed on, so that app and API share
//! an origin. A page's request takes three hops: its address is read ([`mod@pages::address`]), the API is asked for what the page shows
//! ([`mod@upstream`]), and the answers are written twice: as HTML, and as the data with which the app begins.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod app;
mod bodies;
pub mod files;
pub mod forwarding;
pub mod html;
pub mod json_ld;
pub mod metrics;
mod middleware;
pub mod pages;
pub mod proxy;
pub mod sitemap;
pub mod texts;
pub mod tunnel;
pub mod upstream;
pub mod visitor;
mod well_known;

pub use app::{Options, listen};
pub use files::Files;
pub use metrics::Metrics;

/// What the shop is called.
pub const NAME: &str = "NovaShop";
