//! A PostgreSQL of one cluster, which can be stopped and started.

use std::{
    cell::RefCell,
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::{free_address, open_to_all, until};

/// A server, running or not.
#[derive(Debug)]
pub struct Postgres {
    bin: PathBuf,
    folder: PathBuf,
    port: String,
    durable: bool,
    child: RefCell<Option<Child>>,
}

/// Where Debian keeps the newest one, else wherever the system finds it.
fn bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).collect();
    found.sort();
    found.pop().unwrap_or_default()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

impl Postgres {
    /// Makes a server's data in a folder of its own.
    pub(super) fn new(place: &Path, durable: bool) -> Self {
        let folder = place.join("postgres");
        std::fs::create_dir(&folder).expect("a new folder");
        open_to_all(&folder);
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(&folder).status().expect("chown runs");
            assert!(given.success(), "there is no user postgres: install the package postgresql");
        }
        let port = free_address().rsplit(':').next().expect("a port").to_owned();
        let server = Self { bin: bin(), folder, port, durable, child: RefCell::default() };
        let mut make = server.command("initdb");
        make.arg("--pgdata").arg(server.data()).args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        let made = make.output().expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program of PostgreSQL's; it refuses to run as root.
    fn command(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        let mut command = if is_root() { Command::new("runuser") } else { Command::new(&program) };
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(&program);
        }
        // From a folder that its user may enter.
        command.current_dir("/").stdin(Stdio::null());
        command
    }

    /// Starts it, and waits until it answers.
    pub async fn start(&self) {
        let log = File::options().create(true).append(true).open(self.folder.with_extension("log")).expect("the log can be written");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).args(["-h", "127.0.0.1", "-p", &self.port, "-c", "unix_socket_directories=", "-c", "max_connections=150"]);
        if !self.durable {
            command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        let child = command.stdout(log.try_clone().expect("a second handle")).stderr(log).spawn().expect("postgres starts");
        *self.child.borrow_mut() = Some(child);
        until("PostgreSQL answers", async || {
            let mut asked = self.command("pg_isready");
            asked.args(["-q", "-h", "127.0.0.1", "-U", "postgres", "-p", &self.port]).status().is_ok_and(|status| status.success())
        })
        .await;
    }

    /// Stops it: everybody's connection ends, transactions are rolled back.
    pub fn stop(&self) {
        if let Some(mut child) = self.child.borrow_mut().take() {
            let mut stop = self.command("pg_ctl");
            let stopped = stop.arg("stop").arg("-D").arg(self.data()).args(["-m", "fast"]).output().expect("pg_ctl runs");
            assert!(stopped.status.success(), "{}", String::from_utf8_lossy(&stopped.stderr));
            child.wait().expect("it ends");
        }
    }

    /// The number of the server's first process, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        std::fs::read_to_string(self.data().join("postmaster.pid")).ok()?.lines().next()?.parse().ok()
    }

    /// The address of the shop's database.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}
