//! What runs in the background: the relay that hands on the outbox, and what happens on a schedule.
//!
//! Everything here may be interrupted at any point and done again: the database says what is left to do.

pub mod relay;
pub mod schedule;
