//! What pages are made of.

pub mod bottom_bar;
pub mod breadcrumb;
pub mod card;
pub mod cart_state;
pub mod cart_sums;
pub mod categories;
pub mod footer;
pub mod frame;
pub mod header;
pub mod home;
pub mod moving;
pub mod offline_banner;
pub mod search_box;
pub mod listing;
pub mod nothing;
