//! What answers depend on, and which events change it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use novashop_links::{Events, Heard, Subscription};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Cache;

/// What an answer may depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tag {
    /// What lists and suggestions show of products, and which products are in them.
    Lists,
    /// The categories with their counts.
    CategoryTree,
    /// How categories are called where products name theirs.
    CategoryNames,
    /// A product's own page.
    Product(Uuid),
    /// The reviews of a product.
    Reviews(Uuid),
}

/// Products share so many counters: two that share one are invalidated together, which does no harm, and memory stays as it is.
const SHARED: u64 = 16_384;
const OF_PRODUCTS: usize = 3;

impl Tag {
    /// The place of its counter.
    fn place(self) -> usize {
        let of = |id: Uuid, salt: u64| {
            // The low half of a UUIDv7 is random.
            let (_, low) = id.as_u64_pair();
            OF_PRODUCTS + usize::try_from((low ^ salt) % SHARED).unwrap_or(0)
        };
        match self {
            Self::Lists => 0,
            Self::CategoryTree => 1,
            Self::CategoryNames => 2,
            Self::Product(id) => of(id, 0),
            Self::Reviews(id) => of(id, 0x9e37_79b9_7f4a_7c15),
        }
    }
}

/// When each tag was invalidated last, by the events' positions. Those grow: an event without one comes right after the one before it.
#[derive(Debug)]
pub(super) struct Generations {
    now: AtomicU64,
    everything: AtomicU64,
    tags: Box<[AtomicU64]>,
}

impl Default for Generations {
    fn default() -> Self {
        let places = OF_PRODUCTS + usize::try_from(SHARED).unwrap_or(0);
        Self { now: AtomicU64::new(0), everything: AtomicU64::new(0), tags: (0..places).map(|_| AtomicU64::new(0)).collect() }
    }
}

impl Generations {
    /// To be asked before a load begins.
    pub(super) fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }

    /// Whether none of the tags was invalidated since.
    pub(super) fn unchanged_since(&self, generation: u64, tags: &[Tag]) -> bool {
        let unchanged = |counter: &AtomicU64| counter.load(Ordering::SeqCst) <= generation;
        unchanged(&self.everything) && tags.iter().all(|tag| self.tags.get(tag.place()).is_some_and(unchanged))
    }

    fn invalidate(&self, tags: &[Tag], position: u64) {
        let generation = self.next(position);
        for counter in tags.iter().filter_map(|tag| self.tags.get(tag.place())) {
            counter.fetch_max(generation, Ordering::SeqCst);
        }
    }

    fn invalidate_everything(&self, position: u64) {
        self.everything.fetch_max(self.next(position), Ordering::SeqCst);
    }

    fn next(&self, position: u64) -> u64 {
        let next = |now: u64| now.saturating_add(1).max(position);
        let before = self.now.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(next(now)));
        next(before.unwrap_or_else(|now| now))
    }
}

/// What an event changes; nothing where everything may have changed.
fn tags_of(event: &Value) -> Option<Vec<Tag>> {
    let data = event.get("data");
    let product = || data?.get("product_id")?.as_str()?.parse::<Uuid>().ok();
    Some(match event.get("type")?.as_str()? {
        "order.placed" | "order.updated" => Vec::new(),
        "product.stock" => {
            let id = product()?;
            // Lists tell whether there is some, not how much.
            let some = data?.get("availability_changed").and_then(Value::as_bool).unwrap_or(true);
            if some { vec![Tag::Product(id), Tag::Lists] } else { vec![Tag::Product(id)] }
        }
        "product.updated" => {
            let id = product()?;
            vec![Tag::Product(id), Tag::Reviews(id), Tag::Lists, Tag::CategoryTree]
        }
        "review.updated" => vec![Tag::Reviews(product()?)],
        "category.updated" => vec![Tag::CategoryTree, Tag::CategoryNames, Tag::Lists],
        // Many products at once: to name each would cost more than to load again what is asked for.
        "catalogue.imported" | "catalogue.replaced" => return None,
        // What nobody taught this table yet: rather read too often than tell old things.
        _ => return None,
    })
}

/// The cache's ear: it listens from the moment it is made.
#[derive(Debug)]
pub struct Listener {
    cache: Cache,
    events: Subscription,
}

impl Cache {
    /// Begins to listen to the events that the relay hands on.
    #[must_use]
    pub fn listener(&self, events: &Events) -> Listener {
        // A cache has one ear.
        let _first = self.inner.hearing.set(Arc::clone(events.hearing()));
        Listener { cache: self.clone(), events: events.subscribe() }
    }

    /// Makes invalid what an event at a position changed.
    pub fn hear(&self, position: u64, event: &Value) {
        match tags_of(event).as_deref() {
            Some([]) => return,
            Some(tags) => self.inner.generations.invalidate(tags, position),
            None => self.inner.generations.invalidate_everything(position),
        }
        self.inner.invalidations.fetch_add(1, Ordering::Relaxed);
    }

    /// Makes every answer invalid.
    pub fn forget_everything(&self) {
        self.inner.generations.invalidate_everything(0);
        self.inner.invalidations.fetch_add(1, Ordering::Relaxed);
    }
}

impl Listener {
    /// Hears what comes until nobody can send events any more.
    pub async fn run(mut self) {
        while let Some(heard) = self.events.next().await {
            self.take(&heard);
        }
    }

    /// Hears what has come already: for tests, that they need not wait.
    pub fn catch_up(&mut self) {
        while let Some(heard) = self.events.try_next() {
            self.take(&heard);
        }
    }

    fn take(&self, heard: &Heard) {
        match heard {
            Heard::Event { position, event } => self.cache.hear(*position, event),
            // What was missed may have changed anything.
            Heard::Missed => self.cache.forget_everything(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tag_counts_from_before_the_load() {
        let generations = Generations::default();
        let (mug, pot) = (Tag::Product(Uuid::from_u128(1)), Tag::Product(Uuid::from_u128(2)));
        let before = generations.now();
        generations.invalidate(&[mug], 0);
        assert!(!generations.unchanged_since(before, &[Tag::Lists, mug]));
        assert!(generations.unchanged_since(before, &[Tag::Lists, pot]));
        let after = generations.now();
        assert!(generations.unchanged_since(after, &[mug]));
        generations.invalidate_everything(0);
        assert!(!generations.unchanged_since(after, &[]));
    }

    #[test]
    fn generations_grow_whether_an_event_has_a_position_or_none() {
        let (generations, mug) = (Generations::default(), [Tag::Product(Uuid::from_u128(1))]);
        for position in [0, 1 << 40, 0, 1 << 40, (1 << 40) + 9, 7] {
            let before = generations.now();
            generations.invalidate(&mug, position);
            assert!(generations.now() > before && generations.now() >= position);
            assert!(!generations.unchanged_since(before, &mug) && generations.unchanged_since(generations.now(), &mug));
        }
    }

    #[test]
    fn what_nobody_taught_the_table_changes_everything() {
        let id = Uuid::from_u128(7);
        let of = |kind: &str, data: Value| tags_of(&json!({"type": kind, "data": data}));
        assert_eq!(of("order.placed", json!({})), Some(vec![]));
        assert_eq!(of("review.updated", json!({"product_id": id})), Some(vec![Tag::Reviews(id)]));
        assert_eq!(of("product.stock", json!({"product_id": id, "availability_changed": false})), Some(vec![Tag::Product(id)]));
        assert_eq!(of("product.stock", json!({"product_id": id})), Some(vec![Tag::Product(id), Tag::Lists]));
        for everything in [
            of("product.updated", json!({})),
            of("catalogue.imported", json!({})),
            of("catalogue.replaced", json!({})),
            of("brand.new", json!({})),
            tags_of(&json!(1)),
        ] {
            assert_eq!(everything, None);
        }
    }
}
