//! What pages are made of.

pub mod account_frame;
pub mod address_fields;
pub mod attempt;
pub mod cart_changes;
pub mod cart_drawer;
#[cfg(test)]
mod cart_example;
pub mod cart_lines;
pub mod cart_state;
pub mod cart_sum;
pub mod cart_sums;
pub mod checkout_fields;
pub mod checkout_form;
pub mod countries;
pub mod device;
pub mod download;
pub mod empty_cart;
pub mod form;
pub mod frame;
pub mod next_page;
pub mod options;
pub mod order_access;
pub mod order_cancel;
pub mod order_details;
pub mod order_timeline;
pub mod password_field;
pub mod place_order;
pub mod private_order;
pub mod sending;
