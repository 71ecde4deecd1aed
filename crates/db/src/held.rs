//! A connection to PostgreSQL while somebody uses it, and what becomes of it then.
//!
//! sqlx asks a connection that comes back whether it still stands, and waits for the answer as long as TCP does; meanwhile its place in the pool is
//! taken. So everything that is asked here has a limit, that question too, and a connection that says nothing is thrown away.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{
    DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values,
    sqlx::{self, Connection as _, PgConnection, Postgres, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;
use tokio::{runtime::Handle, sync::OwnedSemaphorePermit, time::timeout};

use crate::{patience, statements};

/// How long a connection may take to say that it still stands, and to take back what was begun on it.
pub(crate) const SIGN_OF_LIFE: Duration = Duration::from_secs(2);

/// After so long a connection goes back in any case: its pool closes those that are old.
pub(crate) const KEPT_AT_MOST: Duration = Duration::from_secs(60);

/// What is laid aside of a pool.
#[derive(Debug, Default)]
pub(crate) struct Aside {
    /// Connections that answered their last statement well.
    pub(crate) kept: Vec<Kept>,
    /// How many wait for the pool itself.
    pub(crate) waiting: usize,
}

/// A connection that nobody uses.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) connection: PoolConnection<Postgres>,
    /// When it was taken out of the pool.
    pub(crate) taken: Instant,
    /// Since when it lies there.
    pub(crate) since: Instant,
}

/// What is laid aside, for a moment.
pub(crate) fn locked(aside: &Mutex<Aside>) -> MutexGuard<'_, Aside> {
    aside.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection in use.
#[derive(Debug)]
pub(crate) struct Held {
    /// None once it was thrown away.
    connection: Option<PoolConnection<Postgres>>,
    taken: Instant,
    /// Whether something was begun on it that has to be committed or taken back.
    begun: bool,
    aside: Arc<Mutex<Aside>>,
    turn: OwnedSemaphorePermit,
}

impl Held {
    /// A connection that was taken out of its pool at some time.
    pub(crate) const fn new(connection: PoolConnection<Postgres>, taken: Instant, aside: Arc<Mutex<Aside>>, turn: OwnedSemaphorePermit) -> Self {
        Self { connection: Some(connection), taken, begun: false, aside, turn }
    }

    /// Runs a statement that gives no rows.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        let noted = statements::note(&statement);
        let outcome = answered(query(statement).execute(self.connection()?)).await;
        noted.done();
        self.after(outcome).map(ExecResult::from)
    }

    /// Runs one text of any number of statements.
    pub(crate) async fn execute_unprepared(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        let noted = statements::note(&Statement::from_string(DbBackend::Postgres, sql));
        let outcome = self.say(sql).await;
        noted.done();
        outcome
    }

    /// The first row, where there is one.
    pub(crate) async fn query_one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let noted = statements::note(&statement);
        let outcome = answered(query(statement).fetch_optional(self.connection()?)).await;
        noted.done();
        Ok(self.after(outcome)?.map(QueryResult::from))
    }

    /// Every row.
    pub(crate) async fn query_all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let noted = statements::note(&statement);
        let outcome = answered(query(statement).fetch_all(self.connection()?)).await;
        noted.done();
        Ok(self.after(outcome)?.into_iter().map(QueryResult::from).collect())
    }

    /// Asks for a sign of life.
    pub(crate) async fn ping(&mut self) -> Result<(), DbErr> {
        let outcome = timeout(SIGN_OF_LIFE, self.connection()?.ping()).await.ok();
        self.after(outcome)
    }

    /// Begins a transaction, by a statement that does so.
    pub(crate) async fn begin(&mut self, statement: &str) -> Result<(), DbErr> {
        // Whatever becomes of the statement: taking back what was not begun does no harm.
        self.begun = true;
        self.say(statement).await.map(drop)
    }

    /// Ends the transaction, by a statement that does so.
    pub(crate) async fn end(&mut self, statement: &str) -> Result<(), DbErr> {
        self.say(statement).await?;
        self.begun = false;
        Ok(())
    }

    /// Lays the connection aside for the next statement, unless somebody waits for the pool. For one that did its work well.
    pub(crate) fn lay_aside(mut self) {
        let mut aside = locked(&self.aside);
        if aside.waiting == 0
            && self.taken.elapsed() < KEPT_AT_MOST
            && !self.turn.semaphore().is_closed()
            && let Some(connection) = self.connection.take()
        {
            aside.kept.push(Kept { connection, taken: self.taken, since: Instant::now() });
        }
    }

    async fn say(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        let outcome = answered(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(self.connection()?)).await;
        self.after(outcome).map(ExecResult::from)
    }

    fn connection(&mut self) -> Result<&mut PgConnection, DbErr> {
        self.connection.as_deref_mut().ok_or_else(silent)
    }

    fn after<T>(&mut self, outcome: Option<Result<T, sqlx::Error>>) -> Result<T, DbErr> {
        if let Some(outcome) = outcome {
            return outcome.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())));
        }
        if let Some(connection) = self.connection.take() {
            // Never back into the pool: whoever asks it waits too.
            drop(connection.detach());
        }
        Err(silent())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            bring_back(connection, self.begun);
        }
    }
}

/// Brings a connection back to its pool by a task of its own, which takes back first what was `begun` on it. One that says nothing is thrown away.
pub(crate) fn bring_back(connection: PoolConnection<Postgres>, begun: bool) {
    match Handle::try_current() {
        Ok(runtime) => drop(runtime.spawn(brought_back(connection, begun))),
        // Where no runtime is left to bring it back, it is just closed.
        Err(_) => drop(connection.detach()),
    }
}

async fn brought_back(mut connection: PoolConnection<Postgres>, begun: bool) {
    if begun && !matches!(timeout(SIGN_OF_LIFE, sqlx::raw_sql("rollback").execute(&mut *connection)).await, Ok(Ok(_))) {
        drop(connection.detach());
        return;
    }
    // What sqlx does when a connection is dropped, but with a limit: given up, the connection is closed and its place is free.
    let _in_time = timeout(SIGN_OF_LIFE, connection.return_to_pool()).await;
}

/// What came of a statement; nothing where that took too long.
async fn answered<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Option<Result<T, sqlx::Error>> {
    timeout(patience::limit(), asked).await.ok()
}

fn silent() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal("no answer came in time, and the connection was thrown away".into()))
}

fn query(statement: Statement) -> sqlx::query::Query<'static, Postgres, SqlxValues> {
    sqlx::query_with(sqlx::AssertSqlSafe(statement.sql), SqlxValues(statement.values.unwrap_or_else(|| Values(Vec::new()))))
}
