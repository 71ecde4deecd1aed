//! What pages are made of.

pub mod cart_state;
pub mod cart_sums;
pub mod frame;
