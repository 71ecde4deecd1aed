//! Who is signed in. The access token lives in memory only; the refresh token in a cookie that no script can read.
//!
//! A refresh token that is used twice ends the session, so one renewal runs at a time across all tabs (Web Locks).

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use novashop_types::{
    UserId,
    accounts::{Login, TokenPair, User},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use crate::{Failure, Outcome, Request, Tabs, request, storage, wire};

/// Tells, without a secret, that a renewal is worth trying: a guest's page makes no request for nothing.
const HINT: &str = "nova.signed-in";
/// The name of the lock and of the channel between tabs.
const NAME: &str = "nova-session";
/// So much of its life a token is used: a background tab's clock is slow, and what a token opened must not end before the next is there.
const USED: f64 = 0.9;
/// When a renewal was begun that nobody has seen the end of, and how long it may be on its way.
const RENEWING: &str = "nova.renewing";
const IN_FLIGHT_MS: u32 = 1_500;

/// How long to wait before asking again who is signed in: at first, and at most.
const WAIT_MS: (u32, u32) = (2_000, 30_000);

struct Token {
    text: String,
    /// Until when it is used, on the clock of `Date.now()`.
    ends: f64,
}

thread_local! {
    static TOKEN: RefCell<Option<Token>> = const { RefCell::new(None) };
    /// How often somebody began to ask who is signed in.
    static LOOKS: Cell<u32> = const { Cell::new(0) };
    /// Whom to tell when a renewal finds that the session is over: it was ended elsewhere.
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
}

/// Who the page is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// Not known yet: neither show what is private nor send away.
    Unknown,
    /// Somebody was signed in and may still be, but the shop cannot say now. It is asked again by itself.
    Away,
    /// Nobody is signed in.
    Guest,
    /// This person.
    Person(Box<User>),
}

/// The session of this page, for all that show it.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    who: RwSignal<Who>,
    /// One channel hears and speaks: another of the same page would hear itself, and renew what has just been made.
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

/// Finds out who is signed in and keeps it in step with other tabs. Called once, by the app.
pub fn provide_session() -> Session {
    let session = Session { who: RwSignal::new(Who::Unknown), tabs: StoredValue::new_local(None) };
    provide_context(session);
    SESSION.set(Some(session));
    let heard = move || {
        TOKEN.set(None);
        leptos::task::spawn_local(async move { session.look().await });
    };
    session.tabs.set_value(Some(Tabs::open(NAME, heard)));
    leptos::task::spawn_local(async move { session.look().await });
    session
}

/// The session of this page.
#[must_use]
pub fn use_session() -> Session {
    use_context().unwrap_or_else(|| Session { who: RwSignal::new(Who::Guest), tabs: StoredValue::new_local(None) })
}

impl Session {
    /// Who is signed in; reactive.
    #[must_use]
    pub fn who(&self) -> Who {
        self.who.get()
    }

    /// The person, where one is signed in; reactive.
    #[must_use]
    pub fn person(&self) -> Option<User> {
        self.who.with(|who| match who {
            Who::Person(user) => Some((**user).clone()),
            Who::Unknown | Who::Away | Who::Guest => None,
        })
    }

    /// The id of the person, where one is signed in; reactive.
    #[must_use]
    pub fn person_id(&self) -> Option<UserId> {
        self.who.with(|who| match who {
            Who::Person(user) => Some(user.id),
            Who::Unknown | Who::Away | Who::Guest => None,
        })
    }

    /// Whether somebody is signed in; `None` while that is not known. Reactive.
    #[must_use]
    pub fn signed_in(&self) -> Option<bool> {
        self.who.with(|who| match who {
            Who::Unknown | Who::Away => None,
            Who::Guest => Some(false),
            Who::Person(_) => Some(true),
        })
    }

    /// Signs in; the guest's cart comes along.
    ///
    /// # Errors
    /// `invalid_credentials` and what a request can meet.
    pub async fn sign_in(self, login: String, password: String) -> Outcome<()> {
        let mut request = Request::post("/api/v1/auth/login").anonymous().json(&Login { login, password, cookie: true });
        if let Some(cart) = request::guest_cart() {
            request = request.header("X-Cart-Token", cart);
        }
        keep(request.send().await?);
        request::forget_guest_cart();
        storage::write(HINT, "1");
        self.look().await;
        self.tell();
        Ok(())
    }

    /// Signs out, here and in the other tabs.
    ///
    /// # Errors
    /// What a request can meet. Then the session goes on: its cookie opens the account to whoever comes next, and this must not look like a
    /// guest's page.
    pub async fn sign_out(self) -> Outcome<()> {
        match Request::post("/api/v1/auth/logout").done().await {
            // It is over already.
            Err(failure) if failure.status() != Some(401) => Err(failure),
            _ => {
                self.forget();
                Ok(())
            }
        }
    }

    /// Whether the shop cannot say now who is signed in; reactive.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.who.with(|who| *who == Who::Away)
    }

    /// Asks the shop once more, now.
    pub fn look_again(self) {
        leptos::task::spawn_local(async move { self.look().await });
    }

    /// Takes over a profile that was changed.
    pub fn changed(self, user: User) {
        self.who.set(Who::Person(Box::new(user)));
    }

    /// The session is over, here and in the other tabs: as if nobody had been here.
    pub fn forget(self) {
        TOKEN.set(None);
        storage::forget(HINT);
        self.who.set(Who::Guest);
        self.tell();
    }

    fn tell(self) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.tell();
            }
        });
    }

    /// Asks the shop who is signed in, until it says so.
    async fn look(self) {
        let own = LOOKS.get().wrapping_add(1);
        LOOKS.set(own);
        let mut wait = WAIT_MS.0;
        // Whoever asked later goes on asking alone.
        while LOOKS.get() == own {
            if storage::read(HINT).is_none() {
                return self.who.set(Who::Guest);
            }
            match Request::get("/api/v1/users/me").send::<User>().await {
                Ok(user) => return self.who.set(Who::Person(Box::new(user))),
                // A renewal that was refused has forgotten the hint and said that the session is over.
                Err(_) if storage::read(HINT).is_none() => return self.who.set(Who::Guest),
                // The shop is away or busy. Who is known stays; nobody is taken for a guest who may be signed in.
                Err(_) => self.who.update(|who| {
                    if *who == Who::Unknown {
                        *who = Who::Away;
                    }
                }),
            }
            gloo_timers::future::TimeoutFuture::new(wait).await;
            wait = wait.saturating_mul(2).min(WAIT_MS.1);
        }
    }
}

fn keep(pair: TokenPair) {
    // Seconds of a token fit a float exactly.
    let lives = f64::from(i32::try_from(pair.expires_in).unwrap_or(0)) * 1000.0;
    TOKEN.set(Some(Token { text: pair.access_token, ends: js_sys::Date::now() + lives * USED }));
}

fn fresh() -> Option<String> {
    TOKEN.with_borrow(|token| token.as_ref().filter(|token| token.ends > js_sys::Date::now()).map(|token| token.text.clone()))
}

/// A token that still counts, renewed where it has to be; `None` for a guest.
///
/// # Errors
/// What is meant for a person must not be done as a guest: [`Failure::Unreachable`] while the shop cannot say whether the session stands, and the
/// shop's refusal where it is over.
pub(crate) async fn token() -> Outcome<Option<String>> {
    if let Some(token) = fresh() {
        return Ok(Some(token));
    }
    if storage::read(HINT).is_none() {
        return Ok(None);
    }
    renewed(None).await.map(Some)
}

/// How long the token is still used, in milliseconds; `None` for a guest.
pub(crate) fn token_lasts() -> Option<f64> {
    TOKEN.with_borrow(|token| token.as_ref().map(|token| token.ends - js_sys::Date::now()))
}

/// A new token in place of one that the shop refused (or of none).
///
/// # Errors
/// As [`token`].
pub(crate) async fn renewed(refused: Option<&str>) -> Outcome<String> {
    let lock = Lock::wait().await;
    // Whoever held the lock before may have renewed it already.
    let token = match fresh().filter(|token| Some(token.as_str()) != refused) {
        Some(token) => Ok(token),
        None => renew().await,
    };
    drop(lock);
    token
}

async fn renew() -> Outcome<String> {
    TOKEN.set(None);
    // The lock of a page that was left is free at once, but its renewal goes on: until that has brought its cookie, ours would be the spent one.
    // The browser reads and writes the instant: with Rust's own way to read a number with a point come 10 KiB of tables.
    let begun = storage::read(RENEWING).map(|begun| js_sys::Date::parse(&begun));
    if begun.is_some_and(|begun| (0.0..f64::from(IN_FLIGHT_MS)).contains(&(js_sys::Date::now() - begun))) {
        gloo_timers::future::TimeoutFuture::new(IN_FLIGHT_MS).await;
    }
    storage::write(RENEWING, &String::from(js_sys::Date::new_0().to_iso_string()));
    let response = ask_for_renewal().await;
    storage::forget(RENEWING);
    let response: gloo_net::http::Response = response.ok_or(Failure::Unreachable)?.into();
    if response.status() == 401 {
        storage::forget(HINT);
        if let Some(session) = SESSION.get() {
            session.forget();
        }
        return Err(request::refusal(response).await);
    }
    let text = if response.ok() { response.text().await.ok() } else { None };
    keep(text.and_then(|text| wire::read(&text)).ok_or(Failure::Unreachable)?);
    fresh().ok_or(Failure::Unreachable)
}

/// The renewal itself. It is finished although the page is left meanwhile (`keepalive`): the shop has spent the old token by then, and a
/// browser that missed the new cookie would send the old one again and lose the session.
async fn ask_for_renewal() -> Option<web_sys::Response> {
    let head = web_sys::Headers::new().ok()?;
    head.set("Content-Type", "application/json").ok()?;
    let options = js_sys::Object::new();
    // All tabs wait for this one: not for ever.
    let patience = web_sys::AbortSignal::timeout_with_u32(request::PATIENCE_MS);
    let entries: [(&str, JsValue); 5] =
        [("method", "POST".into()), ("body", "{}".into()), ("headers", head.into()), ("keepalive", JsValue::TRUE), ("signal", patience.into())];
    for (name, value) in &entries {
        js_sys::Reflect::set(&options, &JsValue::from_str(name), value).ok()?;
    }
    let answer = web_sys::window()?.fetch_with_str_and_init("/api/v1/auth/refresh", options.unchecked_ref());
    JsFuture::from(answer).await.ok()?.dyn_into().ok()
}

/// The lock that all tabs of the shop share; given back when it is dropped.
struct Lock {
    release: Option<js_sys::Function>,
}

impl Lock {
    /// Waits for its turn. A browser without Web Locks goes on at once.
    async fn wait() -> Self {
        let Some((locks, request)) = manager() else { return Self { release: None } };
        let release = std::rc::Rc::new(RefCell::new(None));
        let kept = release.clone();
        // Resolves when the lock is ours; the lock is ours until the inner promise resolves.
        let ours = js_sys::Promise::new(&mut |granted, _| {
            let kept = kept.clone();
            let callback = Closure::once_into_js(move |_lock: JsValue| {
                let held = js_sys::Promise::new(&mut |release, _| {
                    kept.replace(Some(release));
                });
                let _called = granted.call0(&JsValue::NULL);
                held
            });
            let _ends_with_the_lock = request.call2(&locks, &JsValue::from_str(NAME), &callback);
        });
        let _granted = JsFuture::from(ours).await;
        Self { release: release.take() }
    }
}

/// `navigator.locks` and its `request`: web-sys has them only among what it calls unstable.
fn manager() -> Option<(JsValue, js_sys::Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = js_sys::Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    let request = js_sys::Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _released = release.call0(&JsValue::NULL);
        }
    }
}
