//! What runs in the background: the relay that hands on the outbox, the jobs, and what happens by the clock.
//!
//! Everything here may be interrupted at any point and done again: the database says what is left to do.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod hands;
pub mod mails;
pub mod metrics;
pub mod queue;
pub mod relay;
pub mod schedule;
pub mod work;
pub mod worker;
