//! One request to the API.

use std::future::Future;

use futures_util::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::{Owner, on_cleanup};
use novashop_types::Problem;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::AbortController;

use crate::{Failure, Outcome, preload, session, storage, wire};

/// How long the shop has for an answer.
pub(crate) const PATIENCE_MS: u32 = 20_000;
/// Where the guest's cart is kept in the browser.
const CART_TOKEN: &str = "nova.cart";

/// An answer with what its head says.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// The body.
    pub body: T,
    /// The version, to be sent back as `If-Match`.
    pub etag: Option<String>,
    /// Where what was made is.
    pub location: Option<String>,
}

/// Reads what everybody may read. The first read of an address takes what came along with the page.
///
/// Called where a page computes something (a resource), the request ends with the page.
pub fn get<T: DeserializeOwned + 'static>(path: impl Into<String>) -> impl Future<Output = Outcome<T>> {
    get_as_of(path, false)
}

/// The same, for somebody who is signed in and just `wrote` something that is in it: what the shop keeps may be a moment older.
pub fn get_as_of<T: DeserializeOwned + 'static>(path: impl Into<String>, wrote: bool) -> impl Future<Output = Outcome<T>> {
    let path = path.into();
    let ready = if wrote { None } else { preload::take::<T>(&path) };
    let request = Request::new(Method::GET, path).ends_with_page();
    let request = if wrote { request.header("Cache-Control", "no-cache") } else { request.anonymous() };
    async move {
        match ready {
            Some(body) => Ok(body),
            None => request.send().await,
        }
    }
}

/// Reads what belongs to the person who is signed in, or to the guest; ends with the page like [`get`].
pub fn get_own<T: DeserializeOwned + 'static>(path: impl Into<String>) -> impl Future<Output = Outcome<T>> {
    Request::new(Method::GET, path.into()).ends_with_page().send()
}

/// A request that is being put together.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
    anonymous: bool,
    abort: Option<AbortController>,
}

impl Request {
    fn new(method: Method, path: String) -> Self {
        Self { method, path, headers: Vec::new(), body: None, anonymous: false, abort: None }
    }

    /// Reads.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path.into())
    }

    /// Makes something or starts something.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path.into())
    }

    /// Sets something.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path.into())
    }

    /// Changes something.
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path.into())
    }

    /// Takes something away.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path.into())
    }

    /// Sends a body as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        // The wire types have string keys only: they always are JSON.
        self.body = serde_json::to_string(body).ok();
        self.header("Content-Type", "application/json")
    }

    /// Sends a text as it is, of the given media type.
    pub fn text(mut self, media_type: &str, body: String) -> Self {
        self.body = Some(body);
        self.header("Content-Type", media_type)
    }

    /// Sends a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same key again means the same effect, once.
    pub fn idempotent(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// Only if nobody else changed it since.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("If-Match", etag)
    }

    /// Says nothing of who asks: such answers come out of the shop's cache.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Is aborted when the owner it is made in is gone; elsewhere it runs to its end.
    fn ends_with_page(mut self) -> Self {
        if Owner::current().is_some()
            && let Ok(controller) = AbortController::new()
        {
            let aborted = send_wrapper::SendWrapper::new(controller.clone());
            on_cleanup(move || aborted.abort());
            self.abort = Some(controller);
        }
        self
    }

    /// Sends it and reads the body.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn send<T: DeserializeOwned>(self) -> Outcome<T> {
        self.answer().await.map(|answer| answer.body)
    }

    /// Sends it; the answer has no body that matters.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn done(self) -> Outcome<()> {
        self.exchange().await.map(|_| ())
    }

    /// Sends it and reads the body as it is: a file.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn file(self) -> Outcome<String> {
        self.exchange().await?.text().await.map_err(|_| Failure::Unreachable)
    }

    /// Sends it and reads the body and what the head says.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn answer<T: DeserializeOwned>(self) -> Outcome<Answer<T>> {
        let response = self.exchange().await?;
        let head = response.headers();
        let (etag, location) = (head.get("etag"), head.get("location"));
        let text = response.text().await.map_err(|_| Failure::Unreachable)?;
        // An answer without a body (204) reads as `null`: `send::<()>` takes it.
        let body = wire::read(if text.is_empty() { "null" } else { &text }).ok_or(Failure::Unreadable)?;
        Ok(Answer { body, etag, location })
    }

    /// Sends it as whoever is there; an access token that has run out meanwhile is renewed, once.
    async fn exchange(self) -> Outcome<gloo_net::http::Response> {
        let token = if self.anonymous { None } else { session::token().await? };
        let mut response = self.attempt(token.as_deref()).await?;
        if response.status() == 401
            && let Some(refused) = token
        {
            let renewed = session::renewed(Some(&refused)).await?;
            response = self.attempt(Some(&renewed)).await?;
        }
        if !self.anonymous
            && let Some(cart) = response.headers().get("x-cart-token")
        {
            storage::write(CART_TOKEN, &cart);
        }
        if response.ok() { Ok(response) } else { Err(refusal(response).await) }
    }

    async fn attempt(&self, token: Option<&str>) -> Outcome<gloo_net::http::Response> {
        let mut builder = RequestBuilder::new(&self.path).method(self.method.clone()).header("Accept", "application/json");
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        // What is done here is answered by mail too: in the language that is read here, and not in that of the browser.
        if self.method != Method::GET
            && let Some(language) = language()
        {
            builder = builder.header("Accept-Language", &language);
        }
        if let Some(token) = token {
            builder = builder.header("Authorization", &format!("Bearer {token}"));
        } else if !self.anonymous
            && let Some(cart) = guest_cart()
        {
            builder = builder.header("X-Cart-Token", &cart);
        }
        let own = AbortController::new().ok();
        let controller = self.abort.as_ref().or(own.as_ref());
        let signal = controller.map(AbortController::signal);
        builder = builder.abort_signal(signal.as_ref());
        let request = match &self.body {
            Some(body) => builder.body(body),
            None => builder.build(),
        };
        let request = request.map_err(|_| Failure::Unreadable)?;
        match select(Box::pin(request.send()), gloo_timers::future::TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((response, _)) => response.map_err(|_| Failure::Unreachable),
            Either::Right(_) => {
                if let Some(controller) = controller {
                    controller.abort();
                }
                Err(Failure::Unreachable)
            }
        }
    }
}

/// The language of this page.
fn language() -> Option<String> {
    leptos::prelude::document().document_element().and_then(|root| root.get_attribute("lang"))
}

/// A key for [`Request::idempotent`]: for one attempt, and again for each repeat of it.
#[must_use]
pub fn fresh_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Whether there is a guest's cart to ask for: a page makes no request for nothing.
#[must_use]
pub fn has_guest_cart() -> bool {
    guest_cart().is_some()
}

/// The token of the guest's cart, where there is one.
pub(crate) fn guest_cart() -> Option<String> {
    storage::read(CART_TOKEN)
}

/// Forgets the guest's cart: it was merged into a person's.
pub(crate) fn forget_guest_cart() {
    storage::forget(CART_TOKEN);
}

/// Why the shop said no.
pub(crate) async fn refusal(response: gloo_net::http::Response) -> Failure {
    let problem = response.text().await.ok().and_then(|text| wire::read::<Problem>(&text));
    match problem {
        Some(problem) => Failure::Refused(Box::new(problem)),
        // A proxy's own page: the shop behind it is away.
        None if response.status() >= 500 => Failure::Unreachable,
        None => Failure::Unreadable,
    }
}
