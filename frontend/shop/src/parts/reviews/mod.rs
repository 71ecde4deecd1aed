//! What buyers say of a product.

pub mod editor;
pub mod histogram;
pub mod item;
pub mod section;
pub mod stars;
pub mod writing;
