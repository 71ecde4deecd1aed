//! Log lines, to standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Begins to log: for people, or one JSON object a line for machines. A line that belongs to a request bears the request's span.
pub(crate) fn start(json: bool) {
    // actix calls it an error of ours when a client sends what is not HTTP: anybody could fill the log.
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn,actix_server=warn,actix_http::h1::dispatcher=off"));
    let registry = tracing_subscriber::registry().with(filter);
    if json {
        registry.with(fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(std::io::stderr)).init();
    } else {
        let colours = std::io::stderr().is_terminal();
        registry.with(fmt::layer().with_target(false).with_ansi(colours).with_writer(std::io::stderr)).init();
    }
}
