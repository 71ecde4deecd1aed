//! Quotas that processes share: the measure of the API's own, by Redis' clock.

use std::time::Duration;

use novashop_links::{Quotas, Spending, Standing};
use novashop_testing::TestRedis;

use crate::Process;

/// One grows back every second.
fn three(name: &str, count: u32) -> Spending {
    Spending { name: name.to_owned(), window: 3000, every: 1000, count }
}

#[tokio::test]
async fn a_quota_passes_once_however_many_processes_ask_and_grows_back() {
    let redis = TestRedis::start();
    let (one, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    one.until_linked(true).await;
    other.until_linked(true).await;
    let (one, other) = (Quotas(one.link), Quotas(other.link));
    let mut passed = 0;
    for n in 0..10 {
        let standing = if n % 2 == 0 { &one } else { &other }.take(&three("maya", 1)).await.unwrap();
        passed += u32::from(standing.over <= 0);
        assert!(standing.over <= 1000 && (0..=3000).contains(&standing.reset), "{standing:?}");
    }
    assert_eq!(passed, 3);
    assert!(one.take(&three("tom", 1)).await.unwrap().over <= -1900, "somebody else's quota is his own");
    // Whoever is refused loses nothing by having asked.
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(other.take(&three("maya", 1)).await.unwrap().over > 0);
    tokio::time::sleep(Duration::from_millis(510)).await;
    assert!(other.take(&three("maya", 1)).await.unwrap().over <= 0);
    assert!(one.take(&three("maya", 1)).await.unwrap().over > 0);
    tokio::time::sleep(Duration::from_millis(3050)).await;
    assert_eq!(redis.command(&["KEYS", "shop:quota:*"]).trim(), "", "who is as good as new is not kept");
}

#[tokio::test]
async fn what_was_given_already_is_written_down_and_never_more_than_all_of_it() {
    let redis = TestRedis::start();
    let process = Process::start(&redis, "shop");
    process.until_linked(true).await;
    let quotas = Quotas(process.link);
    let noted = quotas.note(&[three("maya", 2), three("tom", 50)]).await.unwrap();
    assert_eq!(noted, [Standing { over: -1000, reset: 2000 }, Standing { over: 47_000, reset: 3000 }]);
    assert!(quotas.take(&three("maya", 1)).await.unwrap().over <= 0);
    assert!(quotas.take(&three("tom", 1)).await.unwrap().over > 0);
    assert_eq!(quotas.note(&[]).await.unwrap(), []);
}
