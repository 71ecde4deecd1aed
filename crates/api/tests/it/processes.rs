//! Several processes of one shop, with one database and one Redis: what one does the others know, and without Redis each sells on.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{http::Method, rt::time::sleep};
use futures_util::future::join_all;
use novashop_api::limits::Limits;
use novashop_links::Quotas;
use novashop_testing::{Actor, Answer, Process, Processes, TestRedis, first_variant, shopping::order};
use serde_json::{Value, json};

use crate::outbox::{numbers, waiting, write_events};

/// What is seen of a change within this time was told, and did not just run out: that takes thirty seconds. Mostly it takes milliseconds.
const IN_TIME: Duration = Duration::from_secs(5);

fn how(answer: &Answer) -> String {
    let timing = answer.server_timing();
    timing.split("cache;desc=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// Reads until the answer is as expected; how long that took.
async fn until(who: &Actor, path: &str, expected: impl Fn(&Value) -> bool) -> Duration {
    let asked = Instant::now();
    loop {
        let answer = who.get(path).await.assert_status(200);
        if expected(&answer.json) {
            return asked.elapsed();
        }
        assert!(asked.elapsed() < Duration::from_secs(10), "{path} stays {}", answer.json);
        sleep(Duration::from_millis(5)).await;
    }
}

/// Somebody buys one at a process.
async fn buy(process: &Process, variant: novashop_types::VariantId) -> Answer {
    let buyer = process.app.anonymous();
    buyer.put_in_cart(variant, 1).await;
    buyer.post("/orders", order()).await.assert_status(201)
}

/// Reads a path until it comes out of the process's own cache.
async fn settled(process: &Process, path: &str) -> Answer {
    let nobody = process.app.anonymous();
    for _ in 0..200 {
        let answer = nobody.get(path).await.assert_status(200);
        if how(&answer) == "hit" {
            return answer;
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("{path} is never kept");
}

/// Waits until so many answers are kept in Redis: they are written behind the answer's back.
async fn until_shared(redis: &TestRedis, count: usize) {
    let kept = || redis.command(&["KEYS", "test:answer:*"]).lines().filter(|line| !line.trim().is_empty()).count();
    for _ in 0..500 {
        if kept() == count {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{} answers are kept, not {count}", kept());
}

#[actix_web::test]
async fn what_happens_at_one_process_reaches_a_socket_at_the_other() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.two().await;
    let maya = one.app.customer().await;
    let mut ear = other.served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    let placed = maya.place_order().await;
    one.app.run_outbox().await;
    let news = ear.hear().await;
    assert_eq!((&news["type"], &news["data"]["id"]), (&json!("order.placed"), &placed.json["id"]));
    ear.hear_nothing().await;
    assert_eq!(one.app.number("select count(*) as value from outbox where delivered_at is null and kind like 'event.%'").await, 0);
}

#[actix_web::test]
async fn what_is_changed_at_one_process_is_gone_from_the_others_cache_within_a_second() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.two().await;
    let staff = one.app.staff().await;
    let mug = one.app.product("Mug").price(1999).stock(3).create().await;
    one.app.run_outbox().await;
    let reads = ["/products/mug", "/products?sort=name"];
    for path in reads {
        settled(&one, path).await;
        settled(&other, path).await;
    }
    staff.patch(format!("/products/{}", mug.summary.id), json!({"name": "Cup"})).await.assert_status(200);
    one.app.run_outbox().await;
    let nobody = other.app.anonymous();
    for path in reads {
        let took = until(&nobody, path, |json| json.to_string().contains("\"Cup\"")).await;
        assert!(took < IN_TIME, "{path}: {took:?}");
    }
    // And back again, with a sale at the other one.
    settled(&one, "/products/mug").await;
    buy(&other, first_variant(&mug)).await;
    other.app.run_outbox().await;
    let took = until(&one.app.anonymous(), "/products/mug", |json| json["variants"][0]["stock"] == 2).await;
    assert!(took < IN_TIME, "{took:?}");
}

#[actix_web::test]
async fn what_one_process_loaded_the_other_takes_from_redis_word_for_word() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.patient().two().await;
    for name in ["Mug", "Pot", "Pan"] {
        one.app.product(name).create().await;
    }
    one.app.run_outbox().await;
    settled(&one, "/products?limit=2").await;
    let mut kept = 1;
    until_shared(&redis, kept).await;
    for path in ["/products?limit=2&facets=true", "/products/mug", "/categories"] {
        let loaded = one.app.anonymous().get(path).await.assert_status(200);
        assert_eq!(how(&loaded), "miss", "{path}");
        kept += 1;
        until_shared(&redis, kept).await;
        let taken = other.app.anonymous().get(path).await.assert_status(200);
        assert_eq!((how(&taken), taken.statements()), ("shared".to_owned(), 0), "{path}");
        assert_eq!(taken.body, loaded.body, "{path}");
        for header in ["etag", "cache-control", "vary", "content-type", "link"] {
            assert_eq!(taken.header(header), loaded.header(header), "{path} {header}");
        }
        assert_eq!(how(&other.app.anonymous().get(path).await), "hit", "{path}");
    }
    assert_eq!(other.app.cache().stats().shared_hits, 3);
}

#[actix_web::test]
async fn of_many_processes_that_miss_at_once_one_loads() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.patient().two().await;
    one.app.product("Mug").create().await;
    one.app.run_outbox().await;
    settled(&one, "/categories").await;
    let readers: Vec<Actor> = (0..20).map(|n| if n % 2 == 0 { one.app.anonymous() } else { other.app.anonymous() }).collect();
    // Nobody is kept waiting for long, so a machine that has too much to do may load twice; but not every time.
    let mut seen = Vec::new();
    for limit in 1..=10 {
        let path = &format!("/products?limit={limit}");
        let answers = join_all(readers.iter().map(|reader| async move { reader.get(path).await.assert_status(200) })).await;
        assert!(answers.iter().all(|answer| answer.body == answers[0].body));
        let count = |word: &str| answers.iter().filter(|answer| how(answer) == word).count();
        seen.push((count("miss"), count("shared")));
    }
    assert!(seen.contains(&(1, 1)), "{seen:?}");
}

#[actix_web::test]
async fn without_redis_each_process_sells_on_and_then_the_others_hear_of_it() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.two().await;
    let mug = one.app.product("Mug").stock(9).create().await;
    one.app.run_outbox().await;
    for process in [&one, &other] {
        settled(process, "/products/mug").await;
    }
    let (topic, variant) = (format!("product:{}", mug.summary.id), first_variant(&mug));
    let (mut here, mut there) = (one.served.ear().await, other.served.ear().await);
    here.listen(&topic).await;
    there.listen(&topic).await;
    redis.stop();
    one.until_linked(false).await;
    other.until_linked(false).await;

    let began = Instant::now();
    buy(&one, variant).await;
    one.app.run_outbox().await;
    assert_eq!(here.hear().await["data"]["stock"], 8, "this process's own listeners hear it at once");
    assert!(began.elapsed() < Duration::from_secs(5));
    one.app.run_outbox().await;
    here.hear_nothing().await;
    there.hear_nothing().await;
    // What other processes keep is not trusted for longer than a second.
    let took = until(&other.app.anonymous(), "/products/mug", |json| json["variants"][0]["stock"] == 8).await;
    assert!(took < IN_TIME, "{took:?}");
    assert!(other.app.number("select count(*) as value from outbox where delivered_at is null and last_error is not null").await > 0);

    redis.start_again();
    one.until_linked(true).await;
    other.until_linked(true).await;
    // This Redis knows nothing of before: nobody can say what the other one had told, so its sockets are asked to come again.
    assert_eq!(there.closed().await, Some(awc::ws::CloseCode::Again));
    let mut there = other.served.ear().await;
    there.listen(&topic).await;
    one.app.run_outbox().await;
    assert_eq!(there.hear().await["data"]["stock"], 8, "what happened meanwhile was kept in the outbox");
    buy(&other, variant).await;
    other.app.run_outbox().await;
    assert_eq!(there.hear().await["data"]["stock"], 7);
    assert_eq!(one.app.number("select count(*) as value from outbox where delivered_at is null and kind like 'event.%'").await, 0);
}

#[actix_web::test]
async fn a_redis_that_hangs_makes_nobody_wait_and_fails_nothing() {
    let redis = TestRedis::start();
    let (one, _other) = Processes::over(&redis).await.two().await;
    let mug = one.app.product("Mug").stock(9999).create().await;
    one.app.run_outbox().await;
    let nobody = one.app.anonymous();
    let mut longest = Vec::new();
    for _ in 0..2 {
        redis.hold();
        let (began, mut slowest) = (Instant::now(), Duration::ZERO);
        while began.elapsed() < Duration::from_secs(3) {
            for path in ["/products/mug", "/products", "/categories", "/search/suggest?q=mug"] {
                let asked = Instant::now();
                nobody.get(path).await.assert_status(200);
                slowest = slowest.max(asked.elapsed());
            }
            buy(&one, first_variant(&mug)).await;
        }
        longest.push(slowest);
        one.until_linked(false).await;
        redis.go_on();
        one.until_linked(true).await;
    }
    // The machine may stand still in one of them.
    assert!(longest.iter().any(|slowest| *slowest < Duration::from_millis(700)), "{longest:?}");
}

#[actix_web::test]
async fn operators_and_staff_see_that_redis_is_away_and_that_it_is_back() {
    let redis = TestRedis::start();
    let (one, _other) = Processes::over(&redis).await.two().await;
    let staff = one.app.staff().await;
    one.app.run_outbox().await;
    let nobody = one.app.anonymous();
    for (there, status, word) in [(true, "ok", "ok"), (false, "degraded", "away"), (true, "ok", "ok")] {
        if there {
            redis.start_again()
        } else {
            redis.stop()
        }
        one.until_linked(there).await;
        let ready = nobody.request(Method::GET, "/readyz").await.assert_status(200);
        assert_eq!((&ready.json["status"], &ready.json["redis"]), (&json!(status), &json!(word)), "{}", ready.json);
        let system = staff.get("/admin/system").await.assert_status(200);
        assert_eq!(system.json["redis"]["reachable"], there);
    }
}

fn resume(topic: &str, last: &Value) -> Value {
    json!({"type": "subscribe", "topic": topic, "last_event_id": last})
}

#[actix_web::test]
async fn a_line_to_one_process_goes_on_at_another_even_at_one_that_just_began() {
    let redis = TestRedis::start();
    let shop = Processes::over(&redis).await;
    let (one, other) = shop.two().await;
    let maya = one.app.customer().await;
    let mut ear = one.served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    maya.place_order().await;
    other.app.run_outbox().await;
    let first = ear.hear().await["id"].clone();
    drop(ear);
    let mut missed = Vec::new();
    for _ in 0..3 {
        missed.push(maya.place_order().await.json["id"].clone());
        one.app.run_outbox().await;
    }
    let late = shop.start().await;
    late.until_linked(true).await;
    sleep(Duration::from_millis(200)).await;
    for process in [&other, &late, &one] {
        let mut ear = process.served.ear().await;
        ear.sign_in(&maya).await;
        assert_eq!(ear.ask(resume("orders", &first)).await["resumed"], true);
        for expected in &missed {
            assert_eq!(&ear.hear().await["data"]["id"], expected);
        }
        ear.hear_nothing().await;
    }
}

/// A process that counts requests together with the others.
async fn counting(shop: &Processes) -> Process {
    let process = shop
        .start_with(|options, clock, link| {
            let limits = Arc::new(Limits::new(Arc::new(clock.clone())).sharing(Quotas(Arc::clone(link)), [7; 32]));
            options.limits = Some(Arc::clone(&limits));
            actix_web::rt::spawn(async move { limits.keep_in_step().await });
        })
        .await;
    process.until_linked(true).await;
    process
}

fn left(answer: &Answer) -> i64 {
    let header = answer.need_header("ratelimit");
    header.split("r=").nth(1).and_then(|rest| rest.split(';').next()).unwrap().parse().unwrap()
}

#[actix_web::test]
async fn a_guesser_gets_no_try_more_from_several_processes_and_each_counts_by_itself_without_redis() {
    let redis = TestRedis::start();
    let shop = Processes::over(&redis).await.patient();
    let (one, other) = (counting(&shop).await, counting(&shop).await);
    // It counts as a guess and costs no hash.
    let guess = |process: &Process| process.app.anonymous().post("/auth/register", json!({}));
    for n in 0..10 {
        let answer = guess(if n % 2 == 0 { &one } else { &other }).await.assert_status(422);
        assert_eq!(left(&answer), 9 - n);
    }
    for process in [&one, &other] {
        guess(process).await.assert_problem(429, "too_many_requests");
    }
    // What was spent stays spent when Redis goes, and then each process counts.
    redis.stop();
    one.until_linked(false).await;
    guess(&one).await.assert_problem(429, "too_many_requests");
    one.app.clock().advance(60);
    for _ in 0..10 {
        guess(&one).await.assert_status(422);
    }
    guess(&one).await.assert_problem(429, "too_many_requests");
}

#[actix_web::test]
async fn what_one_process_answered_out_of_its_cache_counts_at_the_others_a_moment_later() {
    let redis = TestRedis::start();
    let shop = Processes::over(&redis).await;
    let (one, other) = (counting(&shop).await, counting(&shop).await);
    for _ in 0..600 {
        one.app.anonymous().get("/categories").await.assert_status(200);
    }
    let last = left(&one.app.anonymous().get("/categories").await);
    assert!(last < 600, "{last}");
    // With its own requests the other one asks. By itself it would count down from 1199; by Redis' clock 20 grow back in a second.
    let mut known = 1200;
    for _ in 0..30 {
        known = left(&other.app.anonymous().get("/categories").await);
        sleep(Duration::from_millis(100)).await;
    }
    assert!(known < 1150, "{known} are left where {last} were");
    let keys = redis.command(&["KEYS", "test:quota:*"]);
    assert!(keys.contains("test:quota:read:") && !keys.contains("127.0.0.1"), "{keys}");
}

#[actix_web::test]
async fn a_redis_that_takes_nothing_keeps_no_event_from_its_own_process_and_gets_all_in_order_later() {
    let full = (["CONFIG", "SET", "maxmemory", "1"].as_slice(), ["CONFIG", "SET", "maxmemory", "0"].as_slice());
    let follows_another = (["REPLICAOF", "127.0.0.1", "1"].as_slice(), ["REPLICAOF", "NO", "ONE"].as_slice());
    for (refuse, allow) in [full, follows_another] {
        let redis = TestRedis::start();
        let (one, other) = Processes::over(&redis).await.two().await;
        one.app.run_outbox().await;
        sleep(Duration::from_millis(500)).await;
        let (mut here, mut there) = (one.app.events().subscribe(), other.app.events().subscribe());
        let _said = redis.command(refuse);
        // More than one round takes along.
        write_events(&one.app, 0..600).await;
        one.app.run_outbox().await;
        one.app.run_outbox().await;
        assert_eq!(numbers(&mut here), (0..600).collect::<Vec<_>>(), "{refuse:?}: the newest do not wait for the oldest");
        write_events(&one.app, 600..700).await;
        one.app.run_outbox().await;
        assert_eq!(numbers(&mut here), (600..700).collect::<Vec<_>>(), "{refuse:?}");
        assert_eq!((numbers(&mut there), waiting(&one.app).await), (Vec::new(), 700), "{refuse:?}");

        let _said = redis.command(allow);
        let began = Instant::now();
        let mut heard = Vec::new();
        while heard.len() < 700 {
            assert!(began.elapsed() < Duration::from_secs(20), "{refuse:?}: {} came", heard.len());
            one.app.run_outbox().await;
            sleep(Duration::from_millis(50)).await;
            heard.extend(numbers(&mut there));
        }
        assert_eq!((heard, waiting(&one.app).await), ((0..700).collect(), 0), "{refuse:?}");
    }
}

#[actix_web::test]
async fn a_large_answer_is_not_shared() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.patient().two().await;
    one.app.product("Small").description("A word.").create().await;
    // Four bytes each.
    one.app.product("Large").description(&"\u{1f375}".repeat(20_000)).create().await;
    one.app.run_outbox().await;
    settled(&one, "/categories").await;
    until_shared(&redis, 1).await;
    for (path, expected) in [("/products/small", "shared"), ("/products/large", "miss")] {
        assert_eq!(how(&one.app.anonymous().get(path).await.assert_status(200)), "miss", "{path}");
        if expected == "shared" {
            until_shared(&redis, 2).await;
        }
        assert_eq!(how(&other.app.anonymous().get(path).await.assert_status(200)), expected, "{path}");
    }
}

#[actix_web::test]
async fn what_somebody_searches_for_stands_in_no_name_of_a_key() {
    let redis = TestRedis::start();
    let (one, other) = Processes::over(&redis).await.patient().two().await;
    one.app.product("Mug").create().await;
    one.app.run_outbox().await;
    settled(&one, "/categories").await;
    until_shared(&redis, 1).await;
    let path = "/products?q=embarrassing";
    assert_eq!(how(&one.app.anonymous().get(path).await.assert_status(200)), "miss");
    until_shared(&redis, 2).await;
    assert_eq!(how(&other.app.anonymous().get(path).await.assert_status(200)), "shared");
    assert!(!redis.command(&["KEYS", "*"]).contains("embarrassing"));
}
