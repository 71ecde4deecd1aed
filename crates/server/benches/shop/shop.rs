//! The program as it is shipped, as a process of its own.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use novashop_testing::ports::free_port;

const PROGRAM: &str = env!("CARGO_BIN_EXE_novashop");

/// How a shop is run, beside that it is in production.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Without a line of the log a request and without rate limits: what is measured is the answer.
    Cached,
    /// The same, and every read asks the database.
    Uncached,
    /// As it is delivered: every request is logged and counted. The one client of this run is many, because a proxy says so.
    Delivered,
}

/// The program with nothing of this environment but what is said here.
pub(crate) fn program(data: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(PROGRAM);
    // A folder of its own, so that no .env is read.
    command
        .env_clear()
        .current_dir(data)
        .env("DATA_DIR", data)
        .env("RUST_LOG", "warn")
        .env("RATE_LIMITS", "off")
        .env("METRICS_ADDR", "127.0.0.1:0")
        .env("WEB_ADDR", "127.0.0.1:0");
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    command
}

/// Runs a command of the program to its end; how long it took, and what it said.
pub(crate) fn run(mut command: Command, arguments: &[&str]) -> (Duration, String) {
    let started = Instant::now();
    let output = command.args(arguments).output().expect("novashop runs");
    assert!(
        output.status.success(),
        "novashop {arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (started.elapsed(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A shop that is open; it closes when this is dropped.
pub(crate) struct Shop {
    child: Child,
    pub address: String,
    /// From the start of the process to its first answer.
    pub ready: Duration,
}

impl Shop {
    /// Opens it.
    pub(crate) async fn open(data: &Path, database: Option<&str>, run: Run) -> Self {
        let port = free_port();
        let mut command = program(data, database);
        // Without what tells developers how an answer came about.
        command.env("ENVIRONMENT", "production").env("SECRET_KEY", "a secret that only the benchmark knows");
        command.env("API_ADDR", format!("127.0.0.1:{port}"));
        match run {
            Run::Cached => {}
            Run::Uncached => {
                command.env("CACHE_MEGABYTES", "0");
            }
            Run::Delivered => {
                command.env_remove("RUST_LOG").env_remove("RATE_LIMITS").env("TRUSTED_PROXIES", "127.0.0.1");
            }
        }
        let started = Instant::now();
        // A line each for tens of thousands of requests a second: written, as anywhere, but kept nowhere, or the disk would be measured for minutes after.
        let log = if run == Run::Delivered { Stdio::null() } else { Stdio::inherit() };
        let child = command.arg("serve").stdout(Stdio::null()).stderr(log).spawn().expect("novashop starts");
        let address = format!("http://127.0.0.1:{port}");
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "the shop does not open");
            std::thread::sleep(Duration::from_millis(2));
        }
        let body = crate::load::get(&format!("{address}/readyz")).await;
        let ready = started.elapsed();
        assert!(!body.is_empty());
        Self { child, address, ready }
    }

    /// A figure of the process's memory in MiB: `VmRSS` now, `VmHWM` at most.
    pub(crate) fn memory(&self, figure: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux tells about the process");
        let line = status.lines().find_map(|line| line.strip_prefix(figure)).expect("the figure is there");
        let kib: f64 = line.trim_start_matches(':').trim().trim_end_matches("kB").trim().parse().expect("a number of KiB");
        kib / 1024.0
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        let _ended = self.child.wait();
    }
}
