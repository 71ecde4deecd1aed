//! A pool of connections, of which statements outside of transactions keep theirs.
//!
//! sqlx asks a connection whether it still stands whenever it comes back to its pool: on PostgreSQL a trip after each statement, nearly as dear as a
//! small statement. So a connection that did its work well is laid aside for the next statement instead, for as long as nobody waits for the pool.

use std::{
    future::Future,
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    TransactionOptions, TransactionTrait, Values,
    sqlx::{self, PgPool, Postgres, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::statements;

/// A connection that nobody used for so long is asked whether it still stands before it is used: PostgreSQL may have been started again.
pub(crate) const ASKED_AFTER: Duration = Duration::from_secs(1);

/// After so long a connection goes back in any case: its pool closes those that are old.
const KEPT_AT_MOST: Duration = Duration::from_secs(60);

/// How often one that waits for the pool looks whether a connection was laid aside meanwhile.
const LOOKS_AGAIN: Duration = Duration::from_millis(10);

/// A pool and what is laid aside of it. On SQLite nothing is: there is no trip to save.
#[derive(Debug)]
pub struct Lane {
    pool: DatabaseConnection,
    /// As many statements at once as there are connections: the others wait here, where they find what was laid aside.
    turns: Semaphore,
    connections: usize,
    aside: Mutex<Aside>,
}

#[derive(Debug, Default)]
struct Aside {
    kept: Vec<Kept>,
    /// How many wait for the pool itself.
    waiting: usize,
}

#[derive(Debug)]
struct Kept {
    connection: PoolConnection<Postgres>,
    taken: Instant,
    since: Instant,
}

impl Lane {
    pub(crate) fn new(pool: DatabaseConnection, connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(1).max(1);
        Self { pool, turns: Semaphore::new(connections), connections, aside: Mutex::default() }
    }

    /// The pool itself, to look at.
    pub(crate) const fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// How many connections there are at most.
    pub(crate) const fn connections(&self) -> usize {
        self.connections
    }

    /// How many connections are laid aside.
    pub(crate) fn kept(&self) -> usize {
        self.aside().kept.len()
    }

    /// Begins a transaction, with a connection of the pool.
    pub(crate) async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        self.for_the_pool(self.pool.begin_with_options(options)).await
    }

    /// Asks the database for a sign of life.
    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        self.for_the_pool(self.pool.ping()).await
    }

    /// Closes all connections; statements fail from now on.
    pub(crate) async fn close(&self) -> Result<(), DbErr> {
        let _waiting = Waiting::new(self);
        self.turns.close();
        drop(std::mem::take(&mut self.aside().kept));
        self.pool.close_by_ref().await
    }

    fn postgres(&self) -> Option<&PgPool> {
        (self.pool.get_database_backend() == DbBackend::Postgres).then(|| self.pool.get_postgres_connection_pool())
    }

    fn aside(&self) -> MutexGuard<'_, Aside> {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something that takes a connection of the pool. Meanwhile nothing is laid aside, and what lies there goes back.
    async fn for_the_pool<T>(&self, taking: impl Future<Output = T>) -> T {
        let _waiting = Waiting::new(self);
        let mut taking = pin!(taking);
        loop {
            self.give_one_back();
            if let Ok(taken) = tokio::time::timeout(LOOKS_AGAIN, &mut taking).await {
                return taken;
            }
        }
    }

    /// Gives a connection back that was laid aside, where the pool has none.
    fn give_one_back(&self) {
        let Some(pool) = self.postgres() else { return };
        if pool.num_idle() == 0 {
            let kept = self.aside().kept.pop();
            // Not under the lock: it is a task of its own that brings it back.
            drop(kept);
        }
    }

    /// A connection that was laid aside, or one of the pool.
    async fn take<'a>(&'a self, pool: &'a PgPool) -> Result<Held<'a>, DbErr> {
        let until = tokio::time::Instant::now() + pool.options().get_acquire_timeout();
        let turn = match self.turns.try_acquire() {
            Ok(turn) => turn,
            Err(_) => within(until, self.turns.acquire()).await?.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?,
        };
        let (connection, taken) = match self.fresh() {
            Some(kept) => (kept.connection, kept.taken),
            None => {
                // In a box: few come here, and all the others would have to move the room for it about.
                let connection = Box::pin(within(until, self.for_the_pool(pool.acquire()))).await?.map_err(not_acquired)?;
                (connection, Instant::now())
            }
        };
        Ok(Held { lane: self, pool, connection, taken, _turn: turn })
    }

    /// The connection that was laid aside last. Those that lie there for long go back first: their pool asks them, and closes what it has too many of.
    fn fresh(&self) -> Option<Kept> {
        let now = Instant::now();
        let lies = |kept: &Kept| now.saturating_duration_since(kept.since);
        let mut aside = self.aside();
        let stale: Vec<Kept> = aside.kept.extract_if(.., |kept| lies(kept) >= ASKED_AFTER).collect();
        let fresh = aside.kept.pop();
        // Each goes back by a task of its own, not under the lock.
        drop(aside);
        for kept in stale {
            if lies(&kept) >= KEPT_AT_MOST {
                // Whatever stands between may have forgotten it: asked, it could keep its place until the network gives up.
                drop(kept.connection.detach());
            }
        }
        fresh
    }
}

/// A connection while it runs a statement.
struct Held<'a> {
    lane: &'a Lane,
    pool: &'a PgPool,
    connection: PoolConnection<Postgres>,
    taken: Instant,
    _turn: SemaphorePermit<'a>,
}

impl Held<'_> {
    /// After a statement. A connection on which one failed, or was given up, goes back to the pool, which asks it.
    fn after<T>(self, outcome: Result<T, sqlx::Error>) -> Result<T, DbErr> {
        let value = outcome.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?;
        self.lay_aside();
        Ok(value)
    }

    fn lay_aside(self) {
        let mut aside = self.lane.aside();
        if aside.waiting == 0 && self.taken.elapsed() < KEPT_AT_MOST && !self.pool.is_closed() {
            aside.kept.push(Kept { connection: self.connection, taken: self.taken, since: Instant::now() });
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        // A connection goes back to its pool by a task; where no runtime is left to run it, it is just closed.
        if tokio::runtime::Handle::try_current().is_err() {
            for kept in std::mem::take(&mut self.aside().kept) {
                drop(kept.connection.detach());
            }
        }
    }
}

/// Somebody who waits for the pool.
struct Waiting<'a>(&'a Lane);

impl<'a> Waiting<'a> {
    fn new(lane: &'a Lane) -> Self {
        lane.aside().waiting += 1;
        Self(lane)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.aside().waiting -= 1;
    }
}

async fn within<T>(until: tokio::time::Instant, taking: impl Future<Output = T>) -> Result<T, DbErr> {
    tokio::time::timeout_at(until, taking).await.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
}

fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}

fn query(statement: Statement) -> sqlx::query::Query<'static, Postgres, SqlxValues> {
    sqlx::query_with(sqlx::AssertSqlSafe(statement.sql), SqlxValues(statement.values.unwrap_or_else(|| Values(Vec::new()))))
}

#[async_trait::async_trait]
impl ConnectionTrait for Lane {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.execute_raw(statement).await };
        let mut held = self.take(pool).await?;
        let noted = statements::note(&statement);
        let outcome = query(statement).execute(&mut *held.connection).await;
        noted.done();
        held.after(outcome).map(ExecResult::from)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.for_the_pool(self.pool.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.query_one_raw(statement).await };
        let mut held = self.take(pool).await?;
        let noted = statements::note(&statement);
        let outcome = query(statement).fetch_optional(&mut *held.connection).await;
        noted.done();
        Ok(held.after(outcome)?.map(QueryResult::from))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.query_all_raw(statement).await };
        let mut held = self.take(pool).await?;
        let noted = statements::note(&statement);
        let outcome = query(statement).fetch_all(&mut *held.connection).await;
        noted.done();
        Ok(held.after(outcome)?.into_iter().map(QueryResult::from).collect())
    }
}
