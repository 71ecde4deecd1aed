//! What can go wrong in the database, in the words a service needs.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A statement or a transaction that failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two rows with one unique key; the text names the constraint (PostgreSQL) or the columns (SQLite).
    #[error("unique key: {0}")]
    Unique(String),
    /// A row points at one that is not there, or is pointed at.
    #[error("foreign key: {0}")]
    ForeignKey(String),
    /// Another transaction was in the way; the same transaction may succeed when it is tried again.
    #[error("busy: {0}")]
    Busy(#[source] DbErr),
    /// Waited too long for a row that another transaction holds.
    #[error("lock timeout: {0}")]
    LockTimeout(#[source] DbErr),
    /// The database cannot be reached.
    #[error("unavailable: {0}")]
    Unavailable(#[source] DbErr),
    /// Anything else: a defect.
    #[error(transparent)]
    Other(DbErr),
}

impl Error {
    /// Whether this is the unique key of these columns. `columns` as in the index: `"username_key"`, `"product_id, options_key"`.
    #[must_use]
    pub fn is_unique(&self, table: &str, column: &str) -> bool {
        let Self::Unique(message) = self else { return false };
        message.contains(&format!("{table}.{column}")) || message.contains(&format!("\"{table}_{column}"))
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message)) => return Self::Unique(message),
            Some(SqlErr::ForeignKeyConstraintViolation(message)) => return Self::ForeignKey(message),
            _ => {}
        }
        match sql_state(&error).as_deref() {
            // SQLite: SQLITE_BUSY and its extended codes; PostgreSQL: serialization failure, deadlock.
            Some("5" | "6" | "261" | "517" | "40001" | "40P01") => return Self::Busy(error),
            Some("55P03") => return Self::LockTimeout(error),
            // PostgreSQL: shutting down, starting up, too many connections, a transaction that said nothing for too long.
            Some("57P01" | "57P02" | "57P03" | "53300" | "25P03") => return Self::Unavailable(error),
            _ => {}
        }
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(ref inner)) | DbErr::Query(RuntimeErr::SqlxError(ref inner))
                if inner.as_database_error().is_none() && is_io(&inner.to_string()) =>
            {
                Self::Unavailable(error)
            }
            _ => Self::Other(error),
        }
    }
}

/// The database's own code for an error.
pub(crate) fn sql_state(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner.as_database_error().and_then(|e| e.code().map(|code| code.into_owned()))
}

fn is_io(message: &str) -> bool {
    ["error communicating", "timed out", "pool", "connection"].iter().any(|word| message.contains(word))
}
