//! Log lines, to standard error; and traces, where somebody says where to.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, Layer as _, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::traces;

/// What is logged where nobody says so. actix calls it an error of ours when a client sends what is not HTTP: anybody could fill the log.
const DEFAULT: &str = "info,sqlx=warn,sea_orm_migration=warn,actix_server=warn,actix_http::h1::dispatcher=off";

/// Begins to log: for people, or one JSON object a line for machines. A line that belongs to a request bears the request's span.
pub(crate) fn start(json: bool) {
    let registry = tracing_subscriber::registry().with(traces::layer());
    if json {
        registry.with(fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(std::io::stderr).with_filter(filter())).init();
    } else {
        let colours = std::io::stderr().is_terminal();
        registry.with(fmt::layer().with_target(false).with_ansi(colours).with_writer(std::io::stderr).with_filter(filter())).init();
    }
}

/// What `RUST_LOG` asks for. One that cannot be read keeps no shop closed, but whoever wrote it is told why it does not count.
fn filter() -> EnvFilter {
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_default();
    if asked.trim().is_empty() {
        return EnvFilter::new(DEFAULT);
    }
    EnvFilter::try_new(&asked).unwrap_or_else(|error| {
        eprintln!("RUST_LOG cannot be read ({error}), so what is logged is the default: {DEFAULT}.");
        EnvFilter::new(DEFAULT)
    })
}
