//! Places on this machine where a server may listen.

use std::net::TcpListener;

/// A port of this machine that nothing listens on.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("some port is free").port()
}

/// The same with its address: `127.0.0.1:<port>`.
#[must_use]
pub fn free_address() -> String {
    format!("127.0.0.1:{}", free_port())
}
