//! A PostgreSQL server of one's own, which can be stopped and started.

use std::{
    cell::RefCell,
    fs::{File, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::ports::free_port;

/// A server that does not answer after this is broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server, running or not; it ends when it is dropped.
#[derive(Debug)]
pub struct PostgresServer {
    bin: PathBuf,
    folder: PathBuf,
    port: String,
    settings: Vec<String>,
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

impl PostgresServer {
    /// Makes a server's data below a folder, which its user may enter from then on. Settings are as in its configuration: `fsync=off`.
    #[must_use]
    pub fn new(place: &Path, settings: &[&str]) -> Self {
        let folder = place.join("postgres");
        std::fs::create_dir(&folder).expect("a new folder");
        for open in [place, &folder] {
            std::fs::set_permissions(open, Permissions::from_mode(0o755)).expect("a folder of ours");
        }
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(&folder).status().expect("chown runs");
            assert!(given.success(), "there is no user postgres: install the package postgresql");
        }
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let server = Self { bin: bin(), folder, port: free_port().to_string(), settings, child: RefCell::default() };
        let mut make = server.command("initdb");
        make.arg("--pgdata").arg(server.data()).args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        let made = make.output().expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        server
    }

    /// The folder of its data.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program that is the server or handles it; those refuse to run as root.
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

    /// A client of PostgreSQL's own, such as `psql`, which knows where the server is.
    #[must_use]
    pub fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        command.args(["-h", "127.0.0.1", "-U", "postgres", "-p", &self.port]).stdin(Stdio::null());
        command
    }

    /// Starts it, and waits until it answers.
    pub async fn start(&self) {
        let log = File::options().create(true).append(true).open(self.folder.with_extension("log")).expect("the log can be written");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).args(["-h", "127.0.0.1", "-p", &self.port, "-c", "unix_socket_directories="]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        let child = command.stdout(log.try_clone().expect("a second handle")).stderr(log).spawn().expect("postgres starts");
        *self.child.borrow_mut() = Some(child);
        let from = Instant::now();
        while !self.client("pg_isready").arg("-q").status().is_ok_and(|status| status.success()) {
            assert!(from.elapsed() < PATIENCE, "PostgreSQL does not answer: see {}", self.folder.with_extension("log").display());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Stops it: everybody's connection ends, transactions are rolled back.
    pub fn stop(&self) {
        if let Some(mut child) = self.child.take() {
            let mut stop = self.command("pg_ctl");
            let stopped = stop.arg("stop").arg("-D").arg(self.data()).args(["-m", "fast"]).output().expect("pg_ctl runs");
            assert!(stopped.status.success(), "{}", String::from_utf8_lossy(&stopped.stderr));
            child.wait().expect("it ends");
        }
    }

    /// Holds all of its processes: connections stay, new ones are taken by the system, and nobody answers. Until [`Self::go_on`].
    pub fn hold(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on after [`Self::hold`].
    pub fn go_on(&self) {
        self.signal("-CONT");
        // `runuser` stops with what it runs, and does not go on with it.
        if let Some(child) = &*self.child.borrow() {
            let _sent = Command::new("kill").arg("-CONT").arg(child.id().to_string()).status();
        }
    }

    fn signal(&self, signal: &str) {
        let first = self.id().expect("it runs").to_string();
        // The first one begins no more of them once it is held, so it comes before the others.
        let send = |ids: &[&str]| Command::new("kill").arg(signal).args(ids).status().expect("kill can be run");
        assert!(send(&[&first]).success(), "kill {signal} {first}");
        let others = Command::new("pgrep").args(["-P", &first]).output().expect("pgrep can be run");
        // One of them may have ended in the meantime.
        let _sent = send(&String::from_utf8_lossy(&others.stdout).split_whitespace().collect::<Vec<_>>());
    }

    /// The number of the server's first process, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        std::fs::read_to_string(self.data().join("postmaster.pid")).ok()?.lines().next()?.parse().ok()
    }

    /// The address of one of its databases; `postgres` is there from the start.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // One that is held cannot be stopped.
        if self.child.borrow().is_some() && self.id().is_some() {
            self.go_on();
        }
        self.stop();
    }
}
