//! That the process was asked to end: whoever works in the background looks here between two pieces of work.
//!
//! A server behind a proxy first takes its leave: it goes on answering, but says with each answer that the connection ends, until the proxy has
//! none left to it. A request that is sent on a connection while that is being closed would be lost.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{sync::watch, time::Instant};

/// Whether the process was asked to end; clones tell the same.
#[derive(Debug, Clone)]
pub struct Stopping {
    leaving: Arc<AtomicBool>,
    asked: Arc<watch::Sender<Option<Instant>>>,
}

impl Default for Stopping {
    fn default() -> Self {
        Self { leaving: Arc::default(), asked: Arc::new(watch::channel(None).0) }
    }
}

impl Stopping {
    /// Says that the end is near: no connection is kept from here on.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether the end is near.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// The same as a flag, for those who know nothing else of the shop.
    #[must_use]
    pub fn leaving(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.leaving)
    }

    /// Asks everybody to end. Asked again, nothing changes.
    pub fn ask(&self) {
        self.leave();
        self.asked.send_if_modified(|asked| {
            let first = asked.is_none();
            asked.get_or_insert_with(Instant::now);
            first
        });
    }

    /// Whether somebody asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.borrow().is_some()
    }

    /// When somebody asked first.
    #[must_use]
    pub fn asked_at(&self) -> Option<Instant> {
        *self.asked.borrow()
    }

    /// Waits until somebody asks.
    pub async fn wait(&self) {
        let mut news = self.asked.subscribe();
        // It fails only where the sender is gone, and we hold it.
        let _asked = news.wait_for(Option::is_some).await;
    }

    /// Sleeps, but not longer than until somebody asks.
    pub async fn sleep(&self, time: std::time::Duration) {
        let _awake = tokio::time::timeout(time, self.wait()).await;
    }
}
