//! Answers that processes share.

use std::time::{Duration, Instant};

use novashop_links::Answers;
use novashop_testing::TestRedis;

use crate::Process;

async fn until_kept(answers: &Answers, name: &str) -> Option<novashop_links::Kept> {
    for _ in 0..200 {
        if let Some(kept) = answers.get(name).await {
            return Some(kept);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    None
}

#[tokio::test]
async fn what_one_puts_there_the_other_finds_until_it_is_over() {
    let redis = TestRedis::start();
    let (one, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    one.until_linked(true).await;
    other.until_linked(true).await;
    let (one, other) = (Answers::new(one.link), Answers::new(other.link));
    assert_eq!(other.get("mug").await, None);
    one.put("mug", b"\x00\xffmug".to_vec(), Duration::from_secs(2));
    let kept = until_kept(&other, "mug").await.unwrap();
    assert_eq!(&kept.bytes[..], b"\x00\xffmug");
    assert!(kept.left > Duration::ZERO && kept.left <= Duration::from_secs(2));
    tokio::time::sleep(Duration::from_millis(2050)).await;
    assert_eq!(other.get("mug").await, None);
}

#[tokio::test]
async fn one_loads_until_it_is_done_or_gives_up() {
    let redis = TestRedis::start();
    let (one, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    one.until_linked(true).await;
    other.until_linked(true).await;
    let (one, other) = (Answers::new(one.link), Answers::new(other.link));
    assert_eq!(one.claim("mug").await, (true, None));
    assert!(!other.claim("mug").await.0 && other.claim("pot").await.0);
    one.put("mug", b"mug".to_vec(), Duration::from_secs(10));
    until_kept(&other, "mug").await.unwrap();
    let (ours, kept) = other.claim("mug").await;
    assert!(ours, "what was put there ended the claim");
    assert_eq!(&kept.unwrap().bytes[..], b"mug", "and who claims sees it");
    other.give_up("mug");
    for _ in 0..200 {
        if one.claim("mug").await.0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("what is given up may be claimed");
}

#[tokio::test]
async fn without_redis_nobody_waits() {
    let redis = TestRedis::start();
    let process = Process::impatient(&redis, "shop");
    process.until_linked(true).await;
    let answers = Answers::new(process.link.clone());
    redis.hold();
    let asked = Instant::now();
    assert!(answers.get("mug").await.is_none() && answers.claim("mug").await.0);
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    while process.link.is_up() {
        assert!(answers.get("mug").await.is_none());
        assert!(asked.elapsed() < Duration::from_secs(3));
    }
    let asked = Instant::now();
    assert!(answers.get("mug").await.is_none());
    assert!(asked.elapsed() < Duration::from_millis(40), "and then not even for a moment");
}
