//! Many at once, and what must hold afterwards.

use std::future::IntoFuture;

use novashop_db::{ConnectionTrait, DatabaseTransaction, DbBackend, sql::Sql};
use novashop_services::verify;

use crate::{Answer, TestApp};

/// Set to 1, the long tests run at their full length: `make soak`.
pub const SOAK: &str = "NOVASHOP_SOAK";

/// How often to do something: `short` in `make test`, `long` in `make soak`.
#[must_use]
pub fn rounds(short: usize, long: usize) -> usize {
    if std::env::var(SOAK).is_ok_and(|value| value == "1") { long } else { short }
}

/// Sends all of them before any is answered; the answers in the order of the requests.
pub async fn at_once<R: IntoFuture>(requests: impl IntoIterator<Item = R>) -> Vec<R::Output> {
    futures_util::future::join_all(requests.into_iter().map(IntoFuture::into_future)).await
}

/// How many of the answers have this status.
#[must_use]
pub fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

/// The statuses of the answers, for messages and comparisons.
#[must_use]
pub fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status).collect()
}

impl TestApp {
    /// Stops the test where `novashop verify` would say that a row is broken.
    #[track_caller]
    pub fn assert_sound(&self) -> impl Future<Output = ()> {
        let ctx = self.ctx().clone();
        async move {
            let report = verify::run(&ctx).await.expect("the database can be read");
            let broken: Vec<_> = report.checks.iter().filter(|check| check.broken > 0 && !check.warning).collect();
            assert!(broken.is_empty(), "{broken:#?}");
        }
    }

    /// How often PostgreSQL had to break a deadlock in this test's database; SQLite has one writer and so none.
    /// Ends the app's connections: they report what they counted when they go.
    pub async fn deadlocks(&self) -> i64 {
        let db = &self.ctx().db;
        if db.backend() != DbBackend::Postgres {
            return 0;
        }
        let others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        let number = async |tx: &DatabaseTransaction, sql: &str| {
            // What a transaction once saw of these it goes on to see.
            tx.execute_unprepared("select pg_stat_clear_snapshot()").await.expect("the statistics can be read");
            Sql::new(sql, []).number(tx).await.expect("the statistics can be read").expect("a number")
        };
        let counted: Result<i64, novashop_db::Error> = db
            .write(async |tx| {
                Sql::new(format!("select pg_terminate_backend(pid) {others}"), []).execute(tx).await?;
                while number(tx, &format!("select count(*) as value {others}")).await > 0 {
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
                Ok(number(tx, "select deadlocks as value from pg_stat_database where datname = current_database()").await)
            })
            .await;
        counted.expect("the connections can be ended")
    }
}
