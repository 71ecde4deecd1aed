//! A shop moves house: backed up while it sells, restored elsewhere, taken to PostgreSQL. All with the real program.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests are tests")]

mod archives;
mod backup;
mod big_demo;
mod bucket;
mod postgres;
mod shop;
