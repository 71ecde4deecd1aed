//! What was told in the last minutes, for those whose line dropped.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

use bytestring::ByteString;
use uuid::Uuid;

use super::channels::Channel;

/// So far back somebody can be told what was missed.
pub(super) const REACH: Duration = Duration::from_secs(5 * 60);
/// So much is kept at most, some 20 MB; in a flood the reach is shorter.
const ROOM: usize = 50_000;

/// Something that was told. The numbers grow from one to the next.
#[derive(Debug)]
pub(super) struct Told {
    number: u64,
    id: Uuid,
    at: Instant,
    channels: Vec<Channel>,
    text: ByteString,
}

/// The news of the last minutes, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct History {
    told: VecDeque<Told>,
    numbers: HashMap<Uuid, u64>,
    last: u64,
}

impl History {
    /// Keeps news; false where they are known already.
    pub(super) fn keep(&mut self, id: Uuid, channels: &[Channel], text: &ByteString, now: Instant) -> bool {
        while self.told.len() >= ROOM || self.told.front().is_some_and(|oldest| now.saturating_duration_since(oldest.at) > REACH) {
            if let Some(oldest) = self.told.pop_front() {
                self.numbers.remove(&oldest.id);
            }
        }
        let number = self.last.saturating_add(1);
        if *self.numbers.entry(id).or_insert(number) != number {
            return false;
        }
        self.last = number;
        self.told.push_back(Told { number, id, at: now, channels: channels.to_vec(), text: text.clone() });
        true
    }

    /// Forgets everything: there is a gap, and nobody may be told that there is none.
    pub(super) fn forget(&mut self) {
        self.told.clear();
        self.numbers.clear();
    }

    /// The number of the newest.
    pub(super) const fn last(&self) -> u64 {
        self.last
    }

    /// The number of the event with this id, where it is known.
    pub(super) fn number(&self, id: Uuid) -> Option<u64> {
        self.numbers.get(&id).copied()
    }

    /// What was told on a channel after a number, to somebody who heard nothing of it on other channels since their own numbers.
    pub(super) fn after<'a>(
        &'a self,
        number: u64,
        channel: Channel,
        heard: impl Fn(Channel) -> Option<u64> + 'a,
    ) -> impl Iterator<Item = ByteString> + 'a {
        // Numbers follow each other without a gap.
        let from =
            self.told.front().map_or(0, |oldest| usize::try_from(number.saturating_add(1).saturating_sub(oldest.number)).unwrap_or(usize::MAX));
        let missed = move |told: &&Told| {
            let heard = |channel: &Channel| heard(*channel).is_some_and(|since| told.number > since);
            told.channels.contains(&channel) && !told.channels.iter().any(heard)
        };
        self.told.iter().skip(from).filter(missed).map(|told| told.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::UserId;

    use super::*;

    const ALL: Channel = Channel::AllOrders;

    fn id(n: u64) -> Uuid {
        Uuid::from_u128(n.into())
    }

    fn with(count: u64) -> History {
        let mut history = History::default();
        let now = Instant::now();
        assert!((1..=count).all(|n| history.keep(id(n), &[ALL], &n.to_string().into(), now)));
        history
    }

    fn after(history: &History, number: u64) -> Vec<String> {
        history.after(number, ALL, |_| None).map(|text| text.to_string()).collect()
    }

    #[test]
    fn what_came_after_an_event_is_told_and_nothing_else() {
        let mut history = with(5);
        assert_eq!(after(&history, history.number(id(3)).unwrap()), ["4", "5"]);
        assert_eq!(after(&history, history.last()), Vec::<String>::new());
        assert!(!history.keep(id(3), &[ALL], &"3 again".into(), Instant::now()));
        assert_eq!(after(&history, 0).len(), 5);
        let own = Channel::OrdersOf(UserId(id(7)));
        assert!(history.keep(id(6), &[ALL, own], &"6".into(), Instant::now()));
        assert_eq!(history.after(3, own, |_| None).count(), 1);
        assert_eq!(history.after(3, own, |channel| (channel == ALL).then_some(5)).count(), 0, "it was told on the other channel");
        assert_eq!(history.after(3, own, |channel| (channel == ALL).then_some(6)).count(), 1, "the other channel was joined later");
    }

    #[test]
    fn it_ends_after_five_minutes_and_where_it_is_full() {
        let mut history = with(2);
        let later = Instant::now() + REACH + Duration::from_secs(1);
        assert!(history.keep(id(9), &[ALL], &"9".into(), later));
        assert_eq!((history.number(id(1)), history.number(id(9))), (None, Some(3)));
        assert_eq!(after(&history, 0), ["9"]);
        let room = u64::try_from(ROOM).unwrap();
        let full = with(room + 10);
        assert_eq!((full.told.len(), full.numbers.len()), (ROOM, ROOM));
        assert_eq!((full.number(id(10)), full.number(id(11))), (None, Some(11)));
        assert_eq!(after(&full, room + 8), [(room + 9).to_string(), (room + 10).to_string()]);
    }

    #[test]
    fn after_a_gap_nothing_is_known() {
        let mut history = with(3);
        history.forget();
        assert_eq!((history.number(id(3)), after(&history, 0).len()), (None, 0));
        assert!(history.keep(id(4), &[ALL], &"4".into(), Instant::now()));
        assert_eq!(after(&history, history.number(id(4)).unwrap()).len(), 0);
    }
}
