//! The shop as it runs for many: several processes of each role behind the real nginx, over a PostgreSQL and a Redis of its own.
//!
//! The deployment tests start it, and `make load`. Everything is on free ports of this machine, in a folder that goes with it.

mod nginx;
mod process;
mod visitor;

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

pub use nginx::Nginx;
pub use process::Process;
pub use visitor::Visitor;

use crate::{PostgresServer, TestRedis};

/// Who has the rights of an administrator in it, and the password.
pub const ADMIN: (&str, &str) = ("maya", "correct horse battery");
/// What has not happened after this does not happen.
const PATIENCE: Duration = Duration::from_secs(90);

/// How large it is, and how strict.
#[derive(Debug, Clone)]
pub struct Size {
    /// The program, built.
    pub program: PathBuf,
    /// Processes of the role api.
    pub apis: usize,
    /// Processes of the role web.
    pub webs: usize,
    /// Processes of the role worker.
    pub workers: usize,
    /// Whether the shop counts requests.
    pub rate_limits: bool,
    /// Requests a second that nginx lets one client keep up.
    pub requests: u32,
    /// Requests that nginx lets one client have under way.
    pub connections: u32,
    /// WebSockets that nginx lets one client have open.
    pub sockets: u32,
    /// Whether what PostgreSQL commits is on the disk, as where it counts.
    pub durable: bool,
}

impl Size {
    /// Three processes of the API, two of the app and one worker, where nobody is held back.
    #[must_use]
    pub fn usual(program: &str) -> Self {
        let (requests, connections, sockets) = (1_000_000, 1000, 1000);
        Self { program: program.into(), apis: 3, webs: 2, workers: 1, rate_limits: false, requests, connections, sockets, durable: false }
    }
}

/// A running shop of many processes. They end when it is dropped.
#[derive(Debug)]
pub struct Cluster {
    /// The front.
    pub nginx: Nginx,
    /// Every process of the role api.
    pub apis: Vec<Process>,
    /// Every process of the role web.
    pub webs: Vec<Process>,
    /// Every process of the role worker.
    pub workers: Vec<Process>,
    /// The database.
    pub postgres: PostgresServer,
    /// What the processes share besides.
    pub redis: TestRedis,
    /// Where all of it lives.
    pub folder: Folder,
    _turn: MutexGuard<'static, ()>,
}

impl Cluster {
    /// Starts all of it; every process of the API begins at the same moment, on an empty database.
    pub async fn start(size: &Size) -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        // Two of them on one machine would measure each other.
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = Folder::new();
        let durability: &[&str] = if size.durable { &[] } else { &["fsync=off", "synchronous_commit=off", "full_page_writes=off"] };
        let postgres = PostgresServer::new(folder.path(), &[&["max_connections=150"], durability].concat());
        let redis = TestRedis::start();
        let nginx = Nginx::new(folder.path(), size);
        let spawn = |name: &str, role: &str, extra: &[(&str, String)]| {
            let process = Process::new(&size.program, folder.path(), name, &["serve", "--role", role]);
            process.with("DATABASE_URL", postgres.url("postgres")).with("REDIS_URL", redis.url()).with_all(&nginx.told_to_processes()).with_all(extra)
        };
        let limits = ("RATE_LIMITS", if size.rate_limits { "on" } else { "off" }.to_owned());
        let apis: Vec<Process> = (0..size.apis)
            .map(|number| spawn(&format!("api-{number}"), "api", &[limits.clone(), ("API_ADDR", nginx.api_address(number).to_owned())]))
            .collect();
        let inner = ("API_URL", format!("http://{}", nginx.inner_address()));
        let files = ("WEB_FILES", nginx.files().display().to_string());
        let webs: Vec<Process> = (0..size.webs)
            .map(|number| {
                let address = ("WEB_ADDR", nginx.web_address(number).to_owned());
                spawn(&format!("web-{number}"), "web", &[inner.clone(), files.clone(), address])
            })
            .collect();
        let workers: Vec<Process> = (0..size.workers).map(|number| spawn(&format!("worker-{number}"), "worker", &[])).collect();
        let cluster = Self { nginx, apis, webs, workers, postgres, redis, folder, _turn: turn };
        cluster.postgres.start().await;
        cluster.nginx.start().await;
        cluster.all().for_each(Process::start);
        for process in cluster.all() {
            process.ready().await;
        }
        let (name, password) = ADMIN;
        cluster.run(&["user", "create-admin", name, "maya@example.com"], &[("NOVASHOP_ADMIN_PASSWORD", password)]);
        cluster
    }

    /// Every process of the program.
    pub fn all(&self) -> impl Iterator<Item = &Process> {
        self.apis.iter().chain(&self.webs).chain(&self.workers)
    }

    /// Runs a command of the program over the cluster's database to its end, which has to be a good one; what it says.
    pub fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let mut command = self.apis[0].command(arguments);
        let output = command.envs(variables.iter().copied()).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "novashop {arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    /// Somebody who comes by HTTPS, as shoppers do.
    #[must_use]
    pub fn shopper(&self) -> Visitor {
        self.visitor(self.nginx.shop())
    }

    /// A program that uses the API's own port.
    #[must_use]
    pub fn program(&self) -> Visitor {
        self.visitor(self.nginx.api())
    }

    /// Somebody at one of the addresses of this cluster.
    #[must_use]
    pub fn visitor(&self, base: impl Into<String>) -> Visitor {
        Visitor::new(base, self.nginx.certificate(), None)
    }

    /// The same, from another address of this machine: `127.0.0.9`.
    #[must_use]
    pub fn visitor_from(&self, base: impl Into<String>, address: [u8; 4]) -> Visitor {
        Visitor::new(base, self.nginx.certificate(), Some(address))
    }
}

/// A folder of its own, gone when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("novashop_cluster_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        // PostgreSQL and the workers of nginx have users of their own.
        open_to_all(&path);
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What went wrong is read after the test.
        if !std::thread::panicking() {
            drop(std::fs::remove_dir_all(&self.0));
        }
    }
}

fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("a folder of ours");
}

/// Asks again and again until the answer is yes.
pub async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !is().await {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
