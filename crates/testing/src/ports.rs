//! Places on this machine where a server may listen.

use std::{
    collections::BTreeSet,
    net::TcpListener,
    sync::{Mutex, PoisonError},
};

/// A port of this machine that nothing listens on, and that was not given out before: the system would give one that is free again once more.
#[must_use]
pub fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("some port is free").port();
        if GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
            return port;
        }
    }
}

/// The same with its address: `127.0.0.1:<port>`.
#[must_use]
pub fn free_address() -> String {
    format!("127.0.0.1:{}", free_port())
}
