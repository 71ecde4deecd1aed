//! The read cache: public answers of the catalogue as finished bytes.
//!
//! An answer is found by its query in one normal spelling. It remembers when its load began and which [`Tag`]s it depends on, and is good while
//! none of them was invalidated since: so an invalidation during a load is never lost. Of many who miss at once one loads. Only this folder
//! knows where answers are kept; `sharing` is the second level, between processes.

mod entry;
mod invalidation;
mod loading;
mod reading;
mod serving;
mod sharing;

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use moka::future::Cache as Store;
use novashop_links::{Answers, Hearing};

use crate::{Failure, app::RouteName, limits::Class};

use entry::Entry;
pub use entry::Fresh;
use invalidation::Generations;
pub use invalidation::{Listener, Tag};
pub use reading::Reader;
pub(crate) use reading::read;
pub(crate) use serving::serve_known;

/// How much is kept, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What all entries may take together.
    pub max_bytes: u64,
    /// How long an answer is good where no event says that it is not. A second where events of other processes do not come here.
    pub freshness: Duration,
}

impl Settings {
    /// Where the only relay runs in this process, or all tell each other by Redis, every change is heard of; the limit is for what nobody thought of.
    pub const HEARS_EVERYTHING: Self = Self { max_bytes: 32 * 1024 * 1024, freshness: Duration::from_secs(30) };
    /// Where changes may be heard of elsewhere only.
    pub const HEARS_NOT_ALL: Self = Self { freshness: Duration::from_secs(1), ..Self::HEARS_EVERYTHING };
}

/// What the cache did since the start, and what it holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CacheStats {
    /// Answers that were there.
    pub hits: u64,
    /// Answers that had to be loaded.
    pub misses: u64,
    /// Answers that somebody else was just loading.
    pub coalesced: u64,
    /// Answers that another process had loaded.
    pub shared_hits: u64,
    /// Events that made answers invalid.
    pub invalidations: u64,
    /// Answers that are kept, outdated ones included.
    pub entries: u64,
    /// What they take.
    pub bytes: u64,
}

/// How an answer was come by; `Server-Timing` says so in development.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Hit,
    Miss,
    Coalesced,
    /// Another process had loaded it.
    Shared,
    /// Past the cache: for staff, or where there is none.
    Bypass,
}

/// The cache of a process, shared by its workers; clones are the same one.
#[derive(Clone)]
pub struct Cache {
    inner: Arc<Inner>,
}

struct Inner {
    entries: Store<String, Result<Arc<Entry>, Failure>>,
    /// Addresses as clients spell them, so that a known one needs no parsing.
    addresses: Store<String, Arc<Address>>,
    generations: Generations,
    freshness: Duration,
    /// Since when every change is heard of; nothing where nobody listens.
    hearing: OnceLock<Arc<Hearing>>,
    /// The second level, where there is one.
    answers: OnceLock<Answers>,
    serial: AtomicU64,
    hits: AtomicU64,
    misses: AtomicU64,
    coalesced: AtomicU64,
    shared_hits: AtomicU64,
    invalidations: AtomicU64,
}

/// What an address was answered with.
struct Address {
    key: String,
    /// Which load it was: another one may have another next page.
    serial: u64,
    link: Option<actix_web::http::header::HeaderValue>,
    /// What logs and metrics call it.
    route: Option<RouteName>,
    /// The quota that it counts against, where requests are counted.
    class: Option<Class>,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cache({:?})", self.stats())
    }
}

impl Cache {
    /// An empty cache.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        // An eighth for the addresses.
        let for_addresses = settings.max_bytes / 8;
        Self {
            inner: Arc::new(Inner {
                entries: Store::builder()
                    .max_capacity(settings.max_bytes - for_addresses)
                    .weigher(|key: &String, entry: &Result<Arc<Entry>, Failure>| weight(key.len() + entry.as_ref().map_or(0, |entry| entry.size())))
                    .build(),
                addresses: Store::builder()
                    .max_capacity(for_addresses)
                    .weigher(|spelled: &String, address: &Arc<Address>| {
                        weight(spelled.len() + address.key.len() + address.link.as_ref().map_or(0, |link| link.len()))
                    })
                    .build(),
                generations: Generations::default(),
                freshness: settings.freshness,
                hearing: OnceLock::new(),
                answers: OnceLock::new(),
                serial: AtomicU64::new(0),
                hits: AtomicU64::new(0),
                misses: AtomicU64::new(0),
                coalesced: AtomicU64::new(0),
                shared_hits: AtomicU64::new(0),
                invalidations: AtomicU64::new(0),
            }),
        }
    }

    /// What it did and holds.
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        let Inner { entries, hits, misses, coalesced, shared_hits, invalidations, .. } = &*self.inner;
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CacheStats {
            hits: count(hits),
            misses: count(misses),
            coalesced: count(coalesced),
            shared_hits: count(shared_hits),
            invalidations: count(invalidations),
            entries: entries.entry_count(),
            bytes: entries.weighted_size(),
        }
    }

    /// Does the housekeeping that waits, so that [`Self::stats`] counts what is there now.
    pub async fn settle(&self) {
        self.inner.entries.run_pending_tasks().await;
        self.inner.addresses.run_pending_tasks().await;
    }
}

/// Whatever is kept takes at least so much besides its own bytes.
fn weight(bytes: usize) -> u32 {
    const OVERHEAD: u32 = 512;
    u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(OVERHEAD)
}
