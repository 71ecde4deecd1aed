//! A copy of a SQLite shop while it goes on selling, and what is in such a copy.

use std::{collections::BTreeMap, path::Path};

use novashop_migrations::Migrator;
use sea_orm::FromQueryResult;
use sea_orm_migration::MigratorTrait;

use crate::{Database, Error, Options, schema, sql::Sql, sqlite_url};

/// What a SQLite file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The migrations that have run in it, by name.
    pub migrations: Vec<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
}

#[derive(FromQueryResult)]
struct Text {
    value: String,
}

/// Writes the last committed state of a SQLite shop into a new file. Writers go on meanwhile; nothing they write is in it.
///
/// # Errors
/// What the database says; the file being there already.
pub async fn write(db: &Database, file: &Path) -> Result<(), Error> {
    Sql::new("vacuum into $1", [file.to_string_lossy().into_owned().into()]).execute(db.reader()).await?;
    Ok(())
}

/// Looks into a SQLite file that nobody else uses.
///
/// # Errors
/// [`Error::Other`] where the file is not sound, with SQLite's first complaint.
pub async fn inspect(file: &Path) -> Result<Contents, Error> {
    let db = Database::connect(&Options { alone: true, ..Options::new(sqlite_url::of(file)) }).await?;
    let contents = contents(&db).await;
    db.close().await?;
    contents
}

async fn contents(db: &Database) -> Result<Contents, Error> {
    let check: Vec<Text> = Sql::new("select integrity_check as value from pragma_integrity_check", []).all(db.reader()).await?;
    if let Some(Text { value }) = check.first().filter(|first| first.value != "ok") {
        return Err(Error::Other(sea_orm::DbErr::Custom(value.clone())));
    }
    let migrations: Vec<Text> = Sql::new("select version as value from seaql_migrations order by version", []).all(db.reader()).await?;
    let mut rows = BTreeMap::new();
    for table in schema::tables(db.reader()).await? {
        let count = Sql::new(format!("select count(*) as value from \"{table}\""), []).number(db.reader()).await?;
        rows.insert(table, count.unwrap_or_default());
    }
    Ok(Contents { migrations: migrations.into_iter().map(|row| row.value).collect(), rows })
}

/// The migrations that this program knows, by name.
#[must_use]
pub fn known_migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}
