//! What the database really has, for the test that compares it with the entities.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};

use crate::{Error, sql::Sql};

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// The columns of a table, in order of their names.
///
/// # Errors
/// What the database says.
pub async fn columns(conn: &impl ConnectionTrait, table: &str) -> Result<Vec<String>, Error> {
    let text = match conn.get_database_backend() {
        DbBackend::Postgres => {
            "select column_name::text as name from information_schema.columns where table_schema = current_schema() and table_name = $1 order by 1"
        }
        _ => "select name from pragma_table_info($1) order by 1",
    };
    let rows = Sql::new(text, [Value::from(table)]).all::<Name>(conn).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// The tables of the shop, in order of their names; the migrations' own and those of the full-text index are left out.
///
/// # Errors
/// What the database says.
pub async fn tables(conn: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let text = match conn.get_database_backend() {
        DbBackend::Postgres => "select table_name::text as name from information_schema.tables where table_schema = current_schema() order by 1",
        _ => {
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'product_fts%' and name not like 'product_trigrams%' order by 1"
        }
    };
    let rows = Sql::new(text, []).all::<Name>(conn).await?;
    Ok(rows.into_iter().map(|row| row.name).filter(|name| name != "seaql_migrations").collect())
}
