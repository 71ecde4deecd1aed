//! A shop of a test's own: the real program, to be killed and started again.

use std::{
    cell::{Cell, RefCell},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use novashop_db::{Database, sql::Sql};
use novashop_testing::{TestDatabase, pictures::multipart, ports::free_address, shopping::order};
use serde_json::{Value, json};

pub const PASSWORD: &str = "correct horse battery";
/// A server that does not come up in this time is broken.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A shop of its own: the real program over a database and a folder that go when the test ends.
pub struct Shop {
    pub database: TestDatabase,
    pub folder: PathBuf,
    address: String,
    metrics: String,
    running: RefCell<Option<Child>>,
    worker: RefCell<Option<Child>>,
    variables: Vec<(&'static str, String)>,
    client: awc::Client,
    /// How many requests got no answer.
    pub unanswered: Cell<usize>,
}

impl Shop {
    pub async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let database = TestDatabase::new().await;
        let name = format!("novashop_crash_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let client = awc::Client::builder().timeout(Duration::from_secs(30)).finish();
        Self {
            database,
            folder,
            address: free_address(),
            metrics: free_address(),
            running: RefCell::default(),
            worker: RefCell::default(),
            variables: Vec::new(),
            client,
            unanswered: Cell::new(0),
        }
    }

    /// The same, configured in another way too.
    pub fn with(mut self, variables: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.variables.extend(variables);
        self
    }

    /// The program in a folder without a `.env`, over this shop's database.
    pub fn novashop(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
        command.args(arguments).current_dir(&self.folder).env("DATA_DIR", self.folder.join("data")).env("DATABASE_URL", &self.database.options.url);
        command
            .env("API_ADDR", &self.address)
            .env("WEB_ADDR", "127.0.0.1:0")
            .env("METRICS_ADDR", &self.metrics)
            .env("RATE_LIMITS", "off")
            .env("RUST_LOG", "warn")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("ENVIRONMENT", "development").env("NOVASHOP_ADMIN_PASSWORD", PASSWORD).env_remove("PORT").env_remove("SECRET_KEY");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.novashop(arguments).output().expect("the program runs")
    }

    pub async fn start(&self) {
        self.start_as("api,web,worker").await;
    }

    /// Starts what does not run: on SQLite one process that does everything, on PostgreSQL one for those who ask and a worker of its own.
    pub async fn open(&self) {
        let worker = novashop_testing::database::postgres().is_some();
        if self.running.borrow().is_none() {
            self.start_as(if worker { "api" } else { "api,worker" }).await;
        }
        if worker && self.worker.borrow().is_none() {
            let mut command = self.novashop(&["serve", "--role", "worker"]);
            *self.worker.borrow_mut() = Some(command.env("METRICS_ADDR", "none").stdout(Stdio::null()).spawn().expect("the program runs"));
        }
    }

    /// `kill -9` of the process that works.
    pub fn kill_worker(&self) {
        match self.worker.take() {
            Some(worker) => kill(worker),
            None => self.kill(),
        }
    }

    /// SIGTERM to the process that works, and its end.
    pub fn end_worker(&self) -> ExitStatus {
        let mut worker = self.worker.take().or_else(|| self.running.take()).expect("a worker runs");
        let asked = Command::new("kill").args(["-TERM", &worker.id().to_string()]).status().expect("kill runs");
        assert!(asked.success());
        worker.wait().expect("it ends")
    }

    /// The program with some of its roles, among them `api`.
    async fn start_as(&self, roles: &str) {
        let child = self.novashop(&["serve", "--role", roles]).stdout(Stdio::null()).spawn().expect("the program runs");
        *self.running.borrow_mut() = Some(child);
        let from = Instant::now();
        while !self.client.get(format!("http://{}/readyz", self.address)).send().await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(from.elapsed() < PATIENCE, "the shop does not open");
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// `kill -9`.
    pub fn kill(&self) {
        if let Some(child) = self.running.take() {
            kill(child);
        }
    }

    /// Sends a request until it is answered; the answer's JSON and the guest's cart token.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value, status: u16) -> (Value, Option<String>) {
        loop {
            let mut request = self.client.post(format!("http://{}/api/v1{path}", self.address));
            for (name, value) in headers {
                request = request.insert_header((*name, *value));
            }
            // An answer that breaks off in its middle is none.
            if let Ok(mut answer) = request.send_json(body).await
                && let Ok(bytes) = answer.body().await
            {
                let json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
                assert_eq!(answer.status().as_u16(), status, "POST {path}: {json}");
                let token = answer.headers().get("x-cart-token").and_then(|token| token.to_str().ok()).map(str::to_owned);
                return (json, token);
            }
            self.unanswered.set(self.unanswered.get() + 1);
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Hands in a file of products; the import as it was acknowledged.
    pub async fn hand_in(&self, file: &[u8], bearer: &str) -> Value {
        let (kind, body) = multipart(&[("file", file)]);
        let request = self.client.post(format!("http://{}/api/v1/admin/imports/products", self.address));
        let request = request.insert_header(("authorization", bearer)).insert_header(("content-type", kind));
        let mut answer = request.send_body(body).await.expect("the shop is open");
        assert_eq!(answer.status(), 202, "handing in a file");
        answer.json().await.expect("JSON")
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Value {
        let mut request = self.client.get(format!("http://{}/api/v1{path}", self.address));
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        let mut answer = request.send().await.expect("the shop is open");
        assert_eq!(answer.status(), 200, "GET {path}");
        answer.json().await.expect("JSON")
    }

    /// A guest fills a cart and orders it, with one key however often it takes; the order as it was acknowledged.
    pub async fn buy(&self, variant: &str, key: &str) -> Value {
        let line = json!({"variant_id": variant, "quantity": 1});
        let (_, token) = self.post("/cart/items", &[], &line, 201).await;
        let token = token.expect("a guest is given a token");
        self.post("/orders", &[("x-cart-token", &token), ("idempotency-key", key)], &order(), 201).await.0
    }

    /// What a statement gives as `value`, past the program.
    pub async fn number(&self, sql: &str) -> i64 {
        let db = Database::connect(&self.database.options).await.expect("the database can be reached");
        let number = Sql::new(sql, []).number(db.reader()).await.expect("the statement runs").expect("a row");
        db.close().await.expect("the connections close");
        number
    }

    /// Changes rows past the program.
    pub async fn execute(&self, sql: &str) {
        let db = Database::connect(&self.database.options).await.expect("the database can be reached");
        Sql::new(sql, []).execute(db.writer()).await.expect("the statement runs");
        db.close().await.expect("the connections close");
    }
}

fn kill(mut child: Child) {
    child.kill().expect("a process of ours can be killed");
    child.wait().expect("it ends");
}

/// Looks again and again until the answer is yes.
pub async fn until(what: &str, is: impl AsyncFn() -> bool) {
    let from = Instant::now();
    while !is().await {
        assert!(from.elapsed() < 2 * PATIENCE, "{what} never comes");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.kill();
        self.kill_worker();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
