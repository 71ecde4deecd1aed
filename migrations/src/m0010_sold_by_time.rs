//! What was sold is found by its time on PostgreSQL, and its sums are read out of the index alone. SQLite chooses the index that begins with
//! the status, and does the same with it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared(include_str!("sql/0010_sold_by_time.postgres.up.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared(include_str!("sql/0010_sold_by_time.postgres.down.sql")).await?;
        }
        Ok(())
    }
}
