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
pub mod listing;
pub mod moving;
pub mod nothing;
pub mod offline_banner;
pub mod product;
pub mod reviews;
pub mod search_box;
