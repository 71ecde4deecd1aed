//! Events for whoever listens in this process: `order.placed`, `product.stock`, …

use serde_json::Value;
use tokio::sync::broadcast;

/// How many events a listener may lag behind before it misses some and is told so.
const CAPACITY: usize = 1024;

/// The channel between the relay and its listeners.
#[derive(Debug, Clone)]
pub struct Events {
    sender: broadcast::Sender<Value>,
}

impl Default for Events {
    fn default() -> Self {
        Self { sender: broadcast::channel(CAPACITY).0 }
    }
}

impl Events {
    /// Hands an event to all who listen now.
    pub fn publish(&self, event: Value) {
        // An error only says that nobody listens.
        let _listeners = self.sender.send(event);
    }

    /// Listens from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Value> {
        self.sender.subscribe()
    }
}
