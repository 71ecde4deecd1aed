//! From a query to its answer: the one that is kept, or one load for all who miss it at once.

use std::{
    cell::Cell,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use bytes::Bytes;
use novashop_services::Error;

use super::{
    Cache, Fresh, How,
    entry::{Coding, Entry},
    sharing::Shared,
};
use crate::Failure;

/// Whoever waited for somebody else's load and got an answer that was outdated meanwhile tries again so many times, then loads by himself.
const ATTEMPTS: u32 = 3;
/// How long an answer is good while changes by other processes are not heard of: Redis is away.
const UNHEARD: Duration = Duration::from_secs(1);

impl Cache {
    /// The answer to a query in its normal spelling: the one that is kept, or what `load` gives.
    ///
    /// # Errors
    /// Those of `load`. They are given to everybody who waits for it, and not kept.
    pub(super) async fn read(&self, key: String, load: impl AsyncFnOnce() -> Result<Fresh, Failure>) -> Result<(Arc<Entry>, How), Failure> {
        if let Some(entry) = self.known(&key).await {
            return Ok((entry, How::Hit));
        }
        let inner = &*self.inner;
        let (waiting, how) = (Cell::new(Some(load)), Cell::new(How::Miss));
        for _ in 0..ATTEMPTS {
            let loading = async {
                match waiting.take() {
                    Some(load) => self.find_or_load(&key, &how, load).await,
                    // moka polls one of these futures to its end, and none twice.
                    None => Err(Error::internal("the read cache", "an answer was loaded twice").into()),
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
                return Ok((outcome?, how.get()));
            }
            if outcome.is_err() || self.is_good(&outcome) {
                inner.coalesced.fetch_add(1, Ordering::Relaxed);
                return Ok((outcome?, How::Coalesced));
            }
        }
        let load = waiting.take().ok_or_else(|| Error::internal("the read cache", "an answer was loaded twice"))?;
        Ok((self.load(&key, load).await?, How::Miss))
    }

    /// What another process loaded, else our own load, which is theirs too.
    async fn find_or_load(&self, key: &str, how: &Cell<How>, load: impl AsyncFnOnce() -> Result<Fresh, Failure>) -> Result<Arc<Entry>, Failure> {
        match self.look_elsewhere(key).await {
            Shared::Found(entry) => {
                how.set(How::Shared);
                Ok(entry)
            }
            Shared::Alone => self.load(key, load).await,
            Shared::Ours => {
                let loaded = self.load(key, load).await;
                match &loaded {
                    Ok(entry) => self.share(entry),
                    Err(_) => self.share_nothing(key),
                }
                loaded
            }
        }
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

    pub(super) fn is_good(&self, known: &Result<Arc<Entry>, Failure>) -> bool {
        let Ok(entry) = known else { return false };
        let age = entry.begun.elapsed();
        age < self.inner.freshness
            && (age < UNHEARD || self.hears_since(entry.begun))
            && self.inner.generations.unchanged_since(entry.generation, &entry.tags)
    }

    /// Whether every change since an instant was heard of, whoever made it.
    pub(super) fn hears_since(&self, begun: Instant) -> bool {
        self.inner.hearing.get().is_none_or(|hearing| hearing.covers(begun))
    }

    /// The body of an entry in a coding. Made once; the entry weighs more from then on.
    pub(super) async fn coded(&self, entry: &Arc<Entry>, coding: Coding) -> Option<Bytes> {
        let (form, made_now) = entry.form(coding);
        if made_now && self.is_good(&Ok(Arc::clone(entry))) {
            self.inner.entries.insert(entry.key.clone(), Ok(Arc::clone(entry))).await;
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use novashop_types::ErrorCode;
    use serde_json::json;
    use tokio::sync::Notify;
    use uuid::Uuid;

    use super::*;
    use crate::cache::{Settings, Tag};

    const MUG: Uuid = Uuid::from_u128(7);

    fn cache() -> Cache {
        Cache::new(Settings { freshness: Duration::from_secs(3600), ..Settings::HEARS_EVERYTHING })
    }

    fn mug(stock: i64) -> Result<Fresh, Failure> {
        Fresh::new(&stock, [Tag::Product(MUG)])
    }

    fn sale(cache: &Cache) {
        cache.hear(0, &json!({"type": "product.stock", "data": {"product_id": MUG, "availability_changed": false}}));
    }

    async fn read(cache: &Cache, load: impl AsyncFnOnce() -> Result<Fresh, Failure>) -> (String, How) {
        let (entry, how) = cache.read("product mug".into(), load).await.unwrap();
        (String::from_utf8(entry.body.to_vec()).unwrap(), how)
    }

    #[actix_web::test]
    async fn an_event_during_a_load_is_not_lost() {
        let cache = cache();
        let sold_meanwhile = async || {
            let read_before = mug(3);
            sale(&cache);
            read_before
        };
        assert_eq!(read(&cache, sold_meanwhile).await, ("3".into(), How::Miss));
        assert_eq!(read(&cache, async || mug(2)).await, ("2".into(), How::Miss), "what was loaded is outdated");
        assert_eq!(read(&cache, async || mug(1)).await, ("2".into(), How::Hit));
    }

    #[actix_web::test]
    async fn who_asks_after_an_event_does_not_get_a_load_from_before_it() {
        let (cache, go_on) = (cache(), Notify::new());
        let slow = async || {
            go_on.notified().await;
            mug(3)
        };
        let mut early = Box::pin(read(&cache, slow));
        assert!((&mut early).now_or_never().is_none());
        sale(&cache);
        let mut late = Box::pin(read(&cache, async || mug(2)));
        assert!((&mut late).now_or_never().is_none(), "it waits for the load that runs");
        go_on.notify_one();
        let (early, late) = tokio::join!(early, late);
        assert_eq!((early, late), (("3".into(), How::Miss), ("2".into(), How::Miss)));
        assert_eq!(read(&cache, async || mug(1)).await, ("2".into(), How::Hit));
    }

    #[actix_web::test]
    async fn who_waits_takes_the_place_of_a_load_that_was_given_up() {
        let cache = cache();
        let mut given_up = Box::pin(read(&cache, async || std::future::pending().await));
        assert!((&mut given_up).now_or_never().is_none());
        let mut waits = Box::pin(read(&cache, async || mug(2)));
        assert!((&mut waits).now_or_never().is_none());
        drop(given_up);
        // Rather a test that fails than one that waits for ever.
        let waited = actix_web::rt::time::timeout(Duration::from_secs(10), waits).await;
        assert_eq!(waited.expect("somebody loads"), ("2".into(), How::Miss));
    }

    #[actix_web::test]
    async fn a_refusal_is_told_to_all_who_wait_and_not_kept() {
        let (cache, go_on) = (cache(), Notify::new());
        let refused = async || {
            go_on.notified().await;
            Err(Failure::new(ErrorCode::NotFound, "There is no such product."))
        };
        let mut first = Box::pin(cache.read("product mug".into(), refused));
        assert!((&mut first).now_or_never().is_none());
        let mut second = Box::pin(cache.read("product mug".into(), async || mug(1)));
        assert!((&mut second).now_or_never().is_none());
        go_on.notify_one();
        let (first, second) = tokio::join!(first, second);
        assert!(first.is_err() && second.is_err());
        assert_eq!(read(&cache, async || mug(1)).await, ("1".into(), How::Miss));
    }

    #[actix_web::test]
    async fn a_compressed_form_is_made_once_and_weighed() {
        let cache = cache();
        let long = "stoneware ".repeat(1000);
        let (entry, _) = cache.read("product mug".into(), async || Fresh::new(&long, [])).await.unwrap();
        cache.settle().await;
        let before = cache.stats().bytes;
        let first = cache.coded(&entry, Coding::Brotli).await.unwrap();
        let again = cache.coded(&entry, Coding::Brotli).await.unwrap();
        assert_eq!(first.as_ptr(), again.as_ptr());
        cache.settle().await;
        assert_eq!(cache.stats().bytes, before + u64::try_from(first.len()).unwrap());
    }
}
