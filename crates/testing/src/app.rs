//! The application of a test: the same as in production, over a database, a clock and a store of its own.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    io::Read as _,
    pin::Pin,
    rc::Rc,
    sync::Arc,
};

use actix_web::{dev::Service, test, web};
use novashop_api::{
    app,
    cache::{Cache, Listener, Settings},
    live::Live,
    metrics::Metrics,
};
use novashop_db::{self as db, Database, sql::Sql};
use novashop_jobs::{metrics::Metrics as JobMetrics, relay, schedule, work};
use novashop_links::{Carrier, Events, Local};
use novashop_services::{
    Context, Mailer, ShopSettings, Stopping,
    cursors::Cursors,
    images::Media,
    mails::{MailServer, Security},
    passwords::Passwords,
    sessions::{self, Candidate, Origin},
    tokens::Tokens,
    vitals::Watch,
};
use novashop_types::{Language, accounts::Role};
use serde_json::Value;

use crate::{
    Actor, Answer, PASSWORD, TestClock, TestDatabase,
    actors::{Account, Request},
    processes::Ground,
};

/// Argon2id of [`PASSWORD`] with the least memory there is. Signing in honours the parameters of the hash, so actors cost next to nothing;
/// the tests of signing in register people of their own, whose hashes are those of production.
const CHEAP_HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$dfKPI6M0Bl427+XsfFGHcQ$5D1XNLRGHGouXYXkjMXapurjczG7U7SJgimdvLIHcDk";
/// What the shop of every test signs with: for tests that forge.
pub const SECRET: &[u8] = b"a secret that only the tests know";

type Call = Box<dyn Fn(Request) -> Pin<Box<dyn Future<Output = Answer>>>>;

/// The application; clones are the same one.
#[derive(Clone)]
pub struct TestApp {
    inner: Rc<Inner>,
}

struct Inner {
    ctx: web::Data<Context>,
    clock: TestClock,
    options: app::Options,
    people: Rc<Cell<u32>>,
    /// In whose name the builders write.
    keeper: Cell<Option<novashop_services::Actor>>,
    call: Call,
    /// The cache and its ear, where the test wants one.
    cache: Option<(Cache, RefCell<Listener>)>,
    /// Whether the relay runs before each request.
    told_at_once: bool,
    metrics: Metrics,
    /// The last field: dropped when nothing uses it any more.
    _database: Rc<TestDatabase>,
}

impl std::fmt::Debug for TestApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TestApp")
    }
}

impl TestApp {
    /// A shop with nothing in it.
    pub async fn new() -> Self {
        Self::with(ShopSettings::default()).await
    }

    /// A shop whose public answers are cached: what was changed is seen once [`Self::run_outbox`] ran. The others cache nothing,
    /// so that their tests can read what they just wrote.
    pub async fn cached(settings: Settings) -> Self {
        Self::built(ShopSettings::default(), None, Some(Cache::new(settings)), false, |_, _| {}).await
    }

    /// A shop with other settings.
    pub async fn with(shop: ShopSettings) -> Self {
        // Every test may read through the cache: a write that forgets its event is found by whoever reads what it changed.
        match std::env::var("NOVASHOP_TEST_CACHE") {
            Ok(_) => Self::built(shop, None, Some(Cache::new(Settings::HEARS_EVERYTHING)), true, |_, _| {}).await,
            Err(_) => Self::with_options(shop, |_, _| {}).await,
        }
    }

    /// A shop that caches nothing and whose relay waits to be called, whatever the environment says: for tests of just that.
    pub async fn uncached() -> Self {
        Self::with_options(ShopSettings::default(), |_, _| {}).await
    }

    /// A shop with other settings, deployed in another way.
    pub async fn with_options(shop: ShopSettings, change: impl FnOnce(&mut app::Options, &TestClock)) -> Self {
        Self::built(shop, None, None, false, change).await
    }

    /// A shop with a mail server. What it has to send is sent when the test calls `mails::deliver_due`.
    pub async fn mailing(shop: ShopSettings, server: MailServer) -> Self {
        let mailer = Mailer::new(server).expect("the mail server of a test is configured well");
        Self::built(shop, Some(mailer), None, false, |_, _| {}).await
    }

    /// A shop that has a mail server as far as it knows: for what only asks whether there is one.
    pub async fn with_mailer() -> Self {
        const NOBODY_LISTENS: u16 = 9;
        Self::mailing(ShopSettings::default(), crate::MailServer::settings_of(NOBODY_LISTENS, Security::None, false)).await
    }

    async fn built(
        shop: ShopSettings,
        mailer: Option<Mailer>,
        cache: Option<Cache>,
        told_at_once: bool,
        change: impl FnOnce(&mut app::Options, &TestClock),
    ) -> Self {
        Self::on(Ground::new().await, shop, mailer, cache, told_at_once, change).await
    }

    pub(crate) async fn on(
        ground: Ground,
        shop: ShopSettings,
        mailer: Option<Mailer>,
        cache: Option<Cache>,
        told_at_once: bool,
        change: impl FnOnce(&mut app::Options, &TestClock),
    ) -> Self {
        let events = Events::default();
        let carrier: Arc<dyn Carrier> = match ground.stream() {
            Some(stream) => Arc::new(stream),
            None => Arc::new(Local(events.clone())),
        };
        let Ground { database, clock, ids, people, .. } = ground;
        let ctx = web::Data::new(Context {
            db: Database::connect(&database.options).await.expect("the test's database can be reached"),
            shop: Arc::new(shop),
            passwords: Passwords::new(2).expect("Argon2 takes its parameters"),
            tokens: Arc::new(Tokens::new(SECRET)),
            cursors: Arc::new(Cursors::new(SECRET)),
            carrier,
            events,
            stopping: Stopping::default(),
            media: Media::new(Arc::new(object_store::memory::InMemory::new())),
            mailer,
            clock: Arc::new(clock.clone()),
            ids,
        });
        let metrics = Metrics::new().expect("every metric has a name of its own");
        if let Some(cache) = &cache {
            metrics.read_cache(cache).expect("every metric has a name of its own");
        }
        // Like a developer's own shop: every answer tells how many statements it took.
        let mut options = app::Options { server_timing: true, cache: cache.clone(), metrics: Some(metrics.clone()), ..app::Options::default() };
        change(&mut options, &clock);
        metrics.read_live(&options.live).expect("every metric has a name of its own");
        let call = in_process(ctx.clone(), options.clone()).await;
        let cache = cache.map(|cache| (cache.clone(), RefCell::new(cache.listener(&ctx.events))));
        let keeper = Cell::new(None);
        Self { inner: Rc::new(Inner { ctx, clock, options, people, keeper, call, cache, told_at_once, metrics, _database: database }) }
    }

    /// What the use cases are given: for builders, and for what has no address in the API.
    #[must_use]
    pub fn ctx(&self) -> &web::Data<Context> {
        &self.inner.ctx
    }

    /// The clock, to be moved.
    #[must_use]
    pub fn clock(&self) -> &TestClock {
        &self.inner.clock
    }

    /// How it is deployed.
    pub(crate) fn options(&self) -> &app::Options {
        &self.inner.options
    }

    pub(crate) fn known_keeper(&self) -> Option<novashop_services::Actor> {
        self.inner.keeper.get()
    }

    pub(crate) fn remember_keeper(&self, keeper: novashop_services::Actor) {
        self.inner.keeper.set(Some(keeper));
    }

    pub(crate) fn call(&self, request: Request) -> Pin<Box<dyn Future<Output = Answer>>> {
        let app = self.clone();
        Box::pin(async move {
            if app.inner.told_at_once {
                while relay::hand_on_events(app.ctx()).await.expect("the outbox can be read and written") > 0 {
                    app.hear();
                }
            }
            (app.inner.call)(request).await
        })
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn anonymous(&self) -> Actor {
        Actor::new(self.clone(), None)
    }

    /// A customer; a new one with every call.
    pub async fn customer(&self) -> Actor {
        self.person(Role::Customer).await
    }

    /// Somebody else, for what is not theirs.
    pub async fn other_customer(&self) -> Actor {
        self.person(Role::Customer).await
    }

    /// Somebody who runs the shop.
    pub async fn staff(&self) -> Actor {
        self.person(Role::Staff).await
    }

    /// Somebody who runs the accounts too.
    pub async fn admin(&self) -> Actor {
        self.person(Role::Admin).await
    }

    /// Writes an account past the API, with a hash that costs nothing to check, and signs it in through the service.
    pub async fn person(&self, role: Role) -> Actor {
        let number = self.inner.people.get() + 1;
        self.inner.people.set(number);
        let username = format!("{}{number}", role.as_str());
        let email = format!("{username}@example.com");
        let (ctx, now) = (self.ctx(), self.ctx().now().0);
        let row = db::users::User {
            id: ctx.new_id(),
            username: username.clone(),
            username_key: username.clone(),
            email: email.clone(),
            email_key: email.clone(),
            password_hash: CHEAP_HASH.into(),
            first_name: "Maya".into(),
            last_name: "Lindqvist".into(),
            city: String::new(),
            address: String::new(),
            language: Language::default().code().into(),
            role: role.as_str().into(),
            active: true,
            email_verified_at: None,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let id = row.id.into();
        db::users::insert(ctx.db.writer(), row).await.expect("the name is new");
        let candidate = Candidate::find(ctx, &username).await.expect("accounts can be looked up");
        let tokens = Box::pin(sessions::sign_in(ctx, candidate, PASSWORD.into(), &Origin::default())).await.expect("the account was just made");
        let account = Account { id, username, email, access_token: tokens.access, refresh_token: tokens.refresh };
        Actor::new(self.clone(), Some(account))
    }

    /// Hands on what waits in the outbox, as the relay of the worker does, until nothing is due.
    pub async fn run_outbox(&self) {
        // Boxed, here and below: what lies in the future of a test lies many times on its thread's small stack.
        while Box::pin(relay::run_once(self.ctx())).await.expect("the outbox can be read and written") > 0 {
            self.hear();
        }
    }

    /// Has the cache hear what the relay handed on.
    pub fn hear(&self) {
        if let Some((_, listener)) = &self.inner.cache {
            listener.borrow_mut().catch_up();
        }
    }

    /// The cache; only for apps that have one.
    #[track_caller]
    #[must_use]
    pub fn cache(&self) -> &Cache {
        self.inner.cache.as_ref().map(|(cache, _)| cache).expect("the app was made by `cached`")
    }

    /// What the relay hands on to those who listen in this process.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.inner.ctx.events
    }

    /// The sockets of the servers of this app.
    #[must_use]
    pub fn live(&self) -> &Live {
        &self.inner.options.live
    }

    /// What Prometheus would be told.
    pub async fn metrics(&self) -> String {
        self.inner.metrics.text(self.ctx(), &Watch::default()).await.expect("the metrics can be written")
    }

    /// What the clock has struck since the last time, by a worker that has just begun, and every job that is due.
    pub async fn run_schedule(&self) {
        Box::pin(schedule::Clock::default().look(self.ctx())).await.expect("the jobs can be written");
        self.run_jobs().await;
    }

    /// Does every job that is due, as the worker does; how many that were.
    pub async fn run_jobs(&self) -> u64 {
        let metrics = JobMetrics::new().expect("every metric has a name of its own");
        Box::pin(work::drain(self.ctx(), &metrics)).await.expect("the jobs can be read and written")
    }

    /// The one-time link of the newest mail of a kind, read past the API.
    pub async fn mail_link(&self, kind: &str) -> Option<String> {
        self.run_outbox().await;
        let mails = db::mails::list(self.ctx().db.reader(), None, 1000).await.expect("the mails can be read");
        mails.into_iter().find(|mail| mail.kind == kind).and_then(|mail| mail.secret_link)
    }

    /// The token in the newest link of a kind.
    pub async fn mail_token(&self, kind: &str) -> Option<String> {
        self.mail_link(kind).await.and_then(|link| link.split_once("?token=").map(|(_, token)| token.to_owned()))
    }

    /// How many rows each table has, in order of the tables' names: to see that a refused request left nothing behind.
    pub async fn row_counts(&self) -> Vec<(String, i64)> {
        let conn = self.ctx().db.reader();
        let tables = db::schema::tables(conn).await.expect("the tables can be listed");
        let mut counts = Vec::with_capacity(tables.len());
        for table in tables {
            counts.push((table.clone(), self.number(&format!("select count(*) as value from {table}")).await));
        }
        counts
    }

    /// A whole number that a statement gives as `value`, past everything.
    pub async fn number(&self, sql: &str) -> i64 {
        // The databases differ in how wide a number they give.
        let wide = format!("select cast(value as bigint) as value from ({sql}) as asked");
        let value = Sql::new(wide, []).number(self.ctx().db.reader()).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        value.unwrap_or_else(|| panic!("{sql}: no row"))
    }
}

/// The application in this process, behind a door that forgets its unspeakable type.
async fn in_process(ctx: web::Data<Context>, options: app::Options) -> Call {
    let service = Rc::new(test::init_service(app::build(ctx, options)).await);
    Box::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move {
            let name = format!("{} {}", request.method, request.path);
            let mut call = test::TestRequest::with_uri(&request.path).method(request.method).peer_addr(([127, 0, 0, 1], 40_000).into());
            for (header, value) in &request.headers {
                call = call.append_header((header.as_str(), value.as_str()));
            }
            let response = service.call(call.set_payload(request.body).to_request()).await;
            let response = response.unwrap_or_else(|error| panic!("{name}: no answer but {error}"));
            let headers = response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
            let (status, headers) = (response.status().as_u16(), text_headers(headers));
            let body = test::read_body(response).await;
            Answer { request: name, status, json: as_json(&headers, &body), headers, body }
        })
    })
}

pub(crate) fn text_headers<'a>(headers: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<(String, String)> {
    headers.map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).into_owned())).collect()
}

/// What a body says, whatever coding it came in.
pub(crate) fn as_json(headers: &[(String, String)], body: &[u8]) -> Value {
    let coding = headers.iter().find(|(name, _)| name == "content-encoding").map(|(_, coding)| coding.as_str());
    let mut plain = Vec::new();
    let decoded = match coding {
        Some("br") => brotli::BrotliDecompress(&mut &*body, &mut plain),
        Some("gzip") => flate2::read::GzDecoder::new(body).read_to_end(&mut plain).map(drop),
        Some("zstd") => zstd::stream::copy_decode(body, &mut plain),
        _ => return serde_json::from_slice(body).unwrap_or_default(),
    };
    // The answer to HEAD names a coding and has no body.
    decoded.ok().and_then(|()| serde_json::from_slice(&plain).ok()).unwrap_or_default()
}
