//! A transaction.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use tokio::sync::Mutex;

use crate::held::Held;

/// A transaction of either database. Dropped before its end it is rolled back.
#[derive(Debug)]
pub struct DatabaseTransaction(Kind);

#[derive(Debug)]
enum Kind {
    /// On a connection of a lane, so that each statement has a limit, the first and the last too.
    Postgres(Mutex<Held>),
    /// No network is between: sea-orm's own.
    Sqlite(sea_orm::DatabaseTransaction),
}

impl DatabaseTransaction {
    /// One of PostgreSQL that was begun on a connection.
    pub(crate) fn on(held: Held) -> Self {
        Self(Kind::Postgres(Mutex::new(held)))
    }

    /// One of SQLite that was begun.
    pub(crate) const fn of_sqlite(begun: sea_orm::DatabaseTransaction) -> Self {
        Self(Kind::Sqlite(begun))
    }

    /// Makes what was done in it last.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        match self.0 {
            Kind::Postgres(held) => ended(held, "commit").await,
            Kind::Sqlite(begun) => begun.commit().await,
        }
    }

    /// Takes back what was done in it.
    pub(crate) async fn rollback(self) -> Result<(), DbErr> {
        match self.0 {
            Kind::Postgres(held) => ended(held, "rollback").await,
            Kind::Sqlite(begun) => begun.rollback().await,
        }
    }
}

async fn ended(held: Mutex<Held>, how: &str) -> Result<(), DbErr> {
    let mut held = held.into_inner();
    held.end(how).await?;
    held.lay_aside();
    Ok(())
}

#[async_trait::async_trait]
impl ConnectionTrait for DatabaseTransaction {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Kind::Postgres(_) => DbBackend::Postgres,
            Kind::Sqlite(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Kind::Postgres(held) => held.lock().await.execute(statement).await,
            Kind::Sqlite(begun) => begun.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Kind::Postgres(held) => held.lock().await.execute_unprepared(sql).await,
            Kind::Sqlite(begun) => begun.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.0 {
            Kind::Postgres(held) => held.lock().await.query_one(statement).await,
            Kind::Sqlite(begun) => begun.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.0 {
            Kind::Postgres(held) => held.lock().await.query_all(statement).await,
            Kind::Sqlite(begun) => begun.query_all_raw(statement).await,
        }
    }
}
