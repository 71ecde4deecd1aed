//! The PostgreSQL of this run, set up as for production: what is committed is on the disk.

use std::{path::Path, time::Duration};

use novashop_testing::PostgresServer;

const SETTINGS: [&str; 7] = [
    "shared_buffers=512MB",
    "max_wal_size=4GB",
    "random_page_cost=1.1",
    "max_connections=100",
    "logging_collector=on",
    "log_destination=jsonlog",
    "log_filename=server.log",
];

/// So many seconds of pgbench are not counted.
const WARM_UP: u64 = 3;

/// A running server; it stops when it is dropped.
pub(crate) struct Postgres(PostgresServer);

impl Postgres {
    /// Makes it in a folder of its own and starts it.
    pub(crate) async fn start(place: &Path) -> Self {
        let server = PostgresServer::new(place, &SETTINGS);
        server.start().await;
        Self(server)
    }

    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        self.0.url(database)
    }

    /// Runs SQL; what it says.
    pub(crate) fn sql(&self, database: &str, sql: &str) -> String {
        let mut command = self.0.client("psql");
        let output = command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]).output().expect("psql runs");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Makes a database.
    pub(crate) fn create(&self, database: &str) -> String {
        self.sql("postgres", &format!("create database {database}"));
        self.url(database)
    }

    /// Has every statement written to the log, or none.
    pub(crate) fn log_statements(&self, on: bool) {
        self.sql("postgres", &format!("alter system set log_statement = '{}'", if on { "all" } else { "none" }));
        self.sql("postgres", "select pg_reload_conf()");
        std::thread::sleep(Duration::from_millis(500));
    }

    /// What is in the log: one JSON object a line.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.0.data().join("log/server.json")).expect("the server's log can be read")
    }

    /// Runs a script of pgbench with as many clients: transactions a second, once its connections are as used to their work as those of the shop
    /// (each new one of PostgreSQL reads the catalogue and plans every statement some times before it is quick), and how many it made in all.
    pub(crate) fn pgbench(&self, database: &str, script: &Path, clients: usize, seconds: u64, variables: &[(&str, u64)]) -> (f64, f64) {
        let mut command = self.0.client("pgbench");
        command.args(["-n", "-M", "prepared", "-j", "1"]);
        command.arg("-c").arg(clients.to_string()).arg("-T").arg((WARM_UP + seconds).to_string()).args(["-P", "1"]).arg("-f").arg(script);
        for (name, value) in variables {
            command.arg("-D").arg(format!("{name}={value}"));
        }
        let output = command.arg(database).output().expect("pgbench runs");
        let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && !errors.contains("ERROR"), "pgbench: {}", errors.lines().take(6).collect::<Vec<_>>().join("\n"));
        // `progress: 3.0 s, 412.0 tps, …`, a line for each second.
        let warm: Vec<f64> = errors.lines().filter_map(progress).filter(|(second, _)| *second > WARM_UP as f64 + 0.5).map(|(_, rate)| rate).collect();
        assert!(!warm.is_empty(), "pgbench tells no rate: {text}{errors}");
        let made =
            text.lines().find_map(|line| line.strip_prefix("number of transactions actually processed: ")).and_then(|made| made.trim().parse().ok());
        (warm.iter().sum::<f64>() / warm.len() as f64, made.unwrap_or_else(|| panic!("pgbench tells no number: {text}")))
    }
}

/// How far pgbench is, in seconds, and its transactions a second since the line before.
fn progress(line: &str) -> Option<(f64, f64)> {
    let (second, rest) = line.strip_prefix("progress: ")?.split_once(" s, ")?;
    Some((second.parse().ok()?, rest.split_once(" tps")?.0.parse().ok()?))
}
