//! Quotas that several processes share.
//!
//! Where somebody could guess something Redis is asked first. Everything else is counted in the process, at once, and told to the others a moment
//! later: an answer out of the cache waits for nobody. Until it is told, each process may give as much as the quota has.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use novashop_links::{Quotas, Spending, Standing};
use sha2::{Digest, Sha256};

use super::{Class, Who, store::MAX_CLIENTS};

/// Clients of one message to Redis.
const AT_ONCE: usize = 500;

/// The other processes' counts.
#[derive(Debug)]
pub(super) struct Shared {
    quotas: Quotas,
    key: Key,
    /// What was given here and not told yet.
    notes: Mutex<HashMap<(Class, Who), u32>>,
}

struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Shared {
    pub(super) fn new(quotas: Quotas, key: [u8; 32]) -> Self {
        Self { quotas, key: Key(key), notes: Mutex::default() }
    }

    /// Takes a place of the common quota; nothing where Redis does not say.
    pub(super) async fn take(&self, class: Class, who: &Who) -> Option<Standing> {
        self.quotas.take(&self.spending(class, who, 1)).await.ok()
    }

    /// Notes a place that was given.
    pub(super) fn note(&self, class: Class, who: Who) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let known = (class, who);
        if notes.len() < MAX_CLIENTS || notes.contains_key(&known) {
            let count = notes.entry(known).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Tells what was noted, and says how each of those quotas stands. What cannot be told is forgotten: the process has its own counts.
    pub(super) async fn tell(&self, learn: impl Fn(Class, &Who, Standing)) {
        let notes: Vec<_> = std::mem::take(&mut *self.notes.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect();
        for notes in notes.chunks(AT_ONCE) {
            let spendings: Vec<_> = notes.iter().map(|((class, who), count)| self.spending(*class, who, *count)).collect();
            let Ok(standings) = self.quotas.note(&spendings).await else { return };
            for (((class, who), _), standing) in notes.iter().zip(standings) {
                learn(*class, who, standing);
            }
        }
    }

    fn spending(&self, class: Class, who: &Who, count: u32) -> Spending {
        let digest = Sha256::new().chain_update(self.key.0).chain_update(format!("{who:?}")).finalize();
        let hidden: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Spending { name: format!("{}:{hidden}", class.name()), window: class.window(), every: class.every(), count }
    }
}
