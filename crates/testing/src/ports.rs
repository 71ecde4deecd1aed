//! Places on this machine where a server may listen.

use std::{
    collections::BTreeSet,
    hash::{BuildHasher, RandomState},
    net::TcpListener,
    sync::{Mutex, PoisonError},
};

/// A port of this machine that nothing listens on, and that was not given out before. It is none of those that the system gives to whoever asks
/// for any, which begin at 32768: nobody gets it before its server listens, or while that is stopped.
#[must_use]
pub fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let port = 10_000 + u16::try_from(RandomState::new().hash_one(()) % 20_000).unwrap_or_default();
        let free = TcpListener::bind(("127.0.0.1", port)).is_ok();
        if free && GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
            return port;
        }
    }
}

/// The same with its address: `127.0.0.1:<port>`.
#[must_use]
pub fn free_address() -> String {
    format!("127.0.0.1:{}", free_port())
}
