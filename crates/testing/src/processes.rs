//! Several processes of one shop in one test: one database and one Redis.

use std::{cell::Cell, rc::Rc, sync::Arc, time::Duration};

use novashop_api::{
    app,
    cache::{Cache, Settings},
};
use novashop_links::{Answers, Link, Stream, follow};
use novashop_services::ShopSettings;

use crate::{Served, TestApp, TestClock, TestDatabase, TestRedis, clock::TestIds};

/// What processes of one shop have in common.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) database: Rc<TestDatabase>,
    pub(crate) clock: TestClock,
    pub(crate) ids: Arc<TestIds>,
    /// How many people were made: each has a name of its own.
    pub(crate) people: Rc<Cell<u32>>,
    /// Where there are several: each has its own link.
    pub(crate) link: Option<Arc<Link>>,
}

impl Ground {
    pub(crate) async fn new() -> Self {
        Self { database: Rc::new(TestDatabase::new().await), clock: TestClock::default(), ids: Arc::default(), people: Rc::default(), link: None }
    }
}

/// A shop that can have many processes.
pub struct Processes {
    ground: Ground,
    redis: String,
    patience: Duration,
}

/// One of them: with a cache, sockets and a relay of its own, which waits for [`TestApp::run_outbox`].
#[derive(Debug)]
pub struct Process {
    /// The process.
    pub app: TestApp,
    /// Its port.
    pub served: Rc<Served>,
    link: Arc<Link>,
}

impl std::fmt::Debug for Processes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Processes")
    }
}

impl Processes {
    /// A shop without a process.
    pub async fn over(redis: &TestRedis) -> Self {
        Self { ground: Ground::new().await, redis: redis.url(), patience: Duration::ZERO }
    }

    /// They wait for Redis as long as it takes: for a test of what processes share, whatever the machine does meanwhile.
    #[must_use]
    pub fn patient(self) -> Self {
        Self { patience: Duration::from_secs(5), ..self }
    }

    /// Starts two.
    pub async fn two(&self) -> (Process, Process) {
        let (one, other) = (self.start().await, self.start().await);
        one.until_linked(true).await;
        other.until_linked(true).await;
        (one, other)
    }

    /// Starts one more, whether or not Redis is there.
    pub async fn start(&self) -> Process {
        self.start_with(|_, _, _| {}).await
    }

    /// The same, deployed in another way.
    pub async fn start_with(&self, change: impl FnOnce(&mut app::Options, &TestClock, &Arc<Link>)) -> Process {
        let link = Link::new(&self.redis, "test").expect("that is an address");
        let link = Arc::new(link.patient(self.patience));
        let cache = Cache::new(Settings::HEARS_EVERYTHING).sharing(Answers::new(Arc::clone(&link)));
        let ground = Ground { link: Some(Arc::clone(&link)), ..self.ground.clone() };
        let app = TestApp::on(ground, ShopSettings::default(), None, Some(cache.clone()), false, |options, clock| {
            options.link = Some(Arc::clone(&link));
            change(options, clock, &link);
        })
        .await;
        // As the server does it: all listen before the first event comes.
        let served = app.serve().await;
        actix_web::rt::spawn(cache.listener(app.events()).run());
        let kept = Arc::clone(&link);
        actix_web::rt::spawn(async move { kept.keep().await });
        actix_web::rt::spawn(follow(Arc::clone(&link), app.events().clone()));
        Process { app, served, link }
    }
}

impl Ground {
    /// What takes events to all processes, where there are several.
    pub(crate) fn stream(&self) -> Option<Stream> {
        self.link.clone().map(Stream::new)
    }
}

impl Process {
    /// Waits until it is linked to the others, or is not any more.
    pub async fn until_linked(&self, linked: bool) {
        for _ in 0..1000 {
            if self.link.is_up() == linked && self.app.events().hearing().is_up() == linked {
                return;
            }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("linked to Redis: not {linked} within ten seconds");
    }
}
