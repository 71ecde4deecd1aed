//! A process of the program that can be ended, killed and started again at the same address.

use std::{
    cell::RefCell,
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tokio::net::TcpStream;

use super::until;
use crate::ports::free_address;

/// A supervisor kills after this.
const SUPERVISOR: Duration = Duration::from_secs(10);

/// A process, running or not.
#[derive(Debug)]
pub struct Process {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    folder: PathBuf,
    metrics: String,
    child: RefCell<Option<Child>>,
}

impl Process {
    pub(super) fn new(program: &Path, folder: &Path, name: &str, arguments: &[&str]) -> Self {
        let process = Self {
            name: name.to_owned(),
            program: program.to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            variables: Vec::new(),
            folder: folder.to_owned(),
            metrics: free_address(),
            child: RefCell::default(),
        };
        let (own, shared) = (folder.join(name).display().to_string(), format!("file://{}", folder.join("media").display()));
        let metrics = process.metrics.clone();
        let set = [
            ("ENVIRONMENT", "production"),
            ("SECRET_KEY", "0123456789abcdef0123456789abcdef"),
            ("MIGRATE_ON_START", "true"),
            ("DATABASE_CONNECTIONS", "12"),
            ("TRUSTED_PROXIES", "127.0.0.1"),
            ("RUST_LOG", "info,novashop::access=off,sqlx=warn,actix_server=warn,sea_orm_migration=warn"),
            ("LOG_FORMAT", "text"),
            ("DATA_DIR", &own),
            ("MEDIA_URL", &shared),
            ("METRICS_ADDR", &metrics),
        ];
        set.into_iter().fold(process, |process, (name, value)| process.with(name, value))
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn with_all(self, variables: &[(&str, String)]) -> Self {
        variables.iter().fold(self, |process, (name, value)| process.with(name, value))
    }

    /// The program with this process' environment and nothing else of ours, in a folder without a `.env`.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).env_clear().envs(self.variables.iter().map(|(name, value)| (name, value))).current_dir(&self.folder);
        command.stdin(Stdio::null());
        command
    }

    /// Starts it; what it says is appended to its log.
    pub fn start(&self) {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("the log can be written");
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let mut command = self.command(&arguments);
        command.stdout(log.try_clone().expect("a second handle")).stderr(log);
        *self.child.borrow_mut() = Some(command.spawn().expect("the program runs"));
    }

    /// Waits until it works: its metrics are told last of all, so its other ports are open.
    pub async fn ready(&self) {
        until(&format!("{} works:\n{}", self.name, self.log()), async || {
            assert!(self.is_running(), "{} ended:\n{}", self.name, self.log());
            match self.variable("API_ADDR").or_else(|| self.variable("WEB_ADDR")) {
                Some(address) => get(address, "/readyz").await.or(get(address, "/healthz").await).is_some(),
                None => get(&self.metrics, "/metrics").await.is_some(),
            }
        })
        .await;
    }

    /// `kill -9`.
    pub fn kill(&self) {
        if let Some(mut child) = self.child.borrow_mut().take() {
            child.kill().expect("a process of ours can be killed");
            child.wait().expect("it ends");
        }
    }

    /// It hangs: its kernel takes connections, and nobody answers.
    pub fn hold(&self) {
        signal("-STOP", self.id().expect("it runs"));
    }

    /// It goes on where it was held.
    pub fn go_on(&self) {
        signal("-CONT", self.id().expect("it runs"));
    }

    /// Asks it to end, as supervisors do, and waits for that.
    pub async fn end(&self) -> ExitStatus {
        let mut child = self.child.borrow_mut().take().expect("it runs");
        signal("-TERM", child.id());
        let from = Instant::now();
        loop {
            if let Some(status) = child.try_wait().expect("it is our child") {
                return status;
            }
            if from.elapsed() > SUPERVISOR {
                child.kill().expect("a process of ours can be killed");
                panic!("{} does not end:\n{}", self.name, self.log());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether it has not ended by itself.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.child.borrow_mut().as_mut().is_some_and(|child| child.try_wait().is_ok_and(|ended| ended.is_none()))
    }

    /// Its number, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.borrow().as_ref().map(Child::id)
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A variable of its environment.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join(format!("{}.log", self.name))
    }

    /// What it has said so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// What it tells operators.
    pub async fn metrics(&self) -> String {
        get(&self.metrics, "/metrics").await.expect("its metrics are told")
    }

    /// The sum of a metric's values, of those lines that hold all of these words.
    pub async fn count(&self, words: &[&str]) -> f64 {
        let metrics = self.metrics().await;
        let lines = metrics.lines().filter(|line| !line.starts_with('#') && words.iter().all(|word| line.contains(word)));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn signal(which: &str, id: u32) {
    let sent = Command::new("kill").args([which, &id.to_string()]).status().expect("kill runs");
    assert!(sent.success(), "kill {which} {id}");
}

/// The body of what stands at an address, where it is answered well.
async fn get(address: &str, path: &str) -> Option<String> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes()).await.ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await.ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    head.starts_with("HTTP/1.1 200").then(|| body.to_owned())
}
