//! What handlers are given: who is asking, and what they sent.

mod client;
pub mod encoding;
mod guards;
mod input;
mod json;
mod objects;
mod upload;

pub use client::{Client, TrustedProxies, client_address};
pub use guards::{Admin, Caller, Customer, Staff};
pub use input::{Input, patience};
pub use upload::{Form, Part};
