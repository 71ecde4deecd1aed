//! `make load`: shoppers by the dozen before the whole deployment, and what its layers cost.
//!
//! nginx with TLS, three processes of the API, a worker, PostgreSQL and Redis run on this machine, and so does goose, who plays the shoppers
//! (`deploy/load`). Then one process is asked directly for the same; the two take turns, A B A B, and what was answered is divided.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::as_conversions,
    reason = "a measurement that goes wrong should stop, and tell so on standard output"
)]

mod attack;
mod page;
mod vitals;

use std::path::PathBuf;

use attack::Outcome;
use novashop_testing::cluster::{ADMIN, Cluster, Size};
use serde_json::json;
use vitals::{Used, Watched};

/// What each shopper may buy of, as `deploy/load` names it.
const BOUGHT: u64 = 10;

/// How long and how many, from the environment: `LOAD_SECONDS` for each turn, `LOAD_TURNS`, `LOAD_USERS`, `LOAD_PRODUCTS`.
pub(crate) struct Extent {
    pub seconds: u64,
    pub turns: u64,
    pub users: u64,
    pub products: u64,
}

/// What one side did in all its turns.
pub(crate) struct Side {
    pub name: &'static str,
    pub outcome: Outcome,
    pub used: Vec<Used>,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} must be a whole number")))
}

#[actix_web::main]
async fn main() {
    let extent = Extent {
        seconds: number("LOAD_SECONDS", 15),
        turns: number("LOAD_TURNS", 2),
        users: number("LOAD_USERS", 32),
        products: number("LOAD_PRODUCTS", 2000),
    };
    let goose = PathBuf::from(std::env::var("LOAD_GOOSE").expect("scripts/load tells where goose is"));
    let cluster = Cluster::start(&Size { durable: true, ..Size::usual(env!("CARGO_BIN_EXE_novashop")) }).await;
    println!("Filling the shop with {} products", extent.products);
    cluster.run(&["demo", "--yes", "--size", &extent.products.to_string()], &[]);
    stock_up(&cluster).await;

    let direct = format!("http://{}", cluster.nginx.api_address(0));
    let places = [("nginx, 3 × api", cluster.nginx.api()), ("1 × api, asked directly", direct)];
    for (_, address) in &places {
        attack::run(&goose, address, extent.users, 2);
    }
    let mut sides = places.clone().map(|(name, _)| Side { name, outcome: Outcome::default(), used: Vec::new() });
    for turn in 1..=extent.turns {
        for (side, (name, address)) in sides.iter_mut().zip(&places) {
            let watched = Watched::begin(&cluster).await;
            let outcome = attack::run(&goose, address, extent.users, extent.seconds);
            println!("turn {turn}, {name}: {:.0} requests/s, {} failed", outcome.rate(), outcome.failed);
            side.outcome.add(&outcome);
            side.used = vitals::added(std::mem::take(&mut side.used), watched.end(&cluster).await);
        }
    }
    let sound = cluster.run(&["verify"], &[]);
    assert!(sound.contains("Nothing is broken"), "{sound}");
    page::write(&extent, &sides);
    let failed: u64 = sides.iter().map(|side| side.outcome.failed).sum();
    assert!(failed == 0, "{failed} requests failed");
}

/// Makes what is bought, more of it than anybody can buy.
async fn stock_up(cluster: &Cluster) {
    let program = cluster.program();
    let pair = program.post("/api/v1/auth/login", &[], &json!({"login": ADMIN.0, "password": ADMIN.1})).await.assert_status(200);
    let bearer = format!("Bearer {}", pair.text_at("/access_token"));
    for number in 1..=BOUGHT {
        let product = json!({
            "name": format!("Load test {number}"), "slug": format!("load-test-{number}"), "status": "published",
            "price": {"amount": 1999, "currency": "EUR"}, "stock": 1_000_000,
        });
        program.post("/api/v1/products", &[("authorization", &bearer)], &product).await.assert_status(201);
    }
}
