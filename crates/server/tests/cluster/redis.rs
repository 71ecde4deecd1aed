//! What the processes tell each other by Redis, and that they sell without it.

use std::time::{Duration, Instant};

use novashop_testing::{
    Cluster,
    cluster::{Process, Visitor, until},
};
use serde_json::json;

use crate::{
    buying::Keeper,
    directly,
    load::{Manner, during},
    started,
};

const STOCK: i64 = 5000;
/// A change is seen everywhere within this time; of three in a row at least one, on a machine that others use too.
const SOON: Duration = Duration::from_secs(1);
/// And after this where the machine stood still: by itself what a process keeps runs out after half a minute.
const AT_LAST: Duration = Duration::from_secs(10);

/// Each has the product with this price in its own memory: the second answer comes out of it.
async fn all_keep(processes: &[Visitor], path: &str, price: i64) {
    for process in processes {
        for _ in 0..2 {
            assert_eq!(process.get(path).await.assert_status(200).json["price"]["amount"], price);
        }
    }
}

/// Changes the price of a product: how long it took until all see it.
async fn time_until_seen(keeper: &Keeper, processes: &[Visitor], path: &str, price: i64) -> Duration {
    keeper.send("PATCH", path, Some(&json!({"price": {"amount": price, "currency": "EUR"}}))).await.assert_status(200);
    let changed = Instant::now();
    for process in processes {
        until("the new price is seen", async || process.get(path).await.assert_status(200).json["price"]["amount"] == price).await;
    }
    let took = changed.elapsed();
    assert!(took < AT_LAST, "it took {took:?}");
    took
}

/// Waits until each process says this of Redis.
async fn until_all_say(cluster: &Cluster, how: &str) {
    for process in directly(cluster) {
        until(&format!("a process says that Redis is {how}"), async || process.get("/readyz").await.assert_status(200).json["redis"] == how).await;
    }
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn what_is_done_through_one_process_is_heard_and_seen_through_all_of_them() {
    let cluster = started().await;
    let keeper = Keeper::of(&cluster).await;
    let mug = keeper.product("Mug", STOCK).await;
    let path = format!("/api/v1/products/{}", mug.id);
    let processes = directly(&cluster);
    until_all_say(&cluster, "ok").await;
    // What was said of its making is over then.
    tokio::time::sleep(2 * SOON).await;
    let mut ears = Vec::new();
    for process in &processes {
        let mut ear = process.ear().await;
        ear.listen(&format!("product:{}", mug.id)).await;
        ears.push(ear);
    }
    let mut quickest = Duration::MAX;
    for (price, before) in [(2499, 1999), (2999, 2499), (3499, 2999)] {
        all_keep(&processes, &path, before).await;
        quickest = quickest.min(time_until_seen(&keeper, &processes, &path, price).await);
        for (ear, api) in ears.iter_mut().zip(&cluster.apis) {
            let said = ear.hear().await;
            assert_eq!((&said["type"], &said["data"]["product_id"]), (&json!("product.updated"), &json!(mug.id)), "{}: {said}", api.name());
        }
    }
    assert!(quickest < SOON, "it took {quickest:?} and more");
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn a_change_is_seen_through_all_of_them_though_no_worker_runs() {
    let cluster = started().await;
    let keeper = Keeper::of(&cluster).await;
    let mug = keeper.product("Mug", STOCK).await;
    let path = format!("/api/v1/products/{}", mug.id);
    let processes = directly(&cluster);
    until_all_say(&cluster, "ok").await;
    cluster.workers.iter().for_each(Process::kill);
    // What the workers had in their hands is over then.
    tokio::time::sleep(4 * SOON).await;
    let mut quickest = Duration::MAX;
    for (price, before) in [(2499, 1999), (2999, 2499), (1999, 2999)] {
        all_keep(&processes, &path, before).await;
        quickest = quickest.min(time_until_seen(&keeper, &processes, &path, price).await);
    }
    assert!(quickest < SOON, "it took {quickest:?} and more");
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn without_redis_nothing_fails_and_when_it_is_back_the_processes_find_it() {
    let cluster = started().await;
    let mug = Keeper::of(&cluster).await.product("Mug", STOCK).await;
    until_all_say(&cluster, "ok").await;
    let told = during(&cluster, &mug, Manner::NothingFails, async |told| {
        told.wait_for_orders(10).await;
        cluster.redis.stop();
        told.wait_for_orders(20).await;
        until_all_say(&cluster, "away").await;
        cluster.redis.start_again();
        until_all_say(&cluster, "ok").await;
        told.wait_for_orders(10).await;
    })
    .await;
    told.assert_nothing_lost(&cluster, &mug, STOCK).await;
}
