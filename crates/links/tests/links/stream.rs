//! What the stream does where a process comes late, or Redis goes.

use std::time::{Duration, Instant};

use novashop_links::{Away, Carrier, Heard, Stream};
use novashop_testing::TestRedis;
use serde_json::{Value, json};

use crate::{HANGS, Process, hear, hear_nothing, hear_these};

fn event(n: u32) -> Value {
    json!({"n": n})
}

async fn carry(process: &Process, numbers: std::ops::Range<u32>) -> Result<(), Away> {
    Stream::new(process.link.clone()).carry(&numbers.map(event).collect::<Vec<_>>()).await
}

#[tokio::test]
async fn who_comes_late_is_told_the_history_and_is_not_up_before() {
    let redis = TestRedis::start();
    let early = Process::start(&redis, "shop");
    early.until_linked(true).await;
    let mut heard = early.listen().await;
    carry(&early, 0..900).await.unwrap();
    hear_these(&mut heard, (0..900).map(event)).await;
    let late = Process::start(&redis, "shop");
    let mut heard = late.events.subscribe();
    let following = novashop_links::follow(late.link.clone(), late.events.clone());
    assert!(!late.events.hearing().is_up() && !late.events.hearing().covers(Instant::now()));
    tokio::spawn(following);
    hear_these(&mut heard, (0..900).map(event)).await;
    carry(&early, 900..901).await.unwrap();
    hear_these(&mut heard, [event(900)]).await;
    assert!(late.events.hearing().covers(Instant::now()));
}

#[tokio::test]
async fn positions_are_the_same_for_all_and_grow() {
    let redis = TestRedis::start();
    let (one, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    let (mut by_one, mut by_other) = (one.listen().await, other.listen().await);
    carry(&one, 0..50).await.unwrap();
    carry(&other, 50..100).await.unwrap();
    let mut last = 0;
    for _ in 0..100 {
        let heard = hear(&mut by_one).await;
        assert_eq!(heard, hear(&mut by_other).await);
        let Heard::Event { position, .. } = heard else { panic!("nothing was missed") };
        assert!(position > last);
        last = position;
    }
}

#[tokio::test]
async fn a_link_that_breaks_loses_nothing_and_doubles_nothing() {
    let redis = TestRedis::start();
    let (one, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    one.until_linked(true).await;
    let mut heard = other.listen().await;
    carry(&one, 0..10).await.unwrap();
    hear_these(&mut heard, (0..10).map(event)).await;
    // Every connection, and the events go on meanwhile.
    for round in 1..5 {
        redis.cut_connections();
        let mut carried = carry(&one, round * 10..round * 10 + 10).await;
        for _ in 0..100 {
            if carried.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            carried = carry(&one, round * 10..round * 10 + 10).await;
        }
        carried.unwrap();
        hear_these(&mut heard, (round * 10..round * 10 + 10).map(event)).await;
    }
    hear_nothing(&mut heard).await;
}

#[tokio::test]
async fn a_redis_that_forgot_everything_is_told_as_something_missed_and_then_it_goes_on() {
    let redis = TestRedis::start();
    let process = Process::start(&redis, "shop");
    let mut heard = process.listen().await;
    carry(&process, 0..3).await.unwrap();
    hear_these(&mut heard, (0..3).map(event)).await;
    redis.stop();
    process.until_linked(false).await;
    let asked = Instant::now();
    assert_eq!(carry(&process, 3..4).await, Err(Away::NoLink));
    assert!(asked.elapsed() < Duration::from_millis(100), "nobody waits for a Redis that is away");
    redis.start_again();
    process.until_linked(true).await;
    assert_eq!(hear(&mut heard).await, Heard::Missed);
    carry(&process, 4..6).await.unwrap();
    hear_these(&mut heard, (4..6).map(event)).await;
}

/// An entry of an hour from now: whatever Redis comes after this one, its clock is behind.
fn add_from_a_clock_that_is_ahead(redis: &TestRedis, n: u32) {
    let milliseconds: u64 = redis.command(&["TIME"]).lines().next().unwrap().parse::<u64>().unwrap() * 1000 + 3_600_000;
    let _id = redis.command(&["XADD", "shop:events", &format!("{milliseconds}-0"), "event", &event(n).to_string()]);
}

#[tokio::test]
async fn positions_grow_also_where_another_redis_whose_clock_is_behind_took_the_place_of_the_one_before() {
    let redis = TestRedis::start();
    let process = Process::start(&redis, "shop");
    let mut heard = process.listen().await;
    add_from_a_clock_that_is_ahead(&redis, 0);
    carry(&process, 1..2).await.unwrap();
    hear_these(&mut heard, [event(0)]).await;
    let Heard::Event { position: before, .. } = hear(&mut heard).await else { panic!("nothing was missed") };
    redis.stop();
    process.until_linked(false).await;
    redis.start_again();
    process.until_linked(true).await;
    assert_eq!(hear(&mut heard).await, Heard::Missed);
    carry(&process, 2..3).await.unwrap();
    let Heard::Event { position: after, event: told } = hear(&mut heard).await else { panic!("it was missed already") };
    assert_eq!(told, event(2));
    assert!(after > before, "{after} is not after {before}: an answer of before would be taken for a newer one");
    // One that begins now hears the same, and that there was a break.
    let late = Process::start(&redis, "shop");
    let mut heard = late.listen().await;
    assert_eq!(hear(&mut heard).await, Heard::Missed);
    assert_eq!(hear(&mut heard).await, Heard::Event { position: after, event: event(2) });
}

#[tokio::test]
async fn a_stream_that_begins_anew_under_a_link_that_holds_is_noticed() {
    let redis = TestRedis::start();
    let (process, other) = (Process::start(&redis, "shop"), Process::start(&redis, "shop"));
    let mut listeners = [process.listen().await, other.listen().await];
    add_from_a_clock_that_is_ahead(&redis, 0);
    for heard in &mut listeners {
        hear_these(heard, [event(0)]).await;
    }
    let _deleted = redis.command(&["DEL", "shop:events"]);
    carry(&process, 1..2).await.unwrap();
    for heard in &mut listeners {
        // Who waits for a larger id would wait for an hour. What was said before they noticed is missed or told late.
        while hear(heard).await != Heard::Missed {}
    }
    for process in [&process, &other] {
        while !process.events.hearing().is_up() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    carry(&process, 2..3).await.unwrap();
    for heard in &mut listeners {
        while !matches!(hear(heard).await, Heard::Event { event: told, .. } if told == event(2)) {}
    }
}

#[tokio::test]
async fn a_redis_that_does_not_answer_is_noticed_within_a_second_or_so() {
    let redis = TestRedis::start();
    let process = Process::impatient(&redis, "shop");
    let _heard = process.listen().await;
    let mut noticed = Vec::new();
    for _ in 0..2 {
        redis.hold();
        let held = Instant::now();
        while process.events.hearing().is_up() {
            assert!(held.elapsed() < HANGS);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        noticed.push(held.elapsed());
        process.until_linked(false).await;
        redis.go_on();
        process.until_linked(true).await;
        carry(&process, 0..1).await.unwrap();
    }
    // The machine may stand still in one of them.
    assert!(noticed.iter().any(|took| *took < Duration::from_millis(1500)), "{noticed:?}");
}

#[tokio::test]
async fn the_history_ends_where_it_is_long() {
    let redis = TestRedis::start();
    let process = Process::start(&redis, "shop");
    process.until_linked(true).await;
    for _ in 0..105 {
        carry(&process, 0..1000).await.unwrap();
    }
    let kept: u32 = redis.command(&["XLEN", "shop:events"]).trim().parse().unwrap();
    assert!((100_000..=100_500).contains(&kept), "{kept}");
}

#[tokio::test]
async fn without_a_redis_at_the_start_the_link_comes_up_by_itself() {
    let redis = TestRedis::start();
    redis.stop();
    let process = Process::start(&redis, "shop");
    let mut heard = process.events.subscribe();
    tokio::spawn(novashop_links::follow(process.link.clone(), process.events.clone()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!process.link.is_up() && !process.events.hearing().is_up());
    redis.start_again();
    process.until_linked(true).await;
    carry(&process, 0..1).await.unwrap();
    hear_these(&mut heard, [event(0)]).await;
}

#[test]
fn the_link_tells_nobody_its_password() {
    let link = novashop_links::Link::new("redis://:hunter2@127.0.0.1:1/0", "shop").unwrap();
    assert!(!format!("{link:?}").contains("hunter2"));
    let wrong = novashop_links::Link::new("hunter2@localhost", "shop").unwrap_err();
    assert!(!format!("{wrong:?} {wrong}").contains("hunter2"));
}
