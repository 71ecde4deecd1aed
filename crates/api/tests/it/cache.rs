//! The read cache: what is kept, for whom, and when it is not good any more.

use std::time::Duration;

use actix_web::http::Method;
use futures_util::future::join_all;
use novashop_api::cache::Settings;
use novashop_services::{big_demo, imports};
use novashop_testing::{
    Answer, TestApp, first_variant,
    pictures::{multipart, png},
    shopping::order,
};
use novashop_types::{Currency, catalogue::ProductStatus};
use serde_json::{Value, json};

/// Nothing is outdated by itself while a test runs.
const KEPT: Settings = Settings { freshness: Duration::from_secs(3600), ..Settings::HEARS_EVERYTHING };

async fn shop() -> TestApp {
    TestApp::cached(KEPT).await
}

fn said(answer: &Answer, how: &str) -> bool {
    answer.server_timing().contains(&format!("cache;desc=\"{how}\""))
}

#[track_caller]
fn assert_how(answer: &Answer, how: &str) {
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

/// Reads these addresses twice, writes, and reads them again: until the relay ran they are as before, and then they are not.
async fn changes<T>(app: &TestApp, paths: &[&str], what: &str, write: impl IntoFuture<Output = T>) -> T {
    let nobody = app.anonymous();
    app.run_outbox().await;
    let mut before = Vec::new();
    for path in paths {
        nobody.get(path).await;
        let known = nobody.get(path).await.assert_status(200);
        assert_how(&known, "hit");
        before.push(known);
    }
    let done = write.await;
    for (path, before) in paths.iter().zip(&before) {
        let still = nobody.get(path).await.assert_status(200);
        assert_eq!(still.body, before.body, "{what}: {path} is cached");
    }
    app.run_outbox().await;
    for (path, before) in paths.iter().zip(&before) {
        let after = nobody.get(path).await;
        assert!(!said(&after, "hit") && after.body != before.body, "{what}: {path} did not change\n{}", after.text());
    }
    done
}

#[actix_web::test]
async fn a_change_of_a_product_is_seen_wherever_it_is_shown() {
    let app = shop().await;
    let staff = app.staff().await;
    app.category("Tableware", None).await;
    let mug = app.product("Mug").category("tableware").price(1000).variant("Size", "S").variant("Size", "L").create().await;
    let id = mug.summary.id;
    let (detail, list, tree, suggestions) = (format!("/products/{id}"), "/products?facets=true", "/categories", "/search/suggest?q=mug");
    let detail = detail.as_str();
    let by_staff = |method: Method, path: String, body: Value| {
        let staff = staff.clone();
        async move {
            let request = staff.request(method.clone(), format!("/api/v1{path}"));
            let answer = if method == Method::DELETE { request.await } else { request.json(body).await };
            assert!(answer.status < 300, "{}\n{}", answer.request, answer.text());
            answer
        }
    };
    changes(&app, &[detail, list, suggestions], "a name", by_staff(Method::PATCH, detail.into(), json!({"name": "Big mug"}))).await;
    let variant = format!("{detail}/variants/{}", first_variant(&mug));
    let euros = |amount: i64| json!({"amount": amount, "currency": "EUR"});
    changes(&app, &[detail, list], "a price", by_staff(Method::PATCH, variant.clone(), json!({"price": euros(900)}))).await;
    let xl = json!({"options": {"Size": "XL"}, "price": euros(2000), "stock": 3});
    let made = changes(&app, &[detail, list], "a new variant", by_staff(Method::POST, format!("{detail}/variants"), xl)).await;
    let path = format!("{detail}/variants/{}", made.text_at("/id"));
    changes(&app, &[detail, list], "no such variant any more", by_staff(Method::DELETE, path, Value::Null)).await;
    let upload = async {
        let (kind, body) = multipart(&[("file", &png())]);
        staff.post(format!("{detail}/images"), json!(null)).body(&kind, body).await.assert_status(201).text_at("/id")
    };
    let image = changes(&app, &[detail, list], "a picture", upload).await;
    let image = format!("{detail}/images/{image}");
    changes(&app, &[detail, list], "its text", by_staff(Method::PATCH, image.clone(), json!({"alt": "A mug"}))).await;
    changes(&app, &[detail, list], "no picture", by_staff(Method::DELETE, image, Value::Null)).await;
    let pot = json!({"name": "Mug and pot", "price": euros(100), "category": "tableware"});
    changes(&app, &[list, tree, suggestions], "a new product", by_staff(Method::POST, "/products".into(), pot)).await;
    changes(&app, &[detail, list, tree], "archived", by_staff(Method::DELETE, detail.into(), Value::Null)).await;
    let gone = app.anonymous().get(detail).await.assert_problem(404, "not_found");
    assert!(gone.statements() > 0);
    by_staff(Method::PATCH, detail.into(), json!({"status": "published"})).await;
    assert_eq!(app.anonymous().get(detail).await.status, 200, "what is not there is not kept");
}

#[actix_web::test]
async fn a_change_of_a_category_is_seen_wherever_it_is_named() {
    let app = shop().await;
    let staff = app.staff().await;
    for name in ["Tableware", "Kitchen"] {
        app.category(name, None).await;
    }
    let kitchen = app.category("Stoves", None).await;
    app.product("Mug").category("tableware").create().await;
    let (detail, list, tree, own) = ("/products/mug", "/products", "/categories", "/categories/tableware");
    changes(&app, &[detail, list, tree, own], "a name", staff.patch(own, json!({"name": "Cups"}))).await.assert_status(200);
    changes(&app, &[tree, own], "a place", staff.patch(own, json!({"parent_id": kitchen.id}))).await.assert_status(200);
    changes(&app, &[tree], "a new one", staff.post("/categories", json!({"name": "Lamps"}))).await.assert_status(201);
    changes(&app, &[tree, "/categories/lamps"], "no such category", staff.delete("/categories/lamps")).await.assert_status(204);
    changes(&app, &[detail, list, tree], "a product elsewhere", staff.patch(detail, json!({"category": "kitchen"}))).await.assert_status(200);
    let slug = staff.patch(own, json!({"slug": "cups"}));
    changes(&app, &[own], "a slug", slug).await.assert_status(200);
    assert_eq!(app.anonymous().get(own).await.assert_status(200).text_at("/slug"), "cups", "its old name still means it");
}

#[actix_web::test]
async fn a_change_of_a_review_is_seen_in_the_reviews_and_a_rating_in_the_lists() {
    let app = shop().await;
    let (staff, maya, other) = (app.staff().await, app.customer().await, app.other_customer().await);
    let id = app.product("Mug").create().await.summary.id;
    let (detail, list, reviews) = (format!("/products/{id}"), "/products", format!("/products/{id}/reviews"));
    let (detail, reviews) = (detail.as_str(), reviews.as_str());
    let shown = [detail, list, reviews];
    let new = changes(&app, &shown, "a review", maya.post(reviews, json!({"rating": 5, "title": "Good"}))).await.assert_status(201);
    let own = format!("/reviews/{}", new.text_at("/id"));
    let known = async || {
        app.run_outbox().await;
        join_all([detail, list].map(|path| app.anonymous().get(path).into_future())).await
    };
    known().await;
    changes(&app, &[reviews], "its words", maya.patch(&own, json!({"title": "Very good"}))).await.assert_status(200);
    changes(&app, &[reviews], "a vote", other.put(format!("{own}/helpful"), json!(null)).body("", "")).await.assert_status(204);
    changes(&app, &[reviews], "no vote", other.delete(format!("{own}/helpful"))).await.assert_status(204);
    changes(&app, &[reviews], "an answer", staff.put(format!("{own}/answer"), json!({"text": "Thank you"}))).await.assert_status(200);
    changes(&app, &[reviews], "another name", maya.patch("/users/me", json!({"username": "maya.l"}))).await.assert_status(200);
    for answer in known().await {
        assert_how(&answer, "hit");
    }
    changes(&app, &shown, "a rating", maya.patch(&own, json!({"rating": 4}))).await.assert_status(200);
    changes(&app, &shown, "hidden", staff.patch(&own, json!({"hidden": true}))).await.assert_status(200);
    changes(&app, &shown, "shown again", staff.patch(&own, json!({"hidden": false}))).await.assert_status(200);
    changes(&app, &[reviews], "an account that is gone", maya.delete("/users/me")).await.assert_status(204);
    changes(&app, &shown, "deleted", staff.delete(&own)).await.assert_status(204);
}

#[actix_web::test]
async fn a_sale_touches_a_list_only_where_a_product_sells_out_or_comes_back() {
    let app = shop().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    let mug = app.product("Mug").stock(3).create().await;
    let buy = async |quantity: i64| {
        maya.put_in_cart(first_variant(&mug), quantity).await;
        maya.post("/orders", order()).await.assert_status(201).text_at("/id")
    };
    let cancel = async |id: String| maya.post(format!("/orders/{id}/cancel"), json!({})).await.assert_status(200);
    let list_said = async |how: &str| assert_how(&nobody.get("/products").await, how);
    let (detail, both) = ("/products/mug", ["/products/mug", "/products"]);
    nobody.get("/products").await;
    app.run_outbox().await;
    nobody.get("/products").await;
    let first = changes(&app, &[detail], "one is sold", buy(1)).await;
    list_said("hit").await;
    changes(&app, &[detail], "one comes back", cancel(first)).await;
    list_said("hit").await;
    let all = changes(&app, &both, "all are sold", buy(3)).await;
    assert_eq!(nobody.get("/products").await.items()[0]["in_stock"], false);
    changes(&app, &both, "they come back", cancel(all)).await;
    buy(3).await;
    let expire = async {
        app.clock().advance(31 * 60 * 1000);
        app.run_schedule().await;
    };
    changes(&app, &both, "nobody paid for them", expire).await;
    let staff = app.staff().await;
    let path = format!("/variants/{}/stock", first_variant(&mug));
    changes(&app, &[detail], "some more", staff.post(&path, json!({"delta": 2, "reason": "delivery"}))).await.assert_status(201);
    list_said("hit").await;
    changes(&app, &both, "none is left", staff.post(&path, json!({"set": 0, "reason": "count"}))).await.assert_status(201);
}

#[actix_web::test]
async fn an_import_and_a_demo_are_seen() {
    let app = shop().await;
    app.product("Mug").create().await;
    let file =
        json!({"products": [{"slug": "pot", "name": "Pot", "category": "tableware", "price": {"amount": 1999, "currency": "EUR"}, "stock": 3}]});
    let import = async {
        let parsed = imports::parse(file.to_string().as_bytes(), Currency::EUR).unwrap();
        let outcome = imports::apply(app.ctx(), "a file", parsed, &imports::NoFiles, &|_, _, _| {}).await.unwrap();
        assert_eq!(outcome.created, 1, "{outcome:?}");
    };
    changes(&app, &["/products", "/categories"], "an import", import).await;
    let demo = async { big_demo::fill(app.ctx(), 3, &|_, _, _| {}).await.unwrap() };
    assert_eq!(changes(&app, &["/products"], "a demo", demo).await, 3);
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
async fn who_is_signed_in_reads_what_she_just_wrote_where_she_asks_for_it() {
    let app = shop().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    let reviews = format!("/products/{}/reviews", app.product("Mug").create().await.summary.id);
    app.run_outbox().await;
    nobody.get(&reviews).await.assert_status(200);
    maya.post(&reviews, json!({"rating": 5, "title": "Good"})).await.assert_status(201);
    // Nobody has told the cache yet.
    let kept = maya.get(&reviews).await.assert_status(200);
    assert_eq!(kept.items().len(), 0);
    let anew = maya.get(&reviews).header("cache-control", "max-age=0, no-cache").await.assert_status(200);
    assert_how(&anew, "bypass");
    assert_eq!(anew.items().len(), 1);
    // It is no way past the cache for everybody.
    let guests = nobody.get(&reviews).header("cache-control", "no-cache").await.assert_status(200);
    assert_how(&guests, "hit");
}

#[actix_web::test]
async fn staff_read_past_the_cache_and_what_they_see_does_not_get_into_it() {
    let app = shop().await;
    let (staff, maya, nobody) = (app.staff().await, app.customer().await, app.anonymous());
    app.product("Mug").create().await;
    app.product("Secret mug").status(ProductStatus::Draft).create().await;
    app.run_outbox().await;
    for _ in 0..2 {
        let seen = staff.get("/products/secret-mug").await.assert_status(200);
        assert_eq!(seen.need_header("cache-control"), "private, no-store");
        let any = staff.get("/products?status=any").await.assert_status(200);
        assert_eq!((any.items().len(), any.need_header("cache-control")), (2, "private, no-store"));
        let list = staff.get("/products").await.assert_status(200);
        assert_how(&list, "bypass");
        assert!(list.statements() > 0);
        for shopper in [&nobody, &maya] {
            shopper.get("/products/secret-mug").await.assert_problem(404, "not_found");
            shopper.get("/products/secret-mug/reviews").await.assert_problem(404, "not_found");
            assert_eq!(shopper.get("/products").await.assert_status(200).items().len(), 1);
            assert!(shopper.get("/search/suggest?q=secret").await.assert_status(200).json["products"].as_array().unwrap().is_empty());
            assert!([401, 403].contains(&shopper.get("/products?status=any").await.status));
        }
        assert!(staff.get("/products/mug").await.assert_status(200).statements() > 0);
    }
}

#[actix_web::test]
async fn a_wrong_token_is_refused_where_the_answer_is_known() {
    let app = shop().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    for _ in 0..2 {
        nobody.get("/products").await.assert_status(200);
    }
    nobody.get("/products").header("authorization", "Bearer nonsense").await.assert_problem(401, "invalid_token");
    nobody.get("/products?surprise=1").await.assert_problem(400, "unknown_parameter");
    nobody.get("/products/mug?surprise=1").await.assert_problem(400, "unknown_parameter");
    nobody.get("/products/mug?surprise=1").await.assert_problem(400, "unknown_parameter");
    nobody.post("/products", json!({})).await.assert_problem(401, "unauthorized");
    nobody.request(Method::OPTIONS, "/api/v1/products").await.assert_problem(405, "method_not_allowed");
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
