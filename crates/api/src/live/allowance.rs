//! How fast a client may talk.

use std::time::{Duration, Instant};

/// So many messages at once, and then one at a time: the generic cell rate algorithm, as in `limits`.
#[derive(Debug)]
pub(super) struct Allowance {
    every: Duration,
    window: Duration,
    full_at: Option<Instant>,
}

impl Allowance {
    pub(super) fn new(at_once: u32, every: Duration) -> Self {
        Self { every, window: every.saturating_mul(at_once), full_at: None }
    }

    /// Whether there is room for one more.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let before = self.full_at.map_or(now, |full_at| full_at.max(now));
        let after = before + self.every;
        let fits = after <= now + self.window;
        if fits {
            self.full_at = Some(after);
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut allowance = Allowance::new(3, second);
        assert_eq!((0..5).map(|_| allowance.take(start)).collect::<Vec<_>>(), [true, true, true, false, false]);
        assert!(allowance.take(start + second));
        assert!(!allowance.take(start + second));
        assert_eq!((0..5).filter(|_| allowance.take(start + second * 60)).count(), 3);
    }
}
