//! Events as they happen, over one WebSocket that all of a page shares. It comes back by itself and asks again for what it follows.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use futures_channel::mpsc;
use futures_util::{SinkExt, StreamExt};
use gloo_net::websocket::{Message, futures::WebSocket};
use leptos::prelude::*;
use novashop_types::ErrorCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::session;

/// How long to wait before trying again: at first, and at most.
const WAIT_MS: (u32, u32) = (1_000, 30_000);

/// Something that happened in the shop.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// `order.updated`, `order.placed`, `product.stock`, `product.updated`; `subscribed` when a topic is heard from now on.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is about.
    #[serde(default)]
    pub data: Value,
    /// The topic that an answer (`subscribed`) is about.
    #[serde(default)]
    pub topic: Option<String>,
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

#[derive(Default)]
struct Followed {
    /// By a number of their own: the topic's message and who listens.
    listeners: BTreeMap<u32, (Value, Listener)>,
    next: u32,
    /// To the socket, while there is one.
    out: Option<mpsc::UnboundedSender<Value>>,
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
            let number = followed.next;
            followed.next = number.wrapping_add(1);
            if let Some(out) = &followed.out {
                let _sent = out.unbounded_send(message.clone());
            }
            followed.listeners.insert(number, (message, Rc::new(listener)));
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
        let Some((message, _)) = followed.listeners.remove(&number) else { return };
        let topic = message.get("topic").cloned();
        if followed.listeners.values().all(|(other, _)| other.get("topic") != topic.as_ref())
            && let Some(out) = &followed.out
        {
            let _sent = out.unbounded_send(json!({"type": "unsubscribe", "topic": topic}));
        }
    }

    /// Keeps a connection as long as something is followed.
    async fn run(&self) {
        let mut wait = WAIT_MS.0;
        while !self.followed.borrow().listeners.is_empty() {
            if self.connection().await {
                wait = WAIT_MS.0;
            }
            self.followed.borrow_mut().out = None;
            gloo_timers::future::TimeoutFuture::new(wait).await;
            wait = wait.saturating_mul(2).min(WAIT_MS.1);
        }
        self.running.set(false);
    }

    /// One connection from its opening to its end; whether anything was heard on it.
    async fn connection(&self) -> bool {
        let Some(address) = address() else { return false };
        let Ok(socket) = WebSocket::open(&address) else { return false };
        let (mut sink, mut stream) = socket.split();
        let (out, mut waiting) = mpsc::unbounded::<Value>();
        let mut first = Vec::new();
        if let Some(token) = session::token().await {
            first.push(json!({"type": "auth", "token": token}));
        }
        first.extend(self.followed.borrow().listeners.values().map(|(message, _)| message.clone()));
        self.followed.borrow_mut().out = Some(out);
        let writing = async move {
            for message in first {
                if sink.send(Message::Text(message.to_string())).await.is_err() {
                    return;
                }
            }
            while let Some(message) = waiting.next().await {
                if sink.send(Message::Text(message.to_string())).await.is_err() {
                    return;
                }
            }
        };
        let reading = async {
            let mut heard = false;
            while let Some(Ok(message)) = stream.next().await {
                heard = true;
                if let Message::Text(text) = message
                    && let Ok(event) = serde_json::from_str::<Event>(&text)
                {
                    if event.is_unknown_caller() {
                        // A new socket brings a new token; the wait grows, as a guest would be refused again.
                        return false;
                    }
                    self.hand_on(&event);
                }
            }
            heard
        };
        let (writing, reading) = (std::pin::pin!(writing), std::pin::pin!(reading));
        match futures_util::future::select(reading, writing).await {
            futures_util::future::Either::Left((heard, _)) => heard,
            futures_util::future::Either::Right(_) => false,
        }
    }

    fn hand_on(&self, event: &Event) {
        // Who listens may follow or leave something while it is told.
        let listeners: Vec<Listener> = self.followed.borrow().listeners.values().map(|(_, listener)| listener.clone()).collect();
        for listener in listeners {
            listener(event);
        }
    }
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/api/v1/ws", location.host().ok()?))
}
