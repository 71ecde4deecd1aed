//! Losing a process loses nothing, and neither does exchanging all of them.

use std::time::Duration;

use crate::{
    buying::Keeper,
    load::{Manner, during},
    started,
};

const STOCK: i64 = 5000;

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn a_killed_process_fails_no_safe_request_and_loses_or_doubles_no_order() {
    let cluster = started().await;
    let mug = Keeper::of(&cluster).await.product("Mug", STOCK).await;
    let told = during(&cluster, &mug, Manner::BuyersInsist, async |told| {
        for killed in [&cluster.apis[1], &cluster.apis[0], &cluster.workers[0]] {
            told.wait_for_orders(15).await;
            killed.kill();
            told.wait_for_orders(15).await;
            killed.start();
            killed.ready().await;
        }
        told.wait_for_orders(15).await;
    })
    .await;
    let asked_twice = cluster.nginx.access_log().lines().filter(|line| line.contains("\"GET\"") && line.contains(", 127.0.0.1:")).count();
    assert!(asked_twice > 0, "the kills hit nobody");
    assert!(told.read.get() > 50, "only {} were reading", told.read.get());
    told.assert_nothing_lost(&cluster, &mug, STOCK).await;
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn exchanging_every_process_under_load_fails_no_request_at_all() {
    let cluster = started().await;
    let mug = Keeper::of(&cluster).await.product("Mug", STOCK).await;
    let told = during(&cluster, &mug, Manner::NothingFails, async |told| {
        for process in &cluster.apis {
            let ended = process.end().await;
            assert_eq!(ended.code(), Some(0), "{}", process.log());
            // While it is away requests go on, and so does what must not be sent twice.
            tokio::time::sleep(Duration::from_millis(500)).await;
            process.start();
            process.ready().await;
            told.wait_for_orders(3).await;
        }
    })
    .await;
    assert!(told.read.get() > 100 && told.bought() > 20, "only {} were read and {} bought", told.read.get(), told.bought());
    told.assert_nothing_lost(&cluster, &mug, STOCK).await;
}
