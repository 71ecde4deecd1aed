//! The editor of a product: a draft as plain data, the form over it, and how it is saved.

pub mod attributes;
pub mod conflict;
pub mod draft;
pub mod fields;
pub mod form;
pub mod images;
pub mod options;
pub mod picture;
pub mod preview;
pub mod save;
pub mod steps;
pub mod turns;
pub mod variants;
