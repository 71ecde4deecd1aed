//! Clients that are slow, endless, huge or ambiguous, over a real connection: each is refused or cut off, and the next one is served.

use std::{io::Write as _, rc::Rc, sync::Arc, time::Duration};

use flate2::{Compression, write::GzEncoder};
use novashop_api::{
    limits::{Class, Limits},
    network::Patience,
};
use novashop_services::{ShopSettings, images::UPLOADS};
use novashop_testing::{Raw, Served, TestApp, Wire};
use serde_json::json;

const LOGIN: &str = "POST /api/v1/auth/login HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n";

/// A server with another patience than production's.
async fn serve(change: impl FnOnce(&mut Patience)) -> (TestApp, Rc<Served>) {
    let app = TestApp::with_options(ShopSettings::default(), |options, _| change(&mut options.patience)).await;
    let served = app.serve().await;
    (app, served)
}

const SHORT: Duration = Duration::from_millis(300);

/// A connection over which one request was answered. actix counts from a time that it looks up twice a second, so that a short patience may
/// be over before it began: then another one, a little later.
async fn used(served: &Served) -> Wire {
    for _ in 0..20 {
        let mut wire = served.wire().await;
        wire.send("GET /healthz HTTP/1.1\r\nhost: shop\r\n\r\n").await;
        if wire.answer().await.is_some_and(|answer| answer.status == 200) {
            return wire;
        }
        wire.pause(60).await;
    }
    panic!("the server answers nobody")
}

/// A second request on such a connection, and its answer.
async fn again(served: &Served, request: &str) -> (Wire, Raw) {
    for _ in 0..5 {
        let mut wire = used(served).await;
        wire.send(request).await;
        if let Some(answer) = wire.answer().await {
            return (wire, answer);
        }
        // So that the next try falls on another part of the half second for which actix keeps the time.
        wire.pause(120).await;
    }
    panic!("no connection is kept");
}

async fn assert_still_open(served: &Served) {
    used(served).await;
}

#[actix_web::test]
async fn a_head_that_comes_a_byte_at_a_time_is_cut_off() {
    let (_app, served) = serve(|patience| patience.head = SHORT).await;
    let mut wire = served.wire().await;
    wire.send("GET /healthz HTTP/1.1\r\nx-slow: ").await;
    assert!(wire.trickle(b"a").await, "the server waits for ever");
    assert!(wire.answer().await.is_none_or(|answer| answer.status == 408));
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn the_head_of_a_second_request_is_waited_for_no_longer() {
    let (_app, served) = serve(|patience| (patience.head, patience.keep_alive) = (SHORT, SHORT)).await;
    let mut wire = used(&served).await;
    wire.send("GET /healthz HTTP/1.1\r\nx-slow: ").await;
    assert!(wire.trickle(b"a").await, "the server waits for ever");
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn a_connection_that_nobody_uses_is_ended_and_one_at_work_is_not() {
    let (_app, served) = serve(|patience| (patience.head, patience.keep_alive) = (SHORT, SHORT)).await;
    used(&served).await.rest().await;
    // Twice as long as a connection may lie idle; the body has more time than that. A busy machine may take the head too late: then once more.
    for attempt in 1.. {
        let mut slow = used(&served).await;
        slow.send(format!("{LOGIN}content-length: 2\r\n\r\n{{")).await;
        slow.pause(1200).await;
        slow.send("}").await;
        match slow.answer().await {
            Some(answer) => {
                assert_eq!(answer.status, 422);
                break;
            }
            None => assert!(attempt < 5, "a request at work was cut off"),
        }
    }
}

#[actix_web::test]
async fn a_body_that_comes_a_byte_at_a_time_is_refused_in_words() {
    let (app, served) = serve(|patience| patience.body = SHORT).await;
    let before = app.row_counts().await;
    for (framing, piece) in [("content-length: 100000", &b" "[..]), ("transfer-encoding: chunked", b"1\r\n \r\n")] {
        let mut wire = served.wire().await;
        wire.send(format!("{LOGIN}{framing}\r\n\r\n")).await;
        assert!(wire.trickle(piece).await, "the server waits for ever: {framing}");
        let answer = wire.answer().await.unwrap();
        assert_eq!((answer.status, answer.code().as_str(), answer.closes()), (408, "request_timeout", true), "{framing}");
    }
    assert_eq!(app.row_counts().await, before);
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn a_body_that_nobody_wants_to_read_holds_no_connection() {
    let (_app, served) = serve(|patience| (patience.head, patience.keep_alive) = (SHORT, SHORT)).await;
    for (framing, piece) in [("content-length: 1000000", &b" "[..]), ("transfer-encoding: chunked", b"1\r\n \r\n")] {
        // Refused by the guard, or because nothing is there: the body is left where it is.
        for path in ["/api/v1/users/me/password", "/nothing"] {
            let (mut wire, answer) = again(&served, &format!("PUT {path} HTTP/1.1\r\nhost: shop\r\n{framing}\r\n\r\n")).await;
            assert!([401, 404].contains(&answer.status));
            assert!(wire.trickle(piece).await, "the server waits for ever: {path}, {framing}");
        }
    }
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn heads_that_are_too_long_are_refused() {
    let (_app, served) = serve(|_| {}).await;
    let heads = [
        format!("GET /{} HTTP/1.1\r\nhost: shop\r\n\r\n", "a".repeat(100_000)),
        format!("GET /{} HTTP/1.1\r\nhost: shop\r\n\r\n", "a".repeat(1_000_000)),
        format!("GET /healthz HTTP/1.1\r\nx: {}\r\n\r\n", "a".repeat(1_000_000)),
        format!("GET /healthz HTTP/1.1\r\n{}: a\r\n\r\n", "x".repeat(200_000)),
        format!("GET /healthz HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(1000)),
        format!("{} / HTTP/1.1\r\n\r\n", "G".repeat(200_000)),
    ];
    for head in heads {
        let mut wire = served.wire().await;
        wire.send(&head).await;
        if let Some(answer) = wire.answer().await {
            assert!([400, 414, 431].contains(&answer.status), "{}: {}", head.len(), answer.head);
        }
        wire.rest().await;
    }
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn a_json_body_over_the_limit_is_refused_however_it_is_framed() {
    let (_app, served) = serve(|_| {}).await;
    let body = "a".repeat(1024 * 1024 + 1);
    for framed in [
        format!("{LOGIN}content-length: {}\r\n\r\n{body}", body.len()),
        format!("{LOGIN}transfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len()),
        // More is announced than comes: nobody waits for it.
        format!("{LOGIN}content-length: 99999999999\r\n\r\n"),
    ] {
        let mut wire = served.wire().await;
        wire.send(framed).await;
        let answer = wire.answer().await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (413, "payload_too_large"));
    }
    let mut endless = served.wire().await;
    endless.send(format!("{LOGIN}transfer-encoding: chunked\r\n\r\n")).await;
    endless.flood(format!("10000\r\n{}\r\n", "a".repeat(0x10000)).as_bytes(), 2 * 1024 * 1024).await;
    assert_eq!(endless.answer().await.unwrap().status, 413);
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn a_length_that_lies_never_makes_a_second_request_of_the_body() {
    let (_app, served) = serve(|patience| patience.body = SHORT).await;
    let mut short = served.wire().await;
    // The rest of the body is taken for the next request, which is none.
    short.send(format!("{LOGIN}content-length: 2\r\n\r\n{{}}\"more\": \"than was announced\"}}\r\n\r\n")).await;
    assert_eq!(short.answer().await.unwrap().status, 422);
    assert_eq!(short.answer().await.unwrap().status, 400);
    short.rest().await;
    let mut long = served.wire().await;
    long.send(format!("{LOGIN}content-length: 50\r\n\r\n{{}}")).await;
    let answer = long.answer().await.unwrap();
    assert_eq!((answer.status, answer.code().as_str()), (408, "request_timeout"));
}

#[actix_web::test]
async fn framing_that_two_readers_would_understand_in_two_ways_is_refused_and_ends_the_connection() {
    let (_app, served) = serve(|_| {}).await;
    let smuggled = "GET /healthz HTTP/1.1\r\nhost: shop\r\n\r\n";
    let post = "POST /api/v1/auth/login HTTP/1.1\r\nhost: shop\r\n";
    let old = "POST /api/v1/auth/login HTTP/1.0\r\nhost: shop\r\n";
    for head in [
        format!("{post}content-length: 0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n"),
        format!("{post}content-length: 0\r\ncontent-length: 37\r\n\r\n"),
        format!("{post}content-length: 0, 37\r\n\r\n"),
        format!("{post}content-length: +0\r\n\r\n"),
        format!("{post}content-length: -1\r\n\r\n"),
        format!("{post}content-length: 0x10\r\n\r\n"),
        format!("{post}content-length: 99999999999999999999999\r\n\r\n"),
        format!("{post}content-length : 0\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding: identity\r\n\r\n"),
        format!("{post}transfer-encoding: \x0bchunked\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding : chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\nzz\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\n-1\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n"),
        format!("{old}transfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}x: y\r\n content-length: 5\r\n\r\n"),
        format!("{post}host: another\r\n\r\n"),
    ] {
        let mut wire = served.wire().await;
        wire.send(format!("{head}{smuggled}")).await;
        let answer = wire.answer().await.unwrap_or_else(|| panic!("{head:?}: no answer"));
        assert_eq!(answer.status, 400, "{head:?}: {}", answer.head);
        let more = wire.rest().await;
        assert!(!more.windows(12).any(|window| window == b"HTTP/1.1 200"), "{head:?} smuggled a request in");
    }
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn a_compression_bomb_is_refused_before_it_is_unpacked() {
    let (app, served) = serve(|_| {}).await;
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..20 {
        bomb.write_all(&[b' '; 1024 * 1024]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 50_000, "20 MiB in {} bytes", bomb.len());
    for coding in ["gzip", "br", "zstd", "deflate", "identity, gzip", "identity\r\ncontent-encoding: gzip"] {
        let mut wire = served.wire().await;
        wire.send(format!("{LOGIN}content-encoding: {coding}\r\ncontent-length: {}\r\n\r\n", bomb.len())).await;
        wire.send(&bomb).await;
        let answer = wire.answer().await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (415, "unsupported_media_type"), "{coding}");
    }
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await.summary.id;
    let upload = staff.post(format!("/products/{mug}/images"), json!(null)).body("multipart/form-data; boundary=x", bomb);
    upload.header("content-encoding", "gzip").await.assert_problem(415, "unsupported_media_type");
}

/// An upload that has sent its head and nothing else.
async fn upload_head(app: &TestApp, framing: &str) -> String {
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await.summary.id;
    let token = &staff.account().access_token;
    format!(
        "POST /api/v1/products/{mug}/images HTTP/1.1\r\nhost: shop\r\nauthorization: Bearer {token}\r\ncontent-type: multipart/form-data; boundary=x\r\n{framing}\r\n\r\n"
    )
}

#[actix_web::test]
async fn uploads_that_never_end_are_refused() {
    let (app, served) = serve(|_| {}).await;
    let head = upload_head(&app, "transfer-encoding: chunked").await;
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n";
    let text = "--x\r\ncontent-disposition: form-data; name=\"alt\"\r\n\r\n";
    let alt = "--x\r\ncontent-disposition: form-data; name=\"alt\"\r\n\r\na\r\n";
    // What begins, what goes on for ever, and what may come of it.
    let endless: [(&str, String, &[u16]); 7] = [
        ("", alt.repeat(1000), &[422]),
        ("", "--x\r\nx: ".to_owned() + &"a".repeat(60_000), &[400, 413]),
        ("--x\r\ncontent-disposition: form-data; name=\"", "a".repeat(60_000), &[400, 413]),
        ("", "no boundary at all".repeat(1000), &[400, 413]),
        ("", "no boundary at all\r\n".repeat(1000), &[413]),
        (file, "a".repeat(60_000), &[413]),
        (text, "\r\n--y".repeat(10_000), &[413]),
    ];
    for (begin, go_on, allowed) in endless {
        let mut wire = served.wire().await;
        wire.send(&head).await;
        if !begin.is_empty() {
            wire.send(chunk(begin)).await;
        }
        wire.flood(chunk(&go_on).as_bytes(), 11 * 1024 * 1024).await;
        if let Some(answer) = wire.answer().await {
            assert!(allowed.contains(&answer.status), "{begin:?} and {} bytes for ever → {}", go_on.len(), answer.head);
            assert!(answer.body.len() < 2000, "an answer as long as the nonsense");
        }
    }
    assert_still_open(&served).await;
}

#[actix_web::test]
async fn uploads_that_trickle_take_every_place_for_no_longer_than_the_patience_lasts() {
    let (app, served) = serve(|patience| patience.upload = Duration::from_secs(3)).await;
    let head = upload_head(&app, "content-length: 1000000").await;
    let mut waiting = Vec::new();
    for _ in 0..=UPLOADS {
        let mut wire = served.wire().await;
        wire.send(format!("{head}--x\r\n")).await;
        waiting.push(wire);
    }
    // Whose head is read last finds no place; the others have theirs until the patience ends.
    let mut full = Vec::new();
    for wire in &mut waiting {
        let answer = wire.answer().await.unwrap();
        match answer.status {
            503 => full.push(answer),
            _ => assert_eq!(answer.code(), "request_timeout"),
        }
    }
    let [full] = full.as_slice() else { panic!("{} are told to come back, and not the one too many", full.len()) };
    assert_eq!(full.code(), "unavailable");
    assert!(full.head.contains("\r\nretry-after: "), "{}", full.head);
    app.image(app.product("Pot").create().await.summary.id).await;
    let mut next = served.wire().await;
    next.send(format!("{}--x--\r\n", head.replace("1000000", "7"))).await;
    assert_ne!(next.answer().await.unwrap().status, 503, "the places are free again");
}

#[actix_web::test]
async fn every_proper_form_of_a_request_is_answered() {
    let (_app, served) = serve(|_| {}).await;
    let ask = async |request: String| {
        let mut wire = served.wire().await;
        wire.send(request).await;
        (wire.answer().await.unwrap(), wire)
    };
    let (old, mut wire) = ask("GET /healthz HTTP/1.0\r\n\r\n".into()).await;
    assert_eq!(old.status, 200);
    assert!(wire.rest().await.is_empty(), "HTTP/1.0 ends the connection");
    let (absolute, _) = ask("GET http://elsewhere.example/healthz HTTP/1.1\r\nhost: shop\r\n\r\n".into()).await;
    assert_eq!(absolute.status, 200);
    for odd in ["CONNECT shop:443", "GET *", "GET //healthz", "BREW /healthz", "TRACE /healthz"] {
        let (answer, _) = ask(format!("{odd} HTTP/1.1\r\nhost: shop\r\n\r\n")).await;
        assert!([400, 404, 405].contains(&answer.status), "{odd} → {}", answer.head);
    }
    let (first, mut pipelined) = ask("GET /healthz HTTP/1.1\r\nhost: shop\r\n\r\nGET /nothing HTTP/1.1\r\nhost: shop\r\n\r\n".into()).await;
    assert_eq!((first.status, pipelined.answer().await.unwrap().status), (200, 404), "in the order they were asked");
    let (go_on, mut expecting) = ask(format!("{LOGIN}expect: 100-continue\r\ncontent-length: 2\r\n\r\n")).await;
    assert_eq!(go_on.status, 100);
    expecting.send("{}").await;
    assert_eq!(expecting.answer().await.unwrap().status, 422);
}

#[actix_web::test]
async fn an_address_in_other_letters_is_counted_as_the_same_route() {
    let app =
        TestApp::with_options(ShopSettings::default(), |options, clock| options.limits = Some(Arc::new(Limits::new(Arc::new(clock.clone()))))).await;
    let served = app.serve().await;
    for path in ["/api/v1/auth/lo%67in", "http://elsewhere.example/api/v1/auth/login", "/api/v1/auth/login?x=1"] {
        let mut wire = served.wire().await;
        wire.send(format!("POST {path} HTTP/1.1\r\nhost: shop\r\ncontent-length: 0\r\n\r\n")).await;
        let answer = wire.answer().await.unwrap();
        assert!(answer.head.contains(&format!("\r\nratelimit-policy: \"{}\"", Class::Password.name())), "{path}: {}", answer.head);
    }
}
