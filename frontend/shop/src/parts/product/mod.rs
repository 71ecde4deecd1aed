//! What a product's page is made of.

pub mod buy;
pub mod choice;
pub mod facts;
pub mod gallery;
pub mod heart;
pub mod related;
pub mod stock;
pub mod view;
pub mod waiting;
