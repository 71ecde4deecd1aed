//! `make bench`: how near the shop comes to the least that its answers can cost, as ratios from one run on one machine.
//!
//! What is compared runs in turns, A B B A …, and each turn is divided by its neighbour: what else the machine does meanwhile hits both.
//! Nothing here asserts; the report says what was reached and what was aimed at.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::as_conversions,
    reason = "a measurement that goes wrong should stop, and tell so on standard output"
)]

mod bare;
mod load;
mod measures;
mod order_statements;
mod orders;
mod postgres;
mod report;
mod shop;

use std::time::Duration;

use report::Report;

/// How long and how large, from the environment: `BENCH_SECONDS` for each turn, `BENCH_TURNS`, `BENCH_PRODUCTS`, `BENCH_MANY`.
pub(crate) struct Size {
    pub turn: Duration,
    pub turns: usize,
    /// Products of the shop that most is measured on.
    pub products: u64,
    /// Products of the large shop.
    pub many: u64,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} must be a whole number")))
}

#[actix_web::main]
async fn main() {
    let size = Size {
        turn: Duration::from_secs(number("BENCH_SECONDS", 2)),
        turns: number("BENCH_TURNS", 9) as usize,
        products: number("BENCH_PRODUCTS", 100_000),
        many: number("BENCH_MANY", 1_000_000),
    };
    let place = tempfile::Builder::new().prefix("novashop-bench.").tempdir().expect("a temporary folder");
    let mut report = Report::new(&size);
    let server = postgres::Postgres::start(place.path()).await;
    // `cargo bench … -- orders` measures a part, and writes nothing down.
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if wanted("memory") {
        measures::memory_and_start(&mut report, place.path()).await;
    }
    if wanted("reads") {
        measures::on_many_products(&mut report, &size, &server, place.path()).await;
    }
    if wanted("orders") {
        orders::on_postgres(&mut report, &size, &server, place.path()).await;
        orders::on_sqlite(&mut report, &size, place.path()).await;
    }
    if wanted("rush") {
        orders::one_sku(&mut report, &size, &server, place.path());
    }
    report.add_memory();
    report.finish(parts.is_empty());
}
