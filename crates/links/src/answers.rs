//! Finished answers that processes share: the second level of the read cache. It has no twin in the process, whose own cache is the first level.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::sync::Semaphore;

use crate::Link;

/// An answer out of Redis that takes longer is not waited for: the database is asked.
const PATIENCE: Duration = Duration::from_millis(50);
/// Answers on their way to Redis at once. When they are so many, others are not kept there.
const WRITES: usize = 64;
/// How long somebody who loads keeps others from loading the same: one who crashes keeps nobody longer.
const CLAIM: Duration = Duration::from_secs(2);

/// The answers; clones are the same ones.
#[derive(Debug, Clone)]
pub struct Answers {
    link: Arc<Link>,
    writes: Arc<Semaphore>,
}

/// An answer as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was put there.
    pub bytes: Bytes,
    /// How much longer it is kept.
    pub left: Duration,
}

impl Answers {
    /// Those behind this link.
    #[must_use]
    pub fn new(link: Arc<Link>) -> Self {
        Self { link, writes: Arc::new(Semaphore::new(WRITES)) }
    }

    fn key(&self, name: &str) -> String {
        self.link.key(&format!("answer:{name}"))
    }

    fn claim_key(&self, name: &str) -> String {
        self.link.key(&format!("loading:{name}"))
    }

    /// What is kept under a name; nothing too where Redis does not say.
    pub async fn get(&self, name: &str) -> Option<Kept> {
        let key = self.key(name);
        let mut both = redis::pipe();
        both.get(&key).pttl(&key);
        self.link.ask(PATIENCE, |mut connection| async move { both.query_async(&mut connection).await }).await.ok().and_then(kept)
    }

    /// Keeps an answer for a while. Nobody waits for it, and it may not come about. Whoever waits for the loading to end goes on.
    pub fn put(&self, name: &str, bytes: Vec<u8>, keep: Duration) {
        let Ok(place) = Arc::clone(&self.writes).try_acquire_owned() else { return };
        let mut both = redis::pipe();
        both.pset_ex(self.key(name), bytes, u64::try_from(keep.as_millis()).unwrap_or(1).max(1)).ignore().del(self.claim_key(name)).ignore();
        let link = Arc::clone(&self.link);
        tokio::spawn(async move {
            let _kept = link.ask(PATIENCE * 4, |mut connection| async move { both.exec_async(&mut connection).await }).await;
            drop(place);
        });
    }

    /// Whether it is up to us to load what is not kept, and what is kept now: whoever loaded it may have ended since we looked. Where Redis does not
    /// say, it is up to us.
    pub async fn claim(&self, name: &str) -> (bool, Option<Kept>) {
        let (key, claim) = (self.key(name), self.claim_key(name));
        let mut all = redis::pipe();
        all.cmd("SET").arg(claim).arg(1).arg("NX").arg("PX").arg(u64::try_from(CLAIM.as_millis()).unwrap_or(1)).get(&key).pttl(&key);
        let asked =
            self.link.ask(PATIENCE, |mut connection| async move { all.query_async::<(Option<String>, Option<Vec<u8>>, i64)>(&mut connection).await });
        asked.await.map_or((true, None), |(claimed, bytes, left)| (claimed.is_some(), kept((bytes, left))))
    }

    /// Lets others load, where what was loaded is not kept.
    pub fn give_up(&self, name: &str) {
        let Ok(place) = Arc::clone(&self.writes).try_acquire_owned() else { return };
        let (link, key) = (Arc::clone(&self.link), self.claim_key(name));
        tokio::spawn(async move {
            let _done = link.ask(PATIENCE * 4, |mut connection| async move { redis::cmd("DEL").arg(key).exec_async(&mut connection).await }).await;
            drop(place);
        });
    }
}

fn kept((bytes, left): (Option<Vec<u8>>, i64)) -> Option<Kept> {
    Some(Kept { bytes: bytes?.into(), left: Duration::from_millis(u64::try_from(left).unwrap_or(0)) })
}
