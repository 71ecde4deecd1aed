//! Events as they happen, over one WebSocket that all of a page shares. It comes back by itself, asks again for what it follows, and is told what
//! it missed meanwhile.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    time::Duration,
};

use futures_channel::mpsc;
use futures_util::{
    SinkExt, StreamExt,
    future::{Either, select},
};
use gloo_net::websocket::{Message, futures::WebSocket};
use leptos::prelude::*;
use novashop_types::ErrorCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{session, wire};

/// How long to wait before trying again: at first, and at most.
const WAIT_MS: (u32, u32) = (1_000, 30_000);

/// So long at least between two looks whether the token runs out.
const AT_LEAST: Duration = Duration::from_secs(30);

/// Something that happened in the shop.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// `order.updated`, `order.placed`, `product.stock`, `product.updated`; `subscribed` when a topic is heard from now on.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id; answers have none.
    #[serde(default)]
    id: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub data: Value,
    /// The topic that an answer (`subscribed`) is about.
    #[serde(default)]
    pub topic: Option<String>,
    /// Whether the one who is told may have missed something before: he should read again how things stand.
    #[serde(skip)]
    pub missed: bool,
    /// Whether all that was missed is told now (`subscribed`).
    #[serde(default)]
    resumed: bool,
    /// Why something was refused (`error`).
    #[serde(default)]
    pub code: Option<ErrorCode>,
}

impl Event {
    /// Whether the socket no longer knows who listens: the token it was opened with has run out, or nobody was signed in then.
    fn is_unknown_caller(&self) -> bool {
        self.kind == "error" && matches!(self.code, Some(ErrorCode::Unauthorized | ErrorCode::TokenExpired | ErrorCode::InvalidToken))
    }
}

type Listener = Rc<dyn Fn(&Event)>;

/// Somebody who follows a topic.
#[derive(Clone)]
struct Follower {
    /// What the shop is asked for.
    message: Value,
    listener: Listener,
    /// Whether the topic was heard for him already.
    begun: Rc<Cell<bool>>,
}

#[derive(Default)]
struct Followed {
    /// By a number of their own.
    listeners: BTreeMap<u32, Follower>,
    next: u32,
    /// The id of the last event that came, on whatever topic.
    last: Option<String>,
    /// To the socket, while there is one.
    out: Option<mpsc::UnboundedSender<Value>>,
}

impl Followed {
    /// Takes somebody in; his number, and what to ask the shop for. A topic that another one follows already is not asked for again: the shop would
    /// answer to both that it is heard from now on, and the first would take it for a connection that came back.
    fn join(&mut self, message: Value, listener: Listener) -> (u32, Option<Value>) {
        let same = self.listeners.values().find(|other| other.message == message);
        let (begun, question) = (same.is_some_and(|other| other.begun.get()), same.is_none().then(|| message.clone()));
        let number = self.next;
        self.next = number.wrapping_add(1);
        self.listeners.insert(number, Follower { message, listener, begun: Rc::new(Cell::new(begun)) });
        (number, question)
    }

    /// Lets somebody go; what to tell the shop.
    fn leave(&mut self, number: u32) -> Option<Value> {
        let topic = self.listeners.remove(&number)?.message.get("topic").cloned();
        let last = self.listeners.values().all(|other| other.message.get("topic") != topic.as_ref());
        last.then(|| json!({"type": "unsubscribe", "topic": topic}))
    }

    /// Whether something is followed that ends with the sign-in: all but products.
    fn is_private(&self) -> bool {
        let public = |topic: &Value| topic.as_str().is_some_and(|topic| topic.starts_with("product:"));
        self.listeners.values().any(|follower| !follower.message.get("topic").is_some_and(public))
    }

    /// Says something on the connection, where there is one.
    fn say(&self, message: Option<Value>) {
        if let (Some(out), Some(message)) = (&self.out, message) {
            let _sent = out.unbounded_send(message);
        }
    }

    /// What to say on a new connection: each topic once, and where the last one ended.
    fn again(&self) -> Vec<Value> {
        let mut messages: Vec<Value> = Vec::new();
        for follower in self.listeners.values() {
            let mut message = follower.message.clone();
            if let (Some(last), Some(fields)) = (&self.last, message.as_object_mut()) {
                fields.insert("last_event_id".to_owned(), json!(last));
            }
            if !messages.contains(&message) {
                messages.push(message);
            }
        }
        messages
    }
}

/// The page's connection for events.
#[derive(Clone)]
pub struct Live {
    followed: Rc<RefCell<Followed>>,
    running: Rc<Cell<bool>>,
}

/// Offers the connection to the page; it is opened when something is followed first.
pub fn provide_live() {
    provide_context(StoredValue::new_local(Live { followed: Rc::default(), running: Rc::default() }));
}

/// The page's connection for events.
#[must_use]
pub fn use_live() -> Option<Live> {
    use_context::<StoredValue<Live, LocalStorage>>().map(|live| live.get_value())
}

impl Live {
    /// Follows a topic (`product:<id>`, `orders`, `admin:orders`) until the owner of the caller is gone.
    pub fn follow(&self, topic: &str, listener: impl Fn(&Event) + 'static) {
        self.follow_with(json!({"type": "subscribe", "topic": topic}), listener);
    }

    /// Follows a guest's order, which its token opens.
    pub fn follow_order(&self, id: &str, token: &str, listener: impl Fn(&Event) + 'static) {
        self.follow_with(json!({"type": "subscribe", "topic": format!("order:{id}"), "token": token}), listener);
    }

    fn follow_with(&self, message: Value, listener: impl Fn(&Event) + 'static) {
        let number = {
            let mut followed = self.followed.borrow_mut();
            let (number, question) = followed.join(message, Rc::new(listener));
            followed.say(question);
            number
        };
        if !self.running.replace(true) {
            let live = self.clone();
            leptos::task::spawn_local(async move { live.run().await });
        }
        let kept = send_wrapper::SendWrapper::new(self.clone());
        on_cleanup(move || kept.leave(number));
    }

    fn leave(&self, number: u32) {
        let mut followed = self.followed.borrow_mut();
        let farewell = followed.leave(number);
        followed.say(farewell);
    }

    /// Keeps a connection as long as something is followed.
    async fn run(&self) {
        let mut wait = WAIT_MS.0;
        while !self.followed.borrow().listeners.is_empty() {
            if self.connection().await {
                wait = WAIT_MS.0;
            }
            self.followed.borrow_mut().out = None;
            // So that not all who lost one connection come back in the same moment.
            let part = js_sys::Math::random().midpoint(1.0);
            gloo_timers::future::sleep(Duration::from_millis(wait.into()).mul_f64(part)).await;
            wait = wait.saturating_mul(2).min(WAIT_MS.1);
        }
        self.running.set(false);
    }

    /// One connection from its opening to its end; whether anything was heard on it.
    async fn connection(&self) -> bool {
        let Some(address) = address() else { return false };
        let Ok(token) = session::token().await else { return false };
        let Ok(socket) = WebSocket::open(&address) else { return false };
        let (mut sink, mut stream) = socket.split();
        let (out, mut waiting) = mpsc::unbounded::<Value>();
        let mut first: Vec<Value> = token.into_iter().map(auth).collect();
        first.extend(self.followed.borrow().again());
        self.followed.borrow_mut().out = Some(out);
        let writing = async move {
            for message in first {
                if sink.send(Message::Text(text_of(&message))).await.is_err() {
                    return;
                }
            }
            while let Some(message) = waiting.next().await {
                if sink.send(Message::Text(text_of(&message))).await.is_err() {
                    return;
                }
            }
        };
        let reading = async {
            let mut heard = false;
            while let Some(Ok(message)) = stream.next().await {
                if let Message::Text(text) = message
                    && let Some(event) = wire::read::<Event>(&text)
                {
                    if event.is_unknown_caller() {
                        // A new socket brings a new token. Who is refused before anything else is a guest, and would be again: then the wait grows.
                        return heard;
                    }
                    self.hand_on(&event);
                }
                heard = true;
            }
            heard
        };
        let (writing, reading, staying) = (std::pin::pin!(writing), std::pin::pin!(reading), std::pin::pin!(self.stay()));
        match select(reading, select(writing, staying)).await {
            Either::Left((heard, _)) => heard,
            Either::Right(_) => false,
        }
    }

    /// Says anew who is there before the token runs out: what is private would end with it.
    async fn stay(&self) {
        while let Some(lasts) = session::token_lasts() {
            gloo_timers::future::sleep(AT_LEAST.max(Duration::from_secs_f64(lasts.max(0.0) / 1000.0))).await;
            let private = self.followed.borrow().is_private();
            if private && let Ok(Some(token)) = session::token().await {
                self.followed.borrow().say(Some(auth(token)));
            }
        }
        std::future::pending().await
    }

    fn hand_on(&self, event: &Event) {
        if let Some(id) = &event.id {
            self.followed.borrow_mut().last = Some(id.clone());
        }
        // Who listens may follow or leave something while it is told.
        let followers: Vec<Follower> = self.followed.borrow().listeners.values().cloned().collect();
        for follower in followers {
            let own = event.kind == "subscribed" && follower.message.get("topic").and_then(Value::as_str) == event.topic.as_deref();
            let begun = if own { follower.begun.replace(true) } else { follower.begun.get() };
            // Who is told now what he missed need not read how things stand.
            if !(event.resumed && begun) {
                (follower.listener)(&Event { missed: own && begun, ..event.clone() });
            }
        }
    }
}

/// A message as it is sent. All in it are texts: with a `Value`'s own way to be written come the tables for numbers with a point.
fn text_of(message: &Value) -> String {
    let fields: BTreeMap<&str, &str> =
        message.as_object().into_iter().flatten().filter_map(|(name, text)| Some((name.as_str(), text.as_str()?))).collect();
    serde_json::to_string(&fields).unwrap_or_default()
}

/// Who is there.
fn auth(token: String) -> Value {
    json!({"type": "auth", "token": token})
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/api/v1/ws", location.host().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who follows a topic: what the shop is asked, his number, and what he is told with whether he may have missed something.
    fn told(live: &Live, name: &'static str) -> (Option<Value>, u32, Rc<RefCell<Vec<(String, bool)>>>) {
        let heard = Rc::<RefCell<Vec<(String, bool)>>>::default();
        let into = Rc::clone(&heard);
        let listener: Listener = Rc::new(move |event: &Event| into.borrow_mut().push((event.kind.clone(), event.missed)));
        let (number, question) = live.followed.borrow_mut().join(json!({"type": "subscribe", "topic": name}), listener);
        (question, number, heard)
    }

    fn live() -> Live {
        Live { followed: Rc::default(), running: Rc::default() }
    }

    fn subscribed(resumed: bool) -> Event {
        serde_json::from_value(json!({"type": "subscribed", "topic": "orders", "resumed": resumed})).unwrap()
    }

    #[test]
    fn who_joins_others_asks_for_nothing_and_makes_nobody_read_again() {
        let live = live();
        let (question, first, heard) = told(&live, "orders");
        assert!(question.is_some());
        live.hand_on(&subscribed(false));
        assert_eq!(heard.take(), [("subscribed".to_owned(), false)]);
        let (question, second, joined) = told(&live, "orders");
        assert_eq!(question, None);
        assert!(told(&live, "stock").0.is_some());
        // The connection was lost and came back: both may have missed something.
        live.hand_on(&subscribed(false));
        assert_eq!((heard.take(), joined.take()), (vec![("subscribed".to_owned(), true)], vec![("subscribed".to_owned(), true)]));
        // What was missed is told.
        live.hand_on(&subscribed(true));
        assert!(heard.take().is_empty() && joined.take().is_empty());
        assert_eq!(live.followed.borrow_mut().leave(first), None);
        assert_eq!(live.followed.borrow_mut().leave(second), Some(json!({"type": "unsubscribe", "topic": "orders"})));
    }

    #[test]
    fn a_message_is_sent_with_all_that_is_in_it() {
        let message = json!({"type": "subscribe", "topic": "order:1", "token": "a \"b\" \\ ñ"});
        assert_eq!(serde_json::from_str::<Value>(&text_of(&message)).unwrap(), message);
    }

    #[test]
    fn only_what_ends_with_the_sign_in_needs_a_new_token() {
        let live = live();
        told(&live, "product:0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5");
        assert!(!live.followed.borrow().is_private());
        told(&live, "orders");
        assert!(live.followed.borrow().is_private());
    }

    #[test]
    fn who_joins_before_the_answer_is_told_with_the_first() {
        let live = live();
        let ((_, _, first), (question, _, second)) = (told(&live, "orders"), told(&live, "orders"));
        assert_eq!(question, None);
        live.hand_on(&subscribed(false));
        assert_eq!((first.take(), second.take()), (vec![("subscribed".to_owned(), false)], vec![("subscribed".to_owned(), false)]));
    }
}
