//! Events by a Redis stream: the news and their history in one, so that whoever was away goes on where it was.

use std::{
    convert::Infallible,
    sync::{Arc, LazyLock, Mutex, PoisonError, atomic::Ordering},
    time::{Duration, Instant},
};

use redis::{
    ErrorKind, Script, ServerErrorKind,
    aio::MultiplexedConnection,
    streams::{StreamId, StreamRangeReply, StreamReadReply},
};
use serde_json::Value;
use tokio::time::sleep;

use crate::{Away, Carrier, Events, Heard, Link};

/// How long taking events along may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a Redis that said no is left alone: one that is full or only follows another one says so again, and newer events wait meanwhile.
const AFTER_NO: Duration = Duration::from_secs(2);
/// How far the history goes back, in seconds: twice what is promised to sockets.
const HISTORY_SECONDS: u32 = 600;
/// And how many events it has at most, so that a flood does not fill Redis: some 30 MB.
const HISTORY_EVENTS: u32 = 100_000;
/// Events of one answer: fewer than a listener may lag behind.
const BATCH: usize = 500;
/// How long an answer waits for the next event. With [`SLACK`] it is what a lost link stays unnoticed.
const BLOCK: Duration = Duration::from_millis(400);
/// How much longer the answer may take on its way.
const SLACK: Duration = Duration::from_millis(500);
/// Until the next try to come back.
const RETRY: Duration = Duration::from_millis(250);
/// The only field of an entry.
const FIELD: &str = "event";
/// The only field of an entry that says nothing but that ids go on after those of another stream: whoever reads it may have missed what came before.
const RAISED: &str = "raised";

/// Writes all events or none. By Redis' own clock, so that clocks of processes that differ forget nothing too early.
static WRITE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local oldest = string.format('%.0f', (redis.call('TIME')[1] - ARGV[1]) * 1000) \
         for n = 3, #ARGV do redis.call('XADD', KEYS[1], 'MINID', '~', oldest, '*', 'event', ARGV[n]) end \
         redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[2])",
    )
});

fn key(link: &Link) -> String {
    link.key("events")
}

/// The carrier of a shop of several processes. They hear by [`follow`].
#[derive(Debug)]
pub struct Stream {
    link: Arc<Link>,
    /// When Redis last answered and said no, and in which words.
    refused: Mutex<Option<(Instant, Away)>>,
}

impl Stream {
    /// A carrier over a link that somebody keeps up.
    #[must_use]
    pub fn new(link: Arc<Link>) -> Self {
        Self { link, refused: Mutex::default() }
    }

    /// What Redis said, where that was just now.
    fn refusal(&self) -> Option<Away> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.as_ref().filter(|(at, _)| at.elapsed() < AFTER_NO).map(|(_, away)| away.clone())
    }

    async fn write(&self, events: &[Value]) -> Result<(), Away> {
        let mut write = WRITE.key(key(&self.link));
        write.arg(HISTORY_SECONDS).arg(HISTORY_EVENTS);
        for event in events {
            write.arg(event.to_string());
        }
        self.link.ask(PATIENCE, |mut connection| async move { write.invoke_async::<()>(&mut connection).await }).await
    }
}

#[async_trait::async_trait]
impl Carrier for Stream {
    async fn carry(&self, events: &[Value]) -> Result<(), Away> {
        // Not asked again: else new events would get there before those that were refused.
        if let Some(refusal) = self.refusal() {
            return Err(refusal);
        }
        self.write(events).await.inspect_err(|away| {
            // Where the link broke there is no need: that ends by itself as soon as there is another one.
            if matches!(away, Away::Broken(_)) && self.link.is_up() {
                *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), away.clone()));
            }
        })?;
        self.link.published.fetch_add(u64::try_from(events.len()).unwrap_or(0), Ordering::Relaxed);
        Ok(())
    }

    fn is_up(&self) -> bool {
        self.link.is_up() && self.refusal().is_none()
    }
}

/// Tells the listeners of this process what any process says, until it is dropped: the work of one task.
///
/// After a lost link it goes on where it was. Where that is not known any more it says [`Heard::Missed`] and tells all that is known. At the start it
/// tells the history, so that this process knows what the others know.
///
/// Positions grow also where another Redis took the place of the one before, and its clock is behind: who remembers larger ids has it go on after them.
pub fn follow(link: Arc<Link>, events: Events) -> impl Future<Output = ()> + Send {
    // At once, and not only when somebody begins to wait.
    events.hearing().end();
    let mut follower = Follower { link, events, last: None };
    async move {
        loop {
            let Err(error) = follower.run().await;
            follower.events.hearing().end();
            tracing::debug!(%error, "events of other processes are not heard just now");
            sleep(RETRY).await;
        }
    }
}

struct Follower {
    link: Arc<Link>,
    events: Events,
    /// The id of the last entry that was told.
    last: Option<String>,
}

impl Follower {
    async fn run(&mut self) -> Result<Infallible, Away> {
        let mut connection = self.link.connect(BLOCK + SLACK).await?;
        self.find_place(&mut connection).await?;
        while self.tell_next(&mut connection, None).await? == BATCH {}
        self.events.hearing().begin();
        loop {
            if self.tell_next(&mut connection, Some(BLOCK)).await? == 0 && self.is_another(&mut connection).await? {
                return Err(Away::Broken("its stream of events is another one".to_owned()));
            }
        }
    }

    /// Where the last entry is still there, no later one was forgotten. Where it is not, nobody knows: another Redis, or too long ago.
    async fn find_place(&mut self, connection: &mut MultiplexedConnection) -> Result<(), Away> {
        let Some(last) = &self.last else { return Ok(()) };
        let known: StreamRangeReply = redis::cmd("XRANGE").arg(key(&self.link)).arg(last).arg(last).query_async(connection).await.map_err(broken)?;
        if known.ids.is_empty() {
            self.last = if self.is_another(connection).await? { self.raise(connection).await? } else { None };
            self.events.tell(Heard::Missed);
        }
        Ok(())
    }

    /// Whether the stream ends before the last entry that was told: then it is not the one that we heard. Whoever waited for a larger id would wait long.
    async fn is_another(&self, connection: &mut MultiplexedConnection) -> Result<bool, Away> {
        let Some(last) = &self.last else { return Ok(false) };
        let mut newest = redis::cmd("XREVRANGE");
        newest.arg(key(&self.link)).arg("+").arg("-").arg("COUNT").arg(1);
        let newest: StreamRangeReply = newest.query_async(connection).await.map_err(broken)?;
        Ok(newest.ids.first().is_none_or(|newest| parts(&newest.id) < parts(last)))
    }

    /// Has another stream go on after ours, and tells from which id: all processes compare answers by position, and what comes must have larger ones than
    /// what was. Nothing where somebody else was faster.
    async fn raise(&self, connection: &mut MultiplexedConnection) -> Result<Option<String>, Away> {
        let Some(last) = &self.last else { return Ok(None) };
        // A millisecond later: this process counts on from its last position while it hears nothing.
        let id = format!("{}-0", parts(last).0.saturating_add(1));
        let mut raise = redis::cmd("XADD");
        raise.arg(key(&self.link)).arg(&id).arg(RAISED).arg(1);
        match raise.query_async::<String>(connection).await {
            Ok(id) => Ok(Some(id)),
            // Its ids are beyond ours by now.
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::ResponseError) => Ok(None),
            Err(error) => Err(broken(error)),
        }
    }

    /// Tells what comes next and how many events that were.
    async fn tell_next(&mut self, connection: &mut MultiplexedConnection, wait: Option<Duration>) -> Result<usize, Away> {
        let mut read = redis::cmd("XREAD");
        read.arg("COUNT").arg(BATCH);
        if let Some(wait) = wait {
            read.arg("BLOCK").arg(u64::try_from(wait.as_millis()).unwrap_or(1));
        }
        read.arg("STREAMS").arg(key(&self.link)).arg(self.last.as_deref().unwrap_or("0-0"));
        let reply: Option<StreamReadReply> = read.query_async(connection).await.map_err(broken)?;
        let entries: Vec<StreamId> = reply.into_iter().flat_map(|reply| reply.keys).flat_map(|key| key.ids).collect();
        for entry in &entries {
            self.tell(entry);
        }
        self.link.heard.fetch_add(u64::try_from(entries.len()).unwrap_or(0), Ordering::Relaxed);
        Ok(entries.len())
    }

    fn tell(&mut self, entry: &StreamId) {
        self.last = Some(entry.id.clone());
        let event = entry.get::<String>(FIELD).and_then(|text| serde_json::from_str(&text).ok());
        self.events.tell(event.map_or(Heard::Missed, |event| Heard::Event { position: position(&entry.id), event }));
    }
}

fn broken(error: redis::RedisError) -> Away {
    Away::Broken(error.to_string())
}

/// So many events of one millisecond have positions of their own. As long as a clock is behind all events are of one: a million, until the year 2527.
const OF_ONE_MILLISECOND: u64 = 1 << 20;

/// An entry's id, `<milliseconds>-<number>`, as one number that grows with it.
fn position(id: &str) -> u64 {
    let (milliseconds, number) = parts(id);
    milliseconds.saturating_mul(OF_ONE_MILLISECOND).saturating_add(number.min(OF_ONE_MILLISECOND - 1))
}

/// An entry's id as two numbers.
fn parts(id: &str) -> (u64, u64) {
    let (milliseconds, number) = id.split_once('-').unwrap_or((id, "0"));
    (milliseconds.parse().unwrap_or(0), number.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_grow_as_ids_do() {
        let ids = ["0-1", "0-2", "1-0", "1763740000000-0", "1763740000000-65534", "1763740000000-900000", "1763740000001-0"];
        let positions: Vec<u64> = ids.iter().map(|id| position(id)).collect();
        assert!(positions.is_sorted_by(|a, b| a < b), "{positions:?}");
    }
}
