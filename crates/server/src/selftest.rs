//! `novashop selftest oversell`: many buy the last pieces at the same moment, through the API that `serve` serves,
//! over a database and a folder that are thrown away.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use actix_web::{HttpServer, dev::ServerHandle, web};
use awc::{Client, ClientRequest, Connector};
use futures_util::{StreamExt, TryStreamExt, future::join_all, stream};
use novashop_api::app;
use novashop_db::databases;
use novashop_services::{Context, verify};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Failed, accounts, config, context};

/// Carts that are filled at a time, before the race.
const FILLED_AT_ONCE: usize = 16;

/// What came of the race.
struct Outcome {
    buyers: usize,
    stock: i64,
    /// Answers by status; 0 where none came.
    answers: BTreeMap<u16, usize>,
    left: i64,
    ledger: i64,
    /// How many rows `novashop verify` would name.
    broken: i64,
    elapsed: Duration,
    /// How long each waited, the shortest first.
    waits: Vec<Duration>,
}

/// Runs the race and says how it ended. Exit code 0: every piece was sold once, and the others were told; 1: not so.
pub(crate) async fn oversell(buyers: usize, stock: i64, server: Option<&str>) -> Result<ExitCode, Failed> {
    let scratch = Scratch::new(server).await?;
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let outcome = tokio::select! {
        outcome = race(&scratch, buyers, stock) => outcome,
        _ = tokio::signal::ctrl_c() => Err(Failed::new("Stopped.")),
        _ = terminate.recv() => Err(Failed::new("Stopped.")),
    };
    // Whatever happened: nothing stays.
    scratch.remove().await?;
    let outcome = outcome?;
    show(&outcome, if server.is_some() { "PostgreSQL" } else { "SQLite" });
    Ok(if outcome.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A folder, and on PostgreSQL a database, of this run alone.
struct Scratch {
    folder: PathBuf,
    database: Option<(String, String)>,
    config: config::Config,
}

impl Scratch {
    async fn new(server: Option<&str>) -> Result<Self, Failed> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|error| Failed::new(format!("The operating system gives no randomness: {error}.")))?;
        let name = format!("novashop_selftest_{:016x}", u64::from_be_bytes(random));
        let folder = std::env::temp_dir().join(&name);
        // Nothing of the shop's own configuration but the folder: this is another shop.
        let mut values = BTreeMap::from([("DATA_DIR".to_owned(), folder.display().to_string()), ("RATE_LIMITS".to_owned(), "off".to_owned())]);
        let mut database = None;
        if let Some(server) = server {
            let url = databases::beside(server, &name).filter(|url| url.starts_with("postgres"));
            let url = url.ok_or_else(|| Failed::new("--database-url must be like `postgres://user:password@host/postgres`."))?;
            values.insert("DATABASE_URL".to_owned(), url);
            database = Some((server.to_owned(), name.clone()));
        }
        let config = config::read(&values).map_err(Failed::new)?;
        if let Some((server, name)) = &database {
            let made = databases::create(server, name, None).await;
            made.map_err(|error| Failed::new(format!("No database can be made there ({error}). The user needs the right to make databases.")))?;
        }
        Ok(Self { folder, database, config })
    }

    async fn remove(self) -> Result<(), Failed> {
        if let Some((server, name)) = &self.database {
            let removed = databases::remove(server, name).await;
            removed.map_err(|error| Failed::new(format!("The database {name} could not be dropped ({error}). Drop it by hand.")))?;
        }
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Failed::new(format!("The folder {} could not be removed ({error}). Remove it by hand.", self.folder.display())))
            }
            _ => Ok(()),
        }
    }
}

async fn race(scratch: &Scratch, buyers: usize, stock: i64) -> Result<Outcome, Failed> {
    let ctx = context::build(&scratch.config).await?;
    ctx.db.migrate_up().await?;
    let shop = Shop::open(&ctx)?;
    let outcome = shop.race(&ctx, buyers, stock).await;
    shop.handle.stop(false).await;
    ctx.db.close().await?;
    outcome
}

/// The shop on a port of this machine, and somebody who sends it requests.
struct Shop {
    base: String,
    client: Client,
    handle: ServerHandle,
}

impl Shop {
    fn open(ctx: &Context) -> Result<Self, Failed> {
        let data = web::Data::new(ctx.clone());
        let server = HttpServer::new(move || app::build(data.clone(), app::Options::default())).disable_signals().bind(("127.0.0.1", 0))?;
        let address = server.addrs().first().copied().ok_or_else(|| Failed::new("No port of this machine can be listened on."))?;
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        // No limit of the client's own may put the buyers one after the other.
        let client = Client::builder().connector(Connector::new().limit(0)).timeout(Duration::from_secs(60)).finish();
        Ok(Self { base: format!("http://{address}/api/v1"), client, handle })
    }

    async fn race(&self, ctx: &Context, buyers: usize, stock: i64) -> Result<Outcome, Failed> {
        let password = accounts::first_admin(ctx).await?.ok_or_else(|| Failed::new("The new shop has an administrator already."))?;
        let login = json!({"login": "admin", "password": password});
        let pair = send(self.client.post(format!("{}/auth/login", self.base)), &login).await?.0;
        let bearer = format!("Bearer {}", text(&pair, "/access_token")?);
        let currency = ctx.shop.currency.code();
        let product = json!({"name": "The last pieces", "status": "published", "price": {"amount": 1999, "currency": currency}, "stock": stock});
        let making = self.client.post(format!("{}/products", self.base)).insert_header(("authorization", bearer.as_str()));
        let product = send(making, &product).await?.0;
        let variant = text(&product, "/variants/0/id")?;

        let filled = stream::iter(0..buyers).map(|_| self.fill_cart(&variant)).buffer_unordered(FILLED_AT_ONCE);
        let carts: Vec<String> = filled.try_collect().await?;
        let start = Instant::now();
        let answers = join_all(carts.iter().map(|cart| self.order(cart))).await;
        let elapsed = start.elapsed();

        let report = verify::run(ctx).await?;
        let mut waits: Vec<Duration> = answers.iter().map(|(_, wait)| *wait).collect();
        waits.sort_unstable();
        let mut by_status = BTreeMap::new();
        for (status, _) in answers {
            *by_status.entry(status).or_default() += 1;
        }
        let now = self.get(&format!("/products/{}", text(&product, "/id")?), &bearer).await?;
        Ok(Outcome {
            buyers,
            stock,
            answers: by_status,
            left: now.pointer("/variants/0/stock").and_then(Value::as_i64).unwrap_or(-1),
            ledger: self.ledger(&variant, &bearer).await?,
            broken: report.checks.iter().filter(|check| !check.warning).map(|check| check.broken).sum(),
            elapsed,
            waits,
        })
    }

    /// A guest's cart with one piece in it; its token.
    async fn fill_cart(&self, variant: &str) -> Result<String, Failed> {
        let line = json!({"variant_id": variant, "quantity": 1});
        let (_, token) = send(self.client.post(format!("{}/cart/items", self.base)), &line).await?;
        token.ok_or_else(|| Failed::new("A guest was given no cart."))
    }

    /// Orders what is in a cart; the status, 0 where no answer came, and how long it took.
    async fn order(&self, cart: &str) -> (u16, Duration) {
        let address = json!({"name": "Buyer", "line1": "Mill Lane 1", "city": "Lisbon", "postal_code": "1200-387", "country": "PT"});
        let body =
            json!({"email": "buyer@example.com", "shipping_address": address, "shipping_method": "standard", "payment": {"provider": "manual"}});
        let start = Instant::now();
        let request = self.client.post(format!("{}/orders", self.base)).insert_header(("x-cart-token", cart));
        let status = match request.insert_header(("idempotency-key", Uuid::nil().to_string())).send_json(&body).await {
            Ok(mut answer) => answer.body().await.map_or(0, |_| answer.status().as_u16()),
            Err(_) => 0,
        };
        (status, start.elapsed())
    }

    /// What the variant's ledger adds up to.
    async fn ledger(&self, variant: &str, bearer: &str) -> Result<i64, Failed> {
        let (mut sum, mut cursor) = (0_i64, String::new());
        loop {
            let page = self.get(&format!("/variants/{variant}/stock?limit=100{cursor}"), bearer).await?;
            let lines = page.pointer("/items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            sum += lines.iter().filter_map(|line| line.pointer("/delta").and_then(Value::as_i64)).sum::<i64>();
            match page.pointer("/next_cursor").and_then(Value::as_str) {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(sum),
            }
        }
    }

    async fn get(&self, path: &str, bearer: &str) -> Result<Value, Failed> {
        let sent = self.client.get(format!("{}{path}", self.base)).insert_header(("authorization", bearer)).send().await;
        let mut answer = sent.map_err(|error| Failed::new(format!("GET {path} was not answered: {error}.")))?;
        answer.json().await.map_err(|error| Failed::new(format!("GET {path} was not answered with JSON: {error}.")))
    }
}

/// Sends what has to go well before and after the race; the JSON, and the guest's cart token.
async fn send(request: ClientRequest, body: &Value) -> Result<(Value, Option<String>), Failed> {
    let path = request.get_uri().path().to_owned();
    let sent = request.send_json(body).await;
    let mut answer = sent.map_err(|error| Failed::new(format!("POST {path} was not answered: {error}.")))?;
    if !answer.status().is_success() {
        return Err(Failed::new(format!("POST {path} was answered with {}.", answer.status())));
    }
    let token = answer.headers().get("x-cart-token").and_then(|token| token.to_str().ok()).map(str::to_owned);
    let json = answer.json().await.map_err(|error| Failed::new(format!("POST {path} was not answered with JSON: {error}.")))?;
    Ok((json, token))
}

fn text(json: &Value, pointer: &str) -> Result<String, Failed> {
    json.pointer(pointer).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| Failed::new(format!("An answer has no {pointer}.")))
}

impl Outcome {
    fn of(&self, status: u16) -> usize {
        self.answers.get(&status).copied().unwrap_or(0)
    }

    /// What neither made an order nor was refused.
    fn other(&self) -> usize {
        self.buyers.saturating_sub(self.of(201)).saturating_sub(self.of(409))
    }

    fn holds(&self) -> bool {
        let sold = i64::try_from(self.of(201)).unwrap_or(i64::MAX);
        let wanted = i64::try_from(self.buyers).unwrap_or(i64::MAX);
        sold == self.stock.min(wanted) && self.other() == 0 && self.left == self.stock - sold && self.ledger == self.left && self.broken == 0
    }

    /// How long so many in a hundred waited at most.
    fn wait(&self, percent: usize) -> Duration {
        let place = self.waits.len().saturating_mul(percent).div_ceil(100).saturating_sub(1);
        self.waits.get(place).copied().unwrap_or_default()
    }
}

fn show(outcome: &Outcome, database: &str) {
    let seconds = outcome.elapsed.as_secs_f64();
    let rate = |count: usize| u32::try_from(count).map_or(0.0, |count| f64::from(count) / seconds.max(f64::EPSILON));
    println!("{} buyers at once, {} in stock, on {database}\n", outcome.buyers, outcome.stock);
    println!("  orders       {:>8}", outcome.of(201));
    println!("  refused      {:>8}   409, out of stock", outcome.of(409));
    println!("  other        {:>8}   {}", outcome.other(), others(outcome));
    println!("  stock left   {:>8}", outcome.left);
    println!("  ledger sum   {:>8}", outcome.ledger);
    println!("  broken rows  {:>8}   by `novashop verify`", outcome.broken);
    println!("  seconds      {seconds:>8.3}");
    println!("  orders/s     {:>8.1}   answers/s {:.1}", rate(outcome.of(201)), rate(outcome.buyers));
    println!("  wait         {:>5} ms   half of them; {} ms 99 in 100", outcome.wait(50).as_millis(), outcome.wait(99).as_millis());
    if outcome.holds() {
        println!("\nIt holds: nothing was sold twice, and everybody who got none was told.");
    } else {
        println!("\nIt does NOT hold: {} orders and {} left of {}.", outcome.of(201), outcome.left, outcome.stock);
    }
}

fn others(outcome: &Outcome) -> String {
    let others = outcome.answers.iter().filter(|(status, _)| !matches!(**status, 201 | 409));
    let name = |(status, count): (&u16, &usize)| if *status == 0 { format!("{count} × no answer") } else { format!("{count} × {status}") };
    others.map(name).collect::<Vec<_>>().join(", ")
}
