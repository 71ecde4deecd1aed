//! The read cache: what is kept, under which name, and for how long.

use std::time::Duration;

use actix_web::http::Method;
use futures_util::future::join_all;
use novashop_api::cache::Settings;
use novashop_testing::{Answer, TestApp};
use serde_json::json;

/// Nothing is outdated by itself while a test runs.
const KEPT: Settings = Settings { freshness: Duration::from_secs(3600), ..Settings::HEARS_EVERYTHING };

pub async fn shop() -> TestApp {
    TestApp::cached(KEPT).await
}

pub fn said(answer: &Answer, how: &str) -> bool {
    answer.server_timing().contains(&format!("cache;desc=\"{how}\""))
}

#[track_caller]
pub fn assert_how(answer: &Answer, how: &str) {
    assert!(said(answer, how), "{} → {} instead of {how}", answer.request, answer.server_timing());
}

#[actix_web::test]
async fn what_was_read_before_takes_no_statement() {
    let app = shop().await;
    app.category("Tableware", None).await;
    let mug = app.product("Mug").category("tableware").create().await.summary;
    app.run_outbox().await;
    let (nobody, maya) = (app.anonymous(), app.customer().await);
    let reviews = format!("/products/{}/reviews", mug.id);
    for path in
        ["/products?facets=true&include_total=true", "/products/mug", "/categories", "/categories/tableware", &reviews, "/search/suggest?q=mug"]
    {
        let first = nobody.get(path).await.assert_status(200);
        assert_how(&first, "miss");
        assert!(first.statements() > 0, "{path}");
        let second = nobody.get(path).await.assert_status(200);
        assert_how(&second, "hit");
        assert_eq!((second.statements(), &second.body), (0, &first.body), "{path}");
        for header in ["etag", "cache-control", "vary", "content-type", "link"] {
            assert_eq!(second.header(header), first.header(header), "{path} {header}");
        }
        let head = nobody.request(Method::HEAD, format!("/api/v1{path}")).await.assert_status(200);
        assert_eq!((head.statements(), head.header("etag")), (0, first.header("etag")), "{path}");
        let hers = maya.get(path).await.assert_status(200);
        assert_how(&hers, "hit");
        assert_eq!(hers.body, first.body, "a customer reads what everybody reads");
    }
}

#[actix_web::test]
async fn one_query_is_one_answer_however_it_is_spelled() {
    let app = shop().await;
    for name in ["Blue mug", "Blue mug with a lid"] {
        app.product(name).create().await;
    }
    let nobody = app.anonymous();
    let first = nobody.get("/products?q=blue+mug&limit=1").await.assert_status(200);
    let next = first.need_header("link").to_owned();
    for same in ["/products?limit=1&q=blue+mug", "/products?q=Blue%20%20Mug&limit=1", "/products?q=blue+mug&limit=1&sort=relevance&facets=false"] {
        let found = nobody.get(same).await.assert_status(200);
        assert_how(&found, "hit");
        assert_eq!((found.statements(), &found.body), (0, &first.body), "{same}");
        let (path, query) = same.split_once('?').unwrap();
        let spelled = plain_pairs(query);
        let link = found.need_header("link").to_owned();
        assert!(spelled.iter().all(|pair| link.contains(pair)), "{path}: the next page of the one who asked is in his own words: {link}");
        assert_ne!(link, next);
    }
    for other in ["/products?q=blue+mug&limit=2", "/products?q=blue&limit=1", "/products?q=blue+mug&limit=1&include_total=true"] {
        assert_how(&nobody.get(other).await.assert_status(200), "miss");
    }
    assert_eq!(app.cache().stats().misses, 4);
}

/// The parts of a query that stand in it without any encoding.
fn plain_pairs(query: &str) -> Vec<String> {
    query.split('&').filter(|pair| !pair.contains('%') && !pair.contains('+')).map(str::to_owned).collect()
}

#[actix_web::test]
async fn another_page_is_another_answer_and_its_link_leads_on() {
    let app = shop().await;
    for n in 0..5 {
        app.product(&format!("Mug {n}")).create().await;
    }
    let nobody = app.anonymous();
    for _ in 0..2 {
        let mut path = "/api/v1/products?limit=2".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = nobody.request(Method::GET, &path).await.assert_status(200);
            seen.extend(page.items().iter().map(|item| item["slug"].to_string()));
            let Some(link) = page.header("link") else { break };
            path = link.trim_start_matches('<').split_once('>').unwrap().0.to_owned();
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    }
    assert_eq!((app.cache().stats().misses, app.cache().stats().hits), (3, 3));
}

#[actix_web::test]
async fn what_is_refused_stays_refused_beside_an_answer_that_is_kept() {
    let app = shop().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    for path in ["/products?limit=1", "/products/mug/reviews?limit=1"] {
        for _ in 0..2 {
            nobody.get(path).await.assert_status(200);
            for wrong in ["", "x", "None"] {
                nobody.get(format!("{path}&cursor={wrong}")).await.assert_problem(400, "invalid_cursor");
            }
        }
    }
}

#[actix_web::test]
async fn the_way_to_a_next_page_ends_with_it_for_everybody() {
    let app = shop().await;
    let (staff, nobody) = (app.staff().await, app.anonymous());
    for name in ["Mug", "Pot", "Pan"] {
        app.product(name).create().await;
    }
    app.run_outbox().await;
    let spellings = ["/products?limit=2", "/products?limit=2&sort=newest"];
    for path in spellings {
        assert!(nobody.get(path).await.assert_status(200).header("link").is_some());
    }
    staff.delete("/products/pot").await.assert_status(204);
    app.run_outbox().await;
    for path in spellings {
        assert_eq!(nobody.get(path).await.assert_status(200).header("link"), None, "{path}");
    }
}

#[actix_web::test]
async fn many_who_miss_at_once_are_one_load() {
    let app = shop().await;
    app.product("Mug").create().await;
    app.run_outbox().await;
    let served = app.serve().await;
    let nobody = app.anonymous().over(&served);
    for path in ["/products?facets=true&include_total=true", "/products/mug"] {
        let before = app.cache().stats();
        let answers = join_all((0..50).map(|_| async { nobody.get(path).await.assert_status(200) })).await;
        let loads = answers.iter().filter(|answer| answer.statements() > 0).count();
        let after = app.cache().stats();
        assert_eq!((loads, after.misses - before.misses), (1, 1), "{path}");
        assert_eq!(after.hits + after.coalesced - before.hits - before.coalesced, 49, "{path}");
        assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    }
}

#[actix_web::test]
async fn a_client_that_has_an_answer_is_told_so_in_every_coding() {
    let app = shop().await;
    for n in 0..20 {
        app.product(&format!("Mug {n}")).create().await;
    }
    app.run_outbox().await;
    let nobody = app.anonymous();
    for path in ["/products", "/products/mug-3"] {
        let plain = nobody.get(path).await.assert_status(200);
        let strong = plain.need_header("etag").to_owned();
        assert!(plain.header("content-encoding").is_none() && strong.starts_with('"'));
        // The second round is served from what was compressed in the first.
        for _ in 0..2 {
            for coding in ["br", "gzip", "zstd", "gzip;q=0.5, zstd", "gzip, deflate, br, zstd"] {
                let small = nobody.get(path).header("accept-encoding", coding).await.assert_status(200);
                let used = small.need_header("content-encoding").to_owned();
                assert!(coding.contains(&used), "{used} for {coding}");
                assert!(small.body.len() < plain.body.len());
                assert_eq!(small.json, plain.json, "{coding} decodes to the same");
                assert_eq!((small.statements(), small.need_header("etag")), (0, format!("W/{strong}").as_str()));
                let vary: Vec<&str> = small.need_header("vary").split(", ").collect();
                assert!(vary.contains(&"authorization") && vary.contains(&"accept-encoding"), "{vary:?}");
                assert_eq!(small.headers.iter().filter(|(name, _)| name == "content-encoding").count(), 1);
            }
        }
        for tag in [strong.clone(), format!("W/{strong}"), format!("\"other\", {strong}"), "*".to_owned()] {
            let known = nobody.get(path).header("if-none-match", tag).header("accept-encoding", "br").await.assert_status(304);
            assert_eq!((known.statements(), known.body.len(), known.need_header("etag")), (0, 0, format!("W/{strong}").as_str()));
            assert!(known.header("content-encoding").is_none() && known.header("vary").is_some() && known.header("cache-control").is_some());
        }
        nobody.get(path).header("if-none-match", "\"other\"").await.assert_status(200);
    }
}

#[actix_web::test]
async fn the_cache_takes_no_more_than_it_may() {
    const MAX: u64 = 64 * 1024;
    let app = TestApp::cached(Settings { max_bytes: MAX, ..KEPT }).await;
    for n in 0..20 {
        app.product(&format!("Mug {n}")).description(&"Stoneware. ".repeat(100)).create().await;
    }
    let nobody = app.anonymous();
    let mut given = 0;
    for n in 0..100 {
        let page = nobody.get(format!("/products?max_price={}", 100_000 + n)).header("accept-encoding", "gzip").await.assert_status(200);
        given += page.json.to_string().len();
    }
    app.cache().settle().await;
    let stats = app.cache().stats();
    assert!(u64::try_from(given).unwrap() > 4 * MAX);
    assert!(stats.bytes <= MAX && stats.entries < 100 && stats.entries > 0, "{stats:?}");
}

#[actix_web::test]
async fn where_no_event_comes_an_answer_is_good_for_a_moment_only() {
    let moment = Duration::from_millis(50);
    let app = TestApp::cached(Settings { freshness: moment, ..KEPT }).await;
    let staff = app.staff().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    nobody.get("/products/mug").await.assert_status(200);
    staff.patch("/products/mug", json!({"name": "Big mug"})).await.assert_status(200);
    let waited = std::time::Instant::now();
    while nobody.get("/products/mug").await.json["name"] == "Mug" {
        assert!(waited.elapsed() < Duration::from_secs(10), "nobody will ever see it");
    }
}

#[actix_web::test]
async fn who_missed_events_trusts_nothing() {
    let app = shop().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    app.run_outbox().await;
    for _ in 0..2 {
        nobody.get("/products/mug").await.assert_status(200);
    }
    // More than the channel holds, and none of them about the mug.
    for _ in 0..2000 {
        app.events().publish(json!({"type": "order.placed", "data": {}}));
    }
    assert_how(&nobody.get("/products/mug").await, "hit");
    app.hear();
    assert_how(&nobody.get("/products/mug").await, "miss");
}

#[actix_web::test]
async fn what_is_known_counts_as_a_hit_and_under_the_route_that_it_answers() {
    let app = shop().await;
    app.product("Mug").create().await;
    app.run_outbox().await;
    let nobody = app.anonymous();
    for path in ["/products", "/products", "/products", "/products/mug", "/products/mug"] {
        nobody.get(path).await.assert_status(200);
    }
    app.cache().settle().await;
    let text = app.metrics().await;
    for series in [
        "novashop_cache_reads_total{outcome=\"hit\"} 3",
        "novashop_cache_reads_total{outcome=\"miss\"} 2",
        "novashop_cache_reads_total{outcome=\"coalesced\"} 0",
        "novashop_cache_entries 2",
        "http_requests_total{method=\"GET\",route=\"/api/v1/products\",status=\"200\"} 3",
        "http_requests_total{method=\"GET\",route=\"/api/v1/products/{id}\",status=\"200\"} 2",
    ] {
        assert!(text.lines().any(|line| line == series), "no {series} in\n{text}");
    }
    assert!(!text.contains("unmatched"), "an answer that no route was looked for is one of a route all the same");
    let invalidations = app.cache().stats().invalidations;
    app.staff().await.patch("/products/mug", json!({"name": "Big mug"})).await.assert_status(200);
    app.run_outbox().await;
    let series = format!("novashop_cache_invalidations_total {}", invalidations + 1);
    let text = app.metrics().await;
    assert!(text.lines().any(|line| line == series), "no {series} in\n{text}");
}
