//! Reads: cached against bare bytes, uncached against the bare statement, deep pages and large shops against small ones.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use sqlx::{Executor as _, postgres::PgPoolOptions};

use crate::{
    Size,
    bare::Bare,
    load::{self, CONNECTIONS, Compared, Load, PAGE_OF_THE_APP, POOL, drive},
    order_statements::{Logged, statements_of},
    postgres::Postgres,
    report::{Aim, Report},
    shop::{self, Run, Shop},
};

const LIST: &str = "/api/v1/products?limit=20";
/// Small enough that an index page more or less shows.
const FEW: u64 = 1_000;
const PAGE: usize = 1_000;
/// So many waits make a turn, of which the middle one counts.
const TIMES: usize = 300;
/// So many turns people browse for, to see what memory that takes.
pub(crate) const BROWSING: u32 = 5;

fn folder(place: &Path, name: &str) -> std::path::PathBuf {
    let folder = place.join(name);
    std::fs::create_dir(&folder).expect("a new folder");
    folder
}

/// What the shop needs to stand there, with the demo catalogue on SQLite.
pub(crate) async fn memory_and_start(report: &mut Report, place: &Path) {
    let data = folder(place, "demo");
    shop::run(shop::program(&data, None), &["migrate", "up"]);
    shop::run(shop::program(&data, None), &["demo"]);
    let shop = Shop::open(&data, None, Run::Cached).await;
    report.add("ready on an existing database", shop.ready.as_secs_f64(), "s", Aim::AtMost(0.3), "from the start of the process to the first answer");
    actix_web::rt::time::sleep(std::time::Duration::from_secs(5)).await;
    report.add("memory, idle with the demo catalogue", shop.memory("VmRSS"), "MiB", Aim::AtMost(48.0), "resident, SQLite, 5 s after the start");
    report.close(shop, "SQLite", "demo catalogue");
}

/// Everything that needs many products.
pub(crate) async fn on_many_products(report: &mut Report, size: &Size, server: &Postgres, place: &Path) {
    let data = folder(place, "reads");
    let url = filled(report, server, &data, "middle", size.products, Aim::AtLeast(5_000.0));
    let shop = Shop::open(&data, Some(&url), Run::Cached).await;
    against_bare_bytes(report, size, &shop, &load::drive, "").await;
    load::browse(&shop.address, BROWSING * size.turn, place);
    report.close(shop, "PostgreSQL", format!("cached, pages and searches of {}", size.products));
    let delivered = Shop::open(&data, Some(&url), Run::Delivered).await;
    let clients = load::clients(place);
    let drive = |url: &str, turn| load::drive_as_many(url, turn, &clients);
    against_bare_bytes(report, size, &delivered, &drive, ", as delivered").await;
    report.close(delivered, "PostgreSQL", "cached, as delivered");
    let middle = Shop::open(&data, Some(&url), Run::Uncached).await;
    against_the_statement(report, size, server, &middle, &url).await;
    deep_page(report, size, &middle).await;
    load::browse(&middle.address, BROWSING * size.turn, place);
    report.close(middle, "PostgreSQL", format!("uncached, pages and searches of {}", size.products));
    large_against_small(report, size, server, &data).await;
}

fn filled(report: &mut Report, server: &Postgres, data: &Path, name: &str, products: u64, aim: Aim) -> String {
    let url = server.create(name);
    shop::run(shop::program(data, Some(&url)), &["migrate", "up"]);
    let (took, _) = shop::run(shop::program(data, Some(&url)), &["demo", "--size", &products.to_string()]);
    server.sql(name, "vacuum analyze");
    server.sql(name, "checkpoint");
    report.add(format!("demo --size {products}"), products as f64 / took.as_secs_f64(), "products/s", aim, "PostgreSQL");
    url
}

/// The cached answers against the same bytes. As the shop is delivered that is told, and not aimed at.
async fn against_bare_bytes(report: &mut Report, size: &Size, shop: &Shop, drive: &dyn Fn(&str, Duration) -> Load, delivered: &str) {
    let aim = if delivered.is_empty() { Aim::AtLeast(0.8) } else { Aim::Told };
    let first: serde_json::Value = serde_json::from_slice(&load::get(&format!("{}{LIST}", shop.address)).await).expect("JSON");
    let slug = first["items"][0]["slug"].as_str().expect("a product");
    let paths = [("cached list", LIST.to_owned()), ("cached detail", format!("/api/v1/products/{slug}"))];
    for (what, path) in paths {
        let address = format!("{}{path}", shop.address);
        let bytes = load::get(&address).await;
        let kib = bytes.len() as f64 / 1024.0;
        let bare = Bare::start(bytes);
        let bare_address = format!("{}{path}", bare.address);
        let rate = |address: &str| drive(address, size.turn).per_second;
        let Compared { ours, theirs, ratio } = Compared::new(size.turns, async |_| rate(&address), async |_| rate(&bare_address)).await;
        report.add(
            format!("{what} ÷ bare actix handler{delivered}"),
            ratio,
            "",
            aim,
            format!("{ours:.0}/s ÷ {theirs:.0}/s, {kib:.1} KiB each, {CONNECTIONS} connections"),
        );
    }
}

/// The list of 20 through the shop, against the very statement it runs, straight through sqlx.
async fn against_the_statement(report: &mut Report, size: &Size, server: &Postgres, shop: &Shop, url: &str) {
    let address = format!("{}{LIST}", shop.address);
    server.log_statements(true);
    let from = server.log().len();
    load::get(&address).await;
    let logged = statements_of(&server.log()[from..]);
    server.log_statements(false);
    // The worker's own may be among them.
    let lists: Vec<_> = logged.iter().filter(|logged| logged.text.contains("from products p")).collect();
    let [Logged { text, values, .. }] = lists.as_slice() else { panic!("the list takes one statement, not {}", lists.len()) };
    // Nothing is sent that the statement does not need: what the shop sends besides counts against the shop.
    let options = PgPoolOptions::new().max_connections(POOL as u32).min_connections(POOL as u32).test_before_acquire(false);
    let pool = options.connect(url).await.expect("PostgreSQL answers");
    let through_the_shop = async |_| drive(&address, size.turn).per_second;
    let alone = async |_| straight(&pool, text, values, size).await;
    let Compared { ours, theirs, ratio } = Compared::new(size.turns, through_the_shop, alone).await;
    report.add(
        format!("uncached list of 20 of {} ÷ its SQL through sqlx", size.products),
        ratio,
        "",
        Aim::AtLeast(0.8),
        format!("{ours:.0}/s ÷ {theirs:.0}/s, PostgreSQL, {CONNECTIONS} clients, {POOL} connections to it"),
    );
}

/// The statement with the values that the shop binds, for as many clients as the shop has.
async fn straight(pool: &sqlx::PgPool, text: &str, values: &[Option<String>], size: &Size) -> f64 {
    let started = Instant::now();
    let one = |_| async {
        let mut done = 0_u64;
        while started.elapsed() < size.turn {
            let query = values.iter().fold(sqlx::query(sqlx::AssertSqlSafe(text)), |query, value| {
                let value = value.as_deref().expect("the list binds no null");
                match value.parse::<i64>() {
                    Ok(number) => query.bind(number),
                    Err(_) => query.bind(value),
                }
            });
            let rows = pool.fetch_all(query).await.expect("the statement runs");
            assert!(!rows.is_empty());
            done += 1;
        }
        done
    };
    let done: u64 = futures_util::future::join_all((0..CONNECTIONS).map(one)).await.into_iter().sum();
    done as f64 / started.elapsed().as_secs_f64()
}

async fn deep_page(report: &mut Report, size: &Size, shop: &Shop) {
    let first = format!("{}{LIST}", shop.address);
    let client = awc::Client::default();
    let mut deep = first.clone();
    for _ in 1..PAGE {
        let page: serde_json::Value = serde_json::from_slice(&load::get(&deep).await).expect("JSON");
        let cursor = page["next_cursor"].as_str().expect("there are a thousand pages");
        deep = format!("{first}&cursor={cursor}");
    }
    in_turns(report, size, &client, (&deep, &first), format!("page {PAGE} ÷ page 1, time"), Aim::AtMost(1.5), TIMES).await;
}

async fn large_against_small(report: &mut Report, size: &Size, server: &Postgres, data: &Path) {
    let few = filled(report, server, data, "few", FEW, Aim::Told);
    let many = filled(report, server, data, "many", size.many, Aim::Told);
    let few = Shop::open(data, Some(&few), Run::Uncached).await;
    let many = Shop::open(data, Some(&many), Run::Uncached).await;
    let client = awc::Client::default();
    let addresses = (format!("{}{LIST}", many.address), format!("{}{LIST}", few.address));
    let what = format!("list at {} ÷ list at {FEW}, time", size.many);
    in_turns(report, size, &client, (&addresses.0, &addresses.1), what, Aim::AtMost(2.0), TIMES).await;
    let addresses = (format!("{}{PAGE_OF_THE_APP}", many.address), format!("{}{PAGE_OF_THE_APP}", few.address));
    let what = format!("listing with facets and total at {} ÷ at {FEW}, time", size.many);
    in_turns(report, size, &client, (&addresses.0, &addresses.1), what, Aim::Told, TIMES / 10).await;
    report.close(few, "PostgreSQL", format!("lists of {FEW}"));
    report.close(many, "PostgreSQL", format!("lists of {}", size.many));
}

async fn in_turns(report: &mut Report, size: &Size, client: &awc::Client, (this, that): (&str, &str), what: String, aim: Aim, times: usize) {
    let wait = async |address: &str| load::wait(client, address, times).await.as_secs_f64();
    // Warms both.
    wait(this).await;
    wait(that).await;
    let Compared { ours, theirs, ratio } = Compared::new(size.turns, async |_| wait(this).await, async |_| wait(that).await).await;
    report.add(what, ratio, "", aim, format!("{:.2} ms ÷ {:.2} ms, uncached, median of {times}", ours * 1000.0, theirs * 1000.0));
}
