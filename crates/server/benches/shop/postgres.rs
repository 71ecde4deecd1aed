//! A PostgreSQL of this run's own, set up as for production: what is committed is on the disk.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running server; it stops when it is dropped.
pub(crate) struct Postgres {
    child: Child,
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
}

fn bin() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("pgbench").exists())
        .collect();
    found.sort();
    found.pop().expect("PostgreSQL with pgbench is installed (package postgresql)")
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    let mut command = if root { Command::new("runuser") } else { Command::new(program) };
    if root {
        command.args(["-u", "postgres", "--"]).arg(program);
    }
    command.current_dir("/");
    command
}

impl Postgres {
    /// Makes a cluster in a folder of its own and starts it.
    pub(crate) fn start(place: &Path) -> Self {
        let (bin, folder) = (bin(), place.join("postgres"));
        std::fs::create_dir(&folder).expect("a new folder");
        let open = |path: &Path| Command::new("chmod").arg("777").arg(path).status().expect("chmod runs");
        open(&folder);
        Command::new("chmod").arg("755").arg(place).status().expect("chmod runs");
        let data = folder.join("data");
        let made = as_postgres(&bin.join("initdb"))
            .arg(format!("--pgdata={}", data.display()))
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = crate::shop::free_port();
        let child = as_postgres(&bin.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-h", "127.0.0.1", "-p", &port.to_string()])
            .args(["-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c", "random_page_cost=1.1", "-c", "max_connections=100"])
            .args(["-c", "logging_collector=on", "-c", "log_destination=jsonlog", "-c", "log_filename=server.log"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("postgres starts");
        let server = Self { child, bin, folder, port };
        for _ in 0..300 {
            let ready =
                Command::new(server.bin.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-U", "postgres", "-p"]).arg(port.to_string()).status();
            if ready.is_ok_and(|status| status.success()) {
                return server;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("PostgreSQL did not start");
    }

    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs SQL; what it says.
    pub(crate) fn sql(&self, database: &str, sql: &str) -> String {
        let mut command = Command::new(self.bin.join("psql"));
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "postgres", "-p"]).arg(self.port.to_string());
        let output = command.args(["-d", database, "-c", sql]).output().expect("psql runs");
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
        std::fs::read_to_string(self.folder.join("data/log/server.json")).expect("the server's log can be read")
    }

    /// Runs a script of pgbench with as many clients; transactions a second.
    pub(crate) fn pgbench(&self, database: &str, script: &Path, clients: usize, seconds: u64, variables: &[(&str, u64)]) -> f64 {
        let mut command = Command::new(self.bin.join("pgbench"));
        command.args(["-n", "-M", "prepared", "-j", "1", "-h", "127.0.0.1", "-U", "postgres", "-p"]).arg(self.port.to_string());
        command.arg("-c").arg(clients.to_string()).arg("-T").arg(seconds.to_string()).arg("-f").arg(script);
        for (name, value) in variables {
            command.arg("-D").arg(format!("{name}={value}"));
        }
        let output = command.arg(database).output().expect("pgbench runs");
        let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && !errors.contains("ERROR"), "pgbench: {}", errors.lines().take(6).collect::<Vec<_>>().join("\n"));
        let tps = text.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split(' ').next()).and_then(|tps| tps.parse().ok());
        tps.unwrap_or_else(|| panic!("pgbench tells no rate: {text}"))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let _stopped = as_postgres(&self.bin.join("pg_ctl")).arg("stop").arg("-D").arg(&data).args(["-m", "fast"]).output();
        let _ended = self.child.wait();
    }
}
