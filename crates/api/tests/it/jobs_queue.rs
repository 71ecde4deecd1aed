//! The queue between the jobs and the workers: in the process, and by Redis where the run has one.

use std::time::{Duration, Instant};

use actix_web::rt::time::sleep;
use novashop_jobs::{metrics::Metrics, queue::Place, worker};
use novashop_services::{
    Context, Stopping,
    jobs::{self, Job},
};
use novashop_testing::{TestApp, TestRedis};

/// A worker that does not get through in this time is stuck.
const PATIENCE: Duration = Duration::from_secs(30);

/// The queue of this run, of this test's own.
fn place(app: &TestApp) -> Place {
    match std::env::var("NOVASHOP_TEST_REDIS") {
        Ok(url) => Place::Redis { url, prefix: format!("test:{}:{:p}", std::process::id(), app.ctx().get_ref()) },
        Err(_) => Place::Here,
    }
}

/// A worker of its own over the shop of a test: a process as far as it can tell.
struct Worker {
    stopping: Stopping,
    metrics: Metrics,
    task: actix_web::rt::task::JoinHandle<()>,
}

impl Worker {
    fn start(app: &TestApp, place: &Place) -> Self {
        let (stopping, metrics) = (Stopping::default(), Metrics::new().unwrap());
        let ctx = Context { stopping: stopping.clone(), ..app.ctx().get_ref().clone() };
        let run = worker::run(ctx, place.clone(), metrics.clone());
        let task = actix_web::rt::spawn(async move { run.await.expect("the queue can be opened") });
        Self { stopping, metrics, task }
    }

    fn done(&self, kind: &str) -> f64 {
        let families = self.metrics.registry().gather();
        let runs = families.iter().filter(|family| family.name() == "novashop_job_runs_total").flat_map(|family| family.get_metric());
        let of_kind = runs.filter(|run| run.get_label().iter().any(|label| label.value() == kind));
        of_kind.filter(|run| run.get_label().iter().any(|label| label.value() == "done")).map(|run| run.get_counter().get_value()).sum()
    }

    async fn stop(self) {
        let from = Instant::now();
        self.stopping.ask();
        self.task.await.expect("it ends by itself");
        assert!(from.elapsed() < Duration::from_secs(10), "it took {:?} to end", from.elapsed());
    }
}

async fn enqueue(app: &TestApp, count: usize) {
    for _ in 0..count {
        jobs::enqueue(app.ctx(), app.ctx().db.writer(), Job::AdoptImports).await.unwrap();
    }
}

async fn all_done(app: &TestApp) -> bool {
    app.number("select count(*) as value from jobs where status <> 'done'").await == 0
}

async fn until_all_done(app: &TestApp) {
    let from = Instant::now();
    while !all_done(app).await {
        assert!(from.elapsed() < PATIENCE, "jobs are left: {:?}", novashop_db::jobs::depths(app.ctx().db.reader()).await);
        sleep(Duration::from_millis(50)).await;
    }
}

#[actix_web::test]
async fn two_workers_share_the_work_and_do_each_job_once() {
    let app = TestApp::uncached().await;
    let place = place(&app);
    enqueue(&app, 60).await;
    let workers = [Worker::start(&app, &place), Worker::start(&app, &place)];
    until_all_done(&app).await;
    assert_eq!(app.number("select count(*) as value from jobs where kind = 'adopt_imports'").await, 61, "and the clock's own");
    assert_eq!(app.number("select max(attempts) as value from jobs").await, 1);
    let done: Vec<f64> = workers.iter().map(|worker| worker.done("adopt_imports")).collect();
    assert!((done[0] + done[1] - 61.0).abs() < f64::EPSILON && done.iter().all(|done| *done > 0.0), "{done:?}");
    for worker in workers {
        worker.stop().await;
    }
}

#[actix_web::test]
async fn what_is_written_while_a_worker_runs_is_done_soon() {
    let app = TestApp::uncached().await;
    let worker = Worker::start(&app, &place(&app));
    until_all_done(&app).await;
    let from = Instant::now();
    enqueue(&app, 1).await;
    until_all_done(&app).await;
    assert!(from.elapsed() < Duration::from_secs(10), "{:?}", from.elapsed());
    worker.stop().await;
}

#[actix_web::test]
async fn with_redis_away_or_back_what_is_due_is_done_once() {
    let app = TestApp::uncached().await;
    let redis = TestRedis::start();
    redis.stop();
    let place = Place::Redis { url: redis.url(), prefix: "away".into() };
    enqueue(&app, 3).await;
    let worker = Worker::start(&app, &place);
    for _ in 0..2 {
        until_all_done(&app).await;
        redis.start_again();
        sleep(Duration::from_secs(2)).await;
        enqueue(&app, 3).await;
        until_all_done(&app).await;
        redis.stop();
        enqueue(&app, 3).await;
    }
    until_all_done(&app).await;
    assert_eq!(app.number("select max(attempts) as value from jobs").await, 1);
    worker.stop().await;
}
