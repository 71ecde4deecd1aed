//! Since when everything that any process does is heard of here.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

const NOT_NOW: u64 = u64::MAX;

/// Whether, and since when, no event of another process is missed. Where there is one process it is so from the start.
#[derive(Debug)]
pub struct Hearing {
    origin: Instant,
    /// In nanoseconds since the origin.
    since: AtomicU64,
}

impl Default for Hearing {
    fn default() -> Self {
        Self { origin: Instant::now(), since: AtomicU64::new(0) }
    }
}

impl Hearing {
    /// Whether everything that happened from an instant until now was heard of, but for what is on its way.
    #[must_use]
    pub fn covers(&self, from: Instant) -> bool {
        let from = u64::try_from(from.saturating_duration_since(self.origin).as_nanos()).unwrap_or(NOT_NOW - 1);
        from >= self.since.load(Ordering::SeqCst)
    }

    /// Whether it is so just now.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.since.load(Ordering::SeqCst) != NOT_NOW
    }

    /// From now on.
    pub fn begin(&self) {
        let now = u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(NOT_NOW - 1);
        self.since.store(now, Ordering::SeqCst);
    }

    /// No longer.
    pub fn end(&self) {
        self.since.store(NOT_NOW, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_before_the_link_came_back_is_not_covered() {
        let hearing = Hearing::default();
        let before = Instant::now();
        assert!(hearing.is_up() && hearing.covers(before));
        hearing.end();
        assert!(!hearing.is_up() && !hearing.covers(Instant::now() + Duration::from_secs(3600)));
        std::thread::sleep(Duration::from_millis(2));
        hearing.begin();
        assert!(hearing.is_up() && !hearing.covers(before) && hearing.covers(Instant::now()));
    }
}
