//! Events for whoever listens in this process: `order.placed`, `product.stock`, …

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::broadcast::{
    self,
    error::{RecvError, TryRecvError},
};

use crate::Hearing;

/// How many events a listener may lag behind before it misses some and is told so.
const CAPACITY: usize = 1024;

/// What a listener is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Something happened.
    Event {
        /// Its place among the events of all processes: it grows from one to the next. 0 where only this process was told.
        position: u64,
        /// What happened.
        event: Value,
    },
    /// Nobody knows what: more came than could be told, or the link was away for longer than its history goes back.
    Missed,
}

/// The channel to the listeners of this process; clones are the same one.
#[derive(Debug, Clone)]
pub struct Events {
    sender: broadcast::Sender<Heard>,
    hearing: Arc<Hearing>,
}

impl Default for Events {
    fn default() -> Self {
        Self { sender: broadcast::channel(CAPACITY).0, hearing: Arc::default() }
    }
}

impl Events {
    /// Hands an event to all who listen now in this process.
    pub fn publish(&self, event: Value) {
        self.tell(Heard::Event { position: 0, event });
    }

    /// The same, for what came from Redis.
    pub(crate) fn tell(&self, heard: Heard) {
        // An error only says that nobody listens.
        let _listeners = self.sender.send(heard);
    }

    /// Since when the events of all processes come here.
    #[must_use]
    pub const fn hearing(&self) -> &Arc<Hearing> {
        &self.hearing
    }

    /// Listens from now on.
    #[must_use]
    pub fn subscribe(&self) -> Subscription {
        Subscription { receiver: self.sender.subscribe() }
    }
}

/// Somebody who listens.
#[derive(Debug)]
pub struct Subscription {
    receiver: broadcast::Receiver<Heard>,
}

impl Subscription {
    /// The next thing that is heard; nothing once nobody can say anything any more.
    pub async fn next(&mut self) -> Option<Heard> {
        match self.receiver.recv().await {
            Ok(heard) => Some(heard),
            Err(RecvError::Lagged(_)) => Some(Heard::Missed),
            Err(RecvError::Closed) => None,
        }
    }

    /// What has come already.
    pub fn try_next(&mut self) -> Option<Heard> {
        match self.receiver.try_recv() {
            Ok(heard) => Some(heard),
            Err(TryRecvError::Lagged(_)) => Some(Heard::Missed),
            Err(TryRecvError::Empty | TryRecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn who_is_too_slow_is_told_that_something_was_missed() {
        let events = Events::default();
        let mut listener = events.subscribe();
        for n in 0..=CAPACITY {
            events.publish(json!(n));
        }
        assert_eq!(listener.next().await, Some(Heard::Missed));
        assert_eq!(listener.try_next(), Some(Heard::Event { position: 0, event: json!(1) }));
    }
}
