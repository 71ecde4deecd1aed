//! The read cache: public answers of the catalogue as finished bytes.
//!
//! An answer is found by its query in one normal spelling. It remembers when its load began and which [`Tag`]s it depends on, and is good while
//! none of them was invalidated since: so an invalidation during a load is never lost. Of many who miss at once one loads. Only this folder
//! knows where answers are kept: a second level between processes goes into [`Cache::read`] and nowhere else.

mod entry;
mod invalidation;
mod reading;
mod serving;

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use moka::future::Cache as Store;

use crate::Failure;

pub use entry::Fresh;
use entry::{Coding, Entry};
use invalidation::Generations;
pub use invalidation::{Listener, Tag};
pub(crate) use reading::{Reader, read};
pub(crate) use serving::serve_known;

/// Whoever waited for somebody else's load and got an answer that was outdated meanwhile tries again so many times, then loads by himself.
const ATTEMPTS: u32 = 3;

/// How much is kept, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What all entries may take together.
    pub max_bytes: u64,
    /// How long an answer is good where no event says that it is not. A second where events of other processes do not come here.
    pub freshness: Duration,
}

impl Settings {
    /// Where the only relay runs in this process, every change is heard of; the limit is for what nobody thought of.
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
    serial: AtomicU64,
    hits: AtomicU64,
    misses: AtomicU64,
    coalesced: AtomicU64,
    invalidations: AtomicU64,
}

/// What an address was answered with.
struct Address {
    key: String,
    /// Which load it was: another one may have another next page.
    serial: u64,
    link: Option<actix_web::http::header::HeaderValue>,
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
                serial: AtomicU64::new(0),
                hits: AtomicU64::new(0),
                misses: AtomicU64::new(0),
                coalesced: AtomicU64::new(0),
                invalidations: AtomicU64::new(0),
            }),
        }
    }

    /// What it did and holds.
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        let Inner { entries, hits, misses, coalesced, invalidations, .. } = &*self.inner;
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CacheStats {
            hits: count(hits),
            misses: count(misses),
            coalesced: count(coalesced),
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

    /// The answer to a query in its normal spelling: the one that is kept, or what `load` gives.
    ///
    /// # Errors
    /// Those of `load`. They are given to everybody who waits for it, and not kept.
    async fn read(&self, key: String, load: impl AsyncFnOnce() -> Result<Fresh, Failure>) -> Result<(Arc<Entry>, How), Failure> {
        if let Some(entry) = self.known(&key).await {
            return Ok((entry, How::Hit));
        }
        let inner = &*self.inner;
        let waiting = Cell::new(Some(load));
        for _ in 0..ATTEMPTS {
            let loading = async {
                match waiting.take() {
                    Some(load) => self.load(&key, load).await,
                    // moka polls one of these futures to its end, and none twice.
                    None => Err(novashop_services::Error::internal("the read cache", "an answer was loaded twice").into()),
                }
            };
            let chosen = inner.entries.entry(key.clone()).or_insert_with_if(loading, |known| !self.is_good(known)).await;
            let outcome = chosen.into_value();
            // Whoever loaded takes what there is: it is not older than the question.
            let own = waiting.take().map(|load| waiting.set(Some(load))).is_none();
            if own && outcome.is_err() {
                inner.entries.invalidate(&key).await;
            }
            if own {
                return Ok((outcome?, How::Miss));
            }
            if outcome.is_err() || self.is_good(&outcome) {
                inner.coalesced.fetch_add(1, Ordering::Relaxed);
                return Ok((outcome?, How::Coalesced));
            }
        }
        let load = waiting.take().ok_or_else(|| novashop_services::Error::internal("the read cache", "an answer was loaded twice"))?;
        Ok((self.load(&key, load).await?, How::Miss))
    }

    async fn load(&self, key: &str, load: impl AsyncFnOnce() -> Result<Fresh, Failure>) -> Result<Arc<Entry>, Failure> {
        let inner = &*self.inner;
        inner.misses.fetch_add(1, Ordering::Relaxed);
        // Both before the first look at the database.
        let (generation, begun) = (inner.generations.now(), Instant::now());
        let fresh = load().await?;
        let serial = inner.serial.fetch_add(1, Ordering::Relaxed);
        Ok(Arc::new(Entry::new(key, fresh, serial, generation, begun)?))
    }

    /// A good answer that is kept.
    async fn known(&self, key: &str) -> Option<Arc<Entry>> {
        let known = self.inner.entries.get(key).await.filter(|known| self.is_good(known))?.ok()?;
        self.inner.hits.fetch_add(1, Ordering::Relaxed);
        Some(known)
    }

    fn is_good(&self, known: &Result<Arc<Entry>, Failure>) -> bool {
        let Ok(entry) = known else { return false };
        entry.begun.elapsed() < self.inner.freshness && self.inner.generations.unchanged_since(entry.generation, &entry.tags)
    }

    /// The body of an entry in a coding. Made once; the entry weighs more from then on.
    async fn coded(&self, entry: &Arc<Entry>, coding: Coding) -> Option<bytes::Bytes> {
        let (form, made_now) = entry.form(coding);
        if made_now && self.is_good(&Ok(Arc::clone(entry))) {
            self.inner.entries.insert(entry.key.clone(), Ok(Arc::clone(entry))).await;
        }
        form
    }
}

/// Whatever is kept takes at least so much besides its own bytes.
fn weight(bytes: usize) -> u32 {
    const OVERHEAD: u32 = 512;
    u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(OVERHEAD)
}
