//! Shoppers by the dozen, who look around and sometimes buy. `locustfile.py` does the same.
//!
//! ```sh
//! novashop-load --host https://localhost:2002 --accept-invalid-certs --users 32 --run-time 20s
//! ```
//!
//! They need a shop with a catalogue, the products `load-test-1` to `load-test-10` with plenty in stock, and `RATE_LIMITS=off`. What goose
//! measured is printed as its tables; the last line is one JSON object with the figures of all requests together.

use std::collections::BTreeMap;

use goose::{metrics::GooseMetrics, prelude::*};
use serde_json::{Value, json};

/// What is bought: several, so that buyers wait for each other no more than in a shop.
const BOUGHT: u64 = 10;
const WORDS: [&str; 6] = ["lamp", "mug", "wool", "oak", "linen", "lapm"];
const SORTS: [&str; 4] = ["newest", "price", "-price", "rating"];

#[tokio::main]
async fn main() -> Result<(), GooseError> {
    let shopper = scenario!("Shopper")
        .register_transaction(transaction!(arrive).set_on_start())
        .register_transaction(transaction!(home).set_weight(10)?)
        .register_transaction(transaction!(list).set_weight(20)?)
        .register_transaction(transaction!(detail).set_weight(20)?)
        .register_transaction(transaction!(search).set_weight(6)?)
        .register_transaction(transaction!(cart).set_weight(3)?)
        .register_transaction(transaction!(order).set_weight(1)?);
    let metrics = GooseAttack::initialize()?.register_scenario(shopper).execute().await?;
    println!("{}", summary(&metrics));
    Ok(())
}

/// What a shopper knows.
#[derive(Clone)]
struct Shopper {
    slugs: Vec<String>,
    variants: Vec<String>,
    /// How much was done: decides what comes next, so that every run is the same.
    turn: usize,
}

/// One among many, another one each time.
fn pick<T: Clone>(user: &mut GooseUser, among: impl Fn(&Shopper) -> &[T]) -> Option<T> {
    let shopper = user.get_session_data_mut::<Shopper>()?;
    shopper.turn += 1;
    let turn = shopper.turn;
    let all = among(shopper);
    // A prime: neighbours do not follow each other.
    all.get(turn.wrapping_mul(7919) % all.len().max(1)).cloned()
}

/// A request; its answer as JSON where it was a good one, and the guest's cart token.
async fn send(user: &mut GooseUser, method: GooseMethod, path: &str, name: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Result<(Value, String), Box<TransactionError>> {
    let mut builder = user.get_request_builder(&method, path)?;
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    if let Some(body) = body {
        builder = builder.json(body);
    }
    let request = GooseRequest::builder().method(method).path(path).name(name).set_request_builder(builder).build();
    let Ok(response) = user.request(request).await?.response else { return Ok((Value::Null, String::new())) };
    let token = response.headers().get("x-cart-token").and_then(|token| token.to_str().ok()).unwrap_or_default().to_owned();
    Ok((response.json().await.unwrap_or(Value::Null), token))
}

async fn get(user: &mut GooseUser, path: &str, name: &str) -> Result<Value, Box<TransactionError>> {
    Ok(send(user, GooseMethod::Get, path, name, &[], None).await?.0)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Finds out what there is.
async fn arrive(user: &mut GooseUser) -> TransactionResult {
    let list = get(user, "/api/v1/products?limit=100&in_stock=true", "arriving").await?;
    let slugs = list["items"].as_array().into_iter().flatten().filter_map(|item| text(&item["slug"])).collect();
    let mut variants = Vec::new();
    for number in 1..=BOUGHT {
        let product = get(user, &format!("/api/v1/products/load-test-{number}"), "arriving").await?;
        variants.extend(text(&product["variants"][0]["id"]));
    }
    let turn = user.weighted_users_index;
    user.set_session_data(Shopper { slugs, variants, turn });
    Ok(())
}

/// What the home page shows.
async fn home(user: &mut GooseUser) -> TransactionResult {
    get(user, "/api/v1/categories", "home").await?;
    get(user, "/api/v1/products?sort=newest&limit=8", "home").await?;
    Ok(())
}

async fn list(user: &mut GooseUser) -> TransactionResult {
    let sort = pick(user, |_| &SORTS).unwrap_or("newest");
    get(user, &format!("/api/v1/products?sort={sort}&limit=20"), "list").await?;
    Ok(())
}

async fn detail(user: &mut GooseUser) -> TransactionResult {
    let Some(slug) = pick(user, |shopper| &shopper.slugs) else { return Ok(()) };
    get(user, &format!("/api/v1/products/{slug}"), "detail").await?;
    Ok(())
}

async fn search(user: &mut GooseUser) -> TransactionResult {
    let word = pick(user, |_| &WORDS).unwrap_or("lamp");
    get(user, &format!("/api/v1/search/suggest?q={word}"), "search").await?;
    get(user, &format!("/api/v1/products?q={word}"), "search").await?;
    Ok(())
}

/// Puts something in a new cart; its token.
async fn fill(user: &mut GooseUser) -> Result<String, Box<TransactionError>> {
    let Some(variant) = pick(user, |shopper| &shopper.variants) else { return Ok(String::new()) };
    Ok(send(user, GooseMethod::Post, "/api/v1/cart/items", "cart", &[], Some(&json!({"variant_id": variant, "quantity": 1}))).await?.1)
}

async fn cart(user: &mut GooseUser) -> TransactionResult {
    let token = fill(user).await?;
    send(user, GooseMethod::Get, "/api/v1/cart", "cart", &[("x-cart-token", &token)], None).await?;
    Ok(())
}

async fn order(user: &mut GooseUser) -> TransactionResult {
    let token = fill(user).await?;
    let address = json!({"name": "Maya Lindqvist", "line1": "Rua da Rosa 14", "city": "Lisbon", "postal_code": "1200-387", "country": "PT"});
    let body = json!({"email": "guest@example.com", "shipping_address": address, "shipping_method": "standard", "payment": {"provider": "manual"}});
    // A key belongs to whoever has the cart, and each cart is ordered once.
    send(user, GooseMethod::Post, "/api/v1/orders", "order", &[("x-cart-token", &token), ("idempotency-key", "the-only-one")], Some(&body)).await?;
    Ok(())
}

/// All requests together and by their names: how many, how many failed, and in how many microseconds half, 95 and 99 in 100 were answered.
fn summary(metrics: &GooseMetrics) -> Value {
    let mut all = BTreeMap::new();
    let (mut requests, mut failed, mut by_name) = (0, 0, BTreeMap::new());
    for kind in metrics.requests.values() {
        let times = &kind.raw_data.times_us;
        for (time, count) in times.iter() {
            *all.entry(*time).or_insert(0) += *count;
        }
        (requests, failed) = (requests + kind.success_count + kind.fail_count, failed + kind.fail_count);
        let of = |percent| kind.raw_data.percentile_us(percent);
        let row = json!({"requests": kind.success_count + kind.fail_count, "failed": kind.fail_count, "p50_us": of(0.5), "p95_us": of(0.95), "p99_us": of(0.99)});
        by_name.insert(format!("{} {}", kind.method_label(), kind.path), row);
    }
    let of = |percent: usize| {
        let mut left = (requests * percent).div_ceil(100);
        all.iter().find(|(_, count)| { let within = left <= **count; left = left.saturating_sub(**count); within }).map(|(time, _)| *time)
    };
    json!({"seconds": metrics.duration, "requests": requests, "failed": failed, "p50_us": of(50), "p95_us": of(95), "p99_us": of(99), "by_name": by_name})
}
