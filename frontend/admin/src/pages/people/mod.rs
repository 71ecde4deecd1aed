//! People: what they think, their accounts, what was written to them, what they changed. And the program that serves them, and what it does by itself.

pub mod account;
pub mod audit;
pub mod customers;
pub mod jobs;
pub mod mails;
pub mod reviews;
pub mod system;
