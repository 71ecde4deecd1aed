//! A list of products, and what narrows it. The address holds all of it.

pub mod chips;
pub mod filters;
pub mod heading;
pub mod narrow;
pub mod options;
pub mod price_range;
pub mod results;
pub mod sort;
