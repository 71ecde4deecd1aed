//! What pages are made of.

pub mod cart_drawer;
pub mod cart_lines;
pub mod cart_state;
pub mod cart_sum;
pub mod cart_sums;
pub mod empty_cart;
pub mod frame;
pub mod options;
