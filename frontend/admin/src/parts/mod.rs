//! What pages are made of.

pub mod amount;
pub mod bulk_products;
pub mod category_choices;
pub mod confirm;
pub mod data_table;
pub mod filters;
pub mod form_section;
pub mod frame;
pub mod gate;
pub mod navigation;
pub mod palette;
pub mod query;
pub mod unsaved;
