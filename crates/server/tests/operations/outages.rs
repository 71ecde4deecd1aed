//! Parts that say nothing any more: PostgreSQL, and a bucket. Nobody waits for them for long, and supervisors are not misled.

use std::{
    io::Write,
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use novashop_testing::PostgresServer;

use crate::{Shop, answer, metrics, until};

/// A statement is given up after seven seconds, and the machine has other things to do as well.
const GIVEN_UP: Duration = Duration::from_secs(10);
/// Prometheus and supervisors wait for less than that.
const TOLD: Duration = Duration::from_secs(4);
/// Everything works again after this.
const BACK: Duration = Duration::from_secs(15);

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("novashop-outage-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _removed = std::fs::remove_dir_all(&self.0);
    }
}

/// What the process says at its metrics' address, and how long it took.
fn told(shop: &Shop, path: &str) -> (u16, Duration) {
    let asked = Instant::now();
    let mut connection = TcpStream::connect(&shop.metrics).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n").unwrap();
    (answer(connection).0, asked.elapsed())
}

fn healthcheck(shop: &Shop) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
    command.args(["healthcheck", "--role", "worker"]).env_clear().current_dir(std::env::temp_dir()).env("METRICS_ADDR", &shop.metrics);
    command.status().unwrap().success()
}

fn register(shop: &Shop, name: &str) -> u16 {
    let account = format!(r#"{{"username": "{name}", "email": "{name}@example.com", "password": "a quite long secret"}}"#);
    shop.ask("POST", "/api/v1/auth/register", "", &account).0
}

/// Several ask at the same time: each must be told in time that nothing can be done.
fn nobody_is_kept_waiting(shop: &Shop, wave: u32) {
    let asked = Instant::now();
    std::thread::scope(|scope| {
        for person in 0..8 {
            scope.spawn(move || {
                let (what, status) = match person % 3 {
                    0 => ("a cart", shop.ask("GET", "/api/v1/cart", "X-Cart-Token: a-token-of-a-guest-that-is-looked-up\r\n", "").0),
                    1 => ("an account", register(shop, &format!("nobody{wave}{person}"))),
                    _ => ("readiness", shop.ask("GET", "/readyz", "", "").0),
                };
                assert_eq!(status, 503, "{what}, wave {wave}");
                assert!(asked.elapsed() < GIVEN_UP, "{what}, wave {wave}: {:?}", asked.elapsed());
            });
        }
    });
}

#[actix_web::test]
async fn a_postgresql_that_says_nothing_keeps_nobody_waiting_and_is_found_again() {
    let folder = Folder::new("postgres");
    let postgres = PostgresServer::new(&folder.0, &["fsync=off"]);
    postgres.start().await;
    let url = postgres.url("postgres");
    let settings = [("DATABASE_URL", url.as_str()), ("MIGRATE_ON_START", "true"), ("RATE_LIMITS", "off")];
    let mut api = Shop::start(&["--role", "api"], &settings);
    until("the shop opens", || TcpStream::connect(&api.api).is_ok());
    let mut worker = Shop::start(&["--role", "worker"], &settings);
    until("the worker runs", || worker.log().contains("The worker is running."));
    assert_eq!(register(&api, "maya"), 201);
    until("the worker works", || metrics(&worker).contains("novashop_outbox_rows{state=\"waiting\"} 0"));

    postgres.hold();
    for wave in 0..2 {
        nobody_is_kept_waiting(&api, wave);
        assert_eq!(api.ask("GET", "/healthz", "", "").0, 200);
        for shop in [&api, &worker] {
            for path in ["/metrics", "/healthz"] {
                let (status, took) = told(shop, path);
                assert!(status == 200 && took < TOLD, "{path}: {status} after {took:?}");
            }
        }
        assert!(healthcheck(&worker), "the worker is well, whatever the database is");
    }
    postgres.go_on();
    let from = Instant::now();
    until("somebody can register", || register(&api, &format!("lena{}", from.elapsed().as_millis())) == 201);
    until("the worker has written the mail", || {
        let text = metrics(&worker);
        // Not as it was seen before the outage.
        text.contains("novashop_mails_waiting 0")
            && text.contains("novashop_outbox_rows{state=\"waiting\"} 0")
            && from.elapsed() > Duration::from_secs(6)
    });
    assert!(from.elapsed() < BACK, "it took {:?}", from.elapsed());
    assert!(api.process.try_wait().unwrap().is_none() && worker.process.try_wait().unwrap().is_none(), "the same processes as before");
}

#[test]
fn a_bucket_that_says_nothing_does_not_make_the_shop_unready() {
    // Connections are taken by the system, and nobody reads what comes.
    let bucket = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", bucket.local_addr().unwrap());
    let shop = Shop::open(&[
        ("MEDIA_URL", "s3://pictures"),
        ("AWS_ENDPOINT_URL", &endpoint),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "a secret"),
    ]);
    let asked = Instant::now();
    let (status, body) = shop.ask("GET", "/readyz", "", "");
    assert!(status == 200 && body.contains("\"media\":\"away\"") && body.contains("degraded"), "{status} {body}");
    assert!(asked.elapsed() < TOLD, "it took {:?}", asked.elapsed());
}
