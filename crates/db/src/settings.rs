//! What a shop decided once and for all.

use sea_orm::ConnectionTrait;

use crate::{Error, entities::shop::setting, sql::Sql};

/// What was decided; `value` is decided now where nothing was yet.
///
/// # Errors
/// What the database says.
pub async fn decide(conn: &impl ConnectionTrait, name: &str, value: &str) -> Result<String, Error> {
    Sql::new("insert into settings (name, value) values ($1, $2) on conflict (name) do nothing", [name.into(), value.into()]).execute(conn).await?;
    let row = Sql::new("select name, value from settings where name = $1", [name.into()]).one::<setting::Model>(conn).await?;
    Ok(row.map_or_else(|| value.to_owned(), |row| row.value))
}
