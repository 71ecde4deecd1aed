//! Who listens to what, and how they are told.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use bytestring::ByteString;
use novashop_types::{OrderId, ProductId, UserId};
use tokio::sync::{
    Notify,
    mpsc::{Receiver, Sender, channel},
};
use uuid::Uuid;

use super::history::History;

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
    /// A product whether or not it is on sale: for staff.
    AnyProduct(ProductId),
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
    told: Mutex<Told>,
}

/// Under one lock, so that nobody misses what comes while he joins, or hears it twice.
#[derive(Debug, Default)]
struct Told {
    listeners: HashMap<Channel, HashMap<u64, Listener>>,
    history: History,
}

/// How a listener began.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// The number of the last news that he heard of before.
    pub(super) since: u64,
    /// What he missed since the event that he named; nothing where that was too long ago or too much.
    pub(super) missed: Option<Vec<ByteString>>,
}

impl Channels {
    fn lock(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new listener, for whom so much may wait.
    pub(super) fn listener(&self, room: usize) -> (Listener, Receiver<ByteString>) {
        let (queue, waiting) = channel(room);
        (Listener { id: self.next_id.fetch_add(1, Ordering::Relaxed), queue, cut: Arc::default() }, waiting)
    }

    /// From now on the listener hears a channel. `heard` tells since when he hears others; of what he missed since the event `last` at most so much
    /// is told as may wait for him anyway.
    pub(super) fn join(&self, channel: Channel, listener: &Listener, last: Option<Uuid>, heard: impl Fn(Channel) -> Option<u64>) -> Joined {
        let mut told = self.lock();
        let room = listener.queue.max_capacity();
        let known = last.and_then(|last| told.history.number(last));
        let missed = known.map(|number| told.history.after(number, channel, heard).take(room.saturating_add(1)).collect::<Vec<_>>());
        let missed = missed.filter(|missed| missed.len() <= room);
        let since = known.filter(|_| missed.is_some()).unwrap_or_else(|| told.history.last());
        told.listeners.entry(channel).or_default().insert(listener.id, listener.clone());
        Joined { since, missed }
    }

    pub(super) fn leave(&self, channel: Channel, listener: &Listener) {
        let mut told = self.lock();
        if let Some(of_channel) = told.listeners.get_mut(&channel) {
            of_channel.remove(&listener.id);
            if of_channel.is_empty() {
                told.listeners.remove(&channel);
            }
        }
    }

    /// Tells everybody who listens to one of these channels, each once, of an event that was not told yet. Nobody is waited for.
    pub(super) fn tell(&self, id: Uuid, channels: &[Channel], text: &ByteString) {
        let mut told = self.lock();
        if !told.history.keep(id, channels, text, Instant::now()) {
            return;
        }
        let mut reached = HashSet::new();
        for listener in channels.iter().filter_map(|channel| told.listeners.get(channel)).flat_map(HashMap::values) {
            if reached.insert(listener.id) && listener.queue.try_send(text.clone()).is_err() {
                listener.cut.notify_one();
            }
        }
    }

    /// The products on sale that somebody listens to.
    pub(super) fn products(&self) -> Vec<ProductId> {
        let product = |channel: &Channel| if let Channel::Product(id) = channel { Some(*id) } else { None };
        self.lock().listeners.keys().filter_map(product).collect()
    }

    /// Ends every socket that listens to a channel: whoever still may listen comes again.
    pub(super) fn cut(&self, channel: Channel) {
        self.lock().listeners.get(&channel).into_iter().flat_map(HashMap::values).for_each(|listener| listener.cut.notify_one());
    }

    /// Ends every socket that listens to something, and forgets what was told: something was missed.
    pub(super) fn cut_everybody(&self) {
        let mut told = self.lock();
        told.history.forget();
        told.listeners.values().flat_map(HashMap::values).for_each(|listener| listener.cut.notify_one());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_back_is_told_what_was_missed_unless_it_is_too_much() {
        let channels = Channels::default();
        let all = Channel::AllOrders;
        let tell = |id: u128| channels.tell(Uuid::from_u128(id), &[all], &ByteString::from(id.to_string()));
        (1..=5).for_each(tell);
        let (back, mut waiting) = channels.listener(3);
        let joined = channels.join(all, &back, Some(Uuid::from_u128(2)), |_| None);
        assert_eq!((joined.since, joined.missed.unwrap()), (2, vec!["3".into(), "4".into(), "5".into()]));
        tell(6);
        assert_eq!((waiting.try_recv().unwrap(), waiting.try_recv().is_err()), ("6".into(), true));
        for (last, what) in [(1, "more than there is room for"), (77, "nobody knows it")] {
            let joined = channels.join(all, &back, Some(Uuid::from_u128(last)), |_| None);
            assert_eq!((joined.since, joined.missed), (6, None), "{what}");
        }
        channels.cut_everybody();
        assert!(channels.join(all, &back, Some(Uuid::from_u128(6)), |_| None).missed.is_none(), "there is a gap");
    }

    #[tokio::test]
    async fn everybody_is_told_once_and_whoever_has_no_room_is_cut() {
        let channels = Channels::default();
        let (order, all) = (Channel::Order(OrderId(Uuid::from_u128(1))), Channel::AllOrders);
        let (staff, mut told) = channels.listener(2);
        let (other, mut untold) = channels.listener(2);
        let join = |channel, listener| channels.join(channel, listener, None, |_| None);
        join(order, &staff);
        join(all, &staff);
        join(Channel::Order(OrderId(Uuid::from_u128(2))), &other);
        for (id, text) in [(1, "1"), (1, "1"), (2, "2"), (3, "3")] {
            channels.tell(Uuid::from_u128(id), &[order, all], &ByteString::from_static(text));
        }
        assert_eq!([told.try_recv().unwrap(), told.try_recv().unwrap()], ["1", "2"]);
        assert!(told.try_recv().is_err() && untold.try_recv().is_err());
        staff.cut.notified().await;
        channels.leave(order, &staff);
        channels.leave(all, &staff);
        channels.tell(Uuid::from_u128(4), &[order, all], &ByteString::from_static("4"));
        assert!(told.try_recv().is_err());
        assert_eq!(channels.lock().listeners.len(), 1, "a channel without listeners is not kept");
    }
}
