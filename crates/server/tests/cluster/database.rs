//! PostgreSQL goes away and comes back.

use std::time::{Duration, Instant};

use novashop_testing::cluster::until;
use serde_json::json;

use crate::{
    buying::{Buyer, Keeper},
    directly, started,
};

/// Nobody waits longer to be told that nothing can be done: a connection is waited for five seconds.
const SOON: Duration = Duration::from_secs(10);

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn without_the_database_the_shop_says_so_soon_and_comes_back_by_itself() {
    let cluster = started().await;
    let keeper = Keeper::of(&cluster).await;
    let mug = keeper.product("Mug", 100).await;
    let ids: Vec<u32> = cluster.all().filter_map(|process| process.id()).collect();
    let shopper = cluster.shopper();
    let line = json!({"variant_id": mug.variant, "quantity": 1});
    shopper.post("/api/v1/cart/items", &[], &line).await.assert_status(201);

    cluster.postgres.stop();
    // More than one, so that connections of every kind are met: those that stood, and new ones.
    for attempt in 0..3 {
        for (method, path, body) in [("GET", "/api/v1/cart", None), ("POST", "/api/v1/cart/items", Some(&line))] {
            let asked = Instant::now();
            let answer = shopper.send(method, path, &[("x-cart-token", "a-token-of-a-guest-that-is-looked-up")], body).await;
            let answer = answer.assert_problem(503, "unavailable");
            assert!(answer.header("retry-after").is_some(), "attempt {attempt}: {method} {path}");
            assert!(asked.elapsed() < SOON, "attempt {attempt}: {method} {path} took {:?}", asked.elapsed());
        }
    }
    for process in directly(&cluster) {
        let asked = Instant::now();
        // Who was asked a moment ago, as each is when it starts, tells for a second what was true then.
        until("each says that it is not ready", async || process.get("/readyz").await.status != 200).await;
        assert!(asked.elapsed() < SOON, "it took {:?}", asked.elapsed());
        assert!(process.get("/readyz").await.assert_problem(503, "unavailable").header("retry-after").is_some());
    }

    cluster.postgres.start().await;
    let from = Instant::now();
    let buyer = Buyer { visitor: cluster.shopper(), again: None };
    until("the shop sells again", async || buyer.buy(&mug, &format!("key-{}", from.elapsed().as_millis())).await.is_ok()).await;
    assert!(from.elapsed() < 2 * SOON, "it took {:?}", from.elapsed());
    for process in directly(&cluster) {
        // What was seen a moment ago is told for a second.
        until("each is ready again", async || process.get("/readyz").await.status == 200).await;
    }
    let still: Vec<u32> = cluster.all().filter(|process| process.is_running()).filter_map(|process| process.id()).collect();
    assert_eq!(still, ids, "the same processes as before");
    assert!(cluster.run(&["verify"], &[]).contains("Nothing is broken"));
}
