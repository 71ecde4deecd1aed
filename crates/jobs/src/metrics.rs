//! What Prometheus is told of the jobs that this process ran.

use std::time::Duration;

use novashop_services::jobs::Job;
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, Result};

/// Seconds: from a statement or two to a file of ten megabytes.
const BUCKETS: [f64; 9] = [0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0, 120.0, 600.0];

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Given back for later.
    Later,
    /// Failed, and tried again.
    Failed,
    /// Failed once too often.
    Dead,
    /// Another worker has taken it up.
    Lost,
}

impl Outcome {
    const ALL: [Self; 5] = [Self::Done, Self::Later, Self::Failed, Self::Dead, Self::Lost];

    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Later => "later",
            Self::Failed => "failed",
            Self::Dead => "dead",
            Self::Lost => "lost",
        }
    }
}

/// The counters of the worker; clones are the same ones.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    runs: IntCounterVec,
    durations: HistogramVec,
}

impl Metrics {
    /// Counters that stand at zero.
    ///
    /// # Errors
    /// Only where two have one name: a defect.
    pub fn new() -> Result<Self> {
        let registry = Registry::new();
        let runs = Opts::new("novashop_job_runs_total", "Runs of jobs by kind and outcome: done, later, failed, dead, lost.");
        let runs = IntCounterVec::new(runs, &["kind", "outcome"])?;
        let durations = HistogramOpts::new("novashop_job_duration_seconds", "How long a run took, by kind.");
        let durations = HistogramVec::new(durations.buckets(BUCKETS.to_vec()), &["kind"])?;
        registry.register(Box::new(runs.clone()))?;
        registry.register(Box::new(durations.clone()))?;
        for kind in Job::KINDS {
            durations.with_label_values(&[kind]);
            for outcome in Outcome::ALL {
                runs.with_label_values(&[kind, outcome.word()]);
            }
        }
        Ok(Self { registry, runs, durations })
    }

    /// Where they are, for whoever tells them.
    #[must_use]
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// A run ended. A kind that this version does not know is told as `unknown`.
    pub(crate) fn end(&self, kind: &str, outcome: Outcome, took: Duration) {
        let kind = if Job::KINDS.contains(&kind) { kind } else { "unknown" };
        self.runs.with_label_values(&[kind, outcome.word()]).inc();
        self.durations.with_label_values(&[kind]).observe(took.as_secs_f64());
    }
}
