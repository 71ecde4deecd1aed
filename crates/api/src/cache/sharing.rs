//! The second level: answers that another process loaded.
//!
//! All processes hear the same events in the same order, so a position among them is a generation that all understand: an answer bears the position
//! up to which its loader had heard, and is good wherever nothing later changed what it depends on. Nothing in Redis has to be invalidated.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use actix_web::rt::time::sleep;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use novashop_links::{Answers, Kept};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Cache, Entry, Fresh, Tag};

/// How long somebody waits for the answer that another process is loading, and how often he looks. What takes long is the last thing to load twice,
/// but a process that was killed over it must not keep its readers for longer than they would notice.
const PATIENCE: Duration = Duration::from_millis(750);
const BETWEEN_LOOKS: Duration = Duration::from_millis(15);

/// Larger answers are not shared: anybody can ask for many, and the room in Redis is for what many ask for.
const MOST_BYTES: usize = 64 * 1024;

/// What stands before the body, in one line.
#[derive(Serialize, Deserialize)]
struct Head {
    /// How far its loader had heard.
    position: u64,
    version: Option<i64>,
    tags: Vec<Tag>,
    next_cursor: Option<String>,
}

/// What came of a look into the second level.
pub(super) enum Shared {
    /// Another process loaded it.
    Found(Arc<Entry>),
    /// It is up to us, and others may wait for us.
    Ours,
    /// Nobody is to be told.
    Alone,
}

/// What stands in a shared answer: another number whenever it means something else, so that two builds of one version read each its own.
/// 2: positions have twenty bits for each millisecond. 3: facets say whether all was counted.
const FORMAT: u32 = 3;

/// Answers of another version may have other bytes: each reads its own. What somebody searched for stands in no name.
fn name(key: &str) -> String {
    format!("{}-{FORMAT}:{}", env!("CARGO_PKG_VERSION"), URL_SAFE_NO_PAD.encode(Sha256::digest(key)))
}

impl Cache {
    /// Has it share answers with other processes from now on.
    #[must_use]
    pub fn sharing(self, answers: Answers) -> Self {
        let _first = self.inner.answers.set(answers);
        self
    }

    /// Looks for what another process loaded, and waits a moment where one is just loading.
    pub(super) async fn look_elsewhere(&self, key: &str) -> Shared {
        // Without every event nobody knows what is still good.
        let Some(answers) = self.inner.answers.get().filter(|_| self.hears_since(Instant::now())) else { return Shared::Alone };
        let name = name(key);
        if let Some(entry) = answers.get(&name).await.and_then(|kept| self.taken(kept, key)) {
            return Shared::Found(entry);
        }
        let began = Instant::now();
        loop {
            let (ours, kept) = answers.claim(&name).await;
            if let Some(entry) = kept.and_then(|kept| self.taken(kept, key)) {
                if ours {
                    answers.give_up(&name);
                }
                return Shared::Found(entry);
            }
            // Rather twice than never. Ours may be the newer one.
            if ours || began.elapsed() > PATIENCE {
                return Shared::Ours;
            }
            sleep(BETWEEN_LOOKS).await;
        }
    }

    /// An answer of another process, where nothing that was changed since is in it.
    fn taken(&self, kept: Kept, key: &str) -> Option<Arc<Entry>> {
        let end_of_head = kept.bytes.iter().position(|byte| *byte == b'\n')?;
        let head: Head = serde_json::from_slice(kept.bytes.get(..end_of_head)?).ok()?;
        let begun = Instant::now().checked_sub(self.inner.freshness.saturating_sub(kept.left))?;
        let fresh = Fresh::written(kept.bytes.slice(end_of_head + 1..), head.version, head.tags, head.next_cursor);
        let serial = self.inner.serial.fetch_add(1, Ordering::Relaxed);
        let entry = Ok(Arc::new(Entry::new(key, fresh, serial, head.position, begun).ok()?));
        if !self.is_good(&entry) {
            return None;
        }
        self.inner.shared_hits.fetch_add(1, Ordering::Relaxed);
        entry.ok()
    }

    /// Gives the others what was loaded here, where it is still good.
    pub(super) fn share(&self, entry: &Arc<Entry>) {
        let Some(answers) = self.inner.answers.get() else { return };
        let name = name(&entry.key);
        let good = self.hears_since(entry.begun) && self.is_good(&Ok(Arc::clone(entry)));
        let head = Head { position: entry.generation, version: entry.version, tags: entry.tags.to_vec(), next_cursor: entry.next_cursor.clone() };
        match serde_json::to_vec(&head) {
            Ok(mut bytes) if good && entry.body.len() <= MOST_BYTES => {
                bytes.push(b'\n');
                bytes.extend_from_slice(&entry.body);
                answers.put(&name, bytes, self.inner.freshness.saturating_sub(entry.begun.elapsed()));
            }
            _ => answers.give_up(&name),
        }
    }

    /// Lets others load what could not be loaded here.
    pub(super) fn share_nothing(&self, key: &str) {
        if let Some(answers) = self.inner.answers.get() {
            answers.give_up(&name(key));
        }
    }
}
