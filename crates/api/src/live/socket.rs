//! One socket: what its client says, what it is told, and when it ends.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Instant};

use actix_web::rt::time::{Instant as Tick, interval_at, timeout};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, ProtocolError, Session};
use bytestring::ByteString;
use novashop_services::{
    Actor, Error,
    orders::{self, Access},
    products, sessions,
};
use novashop_types::{
    ErrorCode, Timestamp,
    live::{LiveMessage, LiveRequest, LiveTopic},
};
use tokio::{sync::mpsc::Receiver, time::MissedTickBehavior};
use uuid::Uuid;

use super::{
    Live,
    allowance::Allowance,
    channels::{Channel, Listener},
    opener::Opener,
    places::{Place, Who},
};
use crate::{
    Ctx,
    connections::Wire,
    limits::{Class, Client},
};

/// Why a socket ends.
#[derive(Debug)]
enum End {
    /// The client is not there any more.
    Gone,
    /// We say so.
    Closed(CloseCode, &'static str),
}

const STOPPING: End = End::Closed(CloseCode::Away, "The shop is stopping: come again.");
const TOO_SLOW: End = End::Closed(CloseCode::Again, "You missed something: come again and read how things stand.");
const SILENT: End = End::Closed(CloseCode::Policy, "Nothing was heard of you.");
const TOO_FAST: End = End::Closed(CloseCode::Policy, "You send more than is allowed.");

/// What a topic was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    /// It is public, or the order's own token came with it.
    ForGood,
    /// It ends with the sign-in.
    BySignIn,
}

/// What is listened to.
#[derive(Debug, Clone, Copy)]
struct Heard {
    channel: Channel,
    opened: Opened,
    /// The number of the last news before.
    since: u64,
}

/// Who is there.
struct SignedIn {
    token: String,
    actor: Actor,
    place: Place,
}

/// A socket.
pub(crate) struct Socket {
    ctx: Ctx,
    live: Live,
    session: Session,
    wire: Option<Wire>,
    client: Option<Client>,
    listener: Listener,
    allowance: Allowance,
    who: Option<SignedIn>,
    topics: HashMap<LiveTopic, Heard>,
    _places: [Place; 2],
}

impl Socket {
    /// Serves a client until one of both goes.
    pub(crate) async fn serve(ctx: Ctx, live: Live, (session, said): (Session, AggregatedMessageStream), opener: Opener) {
        let Opener { wire, client, places, token } = opener;
        let settings = *live.settings();
        let (listener, news) = live.inner.channels.listener(settings.queue);
        let allowance = Allowance::new(settings.messages, settings.message_every);
        let mut socket = Self { ctx, live, session, wire, client, listener, allowance, who: None, topics: HashMap::new(), _places: places };
        let mut said = said.max_continuation_size(settings.message_bytes);
        let Err(end) = socket.run(&mut said, news, token).await;
        socket.finish(said, end).await;
    }

    async fn run(&mut self, said: &mut AggregatedMessageStream, mut news: Receiver<ByteString>, token: Option<String>) -> Result<Infallible, End> {
        let (stopping, cut, beat) = (self.ctx.stopping.clone(), Arc::clone(&self.listener.cut), self.live.settings().beat);
        let mut beats = interval_at(Tick::now() + beat, beat);
        // Where this process stood still, the next beat is counted from now: those that were missed do not come at once, before anybody could answer.
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = true;
        if let Some(token) = token {
            self.sign_in(token).await?;
        }
        loop {
            tokio::select! {
                () = stopping.wait() => return Err(STOPPING),
                () = cut.notified() => return Err(TOO_SLOW),
                Some(text) = news.recv() => self.send(text).await?,
                message = said.recv() => {
                    heard = true;
                    self.take(message).await?;
                }
                due = beats.tick() => {
                    // What came while this process stood still is not read yet.
                    let stood_still = due.elapsed() > beat / 10;
                    if !std::mem::take(&mut heard) && !stood_still {
                        return Err(SILENT);
                    }
                    self.ping().await?;
                    self.check_sign_in().await?;
                }
            }
        }
    }

    async fn take(&mut self, message: Option<Result<AggregatedMessage, ProtocolError>>) -> Result<(), End> {
        let message = match message {
            None => return Err(End::Gone),
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(broken(&error)),
        };
        if !self.allowance.take(Instant::now()) {
            return Err(TOO_FAST);
        }
        match message {
            AggregatedMessage::Text(text) => {
                // What a message asks is looked up like what a request asks: more sockets, or new ones, are no way past the quota.
                if let Some(client) = &self.client
                    && client.take(Class::Read).await.wait.is_some()
                {
                    return Err(TOO_FAST);
                }
                self.read(&text).await
            }
            AggregatedMessage::Ping(bytes) => self.session.pong(&bytes).await.map_err(|_| End::Gone),
            AggregatedMessage::Pong(_) => Ok(()),
            AggregatedMessage::Binary(_) => Err(End::Closed(CloseCode::Unsupported, "Messages are text.")),
            AggregatedMessage::Close(_) => Err(End::Closed(CloseCode::Normal, "")),
        }
    }

    async fn read(&mut self, text: &str) -> Result<(), End> {
        match serde_json::from_str(text) {
            Ok(request) => self.answer(request).await,
            Err(error) => {
                let code = if error.is_data() { ErrorCode::Invalid } else { ErrorCode::MalformedJson };
                self.say_error(code, format!("The message is not understood: {error}.")).await
            }
        }
    }

    async fn answer(&mut self, request: LiveRequest) -> Result<(), End> {
        match request {
            LiveRequest::Auth { token } => self.sign_in(token).await,
            LiveRequest::Unsubscribe { topic } => {
                self.leave(topic);
                self.say(&LiveMessage::Unsubscribed { topic }).await
            }
            LiveRequest::Subscribe { topic, token, last_event_id } => match self.join(topic, token, last_event_id).await {
                Ok(missed) => {
                    let resumed = last_event_id.map(|_| missed.is_some());
                    self.say(&LiveMessage::Subscribed { topic, resumed }).await?;
                    // Before what waits in the queue: that came later.
                    for text in missed.into_iter().flatten() {
                        self.send(text).await?;
                    }
                    Ok(())
                }
                Err(error) => self.refuse(&error).await,
            },
        }
    }

    async fn sign_in(&mut self, token: String) -> Result<(), End> {
        let (actor, expires_at) = match sessions::authenticate_until(&self.ctx, &token).await {
            Ok(found) => found,
            Err(error) => return self.refuse(&error).await,
        };
        let place = match self.who.take() {
            Some(before) if before.actor == actor => before.place,
            before => {
                if before.is_some() {
                    self.end_private_topics().await?;
                }
                let limit = self.live.settings().sockets_of_user;
                let Some(place) = self.live.take(Who::User(actor.user_id), limit) else {
                    return self.say_error(ErrorCode::TooManyRequests, format!("An account may have {limit} sockets open.")).await;
                };
                place
            }
        };
        self.who = Some(SignedIn { token, actor, place });
        self.say(&LiveMessage::Authenticated { expires_at }).await
    }

    /// Who is signed in as of now: what ended since the token came does not count any more.
    async fn actor(&self) -> Result<Actor, Error> {
        let who =
            self.who.as_ref().ok_or_else(|| Error::refused(ErrorCode::Unauthorized, "Send your access token in a message of type auth first."))?;
        let (actor, _until): (Actor, Timestamp) = sessions::authenticate_until(&self.ctx, &who.token).await?;
        Ok(actor)
    }

    /// What was missed since an event; nothing where nobody knows.
    async fn join(&mut self, topic: LiveTopic, token: Option<String>, last: Option<Uuid>) -> Result<Option<Vec<ByteString>>, Error> {
        if self.topics.contains_key(&topic) {
            return Ok(None);
        }
        let limit = self.live.settings().topics;
        if self.topics.len() >= limit {
            return Err(Error::refused(ErrorCode::TooManyRequests, format!("A socket may listen to {limit} topics.")));
        }
        let (channel, opened) = match topic {
            LiveTopic::Product(id) => {
                match products::find(&self.ctx, &id.to_string(), false).await {
                    Ok(_) => (Channel::Product(id), Opened::ForGood),
                    // Staff work on products that are not on sale too.
                    Err(missing) if self.who.is_none() => return Err(missing),
                    Err(_) => {
                        let staff = self.actor().await?.is_staff();
                        products::find(&self.ctx, &id.to_string(), staff).await?;
                        (Channel::AnyProduct(id), Opened::BySignIn)
                    }
                }
            }
            LiveTopic::Order(id) => {
                let opened = if token.is_some() { Opened::ForGood } else { Opened::BySignIn };
                let actor = if token.is_some() { None } else { Some(self.actor().await?) };
                orders::check_seen(&self.ctx, &Access { actor, token }, id).await?;
                (Channel::Order(id), opened)
            }
            LiveTopic::Orders => (Channel::OrdersOf(self.actor().await?.user_id), Opened::BySignIn),
            LiveTopic::AdminOrders => {
                let actor = self.actor().await?;
                if !actor.is_staff() {
                    return Err(Error::refused(ErrorCode::Forbidden, format!("This needs the role staff; yours is {}.", actor.role.as_str())));
                }
                (Channel::AllOrders, Opened::BySignIn)
            }
        };
        let heard = |other: Channel| self.topics.values().filter(|heard| heard.channel == other).map(|heard| heard.since).min();
        let joined = self.live.inner.channels.join(channel, &self.listener, last, heard);
        self.topics.insert(topic, Heard { channel, opened, since: joined.since });
        Ok(joined.missed)
    }

    fn leave(&mut self, topic: LiveTopic) {
        if let Some(heard) = self.topics.remove(&topic) {
            self.live.inner.channels.leave(heard.channel, &self.listener);
        }
    }

    fn private_topics(&self) -> Vec<LiveTopic> {
        self.topics.iter().filter(|(_, heard)| heard.opened == Opened::BySignIn).map(|(topic, _)| *topic).collect()
    }

    async fn end_private_topics(&mut self) -> Result<(), End> {
        for topic in self.private_topics() {
            self.leave(topic);
            self.say(&LiveMessage::Unsubscribed { topic }).await?;
        }
        Ok(())
    }

    /// Ends what a sign-in opened once it does not stand any more: it ran out or was ended, or the role is another one.
    async fn check_sign_in(&mut self) -> Result<(), End> {
        let Some(before) = self.who.as_ref().map(|who| who.actor).filter(|_| !self.private_topics().is_empty()) else { return Ok(()) };
        match self.actor().await {
            Ok(now) if now == before => Ok(()),
            // The database is away: then nothing changes that could be told either.
            Err(error) if error.refusal().is_none() => Ok(()),
            ended => {
                self.who = None;
                self.end_private_topics().await?;
                let other_role = || Error::refused(ErrorCode::InvalidToken, "Your role is another one now: send your access token again.");
                self.refuse(&ended.err().unwrap_or_else(other_role)).await
            }
        }
    }

    async fn refuse(&mut self, error: &Error) -> Result<(), End> {
        match error.refusal() {
            Some(refusal) => self.say_error(refusal.code, refusal.detail.clone()).await,
            None => {
                tracing::error!(%error, "a message over a socket failed");
                self.say_error(ErrorCode::Internal, "The shop made a mistake. Try again in a moment.".to_owned()).await
            }
        }
    }

    async fn say_error(&mut self, code: ErrorCode, detail: String) -> Result<(), End> {
        self.say(&LiveMessage::Error { code, detail }).await
    }

    async fn say(&mut self, message: &LiveMessage) -> Result<(), End> {
        match serde_json::to_string(message) {
            Ok(text) => self.send(text.into()).await,
            Err(_) => Ok(()),
        }
    }

    async fn send(&mut self, text: ByteString) -> Result<(), End> {
        let (stopping, patience) = (self.ctx.stopping.clone(), self.live.settings().patience);
        tokio::select! {
            sent = timeout(patience, self.session.text(text)) => sent.map_err(|_| TOO_SLOW)?.map_err(|_| End::Gone),
            () = stopping.wait() => Err(STOPPING),
        }
    }

    async fn ping(&mut self) -> Result<(), End> {
        let patience = self.live.settings().patience;
        timeout(patience, self.session.ping(b"")).await.map_err(|_| TOO_SLOW)?.map_err(|_| End::Gone)
    }

    /// Says why it ends, and ends the connection itself where that cannot be said or nobody listens.
    async fn finish(mut self, mut said: AggregatedMessageStream, end: End) {
        for topic in self.topics.keys().copied().collect::<Vec<_>>() {
            self.leave(topic);
        }
        let End::Closed(code, words) = end else { return };
        let patience = self.live.settings().patience.min(std::time::Duration::from_secs(1));
        let description = Some(words.to_owned()).filter(|words| !words.is_empty());
        let goodbye = async {
            let closed = self.session.close(Some(CloseReason { code, description })).await;
            // Until the other side has closed too.
            while let Some(Ok(_)) = said.recv().await {}
            closed.is_ok()
        };
        if timeout(patience, goodbye).await != Ok(true)
            && let Some(wire) = self.wire
        {
            wire.cut();
        }
    }
}

/// What to say to a client whose bytes are no messages.
fn broken(error: &ProtocolError) -> End {
    match error {
        ProtocolError::Overflow => End::Closed(CloseCode::Size, "The message is too large."),
        // Of its parts together.
        ProtocolError::Io(error) if error.kind() == std::io::ErrorKind::Other => End::Closed(CloseCode::Size, "The message is too large."),
        ProtocolError::Io(_) => End::Closed(CloseCode::Invalid, "The message is no text."),
        _ => End::Closed(CloseCode::Protocol, "This is not the WebSocket protocol."),
    }
}
