//! What Prometheus is told of this role. Labels come from fixed sets: however odd the requests, there are no more series.

use std::time::Duration;

use actix_web::http::StatusCode;
pub use prometheus::TEXT_FORMAT;
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, Result, TextEncoder};

/// Seconds: from a file out of memory to a page that waited for the API.
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// The counters of this role; clones are the same ones.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
}

impl Metrics {
    /// Counters that stand at zero.
    ///
    /// # Errors
    /// Only where two have one name: a defect.
    pub fn new() -> Result<Self> {
        let registry = Registry::new();
        let requests = Opts::new("novashop_web_requests_total", "Requests to the role web by route and status; pages go by their kind.");
        let requests = IntCounterVec::new(requests, &["route", "status"])?;
        let durations = HistogramOpts::new("novashop_web_request_duration_seconds", "Time until the head of the role web's answer, by route.");
        let durations = HistogramVec::new(durations.buckets(BUCKETS.to_vec()), &["route"])?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(durations.clone()))?;
        Ok(Self { registry, requests, durations })
    }

    /// Where they are, for whoever tells them.
    #[must_use]
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Every number, in Prometheus' text format 0.0.4: for a process that has this role alone.
    ///
    /// # Errors
    /// Where a number cannot be written: a defect.
    pub fn text(&self) -> Result<String> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }

    pub(crate) fn end(&self, route: &str, status: StatusCode, elapsed: Duration) {
        self.requests.with_label_values(&[route, status.as_str()]).inc();
        self.durations.with_label_values(&[route]).observe(elapsed.as_secs_f64());
    }
}
