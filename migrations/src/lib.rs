//! The schema of the shop, one for SQLite and PostgreSQL, as plain SQL.
//!
//! Files under `sql/` are written once with `{uuid}`, `{json}` and `{bytes}` for the few types that differ;
//! what is really different (full-text search) has a file a database. A migration is never changed once released.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

mod m0001_shop;
mod m0002_indexes;
mod m0003_settings;
mod m0004_back_office;
mod m0005_imports;
mod m0006_old_slugs;
mod m0007_mails;
mod m0008_jobs;
mod m0009_carts;
mod m0010_sold_by_time;
mod m0011_votes_by_person;
mod m0012_audit_filters;

/// Runs the migrations up and down, and tells which have run.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_shop::Migration),
            Box::new(m0002_indexes::Migration),
            Box::new(m0003_settings::Migration),
            Box::new(m0004_back_office::Migration),
            Box::new(m0005_imports::Migration),
            Box::new(m0006_old_slugs::Migration),
            Box::new(m0007_mails::Migration),
            Box::new(m0008_jobs::Migration),
            Box::new(m0009_carts::Migration),
            Box::new(m0010_sold_by_time::Migration),
            Box::new(m0011_votes_by_person::Migration),
            Box::new(m0012_audit_filters::Migration),
        ]
    }
}

/// Fills in the types that the two databases call by other names.
fn for_backend(sql: &str, backend: DbBackend) -> String {
    let (uuid, json, bytes) = match backend {
        DbBackend::Postgres => ("uuid", "jsonb", "bytea"),
        _ => ("blob", "text", "blob"),
    };
    sql.replace("{uuid}", uuid).replace("{json}", json).replace("{bytes}", bytes)
}
