//! What several workers do together.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::join_all;
use novashop_testing::cluster::{Cluster, Size, until};
use serde_json::Value;

use crate::{buying::Keeper, size};

/// How many schedules there are: every one strikes when the first worker looks at the clock.
const SCHEDULES: usize = 6;
/// How long it takes at most until what the clock struck is written and done.
const SOON: Duration = Duration::from_secs(5);

/// How many runs the workers count together.
async fn done(cluster: &Cluster) -> f64 {
    join_all(cluster.workers.iter().map(|worker| worker.count(&["novashop_job_runs_total", "outcome=\"done\""]))).await.iter().sum()
}

/// Every job that was ever written.
async fn jobs(keeper: &Keeper) -> Vec<Value> {
    keeper.get("/api/v1/admin/jobs?limit=100").await.json["items"].as_array().expect("a list").clone()
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn of_two_workers_that_hear_the_clock_strike_one_does_what_is_due() {
    let cluster = Cluster::start(&Size { apis: 1, webs: 0, workers: 2, ..size() }).await;
    let keeper = Keeper::of(&cluster).await;
    tokio::time::sleep(SOON).await;
    let first = jobs(&keeper).await.len();
    assert!(first >= SCHEDULES, "only {first} schedules struck");
    // Until the next minute: then both have worked for a while.
    until("the clock strikes again", async || jobs(&keeper).await.len() > first).await;
    tokio::time::sleep(SOON).await;
    let jobs = jobs(&keeper).await;
    let struck: BTreeSet<(&str, &str)> = jobs.iter().map(|job| (text(job, "kind"), &text(job, "created_at")[.."2026-01-01T00:00".len()])).collect();
    assert_eq!(struck.len(), jobs.len(), "something was written twice: {jobs:#?}");
    assert!(jobs.iter().all(|job| job["status"] == "done" && job["attempts"] == 1), "{jobs:#?}");
    let runs = done(&cluster).await;
    assert!((runs - f64::from(u32::try_from(jobs.len()).expect("not that many"))).abs() < 0.5, "{runs} runs of {} jobs", jobs.len());
}

fn text<'a>(job: &'a Value, field: &str) -> &'a str {
    job[field].as_str().expect("a text")
}
