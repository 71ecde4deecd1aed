//! What pages are made of.

pub mod amount;
pub mod attempt;
pub mod bulk_products;
pub mod category_choices;
pub mod category_delete;
pub mod category_form;
pub mod confirm;
pub mod data_table;
pub mod download;
pub mod filters;
pub mod form_section;
pub mod frame;
pub mod gate;
pub mod import_view;
pub mod navigation;
pub mod palette;
pub mod query;
pub mod stock_change;
pub mod stock_ledger;
pub mod unsaved;
