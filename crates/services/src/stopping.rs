//! That the process was asked to end: whoever works in the background looks here between two pieces of work.

use std::sync::Arc;

use tokio::sync::watch;

/// Whether the process was asked to end; clones tell the same.
#[derive(Debug, Clone)]
pub struct Stopping {
    asked: Arc<watch::Sender<bool>>,
}

impl Default for Stopping {
    fn default() -> Self {
        Self { asked: Arc::new(watch::channel(false).0) }
    }
}

impl Stopping {
    /// Asks everybody to end.
    pub fn ask(&self) {
        self.asked.send_replace(true);
    }

    /// Whether somebody asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.asked.borrow()
    }

    /// Waits until somebody asks.
    pub async fn wait(&self) {
        let mut news = self.asked.subscribe();
        // It fails only where the sender is gone, and we hold it.
        let _asked = news.wait_for(|asked| *asked).await;
    }

    /// Sleeps, but not longer than until somebody asks.
    pub async fn sleep(&self, time: std::time::Duration) {
        let _awake = tokio::time::timeout(time, self.wait()).await;
    }
}
