//! What handlers are given: who is asking, and what they sent.

pub mod encoding;
mod guards;
mod input;
mod json;
mod objects;

pub use guards::{Admin, Caller, Client, Customer, Staff};
pub use input::Input;
