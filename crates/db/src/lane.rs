//! A pool of connections, of which statements outside of transactions keep theirs.
//!
//! sqlx asks a connection whether it still stands whenever it comes back to its pool: on PostgreSQL a trip after each statement, nearly as dear as a
//! small statement. So a connection that did its work well is laid aside for the next statement instead, for as long as nobody waits for the pool.

use std::{
    future::Future,
    pin::pin,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, TransactionOptions,
    TransactionTrait,
    sqlx::{self, PgPool},
};
use tokio::sync::Semaphore;

use crate::{
    held::{Aside, Held, KEPT_AT_MOST, Kept, bring_back, locked},
    transaction::DatabaseTransaction,
};

/// A connection that nobody used for so long is asked whether it still stands before it is used: PostgreSQL may have been started again.
pub(crate) const ASKED_AFTER: Duration = Duration::from_secs(1);

/// How often one that waits for the pool looks whether a connection was laid aside meanwhile.
const LOOKS_AGAIN: Duration = Duration::from_millis(10);

/// A pool and what is laid aside of it. On SQLite nothing is: there is no trip to save.
#[derive(Debug)]
pub struct Lane {
    pool: DatabaseConnection,
    /// As many statements at once as there are connections: the others wait here, where they find what was laid aside.
    turns: Arc<Semaphore>,
    connections: usize,
    aside: Arc<Mutex<Aside>>,
}

impl Lane {
    pub(crate) fn new(pool: DatabaseConnection, connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(1).max(1);
        Self { pool, turns: Arc::new(Semaphore::new(connections)), connections, aside: Arc::default() }
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
        locked(&self.aside).kept.len()
    }

    /// Begins a transaction. `on_postgres` is the statement that does so there.
    pub(crate) async fn begin(&self, on_postgres: &str, on_sqlite: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.begin_with_options(on_sqlite).await.map(DatabaseTransaction::of_sqlite) };
        let mut held = self.take(pool).await?;
        held.begin(on_postgres).await?;
        Ok(DatabaseTransaction::on(held))
    }

    /// Begins a transaction of sea-orm's own, whose statements may take as long as they will: for migrations and for copying a shop.
    pub(crate) async fn begin_without_limit(&self, options: TransactionOptions) -> Result<sea_orm::DatabaseTransaction, DbErr> {
        self.for_the_pool(self.pool.begin_with_options(options)).await
    }

    /// Asks the database for a sign of life.
    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.ping().await };
        let mut held = self.take(pool).await?;
        held.ping().await?;
        held.lay_aside();
        Ok(())
    }

    /// Closes all connections; statements fail from now on.
    pub(crate) async fn close(&self) -> Result<(), DbErr> {
        let _waiting = Waiting::new(self);
        self.turns.close();
        self.give_all_back();
        self.pool.close_by_ref().await
    }

    fn give_all_back(&self) {
        let kept = std::mem::take(&mut locked(&self.aside).kept);
        kept.into_iter().for_each(|kept| bring_back(kept.connection, false));
    }

    fn postgres(&self) -> Option<&PgPool> {
        (self.pool.get_database_backend() == DbBackend::Postgres).then(|| self.pool.get_postgres_connection_pool())
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
            let kept = locked(&self.aside).kept.pop();
            kept.into_iter().for_each(|kept| bring_back(kept.connection, false));
        }
    }

    /// A connection that was laid aside, or one of the pool.
    async fn take(&self, pool: &PgPool) -> Result<Held, DbErr> {
        let until = tokio::time::Instant::now() + pool.options().get_acquire_timeout();
        let turn = match Arc::clone(&self.turns).try_acquire_owned() {
            Ok(turn) => turn,
            Err(_) => within(until, Arc::clone(&self.turns).acquire_owned())
                .await?
                .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?,
        };
        let (connection, taken) = match self.fresh() {
            Some(kept) => (kept.connection, kept.taken),
            None => {
                // In a box: few come here, and all the others would have to move the room for it about.
                let connection = Box::pin(within(until, self.for_the_pool(pool.acquire()))).await?.map_err(not_acquired)?;
                (connection, Instant::now())
            }
        };
        Ok(Held::new(connection, taken, Arc::clone(&self.aside), turn))
    }

    /// The connection that was laid aside last. Those that lie there for long go back first: their pool asks them, and closes what it has too many of.
    fn fresh(&self) -> Option<Kept> {
        let now = Instant::now();
        let lies = |kept: &Kept| now.saturating_duration_since(kept.since);
        let mut aside = locked(&self.aside);
        let stale: Vec<Kept> = aside.kept.extract_if(.., |kept| lies(kept) >= ASKED_AFTER).collect();
        let fresh = aside.kept.pop();
        drop(aside);
        for kept in stale {
            if lies(&kept) >= KEPT_AT_MOST {
                // Whatever stands between may have forgotten it: asked, it would keep its place for a while.
                drop(kept.connection.detach());
            } else {
                bring_back(kept.connection, false);
            }
        }
        fresh
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.give_all_back();
    }
}

/// Somebody who waits for the pool.
struct Waiting<'a>(&'a Lane);

impl<'a> Waiting<'a> {
    fn new(lane: &'a Lane) -> Self {
        locked(&lane.aside).waiting += 1;
        Self(lane)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        locked(&self.0.aside).waiting -= 1;
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

#[async_trait::async_trait]
impl ConnectionTrait for Lane {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.execute_raw(statement).await };
        let mut held = self.take(pool).await?;
        let done = held.execute(statement).await?;
        held.lay_aside();
        Ok(done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.execute_unprepared(sql).await };
        let mut held = self.take(pool).await?;
        let done = held.execute_unprepared(sql).await?;
        held.lay_aside();
        Ok(done)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.query_one_raw(statement).await };
        let mut held = self.take(pool).await?;
        let row = held.query_one(statement).await?;
        held.lay_aside();
        Ok(row)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Some(pool) = self.postgres() else { return self.pool.query_all_raw(statement).await };
        let mut held = self.take(pool).await?;
        let rows = held.query_all(statement).await?;
        held.lay_aside();
        Ok(rows)
    }
}
