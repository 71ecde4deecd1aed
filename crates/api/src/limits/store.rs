//! What one process knows of the clients of a class.

use std::collections::HashMap;

use super::{Class, Taken};

/// How many clients each class keeps apart: some megabytes at the very most.
pub const MAX_CLIENTS: usize = 65_536;

/// The clients of a class.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// By the hash of who it is: when its bucket is full again, in milliseconds.
    full_at: HashMap<u64, i64>,
    /// The same for all those together for whom there is no room.
    others_full_at: i64,
    swept_at: i64,
}

impl Store {
    /// Takes a place where there is one, at an instant in milliseconds.
    pub(super) fn take(&mut self, class: Class, client: u64, now: i64) -> Taken {
        if self.full_at.len() >= MAX_CLIENTS && !self.full_at.contains_key(&client) {
            self.sweep(now);
        }
        let room = self.full_at.len() < MAX_CLIENTS;
        let known = self.full_at.get(&client).copied();
        let window = class.window();
        // A clock that was set back must not keep anybody out: no bucket takes longer than the window to fill.
        let before = known.unwrap_or(if room { now } else { self.others_full_at }).clamp(now, now + window);
        let after = before + class.every();
        let over = after - (now + window);
        let full_at = if over > 0 { before } else { after };
        if room || known.is_some() {
            self.full_at.insert(client, full_at);
        } else {
            self.others_full_at = full_at;
        }
        Taken::new(class, over, full_at - now)
    }

    /// Takes over what other processes know: when the bucket of a client is full again.
    pub(super) fn learn(&mut self, client: u64, full_at: i64) {
        if self.full_at.len() < MAX_CLIENTS || self.full_at.contains_key(&client) {
            let known = self.full_at.entry(client).or_insert(full_at);
            *known = full_at.max(*known);
        }
    }

    /// Forgets those whose bucket is full: they are as good as new. Once a second at most, so that a flood does not pay for it with every request.
    fn sweep(&mut self, now: i64) {
        if (now - self.swept_at).abs() >= 1000 {
            self.swept_at = now;
            self.full_at.retain(|_, full_at| *full_at > now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of these requests, each at its instant, pass.
    fn passing(class: Class, instants: impl IntoIterator<Item = i64>) -> usize {
        let mut store = Store::default();
        instants.into_iter().filter(|now| store.take(class, 1, *now).wait.is_none()).count()
    }

    #[test]
    fn a_quota_passes_at_once_and_then_as_fast_as_it_grows_back() {
        for class in Class::ALL.iter().copied() {
            let (quota, window) = (usize::try_from(class.quota()).unwrap(), class.seconds() * 1000);
            assert_eq!(passing(class, std::iter::repeat_n(0, quota * 3)), quota, "{class:?}");
            // Whoever never stops gets the quota that was there, and what grew back within the window.
            assert_eq!(passing(class, (0..window).step_by(10)), 2 * quota - 1, "{class:?}");
            assert_eq!(window % class.quota(), 0, "{class:?}: a place grows back in whole milliseconds");
        }
    }

    #[test]
    fn whoever_waits_as_long_as_told_gets_a_place_and_no_sooner() {
        let mut store = Store::default();
        let mut now = 1_000_000;
        for _ in 0..10 {
            assert_eq!(store.take(Class::Password, 1, now).wait, None);
        }
        for _ in 0..5 {
            let wait = store.take(Class::Password, 1, now).wait.unwrap();
            assert_eq!(wait, 6000);
            assert!(store.take(Class::Password, 1, now + wait - 1).wait.is_some());
            now += wait;
            assert_eq!(store.take(Class::Password, 1, now).wait, None);
        }
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let mut store = Store::default();
        let day = 24 * 3600 * 1000;
        assert_eq!(store.take(Class::Password, 1, 10 * day).remaining, 9);
        let taken = store.take(Class::Password, 1, 9 * day);
        assert_eq!(taken.wait, Some(6000), "not a day");
        assert_eq!(store.take(Class::Password, 1, 9 * day + 6000).wait, None);
    }

    #[test]
    fn a_million_networks_use_no_more_memory_than_there_are_places_and_share_what_is_left() {
        let mut store = Store::default();
        let refused = (0..1_000_000_u64).filter(|client| store.take(Class::Password, *client, 0).wait.is_some()).count();
        assert_eq!(store.full_at.len(), MAX_CLIENTS);
        assert_eq!(refused, 1_000_000 - MAX_CLIENTS - 10, "those without a place of their own share one quota");
        // Who was there before keeps what is his.
        assert_eq!(store.take(Class::Password, 7, 0).remaining, 8);
        // When the first are as good as new, there is room again.
        assert_eq!(store.take(Class::Password, 5_000_000, 60_000).remaining, 9);
        assert_eq!(store.full_at.len(), 1);
    }
}
