//! The workshop of the tests: the whole application over a database of its own, people to act in it, and a check of every answer
//! against the OpenAPI document.
//!
//! ```ignore
//! let app = TestApp::new().await;
//! let maya = app.customer().await;
//! maya.patch("/users/me", json!({"city": "Lisbon"})).await.assert_status(200);
//! ```
//!
//! - Paths are those of the contract, below `/api/v1`; [`Actor::request`] takes any other.
//! - The database is SQLite, or PostgreSQL where `NOVASHOP_TEST_POSTGRES` names a server whose databases may be made and dropped.
//! - `NOVASHOP_TEST_CACHE=on` has every test read through the cache, with a relay that is never late.
//! - Builders and actors write through services or queries, not through the API, and say so; what a test is about goes through the API.
//! - Requests run in the process; [`TestApp::serve`] opens a port for the tests that need requests at the same time.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this crate is only ever part of tests, where a mistake should stop the test at once"
)]

pub mod actors;
pub mod answer;
pub mod app;
pub mod builders;
pub mod clock;
pub mod cluster;
pub mod contract;
pub mod database;
pub mod ear;
pub mod mail_server;
pub mod pictures;
pub mod ports;
pub mod postgres;
pub mod processes;
pub mod races;
pub mod redis;
pub mod serve;
pub mod shopping;
pub mod wire;

pub use actors::{Actor, PASSWORD};
pub use answer::Answer;
pub use app::TestApp;
pub use builders::first_variant;
pub use clock::{Stumbling, TestClock};
pub use cluster::Cluster;
pub use database::TestDatabase;
pub use ear::Ear;
pub use mail_server::MailServer;
pub use postgres::PostgresServer;
pub use processes::{Process, Processes};
pub use redis::TestRedis;
pub use serve::Served;
pub use wire::{Raw, Wire};
