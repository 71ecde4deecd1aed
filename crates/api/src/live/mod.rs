//! News over WebSockets: whoever listens to a topic is told when something of it changes.
//!
//! ```text
//! outbox → relay → Events → Live::hear → channels → a bounded queue a socket → the client
//! ```
//!
//! [`Live::hear`] is the one door to it. What other processes do comes into `Events` by `novashop_links`.

mod allowance;
mod channels;
mod history;
mod news;
mod opener;
mod places;
mod socket;
mod withdrawal;

use std::{net::IpAddr, sync::Arc, time::Duration};

use bytestring::ByteString;
use novashop_links::{Heard, Subscription};
use serde_json::Value;

use self::{
    channels::Channels,
    places::{Place, Places, Who},
};
use crate::{Ctx, limits::household};

pub(crate) use opener::Opener;
pub(crate) use socket::Socket;

/// How much a client may ask of us, and how long it may take. The numbers are explained in `docs/limits.md`.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Open sockets of this process: fewer than it has connections, so that requests find one.
    pub sockets: usize,
    /// Open sockets of one address.
    pub sockets_of_client: usize,
    /// Open sockets of one account.
    pub sockets_of_user: usize,
    /// Topics of one socket.
    pub topics: usize,
    /// News that wait for one socket.
    pub queue: usize,
    /// The largest message that is taken, in bytes.
    pub message_bytes: usize,
    /// Messages that a client may send at once.
    pub messages: u32,
    /// After how long it may send another one.
    pub message_every: Duration,
    /// How often we ask whether somebody is there, and whether the sign-in still stands. Who says nothing from one time to the next is gone.
    pub beat: Duration,
    /// How long a message to the client may wait to be sent.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sockets: 2048,
            sockets_of_client: 100,
            sockets_of_user: 20,
            topics: 100,
            queue: 256,
            message_bytes: 4096,
            messages: 120,
            message_every: Duration::from_millis(200),
            beat: Duration::from_secs(25),
            patience: Duration::from_secs(5),
        }
    }
}

/// The sockets of this process and what they listen to; clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Live {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    settings: Settings,
    channels: Channels,
    places: Arc<Places>,
}

/// Why there is no place for another socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// This process has as many as it can have.
    Process,
    /// The client has as many as it may have: this many.
    Client(usize),
}

impl Live {
    /// Nobody listens yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { inner: Arc::new(Inner { settings, ..Inner::default() }) }
    }

    /// What clients may do.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// How many sockets are open.
    #[must_use]
    pub fn sockets(&self) -> usize {
        self.inner.places.taken(Who::Anybody)
    }

    /// Takes a place for a socket of this client.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn enter(&self, client: Option<IpAddr>) -> Result<[Place; 2], Full> {
        let Settings { sockets, sockets_of_client, .. } = self.inner.settings;
        let of_client = self.take(Who::Client(client.map(household)), sockets_of_client).ok_or(Full::Client(sockets_of_client))?;
        let of_process = self.take(Who::Anybody, sockets).ok_or(Full::Process)?;
        Ok([of_client, of_process])
    }

    fn take(&self, who: Who, limit: usize) -> Option<Place> {
        Places::take(&self.inner.places, who, limit)
    }

    /// Tells those who listen to what an event changed. It is written out once, however many they are, and told once, however often it comes.
    pub fn hear(&self, event: &Value) {
        let Some((id, channels, message)) = news::read(event) else { return };
        match serde_json::to_string(&message) {
            Ok(text) => self.inner.channels.tell(id, &channels, &ByteString::from(text)),
            Err(error) => tracing::error!(%error, "an event cannot be written as JSON"),
        }
    }

    /// Begins to listen to the events that the relay of this process hands on: the work of one task for all sockets.
    pub fn listen(&self, ctx: &Ctx) -> impl Future<Output = ()> + use<> {
        self.clone().run(ctx.clone(), ctx.events.subscribe())
    }

    async fn run(self, ctx: Ctx, mut events: Subscription) {
        while let Some(heard) = events.next().await {
            match heard {
                Heard::Event { event, .. } => {
                    self.hear(&event);
                    self.end_withdrawn(&ctx, &event);
                }
                // Nobody knows what was missed: whoever comes again reads how things stand.
                Heard::Missed => {
                    tracing::warn!("events were missed; all sockets are asked to come again");
                    self.inner.channels.cut_everybody();
                }
            }
        }
    }
}
