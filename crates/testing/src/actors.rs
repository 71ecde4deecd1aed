//! People who act: nobody in particular, customers, staff, administrators.

use std::{
    cell::RefCell,
    future::{Future, IntoFuture},
    pin::Pin,
    rc::Rc,
};

use actix_web::http::Method;
use novashop_types::UserId;
use serde_json::Value;

use crate::{
    Answer, Served, TestApp,
    contract::{self, Sent},
};

/// The password of every actor.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who sends requests. Clones are the same person in another window.
#[derive(Debug, Clone)]
pub struct Actor {
    pub(crate) app: TestApp,
    pub(crate) account: Option<Account>,
    /// What a browser would keep: the token of a guest's cart, sent back once it was given.
    cart_token: Rc<RefCell<Option<String>>>,
    served: Option<Rc<Served>>,
}

/// Who somebody is that is signed in.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account's id.
    pub id: UserId,
    /// Its name, to sign in with [`PASSWORD`].
    pub username: String,
    /// Its address.
    pub email: String,
    /// For the `Authorization` header.
    pub access_token: String,
    /// Works once.
    pub refresh_token: String,
}

impl Actor {
    pub(crate) fn new(app: TestApp, account: Option<Account>) -> Self {
        Self { app, account, cart_token: Rc::default(), served: None }
    }

    /// Whether the actor has an account.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.account.is_some()
    }

    /// The account; only for actors that have one.
    #[track_caller]
    #[must_use]
    pub fn account(&self) -> &Account {
        self.account.as_ref().expect("only an actor with an account is asked for it")
    }

    /// The account's id.
    #[track_caller]
    #[must_use]
    pub fn id(&self) -> UserId {
        self.account().id
    }

    /// The same person, whose requests go over the network to this server, so that they can be under way at the same time.
    #[must_use]
    pub fn over(&self, served: &Rc<Served>) -> Self {
        Self { served: Some(Rc::clone(served)), ..self.clone() }
    }

    /// The token of the guest's cart.
    #[must_use]
    pub fn cart_token(&self) -> Option<String> {
        self.cart_token.borrow().clone()
    }

    /// Reads.
    pub fn get(&self, path: impl AsRef<str>) -> Request {
        self.below_v1(Method::GET, path.as_ref())
    }

    /// Makes or does something.
    pub fn post(&self, path: impl AsRef<str>, body: Value) -> Request {
        self.below_v1(Method::POST, path.as_ref()).json(body)
    }

    /// Changes something.
    pub fn patch(&self, path: impl AsRef<str>, body: Value) -> Request {
        self.below_v1(Method::PATCH, path.as_ref()).json(body)
    }

    /// Puts something in its place.
    pub fn put(&self, path: impl AsRef<str>, body: Value) -> Request {
        self.below_v1(Method::PUT, path.as_ref()).json(body)
    }

    /// Deletes.
    pub fn delete(&self, path: impl AsRef<str>) -> Request {
        self.below_v1(Method::DELETE, path.as_ref())
    }

    fn below_v1(&self, method: Method, path: &str) -> Request {
        self.request(method, format!("/api/v1{path}"))
    }

    /// A request to any address.
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
        let mut request = Request { actor: self.clone(), method, path: path.into(), headers: Vec::new(), body: Vec::new(), json: None };
        if let Some(account) = &self.account {
            request = request.header("authorization", format!("Bearer {}", account.access_token));
        }
        if let Some(token) = self.cart_token() {
            request = request.header("x-cart-token", token);
        }
        request
    }
}

/// A request that is sent when it is awaited.
#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct Request {
    actor: Actor,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    json: Option<Value>,
}

impl Request {
    /// Adds or replaces a header.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        let name = name.to_ascii_lowercase();
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    /// Sends a header once more, whatever was sent under its name already.
    pub fn another_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// Sends JSON.
    pub fn json(mut self, body: Value) -> Self {
        self = self.body("application/json", body.to_string());
        self.json = Some(body);
        self
    }

    /// Sends a body of another kind; an empty `kind` sends no `Content-Type`.
    pub fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.json = None;
        self.headers.retain(|(name, _)| name != "content-type");
        if kind.is_empty() { self } else { self.header("content-type", kind) }
    }

    async fn send(self) -> Answer {
        let (actor, json) = (self.actor.clone(), self.json.clone());
        let sent = Sent { method: self.method.to_string(), path: self.path.clone(), json };
        let answer = match &actor.served {
            Some(served) => Box::pin(served.call(self)).await,
            None => Box::pin(actor.app.call(self)).await,
        };
        if let Some(token) = answer.header("x-cart-token") {
            *actor.cart_token.borrow_mut() = Some(token.to_owned());
        }
        if let Err(error) = contract::contract().check(&sent, &answer) {
            panic!("{} → {}: {error}\n{}", answer.request, answer.status, answer.text());
        }
        answer
    }
}

impl IntoFuture for Request {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
