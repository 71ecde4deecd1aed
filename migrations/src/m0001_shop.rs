//! Everything the shop began with.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::for_backend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        db.execute_unprepared(&for_backend(include_str!("sql/0001_shop.up.sql"), backend)).await?;
        let search = match backend {
            DbBackend::Postgres => include_str!("sql/0001_search.postgres.up.sql"),
            _ => include_str!("sql/0001_search.sqlite.up.sql"),
        };
        db.execute_unprepared(search).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // On SQLite the virtual tables go first: dropping their content table would strand their triggers.
        if db.get_database_backend() == DbBackend::Sqlite {
            db.execute_unprepared("drop table product_fts; drop table product_trigrams;").await?;
        }
        db.execute_unprepared(include_str!("sql/0001_shop.down.sql")).await?;
        Ok(())
    }
}
