//! Quotas that processes share: the measure of the API's own, by Redis' clock.

use std::time::Duration;

use novashop_links::{Quotas, Spending, Standing};
use novashop_testing::TestRedis;

use crate::Process;

/// One grows back every second.
fn three(name: &str, count: u32) -> Spending {
    Spending { name: name.to_owned(), window: 3000, every: 1000, count }
}

/// None grows back while the test runs.
fn three_slow(name: &str, count: u32) -> Spending {
    Spending { name: name.to_owned(), window: 180_000, every: 60_000, count }
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
        let standing = if n % 2 == 0 { &one } else { &other }.take(&three_slow("maya", 1)).await.unwrap();
        passed += u32::from(standing.over <= 0);
        assert!(standing.over <= 60_000 && (0..=180_000).contains(&standing.reset), "{standing:?}");
    }
    assert_eq!(passed, 3);
    assert_eq!(one.take(&three("tom", 1)).await.unwrap().over, -2000, "somebody else's quota is his own");
    // Spent to its end; some of it may grow back meanwhile.
    let refused = loop {
        let standing = one.take(&three("tom", 1)).await.unwrap();
        if standing.over > 0 {
            break standing;
        }
    };
    // Whoever is refused loses nothing by having asked.
    tokio::time::sleep(Duration::from_millis(refused.over.unsigned_abs() + 5)).await;
    assert!(other.take(&three("tom", 1)).await.unwrap().over <= 0);
    tokio::time::sleep(Duration::from_millis(3050)).await;
    assert_eq!(redis.command(&["KEYS", "shop:quota:tom"]).trim(), "", "who is as good as new is not kept");
}

#[tokio::test]
async fn what_was_given_already_is_written_down_and_never_more_than_all_of_it() {
    let redis = TestRedis::start();
    let process = Process::start(&redis, "shop");
    process.until_linked(true).await;
    let quotas = Quotas(process.link);
    let noted = quotas.note(&[three_slow("maya", 2), three_slow("tom", 50)]).await.unwrap();
    assert_eq!(noted, [Standing { over: -60_000, reset: 120_000 }, Standing { over: 2_820_000, reset: 180_000 }]);
    assert!(quotas.take(&three_slow("maya", 1)).await.unwrap().over <= 0);
    assert!(quotas.take(&three_slow("tom", 1)).await.unwrap().over > 0);
    assert_eq!(quotas.note(&[]).await.unwrap(), []);
}
