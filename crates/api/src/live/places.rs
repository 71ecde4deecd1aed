//! How many sockets somebody has open.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use novashop_types::UserId;

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// All together.
    Anybody,
    /// An address or network.
    Client(Option<IpAddr>),
    /// An account.
    User(UserId),
}

/// The places that are taken; who has none is not kept.
#[derive(Debug, Default)]
pub(crate) struct Places {
    taken: Mutex<HashMap<Who, usize>>,
}

/// A place; it is free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    who: Who,
}

impl Places {
    fn lock(&self) -> MutexGuard<'_, HashMap<Who, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn taken(&self, who: Who) -> usize {
        self.lock().get(&who).copied().unwrap_or(0)
    }

    pub(super) fn take(places: &Arc<Self>, who: Who, limit: usize) -> Option<Place> {
        let mut taken = places.lock();
        let count = taken.get(&who).copied().unwrap_or(0);
        if count >= limit {
            return None;
        }
        taken.insert(who, count + 1);
        Some(Place { places: Arc::clone(places), who })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(count) = taken.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_once_it_is_left_and_nobody_is_kept_who_has_none() {
        let places = Arc::new(Places::default());
        let client = Who::Client(Some([203, 0, 113, 7].into()));
        let first = Places::take(&places, client, 2);
        let second = Places::take(&places, client, 2);
        assert!(first.is_some() && second.is_some());
        assert!(Places::take(&places, client, 2).is_none());
        assert!(Places::take(&places, Who::Anybody, 2).is_some(), "others are counted by themselves");
        drop(first);
        assert_eq!(places.taken(client), 1);
        drop(second);
        assert!(places.lock().is_empty());
    }
}
