//! The program as operators run it: how it ends, what it logs, where it tells its metrics. Each test starts the real binary.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a mistake in a test should stop it at once")]

mod outages;
mod pages;
mod traces;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use novashop_testing::ports::free_address;

/// A supervisor kills after ten seconds: everything has to be over by then.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running `novashop serve` with a folder of its own; killed and removed when it is dropped.
struct Shop {
    process: Child,
    api: String,
    metrics: String,
    log: Arc<Mutex<String>>,
    folder: PathBuf,
}

/// Asks again and again until the answer is yes.
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < Duration::from_secs(60), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Shop {
    fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let (api, metrics) = (free_address(), free_address());
        let folder = std::env::temp_dir().join(format!("novashop-operations-{}", api.replace(':', "-")));
        Self::begin(folder, (api, metrics), arguments, variables)
    }

    /// The same in the folder of another one, which has ended.
    fn start_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::begin(folder.to_owned(), (free_address(), free_address()), arguments, variables)
    }

    fn begin(folder: PathBuf, (api, metrics): (String, String), arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
        command.arg("serve").args(arguments).env_clear().current_dir(std::env::temp_dir());
        command
            .env("DATA_DIR", &folder)
            .env("API_ADDR", &api)
            .env("WEB_ADDR", "127.0.0.1:0")
            .env("METRICS_ADDR", &metrics)
            .envs(variables.iter().copied());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn Read + Send>; 2] = [Box::new(process.stdout.take().unwrap()), Box::new(process.stderr.take().unwrap())];
        for stream in streams {
            let log = Arc::clone(&log);
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    log.lock().unwrap().push_str(&format!("{line}\n"));
                }
            });
        }
        Self { process, api, metrics, log, folder }
    }

    /// A shop that answers.
    fn open(variables: &[(&str, &str)]) -> Self {
        let shop = Self::start(&[], variables);
        until("the shop opens", || TcpStream::connect(&shop.api).is_ok());
        shop
    }

    /// What another command of the program says of this shop, with a line on its standard input.
    fn command(&self, arguments: &[&str], line: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
        command.args(arguments).env_clear().current_dir(std::env::temp_dir()).env("DATA_DIR", &self.folder);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may have ended already: then it did not want the line.
        let _taken = writeln!(process.stdin.take().unwrap(), "{line}");
        let output = process.wait_with_output().unwrap();
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    fn wait(&mut self) -> ExitStatus {
        let mut status = None;
        until("the process ends", || {
            status = self.process.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// One request on a connection of its own: the answer's status and body.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
        let mut connection = TcpStream::connect(&self.api).unwrap();
        let length = body.len();
        write!(connection, "{method} {path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}").unwrap();
        answer(connection)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
        let _removed = std::fs::remove_dir_all(&self.folder);
    }
}

fn answer(mut connection: TcpStream) -> (u16, String) {
    let mut text = String::new();
    connection.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer but {text:?}"));
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

fn metrics(shop: &Shop) -> String {
    let mut connection = TcpStream::connect(&shop.metrics).unwrap();
    write!(connection, "GET /metrics HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n").unwrap();
    answer(connection).1
}

/// The head of a sign-in and the first half of its body; the request is in flight when this returns.
fn half_a_request(shop: &Shop) -> TcpStream {
    let mut connection = TcpStream::connect(&shop.api).unwrap();
    write!(
        connection,
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 41\r\n\r\n{{\"login\": \"maya\", "
    )
    .unwrap();
    until("the request is in flight", || metrics(shop).contains("http_requests_in_flight 1"));
    connection
}

#[test]
fn a_request_in_flight_is_answered_and_new_ones_are_refused_when_the_process_is_asked_to_end() {
    let mut shop = Shop::open(&[]);
    let mut slow = half_a_request(&shop);
    let asked = Instant::now();
    shop.signal("TERM");
    until("new connections are refused", || TcpStream::connect(&shop.api).is_err());
    // The rest trickles in for three seconds.
    for part in ["\"password\"", ": \"not ", "mine\"}"].iter().chain(&[""; 3]) {
        std::thread::sleep(Duration::from_millis(500));
        slow.write_all(part.as_bytes()).unwrap();
    }
    let (status, body) = answer(slow);
    assert!(status == 401 && body.contains("invalid_credentials"), "{status} {body}");
    assert_eq!(shop.wait().code(), Some(0));
    assert!(asked.elapsed() < PATIENCE, "it took {:?}", asked.elapsed());
}

#[test]
fn behind_a_proxy_a_process_that_ends_first_lets_go_of_its_connections() {
    for role in ["api", "web"] {
        let web = free_address();
        let mut shop = Shop::start(&["--role", role], &[("DRAIN_SECONDS", "4"), ("WEB_ADDR", &web)]);
        let address = if role == "api" { shop.api.clone() } else { web };
        until("the shop opens", || TcpStream::connect(&address).is_ok());
        let mut kept = TcpStream::connect(&address).unwrap();
        let mut ask = |text: &str| {
            write!(kept, "{text} HTTP/1.1\r\nHost: shop\r\n\r\n").unwrap();
            let mut read = [0; 4096];
            let length = kept.read(&mut read).unwrap();
            String::from_utf8_lossy(&read[..length]).to_lowercase()
        };
        assert!(!ask("GET /healthz").contains("connection: close"), "{role}");
        let asked = Instant::now();
        shop.signal("TERM");
        until("it takes its leave", || shop.log().contains("leaving"));
        let last = ask("GET /healthz");
        assert!(last.starts_with("http/1.1 200") && last.contains("connection: close"), "{role}: {last}");
        // Who does not know it yet is answered, and a balancer that asks is told.
        let (status, body) = {
            let mut connection = TcpStream::connect(&address).unwrap();
            write!(connection, "GET /readyz HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n").unwrap();
            answer(connection)
        };
        assert!(role == "web" || status == 503 && body.contains("is stopping"), "{role}: {status} {body}");
        assert!(asked.elapsed() < Duration::from_secs(4), "that was the time of the leave-taking");
        until("new connections are refused", || TcpStream::connect(&address).is_err());
        assert_eq!(shop.wait().code(), Some(0), "{role}");
        assert!((Duration::from_secs(4)..PATIENCE).contains(&asked.elapsed()), "{role}: it took {:?}", asked.elapsed());
    }
}

#[test]
fn an_idle_connection_does_not_keep_the_process_alive() {
    let mut shop = Shop::open(&[]);
    let mut idle = TcpStream::connect(&shop.api).unwrap();
    write!(idle, "GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n").unwrap();
    assert!(idle.read(&mut [0; 1024]).unwrap() > 0);
    let asked = Instant::now();
    shop.signal("TERM");
    assert_eq!(shop.wait().code(), Some(0));
    assert!(asked.elapsed() < PATIENCE / 2, "it took {:?}", asked.elapsed());
}

#[test]
fn a_client_that_never_finishes_does_not_keep_the_process_alive() {
    let mut shop = Shop::open(&[]);
    let hanging = half_a_request(&shop);
    let asked = Instant::now();
    shop.signal("TERM");
    assert_eq!(shop.wait().code(), Some(0));
    assert!(asked.elapsed() < PATIENCE, "it took {:?}", asked.elapsed());
    drop(hanging);
}

#[test]
fn a_worker_ends_well_on_either_signal() {
    for signal in ["TERM", "INT"] {
        let mut shop = Shop::start(&["--role", "worker"], &[]);
        until("the worker runs", || shop.log().contains("The worker is running."));
        assert!(metrics(&shop).contains("novashop_outbox_lag_seconds 0"), "a worker tells its metrics too");
        let asked = Instant::now();
        shop.signal(signal);
        assert_eq!(shop.wait().code(), Some(0), "SIG{signal}");
        assert!(asked.elapsed() < PATIENCE / 2, "SIG{signal}: it took {:?}", asked.elapsed());
    }
}

#[test]
fn the_metrics_are_not_told_on_the_port_of_the_api() {
    let shop = Shop::open(&[]);
    assert_eq!(shop.ask("GET", "/metrics", "", "").0, 404);
    let text = metrics(&shop);
    for name in ["http_requests_total", "http_request_duration_seconds_bucket", "novashop_db_connections_idle", "process_resident_memory_bytes"] {
        assert!(text.lines().any(|line| line.starts_with(name)), "no {name} in\n{text}");
    }
}

#[test]
fn a_port_for_metrics_that_is_taken_stops_the_shop_only_where_somebody_chose_it() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut refused = Shop::start(&[], &[("METRICS_ADDR", &address)]);
    assert_eq!(refused.wait().code(), Some(1));
    until("it says why", || refused.log().contains("METRICS_ADDR"));
    // The default port is taken by this test, or was by somebody else.
    let _default = TcpListener::bind("127.0.0.1:9100");
    let shop = Shop::open(&[("METRICS_ADDR", "")]);
    until("it says so", || shop.log().contains("no metrics"));
    drop(Shop::open(&[("METRICS_ADDR", "none")]));
}

#[test]
fn no_log_line_tells_a_secret_or_anything_of_a_person() {
    let secret = "0123456789abcdef0123456789abcdef";
    let shop = Shop::open(&[
        ("ENVIRONMENT", "production"),
        ("MIGRATE_ON_START", "true"),
        ("SECRET_KEY", secret),
        ("RUST_LOG", "info,actix_server=warn,novashop_api=trace,novashop_services=trace,novashop_jobs=trace,novashop_db=trace,novashop=trace"),
    ]);
    let field = |body: &str, name: &str| body.split(&format!("\"{name}\":\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let account = r#"{"username": "mayalind", "email": "maya.lindqvist@example.com", "password": "a quite long secret", "first_name": "Maya", "last_name": "Lindqvist", "city": "Lisbon", "address": "Rua da Rosa 14"}"#;
    assert_eq!(shop.ask("POST", "/api/v1/auth/register", "User-Agent: browser-of-maya\r\n", account).0, 201);
    let wrong = r#"{"login": "maya.lindqvist@example.com", "password": "another secret word"}"#;
    assert_eq!(shop.ask("POST", "/api/v1/auth/login", "", wrong).0, 401);
    let (status, pair) =
        shop.ask("POST", "/api/v1/auth/login", "X-Cart-Token: carttokencarttoken\r\n", r#"{"login": "mayalind", "password": "a quite long secret"}"#);
    assert_eq!(status, 200);
    let (access, refresh) = (field(&pair, "access_token"), field(&pair, "refresh_token"));
    let bearer = format!(
        "Authorization: Bearer {access}\r\nCookie: novashop_refresh={refresh}\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
    );
    let (status, me) = shop.ask("GET", "/api/v1/users/me", &bearer, "");
    assert_eq!(status, 200);
    let order = r#"{"email": "maya.lindqvist@example.com", "shipping_address": {"name": "Maya Lindqvist", "line1": "Rua da Rosa 14", "city": "Lisbon", "postal_code": "1200-387", "country": "PT"}}"#;
    assert_eq!(shop.ask("POST", "/api/v1/orders", &bearer, order).0, 422);
    assert_eq!(shop.ask("GET", "/api/v1/products?q=Lindqvist", "", "").0, 200);
    assert_eq!(shop.ask("GET", "/api/v1/orders/1001?token=ordertokenordertoken", "X-Order-Token: ordertokenordertoken\r\n", "").0, 404);
    assert_eq!(shop.ask("POST", "/api/v1/auth/password/forgot", "", r#"{"email": "maya.lindqvist@example.com"}"#).0, 202);
    assert_eq!(shop.ask("POST", "/api/v1/auth/password/reset", "", r#"{"token": "resettokenresettoken", "password": "a third secret word"}"#).0, 422);
    assert_eq!(shop.ask("POST", "/api/v1/auth/refresh", "", &format!(r#"{{"refresh_token": "{refresh}"}}"#)).0, 200);
    assert_eq!(shop.ask("POST", "/api/v1/auth/login", "", "{\"login\": \"mayalind\", \"password\": \"a quite long").0, 400);
    until("the worker has written the mails", || metrics(&shop).contains("novashop_outbox_rows{state=\"waiting\"} 0"));

    let log = shop.log();
    let personal = ["maya", "Maya", "Lindqvist", "example.com", "Lisbon", "Rosa", "1200-387", "127.0.0.1:", "browser-of"];
    let secrets = ["secret", "token=", "carttoken", "ordertoken", "resettoken", secret, &access, &refresh, "argon2"];
    let lines = log.lines().filter(|line| line.starts_with('{'));
    for line in lines.clone() {
        for word in personal.iter().chain(&secrets) {
            assert!(!line.contains(word), "the log tells {word:?}: {line}");
        }
    }
    let mine =
        lines.clone().find(|line| line.contains("\"http.route\":\"/api/v1/users/me\"")).unwrap_or_else(|| panic!("no line of the request in\n{log}"));
    for part in [
        "\"http.status\":200",
        "\"http.method\":\"GET\"",
        "\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"",
        "\"trace.parent\":\"00f067aa0ba902b7\"",
        "\"duration_ms\":",
        "\"request.id\":\"",
        &format!("\"user.id\":\"{}\"", field(&me, "id")),
    ] {
        assert!(mine.contains(part), "no {part} in {mine}");
    }
    assert!(lines.count() >= 11, "one line a request:\n{log}");
}

#[test]
fn a_shop_without_anybody_to_run_it_says_how_to_begin_until_it_is_done() {
    let mut shop = Shop::open(&[]);
    until("it says how", || shop.log().contains("novashop user create-admin") && shop.log().contains("novashop demo"));
    let said = shop.command(&["user", "create-admin", "maya", "maya@example.com"], "a quite long secret");
    assert!(said.contains("can sign in now"), "{said}");
    shop.signal("TERM");
    shop.wait();
    let again = Shop::start_in(&shop.folder, &[], &[]);
    until("it opens", || again.log().contains("Try next"));
    until("it says what is left", || again.log().contains("novashop demo"));
    assert!(!again.log().contains("create-admin"), "{}", again.log());
}

#[test]
fn somebody_who_is_locked_out_gets_a_password_at_the_command_line_and_every_session_ends() {
    let shop = Shop::open(&[]);
    shop.command(&["user", "create-admin", "maya", "maya@example.com"], "a quite long secret");
    let field = |body: &str, name: &str| body.split(&format!("\"{name}\":\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let sign_in = |password: &str| shop.ask("POST", "/api/v1/auth/login", "", &format!(r#"{{"login": "maya", "password": "{password}"}}"#));
    let (status, pair) = sign_in("a quite long secret");
    assert_eq!(status, 200);
    let bearer = format!("Authorization: Bearer {}\r\n", field(&pair, "access_token"));
    assert_eq!(shop.ask("GET", "/api/v1/users/me", &bearer, "").0, 200);

    assert!(shop.command(&["user", "set-password", "MAYA@example.com"], "1234567890").contains("The password"), "one that everybody knows");
    assert!(shop.command(&["user", "set-password", "maya"], "short").contains("10 to 1024"));
    assert!(shop.command(&["user", "set-password", "maya"], "").contains("No password"));
    assert!(shop.command(&["user", "set-password", "nobody"], "another long secret").contains("Nobody has"));
    assert_eq!(shop.ask("GET", "/api/v1/users/me", &bearer, "").0, 200, "nothing has changed yet");

    let said = shop.command(&["user", "set-password", "MAYA@example.com"], "another long secret");
    assert!(said.contains("maya (admin)") && !said.contains("another long"), "{said}");
    assert_eq!(shop.ask("GET", "/api/v1/users/me", &bearer, "").0, 401);
    let refresh = format!(r#"{{"refresh_token": "{}"}}"#, field(&pair, "refresh_token"));
    assert_eq!(shop.ask("POST", "/api/v1/auth/refresh", "", &refresh).0, 401);
    assert_eq!(sign_in("a quite long secret").0, 401);
    let (status, pair) = sign_in("another long secret");
    assert_eq!(status, 200);
    let bearer = format!("Authorization: Bearer {}\r\n", field(&pair, "access_token"));
    assert!(shop.ask("GET", "/api/v1/admin/audit", &bearer, "").1.contains("user.password_set"));
}
