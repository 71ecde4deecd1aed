//! People: what they think, their accounts, what was written to them, what they changed. And the program that serves them.

pub mod account;
pub mod audit;
pub mod customers;
pub mod mails;
pub mod reviews;
pub mod system;
