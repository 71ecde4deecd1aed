//! Who listens to what, and how they are told.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use bytestring::ByteString;
use novashop_types::{OrderId, ProductId, UserId};
use tokio::sync::{
    Notify,
    mpsc::{Receiver, Sender, channel},
};

/// What is listened to: as a topic, but it says whose orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Channel {
    /// A product.
    Product(ProductId),
    /// An order.
    Order(OrderId),
    /// A person's orders.
    OrdersOf(UserId),
    /// Everybody's orders.
    AllOrders,
}

/// The way to a socket.
#[derive(Debug, Clone)]
pub(crate) struct Listener {
    id: u64,
    queue: Sender<ByteString>,
    /// Told when its queue is full: it has missed something, and must not go on as if it had not.
    pub(super) cut: Arc<Notify>,
}

/// Every channel somebody listens to.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    next_id: AtomicU64,
    listeners: Mutex<HashMap<Channel, HashMap<u64, Listener>>>,
}

impl Channels {
    fn lock(&self) -> MutexGuard<'_, HashMap<Channel, HashMap<u64, Listener>>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new listener, for whom so much may wait.
    pub(super) fn listener(&self, room: usize) -> (Listener, Receiver<ByteString>) {
        let (queue, waiting) = channel(room);
        (Listener { id: self.next_id.fetch_add(1, Ordering::Relaxed), queue, cut: Arc::default() }, waiting)
    }

    pub(super) fn join(&self, channel: Channel, listener: &Listener) {
        self.lock().entry(channel).or_default().insert(listener.id, listener.clone());
    }

    pub(super) fn leave(&self, channel: Channel, listener: &Listener) {
        let mut listeners = self.lock();
        if let Some(of_channel) = listeners.get_mut(&channel) {
            of_channel.remove(&listener.id);
            if of_channel.is_empty() {
                listeners.remove(&channel);
            }
        }
    }

    /// Tells everybody who listens to one of these channels, each once. Nobody is waited for.
    pub(super) fn tell(&self, channels: &[Channel], text: &ByteString) {
        let listeners = self.lock();
        let mut told = HashSet::new();
        for listener in channels.iter().filter_map(|channel| listeners.get(channel)).flat_map(HashMap::values) {
            if told.insert(listener.id) && listener.queue.try_send(text.clone()).is_err() {
                listener.cut.notify_one();
            }
        }
    }

    /// Ends every socket that listens to something.
    pub(super) fn cut_everybody(&self) {
        self.lock().values().flat_map(HashMap::values).for_each(|listener| listener.cut.notify_one());
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn everybody_is_told_once_and_whoever_has_no_room_is_cut() {
        let channels = Channels::default();
        let (order, all) = (Channel::Order(OrderId(Uuid::from_u128(1))), Channel::AllOrders);
        let (staff, mut told) = channels.listener(2);
        let (other, mut untold) = channels.listener(2);
        channels.join(order, &staff);
        channels.join(all, &staff);
        channels.join(Channel::Order(OrderId(Uuid::from_u128(2))), &other);
        for text in ["1", "2", "3"] {
            channels.tell(&[order, all], &ByteString::from_static(text));
        }
        assert_eq!([told.try_recv().unwrap(), told.try_recv().unwrap()], ["1", "2"]);
        assert!(told.try_recv().is_err() && untold.try_recv().is_err());
        staff.cut.notified().await;
        channels.leave(order, &staff);
        channels.leave(all, &staff);
        channels.tell(&[order, all], &ByteString::from_static("4"));
        assert!(told.try_recv().is_err());
        assert_eq!(channels.lock().len(), 1, "a channel without listeners is not kept");
    }
}
