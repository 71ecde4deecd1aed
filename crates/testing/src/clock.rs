//! Time that stands still, and ids and secrets that are the same in every run.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering},
};

use novashop_services::{Clock, IdSource};
use novashop_types::Timestamp;
use uuid::Uuid;

/// 2026-06-01T00:00:00.000Z: where every test begins.
pub const START: Timestamp = Timestamp(1_780_272_000_000);

/// A clock that only moves when a test moves it; clones show the same time.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(START.0)))
    }
}

impl TestClock {
    /// Sets the time.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Moves the time on.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A clock that panics once, and else shows the time of another one.
#[derive(Debug)]
pub struct Stumbling {
    asked: AtomicU32,
    falls_at: u32,
    clock: TestClock,
}

impl Stumbling {
    /// One that panics when it is first asked.
    #[must_use]
    pub fn new(clock: &TestClock) -> Self {
        Self::at(clock, 1)
    }

    /// One that panics when it is asked for this time: 1 is the first.
    #[must_use]
    pub fn at(clock: &TestClock, falls_at: u32) -> Self {
        Self { asked: AtomicU32::new(0), falls_at, clock: clock.clone() }
    }

    /// Whether it has panicked.
    #[must_use]
    pub fn fell(&self) -> bool {
        self.asked.load(Ordering::SeqCst) >= self.falls_at
    }
}

impl Clock for Stumbling {
    fn now(&self) -> Timestamp {
        assert_ne!(self.asked.fetch_add(1, Ordering::SeqCst) + 1, self.falls_at, "a test wants it so");
        self.clock.now()
    }
}

/// Ids that grow and secrets from a seeded generator: unguessable enough for a test, and repeatable.
#[derive(Debug, Default)]
pub struct TestIds {
    count: AtomicU64,
    random: AtomicU64,
}

impl TestIds {
    /// The next number of SplitMix64 (Steele, Lea, Flood 2014), a generator whose state is a plain counter and so needs no lock.
    fn random(&self) -> u64 {
        let mut z = self.random.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl IdSource for TestIds {
    /// A UUIDv7: the clock's milliseconds, a counter of 26 bits, 48 random bits. Ids of one millisecond stay in the order they were made.
    fn id(&self, now: Timestamp) -> Uuid {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let [e, f, g, h, i, j, ..] = self.random().to_be_bytes();
        // `Builder` writes the version over four bits of the first byte and the variant over two of the third: the counter keeps clear of them.
        let bytes = [low(count >> 22), low(count >> 14), low((count >> 8) & 0x3f), low(count), e, f, g, h, i, j];
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &bytes).into_uuid()
    }

    fn secret(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (to, from) in chunk.iter_mut().zip(self.random().to_le_bytes()) {
                *to = from;
            }
        }
    }
}

fn low(number: u64) -> u8 {
    number.to_be_bytes()[7]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_grow_and_are_version_7() {
        let (ids, clock) = (TestIds::default(), TestClock::default());
        let made: Vec<Uuid> = (0..70_000).map(|_| ids.id(clock.now())).collect();
        assert!(made.iter().zip(made.iter().skip(1)).all(|(a, b)| a < b));
        assert!(made.iter().all(|id| id.get_version_num() == 7));
        clock.advance(1);
        assert!(ids.id(clock.now()) > *made.last().expect("some were made"));
    }
}
