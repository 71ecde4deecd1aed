//! The role `web` over a real API, both on ports of their own, with a small stand-in for the app's files.

mod files;
mod pages;
mod passing_on;
mod shop;
mod well_known;
