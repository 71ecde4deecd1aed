//! Why a database cannot be opened, for whoever set it up. The drivers' own words name neither the setting nor what to do.

use std::path::Path;

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, postgres::PgConnectOptions},
};

use crate::{Error, error::sql_state, sqlite_url};

/// A sentence or two about an error of a database that was just opened, or brought up to date: what is wrong, and what to do. `setting` is
/// where `url` was given. No password is in it, and nothing that the database said.
#[must_use]
pub fn why_not(error: &Error, url: &str, setting: &str) -> String {
    match sqlite_url::path(url) {
        Some(file) => sqlite(error, &file, setting),
        None => postgres(error, url, setting),
    }
}

fn sqlite(error: &Error, file: &Path, setting: &str) -> String {
    let name = file.display();
    match code(error).as_deref().and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff) {
        Some(5 | 6) => format!("Another program holds {name}: end it, then start again."),
        Some(8) => format!("{name} cannot be written: give it and its folder to the user that runs the shop."),
        Some(10) => format!("{name} cannot be read or written: the disk, or the network that it is on, fails."),
        Some(11) => format!("{name} is damaged: stop everything that uses it, and restore a backup (`novashop restore`)."),
        Some(13) => format!("The disk of {name} is full: make room, then start again."),
        Some(14) => format!("{name} cannot be opened or made: its folder must be there, and belong to the user that runs the shop. Check {setting}."),
        Some(26) => format!("{name} is a file of another kind, and no database of SQLite. Check {setting}."),
        _ => format!("{name} cannot be used ({}). Check {setting}.", kind(error)),
    }
}

fn postgres(error: &Error, url: &str, setting: &str) -> String {
    let Ok(place) = url.parse::<PgConnectOptions>() else {
        return format!(
            "The address in {setting} cannot be read: `@ : / ? # [ ] %` in its name or password must be percent-encoded, and a port is up to 65535."
        );
    };
    let (user, database) = (place.get_username(), place.get_database().unwrap_or(place.get_username()));
    let server = place.get_socket().map_or_else(|| format!("{}:{}", place.get_host(), place.get_port()), |socket| socket.display().to_string());
    match code(error).as_deref() {
        Some("28P01" | "28000") => {
            return format!("PostgreSQL at {server} does not let `{user}` in: the user or the password in {setting} is wrong.");
        }
        Some("3D000") => {
            return format!("PostgreSQL at {server} has no database `{database}`: make it (`createdb {database}`), or correct {setting}.");
        }
        Some("42501") => return format!("`{user}` may not make tables in `{database}` at {server}: make it the owner of the database."),
        Some("53300") => return format!("PostgreSQL at {server} has no connection left: lower DATABASE_CONNECTIONS, or raise its max_connections."),
        Some("57P01" | "57P02" | "57P03") => return format!("PostgreSQL at {server} is starting or stopping: start again in a moment."),
        Some(_) => return format!("PostgreSQL at {server} refuses ({}): its log says why. Check {setting}.", kind(error)),
        None => {}
    }
    match driver(error) {
        Some(sqlx::Error::Tls(_)) => format!("No encrypted connection to {server} came about: check `sslmode` and the certificates in {setting}."),
        Some(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) => {
            format!("No PostgreSQL answers at {server}: is it running, and can this machine reach it? Check {setting}.")
        }
        _ => format!("PostgreSQL at {server} cannot be used ({}). Check {setting}.", kind(error)),
    }
}

/// Which error it is, without its words.
fn kind(error: &Error) -> String {
    code(error).map_or_else(|| "no code".to_owned(), |code| format!("code {code}"))
}

fn code(error: &Error) -> Option<String> {
    inner(error).and_then(sql_state)
}

fn driver(error: &Error) -> Option<&sqlx::Error> {
    match inner(error)? {
        DbErr::Conn(RuntimeErr::SqlxError(error)) | DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            Some(error)
        }
        _ => None,
    }
}

const fn inner(error: &Error) -> Option<&DbErr> {
    match error {
        Error::Busy(inner) | Error::LockTimeout(inner) | Error::Unavailable(inner) | Error::Other(inner) => Some(inner),
        Error::Unique(_) | Error::ForeignKey(_) => None,
    }
}
