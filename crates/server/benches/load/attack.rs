//! goose, as a process of its own, and what it measured.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

/// One kind of request.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kind {
    pub requests: u64,
    pub failed: u64,
    /// Microseconds within which half of them were answered, 95 and 99 in 100; the worst of the turns.
    pub within: [u64; 3],
}

/// What came of one attack, or of several.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    pub seconds: f64,
    pub requests: u64,
    pub failed: u64,
    pub within: [u64; 3],
    pub kinds: BTreeMap<String, Kind>,
}

impl Outcome {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        (self.requests - self.failed) as f64 / self.seconds.max(1.0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.seconds += other.seconds;
        self.requests += other.requests;
        self.failed += other.failed;
        self.within = worst(self.within, other.within);
        for (name, kind) in &other.kinds {
            let known = self.kinds.entry(name.clone()).or_default();
            known.requests += kind.requests;
            known.failed += kind.failed;
            known.within = worst(known.within, kind.within);
        }
    }
}

fn worst(one: [u64; 3], other: [u64; 3]) -> [u64; 3] {
    std::array::from_fn(|place| one[place].max(other[place]))
}

fn kind(told: &Value) -> Kind {
    let number = |name: &str| told[name].as_u64().unwrap_or(0);
    Kind { requests: number("requests"), failed: number("failed"), within: [number("p50_us"), number("p95_us"), number("p99_us")] }
}

/// Has so many shoppers at an address for so long.
pub(crate) fn run(goose: &Path, address: &str, users: u64, seconds: u64) -> Outcome {
    let mut command = Command::new(goose);
    command.args(["--host", address, "--accept-invalid-certs", "--users", &users.to_string(), "--run-time", &format!("{seconds}s")]);
    command.args(["--increase-time", "1s", "--no-telnet", "--no-websocket", "--no-print-metrics", "-qq"]);
    let output = command.output().expect("goose runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let told = text.lines().rev().find(|line| line.starts_with('{')).and_then(|line| serde_json::from_str::<Value>(line).ok());
    let told = told.unwrap_or_else(|| panic!("goose measured nothing: {text}{}", String::from_utf8_lossy(&output.stderr)));
    let all = kind(&told);
    let kinds = told["by_name"].as_object().into_iter().flatten().map(|(name, value)| (name.clone(), kind(value))).collect();
    Outcome { seconds: told["seconds"].as_f64().unwrap_or(0.0), requests: all.requests, failed: all.failed, within: all.within, kinds }
}
