//! Databases that are made for a while on a PostgreSQL server, and dropped again.

use crate::{Database, Error, Options, sql::Sql};

/// The address of another database of the same server: `postgres://user@host/shop` and `other` give `postgres://user@host/other`.
#[must_use]
pub fn beside(server: &str, name: &str) -> Option<String> {
    let (address, query) = server.split_once('?').map_or((server, String::new()), |(address, query)| (address, format!("?{query}")));
    let host = address.rsplit_once('/').map(|(host, _)| host).filter(|host| !host.ends_with('/'))?;
    Some(format!("{host}/{name}{query}"))
}

/// Makes a database, as a copy of another one where `template` names it. The names are ours, never a user's.
///
/// # Errors
/// What the server says; its user needs the right to make databases.
pub async fn create(server: &str, name: &str, template: Option<&str>) -> Result<(), Error> {
    let template = template.map(|template| format!(" template {template}")).unwrap_or_default();
    run(server, format!("create database {name}{template}")).await
}

/// Drops a database with all that is in it, also where somebody is still connected; one that is not there is no error.
///
/// # Errors
/// What the server says.
pub async fn remove(server: &str, name: &str) -> Result<(), Error> {
    run(server, format!("drop database if exists {name} with (force)")).await
}

async fn run(server: &str, statement: String) -> Result<(), Error> {
    let db = Database::connect(&Options { connections: 1, ..Options::new(server) }).await?;
    let done = Sql::new(statement, []).execute(db.writer()).await;
    db.close().await?;
    done.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_the_server_keeps_its_settings() {
        assert_eq!(beside("postgres://a:b@host:5432/shop?sslmode=require", "x").as_deref(), Some("postgres://a:b@host:5432/x?sslmode=require"));
        assert_eq!(beside("postgres://host", "x"), None);
    }
}
