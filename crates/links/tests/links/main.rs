//! What processes tell each other: the same in one process and by Redis, and what Redis has to be more.
#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod answers;
mod carriers;
mod quotas;
mod stream;

use std::{sync::Arc, time::Duration};

use novashop_links::{Events, Heard, Link, Subscription, follow};
use novashop_testing::TestRedis;
use serde_json::Value;
use tokio::time::timeout;

/// After this a test has failed, rather than waiting for ever.
const HANGS: Duration = Duration::from_secs(10);
/// What has not come after this is not coming.
const SILENCE: Duration = Duration::from_millis(300);

/// A process that is linked to the others.
struct Process {
    link: Arc<Link>,
    events: Events,
}

impl Process {
    /// It waits for Redis as long as it takes: what is tested is what processes share.
    fn start(redis: &TestRedis, prefix: &str) -> Self {
        Self::over(Link::new(&redis.url(), prefix).unwrap().patient(HANGS / 2))
    }

    /// One that waits no longer than in production.
    fn impatient(redis: &TestRedis, prefix: &str) -> Self {
        Self::over(Link::new(&redis.url(), prefix).unwrap())
    }

    /// Its link is kept up as long as the test runs.
    fn over(link: Link) -> Self {
        let link = Arc::new(link);
        let kept = Arc::clone(&link);
        tokio::spawn(async move { kept.keep().await });
        Self { link, events: Events::default() }
    }

    /// Hears the others from now on.
    async fn listen(&self) -> Subscription {
        let heard = self.events.subscribe();
        tokio::spawn(follow(Arc::clone(&self.link), self.events.clone()));
        self.until_linked(true).await;
        heard
    }

    async fn until_linked(&self, linked: bool) {
        let settled = || self.link.is_up() == linked && (!linked || self.events.hearing().is_up());
        for _ in 0..1000 {
            if settled() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("linked: not {linked}");
    }
}

async fn hear(heard: &mut Subscription) -> Heard {
    timeout(HANGS, heard.next()).await.expect("something is heard").expect("somebody may still speak")
}

/// The next events, which have to be these.
async fn hear_these(heard: &mut Subscription, expected: impl IntoIterator<Item = Value>) {
    for expected in expected {
        let Heard::Event { event, .. } = hear(heard).await else { panic!("{expected} was missed") };
        assert_eq!(event, expected);
    }
}

async fn hear_nothing(heard: &mut Subscription) {
    if let Ok(heard) = timeout(SILENCE, heard.next()).await {
        panic!("nothing was to be heard, but it was {heard:?}");
    }
}
