//! Orders: all of them, one of them, and the slip that goes into its parcel.

pub mod list;
pub mod order;
pub mod slip;
