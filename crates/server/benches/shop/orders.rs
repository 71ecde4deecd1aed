//! Orders: on PostgreSQL against pgbench with the same statements, on SQLite beside it, and many buyers on one SKU.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use novashop_db::{
    Database, Options,
    entities::carts::{cart, cart_item},
    sql::{Sql, insert_all},
};
use novashop_services::context::hash_secret;
use uuid::Uuid;

use crate::{
    Size,
    load::{self, Compared, POOL, median},
    measures::BROWSING,
    order_statements::{id_of, order_in, script},
    postgres::Postgres,
    report::{Aim, Report},
    shop::{self, Run, Shop},
};

const BODY: &str = r#"{"email": "maya@example.com", "shipping_address": {"name": "Maya Lindqvist", "line1": "Rua Nova 7", "city": "Lisbon", "postal_code": "1100-001", "country": "PT"}}"#;
/// More carts than a client can order in one turn.
const CARTS_A_CLIENT: u64 = 4_000;
/// More carts than the shop can take in one turn.
const CARTS_A_TURN: u64 = 20_000;

/// Products with plenty of stock, so that what is measured is selling and not refusing.
struct Stocked {
    db: Database,
    variants: Vec<(Uuid, i64)>,
}

#[derive(sea_orm::FromQueryResult)]
struct Offer {
    id: Uuid,
    price_amount: i64,
}

impl Stocked {
    async fn new(url: &str) -> Self {
        let db = Database::connect(&Options::new(url)).await.expect("the database answers");
        let writer = db.writer();
        let sql = "select v.id, v.price_amount from variants v join products p on p.id = v.product_id \
                   where p.status = 'published' and v.deleted_at is null and v.stock > 0 order by v.id";
        let offers: Vec<Offer> = Sql::new(sql, []).all(writer).await.expect("variants can be read");
        Sql::new("update variants set stock = stock + 1000000 where stock > 0", []).execute(writer).await.expect("stock comes in");
        Self { db, variants: offers.into_iter().map(|offer| (offer.id, offer.price_amount)).collect() }
    }

    /// Carts of guests with one line each; `id` and `hash` name the cart of a number.
    async fn carts(&self, numbers: impl Iterator<Item = u64>, id: impl Fn(u64) -> Uuid, hash: impl Fn(u64) -> Vec<u8>) {
        let (mut carts, mut lines) = (Vec::new(), Vec::new());
        // Of now: what guests left long ago is cleaned away.
        let since_1970 = std::time::UNIX_EPOCH.elapsed().expect("the clock is past 1970");
        let now = i64::try_from(since_1970.as_millis()).expect("milliseconds");
        for number in numbers {
            // Spread over the shop, so that buyers do not wait for each other's product.
            let (variant_id, price) = self.variants[(number.wrapping_mul(2_654_435_761) as usize) % self.variants.len()];
            let id = id(number);
            carts.push(cart::Model {
                id,
                user_id: None,
                token_hash: Some(hash(number)),
                version: 1,
                coupon: None,
                created_at: now,
                updated_at: now,
                closed_at: None,
            });
            let line = Uuid::from_u128(id.as_u128() | (1 << 120));
            lines.push(cart_item::Model { id: line, cart_id: id, variant_id, quantity: 1, seen_amount: price, created_at: now });
        }
        insert_all::<cart::Entity, _>(self.db.writer(), carts).await.expect("carts are written");
        insert_all::<cart_item::Entity, _>(self.db.writer(), lines).await.expect("lines are written");
    }

    async fn number(&self, sql: &str) -> i64 {
        Sql::new(sql, []).number(self.db.reader()).await.expect("it can be counted").expect("a number")
    }
}

/// The tokens of the next turn's carts, each an open cart in the database.
async fn tokens(stocked: &Stocked, place: &Path, turn: u64) -> PathBuf {
    let token = |number: u64| {
        let mut bytes = [7_u8; 32];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    };
    let numbers = turn * CARTS_A_TURN..(turn + 1) * CARTS_A_TURN;
    let id = |number: u64| Uuid::from_u128(0xcafe_0000_0000_7000_8000_0000_0000_0000 + u128::from(number));
    stocked.carts(numbers.clone(), id, |number| hash_secret(&token(number))).await;
    let file = place.join(format!("tokens-{turn}"));
    std::fs::write(&file, numbers.map(token).collect::<Vec<_>>().join("\n")).expect("a file");
    file
}

fn lua(place: &Path) -> PathBuf {
    let file = place.join("orders.lua");
    let text = format!(
        "local tokens, place = {{}}, 0\nfor line in io.lines(os.getenv('TOKENS')) do tokens[#tokens + 1] = line end\n\
         local body = '{BODY}'\n\
         request = function()\n  place = place + 1\n  \
         return wrk.format('POST', '/api/v1/orders', {{['Content-Type'] = 'application/json', ['X-Cart-Token'] = tokens[place] or tokens[1]}}, body)\nend\n\
         response = function(status, headers, body) if status ~= 201 then io.stderr:write(status, ' ', body, '\\n') end end\n"
    );
    std::fs::write(&file, text).expect("a file");
    file
}

/// One turn of orders through the API; orders a second.
async fn orders(stocked: &Stocked, shop: &Shop, place: &Path, turn: u64, size: &Size) -> f64 {
    let (tokens, lua) = (tokens(stocked, place, turn).await, lua(place));
    let before = stocked.number("select count(*) as value from orders").await;
    let load = load::scripted(&shop.address, size.turn, POOL, &lua, &[("TOKENS", &tokens.display().to_string())]);
    let placed = stocked.number("select count(*) as value from orders").await - before;
    assert!(load.refused == 0, "{} of {} orders were refused: {}", load.refused, load.requests, load.said);
    // Those that were under way at the end count as orders too, or not at all.
    assert!(placed >= load.requests as i64, "{placed} orders for {} answers", load.requests);
    load.per_second
}

fn folder(place: &Path, name: &str) -> PathBuf {
    let folder = place.join(name);
    std::fs::create_dir(&folder).expect("a new folder");
    folder
}

/// The shop's orders against the same statements without a shop.
pub(crate) async fn on_postgres(report: &mut Report, size: &Size, server: &Postgres, place: &Path) {
    let data = folder(place, "orders");
    let url = server.create("orders");
    shop::run(shop::program(&data, Some(&url)), &["migrate", "up"]);
    shop::run(shop::program(&data, Some(&url)), &["demo", "--size", &size.products.to_string()]);
    let stocked = Stocked::new(&url).await;
    server.sql("orders", "vacuum analyze");
    let shop = Shop::open(&data, Some(&url), Run::Cached).await;
    let script = script_of_an_order(server, &stocked, &shop, place).await;
    let through_the_shop = async |turn| orders(&stocked, &shop, place, turn, size).await;
    let alone = async |turn| pgbench(&stocked, server, &script, turn, size).await;
    let Compared { ours, theirs, ratio } = Compared::new(size.turns, through_the_shop, alone).await;
    report.add(
        "orders, PostgreSQL ÷ pgbench with the same statements",
        ratio,
        "",
        Aim::AtLeast(0.7),
        format!("{ours:.0}/s ÷ {theirs:.0}/s, {POOL} clients, one line an order, fsync on, {} products", size.products),
    );
    report.close(shop, "PostgreSQL", format!("orders among {} products", size.products));
}

fn hash_of(number: u64) -> Vec<u8> {
    let mut bytes = vec![0_u8; 24];
    bytes.extend(number.to_be_bytes());
    bytes
}

async fn script_of_an_order(server: &Postgres, stocked: &Stocked, shop: &Shop, place: &Path) -> PathBuf {
    // One cart past all turns; and its order, logged.
    let turn = 900;
    let tokens = std::fs::read_to_string(tokens(stocked, place, turn).await).expect("the file was just written");
    let token = tokens.lines().next().expect("a token").to_owned();
    server.log_statements(true);
    let from = server.log().len();
    let mut response = awc::Client::default()
        .post(format!("{}/api/v1/orders", shop.address))
        .insert_header(("X-Cart-Token", token.as_str()))
        .content_type("application/json")
        .send_body(BODY)
        .await
        .expect("the shop answers");
    let order: serde_json::Value = serde_json::from_slice(&response.body().await.expect("a body")).expect("JSON");
    server.log_statements(false);
    let logged = order_in(&server.log()[from..]);
    let text =
        |pointer: &str| order.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_else(|| panic!("{pointer} in {order}")).to_owned();
    let hash: String = hash_secret(&token).iter().map(|byte| format!("{byte:02x}")).collect();
    let cart = server.sql("orders", &format!("select cart_id from orders where id = '{}'", text("/id")));
    let known = HashMap::from([
        (cart, id_of(0)),
        (format!("\\x{hash}"), "decode(lpad(to_hex(:id::bigint), 64, '0'), 'hex')".to_owned()),
        (text("/items/0/variant_id"), ":line_variant_id::uuid".to_owned()),
        (text("/items/0/product_id"), ":line_product_id::uuid".to_owned()),
        (text("/number"), ":number_value::bigint".to_owned()),
    ]);
    let file = place.join("order.sql");
    std::fs::write(&file, script(&logged, &known)).expect("a file");
    file
}

async fn pgbench(stocked: &Stocked, server: &Postgres, script: &Path, turn: u64, size: &Size) -> f64 {
    let first = turn * CARTS_A_CLIENT;
    let numbers = (0..POOL as u64).flat_map(|client| (1..=CARTS_A_CLIENT).map(move |n| client * 1_000_000 + first + n));
    stocked.carts(numbers, |number| Uuid::from_u128(u128::from(number) * 64), hash_of).await;
    let before = stocked.number("select count(*) as value from orders").await;
    let (rate, made) = server.pgbench("orders", script, POOL, size.turn.as_secs(), &[("n", first)]);
    let placed = stocked.number("select count(*) as value from orders").await - before;
    assert!(placed as f64 >= made * 0.9, "{placed} orders of {made} transactions");
    rate
}

/// The same through the embedded default.
pub(crate) async fn on_sqlite(report: &mut Report, size: &Size, place: &Path) {
    let data = folder(place, "sqlite");
    shop::run(shop::program(&data, None), &["migrate", "up"]);
    shop::run(shop::program(&data, None), &["demo", "--size", &size.products.to_string()]);
    let stocked = Stocked::new(&format!("sqlite://{}?mode=rwc", data.join("novashop.db").display())).await;
    let shop = Shop::open(&data, None, Run::Cached).await;
    let mut rates = Vec::new();
    for turn in 0..size.turns as u64 {
        rates.push(orders(&stocked, &shop, place, turn, size).await);
    }
    report.add(
        "orders, SQLite",
        median(rates),
        "orders/s",
        Aim::Told,
        format!("{POOL} clients, one line an order, each on the disk before its answer, {} products", size.products),
    );
    load::browse(&shop.address, BROWSING * size.turn, place);
    report.close(shop, "SQLite", format!("cached, orders, pages and searches of {}", size.products));
}

/// So many buy at once.
const BUYERS: &str = "200";

/// Everybody wants the same thing, by `novashop selftest oversell`, which also checks that it held: first there is one for each, then for seven.
pub(crate) fn one_sku(report: &mut Report, size: &Size, server: &Postgres, place: &Path) {
    let data = folder(place, "oversell");
    for (name, database) in [("PostgreSQL", Some(server.url("postgres"))), ("SQLite", None)] {
        for (stock, rate, kind) in [(BUYERS, "orders/s", "each gets one"), ("7", "answers/s", "orders and refusals together")] {
            let mut arguments = vec!["selftest", "oversell", "--buyers", BUYERS, "--stock", stock];
            if let Some(url) = &database {
                arguments.extend(["--database-url", url]);
            }
            let races: Vec<_> = (0..size.turns).map(|_| shop::run(shop::program(&data, None), &arguments).1).collect();
            let of = |words: &str| median(races.iter().map(|said| after(said, words)).collect());
            let how = format!("{kind}; half of them wait up to {:.0} ms, 99 in 100 up to {:.0} ms", of("wait "), of("half of them;"));
            report.add(format!("{BUYERS} buyers of {stock} pieces of one SKU, {name}"), of(rate), rate, Aim::Told, how);
        }
    }
}

/// The number behind some words.
fn after(text: &str, words: &str) -> f64 {
    let number = text.split_once(words).and_then(|(_, rest)| rest.split_whitespace().next()).and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("no number after {words}: {text}"))
}
