//! Why the shop cannot start, in a sentence that says what to do. What the system and the drivers say goes to the log, at `debug`.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
};

use novashop_db::{Error, opening, sqlite_url};

use crate::{Failed, config::Config};

/// A database that cannot be opened or brought up to date.
pub(crate) fn unusable(config: &Config, error: &Error) -> Failed {
    tracing::debug!(%error, "what the driver of the database says");
    let embedded = sqlite_url::of_new(&config.data_dir.join("novashop.db")) == config.database_url;
    Failed::new(opening::why_not(error, &config.database_url, if embedded { "DATA_DIR" } else { "DATABASE_URL" }))
}

/// An address that cannot be listened on; `setting` is where it was chosen.
pub(crate) fn no_port(address: SocketAddr, error: &io::Error, setting: &str) -> Failed {
    Failed::new(match error.kind() {
        ErrorKind::AddrInUse => format!("Another program listens on {address}: end it, or set {setting} to another address."),
        ErrorKind::AddrNotAvailable => format!("This machine has no address {}: set {setting} to one that it has.", address.ip()),
        ErrorKind::PermissionDenied => format!("Port {} is not for this user: set {setting} to one above 1023.", address.port()),
        _ => format!("{address} cannot be listened on ({error}): set {setting} to another address."),
    })
}
