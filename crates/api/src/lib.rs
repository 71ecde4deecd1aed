//! The REST API: routes, extractors, middleware, errors as problem+json, the OpenAPI document.
//!
//! A request takes four hops: route (`routes/`) → handler (the same file) → service (`novashop-services`) → query (`novashop-db`).
//! Handlers check in the contract's order of refusal: guard (401, 403), lookup (404), body and query (413, 415, 400, 422), service (409).
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod app;
pub mod cache;
mod connections;
pub mod extract;
pub mod limits;
pub mod live;
pub mod metrics;
pub mod middleware;
pub mod network;
pub mod openapi;
pub mod problem;
mod refusals;
pub mod respond;
pub mod routes;
mod schema_rules;

use actix_web::{HttpResponse, web};
use novashop_services::Context;

pub use problem::Failure;

/// What every handler gives.
pub type Answer = Result<HttpResponse, Failure>;

/// What every use case needs, shared by all handlers.
pub type Ctx = web::Data<Context>;
