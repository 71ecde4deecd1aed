//! What every carrier does.

use novashop_links::{Carrier, Events, Local, Stream, Subscription};
use novashop_testing::TestRedis;
use serde_json::json;

use crate::{Process, hear_nothing, hear_these};

/// All who listen hear everything, once, in its order.
async fn carries(carrier: &dyn Carrier, mut listeners: Vec<Subscription>) {
    assert!(carrier.is_up());
    let event = |n: u32| json!({"type": "test.event", "text": "Maß, Ñandú, \u{1f375}", "data": {"n": n, "price": 19.99}});
    carrier.carry(&[]).await.unwrap();
    for begin in [0, 300] {
        carrier.carry(&(begin..begin + 300).map(event).collect::<Vec<_>>()).await.unwrap();
    }
    for heard in &mut listeners {
        hear_these(heard, (0..600).map(event)).await;
        hear_nothing(heard).await;
    }
}

#[tokio::test]
async fn within_a_process() {
    let events = Events::default();
    let listeners = vec![events.subscribe(), events.subscribe()];
    carries(&Local(events), listeners).await;
}

#[tokio::test]
async fn by_redis() {
    let redis = TestRedis::start();
    let (one, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    let mut listeners = vec![one.listen().await, other.listen().await];
    listeners.push(one.events.subscribe());
    let stranger = Process::start(&redis, "another-shop");
    let mut elsewhere = stranger.listen().await;
    carries(&Stream::new(one.link.clone()), listeners).await;
    hear_nothing(&mut elsewhere).await;
    assert_eq!((one.link.pulse().published, one.link.pulse().heard, other.link.pulse().heard), (600, 600, 600));
}
