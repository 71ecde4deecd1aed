//! What the API answers, through the role `web`.

use actix_web::http::{Method, header::HeaderValue};
use novashop_api::{extract::TrustedProxies, limits::Limits};
use novashop_services::ShopSettings;
use novashop_testing::{PASSWORD, TestApp};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::shop::Shop;

#[actix_web::test]
async fn bodies_cookies_and_headers_go_both_ways() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let product = app.product("Mug").create().await;
    let shop = Shop::before(&app).await;
    let post = |path: &str, body: Value| {
        let request = shop.request(Method::POST, path).insert_header(("content-type", "application/json"));
        shop.send(request, body.to_string().into_bytes())
    };
    let cart = post("/api/v1/cart/items", json!({"product_id": product.summary.id, "quantity": 2})).await;
    assert_eq!(cart.status, 201, "{}", cart.body);
    assert!(!cart.header("x-cart-token").is_empty() && !cart.header("etag").is_empty());
    let signed_in = post("/api/v1/auth/login", json!({"login": maya.account().username, "password": PASSWORD, "cookie": true})).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.body);
    let cookie = signed_in.every("set-cookie").join("");
    assert!(cookie.contains("HttpOnly") && cookie.contains("Path=/api/v1/auth"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    let renewed =
        shop.request(Method::POST, "/api/v1/auth/refresh").insert_header(("content-type", "application/json")).insert_header(("cookie", pair));
    assert_eq!(shop.send(renewed, b"{}".to_vec()).await.status, 200);
}

#[actix_web::test]
async fn refusals_compression_and_heads_come_as_the_api_gives_them() {
    let app = TestApp::new().await;
    app.product("Mug").create().await;
    let shop = Shop::before(&app).await;
    let lost = shop.get("/api/v1/products/nothing").await;
    assert_eq!((lost.status, lost.header("content-type")), (404, "application/problem+json"));
    assert!(lost.header("content-security-policy").contains("sandbox"), "the API's own policy");
    assert_eq!(shop.get_with("/api/v1/products", "accept-encoding", "gzip").await.header("content-encoding"), "gzip");
    let known = shop.get("/api/v1/products/mug").await;
    assert_eq!(shop.get_with("/api/v1/products/mug", "if-none-match", known.header("etag")).await.status, 304);
    let head = shop.send(shop.request(Method::HEAD, "/api/v1/products/mug"), vec![]).await;
    assert_eq!((head.status, head.body.as_str(), head.header("content-length")), (200, "", known.body.len().to_string().as_str()));
    assert_eq!(shop.get("/documentation/").await.status, 200);
    assert_eq!(shop.get("/openapi.json").await.status, 200);
    assert_eq!(shop.get("/problems/not-found").await.status, 200);
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused_by_the_api() {
    let app = TestApp::new().await;
    let shop = Shop::before(&app).await;
    let request = shop.request(Method::POST, "/api/v1/auth/register").insert_header(("content-type", "application/json"));
    let got = shop.send(request, vec![b' '; 1024 * 1024 + 1]).await;
    assert_eq!(got.status, 413, "{}", got.body);
}

/// An API that takes every byte and says nothing.
async fn silent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    actix_web::rt::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            actix_web::rt::spawn(async move { tokio::io::copy(&mut socket, &mut tokio::io::sink()).await });
        }
    });
    format!("http://{address}")
}

/// The head of the answer to a POST, of which `head` and `body` are sent and no more.
async fn posted(shop: &Shop, head: &str, body: &[u8]) -> (TcpStream, String) {
    let mut socket = TcpStream::connect(shop.base.strip_prefix("http://").unwrap()).await.unwrap();
    socket.write_all(format!("POST /api/v1/cart/items HTTP/1.1\r\nHost: shop.example.com\r\n{head}\r\n\r\n").as_bytes()).await.unwrap();
    socket.write_all(body).await.unwrap();
    let answer = read_head(&mut socket).await;
    (socket, answer)
}

#[actix_web::test]
async fn no_body_is_endless_and_none_lasts_for_ever() {
    let shop = Shop::at(&silent().await, |_| {});
    let (_socket, announced) = posted(&shop, "Content-Length: 11534337", b"").await;
    assert!(announced.starts_with("HTTP/1.1 413") && announced.contains("connection: close"), "{announced}");
    let chunk = [b"b00001\r\n".as_slice(), &vec![b' '; 0xb0_0001], b"\r\n"].concat();
    let (_socket, streamed) = posted(&shop, "Transfer-Encoding: chunked", &chunk).await;
    assert!(streamed.starts_with("HTTP/1.1 413"), "{streamed}");
    let (_socket, slow) = posted(&shop, "Content-Length: 10", b"{").await;
    assert!(slow.starts_with("HTTP/1.1 408") && slow.contains("connection: close"), "{slow}");
    assert!(slow.contains("content-type: application/problem+json"), "{slow}");
}

#[actix_web::test]
async fn one_client_has_only_so_many_bodies_in_flight() {
    let shop = Shop::at(&silent().await, |_| {});
    let mut held = Vec::new();
    for _ in 0..64 {
        let mut socket = TcpStream::connect(shop.base.strip_prefix("http://").unwrap()).await.unwrap();
        socket.write_all(b"POST /api/v1/cart/items HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 10\r\n\r\n{").await.unwrap();
        held.push(socket);
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let (_socket, refused) = posted(&shop, "Content-Length: 10", b"{").await;
    assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("retry-after: 3"), "{refused}");
    // Somebody else whom a proxy of the shop's own speaks for: only slow.
    let (_socket, other) = posted(&shop, "X-Forwarded-For: 198.51.100.7\r\nContent-Length: 10", b"{").await;
    assert!(other.starts_with("HTTP/1.1 408"), "{other}");
}

#[actix_web::test]
async fn without_the_api_everybody_is_told_in_their_own_form() {
    let shop = Shop::at("http://127.0.0.1:9", |_| {});
    let got = shop.get("/api/v1/products").await;
    assert_eq!((got.status, got.header("content-type"), got.header("retry-after")), (503, "application/problem+json", "3"));
    assert_eq!(serde_json::from_str::<Value>(&got.body).unwrap()["code"], "unavailable");
    for path in ["/", "/p/mug", "/cart", "/nothing", "//evil.example"] {
        let page = shop.get(path).await;
        assert_eq!((page.status, page.header("retry-after")), (503, "3"), "{path}");
        let again = r#"<a class="button button--primary" href="">"#;
        assert!(page.body.contains("Your cart is safe") && page.body.contains(again) && page.body.contains("Try again</a>"), "{}", page.body);
    }
    assert_eq!(shop.get("/sitemap.xml").await.status, 503);
}

#[actix_web::test]
async fn each_shopper_has_a_quota_of_their_own_and_nobody_can_claim_anothers() {
    let pass = HeaderValue::from_static("only this process knows");
    let app = TestApp::with_options(ShopSettings::default(), |options, clock| {
        options.limits = Some(Limits::new(std::sync::Arc::new(clock.clone())).into());
        options.trusted_proxies = TrustedProxies::parse("127.0.0.1").unwrap().with_pass(HeaderValue::from_static("only this process knows"));
    })
    .await;
    let shop = Shop::with(&app, |options| options.pass = Some(pass)).await;
    let left = async |client: &str| {
        let got = shop.get_with("/api/v1/categories", "x-forwarded-for", client).await;
        let remaining = got.header("ratelimit").split(';').find_map(|part| part.strip_prefix("r=")).map(|count| count.parse::<i64>().unwrap());
        remaining.unwrap_or_else(|| panic!("{:?}", got.body))
    };
    let first = left("198.51.100.1").await;
    assert_eq!(left("198.51.100.1").await, first - 1);
    assert_eq!(left("198.51.100.2").await, first, "somebody else");
    // A page is asked for in the name of whoever looks at it.
    let page = shop.get_with("/cart", "x-forwarded-for", "198.51.100.2").await;
    assert_eq!(page.status, 200);
    assert_eq!(left("198.51.100.2").await, first - 2);
}

/// Each visitor comes from an address of their own, as from outside; the loopback of other systems has one address only.
#[cfg(target_os = "linux")]
#[actix_web::test]
async fn by_its_pass_alone_the_api_believes_who_opened_the_page() {
    let pass = HeaderValue::from_static("only this process knows");
    let app = TestApp::with_options(ShopSettings::default(), |options, clock| {
        options.limits = Some(Limits::new(std::sync::Arc::new(clock.clone())).into());
        options.trusted_proxies = TrustedProxies::default().with_pass(HeaderValue::from_static("only this process knows"));
    })
    .await;
    let known = Shop::with(&app, |options| options.pass = Some(pass)).await;
    let unknown = Shop::with(&app, |options| options.pass = Some(HeaderValue::from_static("a guess"))).await;
    let left = async |shop: &Shop, visitor: u8, claims: &[(&str, &str)]| {
        let connector = awc::Connector::new().local_address([127, 0, 0, visitor].into());
        let client = awc::Client::builder().connector(connector).finish();
        let request = client.get(shop.address("/api/v1/categories"));
        let got = shop.send(claims.iter().fold(request, |request, claim| request.insert_header(*claim)), Vec::new()).await;
        let remaining = got.header("ratelimit").split(';').find_map(|part| part.strip_prefix("r=")).map(|count| count.parse::<i64>().unwrap());
        remaining.unwrap_or_else(|| panic!("{:?}", got.body))
    };
    let first = left(&known, 2, &[]).await;
    assert_eq!(left(&known, 3, &[]).await, first, "somebody else");
    let claims = [("x-forwarded-for", "127.0.0.3"), ("x-novashop-web", "only this process knows")];
    assert_eq!(left(&known, 2, &claims).await, first - 1, "what a visitor claims counts for nothing");
    // Whoever has another pass is one client, whomever it speaks for and whatever its visitors know.
    let one = left(&unknown, 4, &[]).await;
    assert_eq!(left(&unknown, 5, &claims).await, one - 1);
}

/// An API that answers every handshake and sends back what comes.
async fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    actix_web::rt::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let head = read_head(&mut socket).await;
        let key = head.lines().find_map(|line| line.strip_prefix("sec-websocket-key: ")).unwrap();
        let accept = actix_http::ws::hash_key(key.as_bytes());
        let accept = String::from_utf8(accept.to_vec()).unwrap();
        assert!(
            head.contains("x-forwarded-for: 127.0.0.1") && head.contains("host: shop.example.com") && !head.contains("sec-websocket-extensions"),
            "{head}"
        );
        // The first bytes come in one piece with the head.
        let answer =
            format!("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\nhello");
        socket.write_all(answer.as_bytes()).await.unwrap();
        let mut buffer = [0; 1024];
        loop {
            match socket.read(&mut buffer).await.unwrap() {
                0 => break,
                count => socket.write_all(&buffer[..count]).await.unwrap(),
            }
        }
    });
    format!("http://{address}")
}

async fn read_head(socket: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap().lines().map(small).collect::<Vec<_>>().join("\n")
}

/// Names of headers in small letters, values as they are.
fn small(line: &str) -> String {
    line.split_once(": ").map_or_else(|| line.to_owned(), |(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
}

#[actix_web::test]
async fn a_websocket_goes_through_unread_both_ways_and_ends_on_both_sides() {
    let shop = Shop::at(&echo().await, |_| {});
    let mut socket = TcpStream::connect(shop.base.strip_prefix("http://").unwrap()).await.unwrap();
    let handshake = "GET /api/v1/ws HTTP/1.1\r\nHost: shop.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    socket.write_all(handshake.as_bytes()).await.unwrap();
    let head = read_head(&mut socket).await;
    assert!(head.starts_with("HTTP/1.1 101") && head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
    let mut answer = [0; 5];
    socket.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"hello");
    for bytes in [b"\x81\x85abcde", b"\x00\xff\x00\xff!!!"] {
        socket.write_all(bytes).await.unwrap();
        let mut back = [0; 7];
        socket.read_exact(&mut back).await.unwrap();
        assert_eq!(&back, bytes);
    }
    socket.shutdown().await.unwrap();
    let mut rest = Vec::new();
    let ended = actix_web::rt::time::timeout(std::time::Duration::from_secs(10), socket.read_to_end(&mut rest)).await;
    assert!(ended.is_ok() && rest.is_empty(), "the connection ends with its other half");
}

#[actix_web::test]
async fn an_upgrade_that_the_api_refuses_is_refused_in_its_form() {
    for (answered, status, code) in [("404 Not Found", 404, "not_found"), ("200 OK", 400, "bad_request"), ("503 Unavailable", 503, "unavailable")] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = Shop::at(&format!("http://{}", listener.local_addr().unwrap()), |_| {});
        actix_web::rt::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            read_head(&mut socket).await;
            socket.write_all(format!("HTTP/1.1 {answered}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await.unwrap();
        });
        let mut socket = TcpStream::connect(shop.base.strip_prefix("http://").unwrap()).await.unwrap();
        let handshake = "GET /api/v1/ws HTTP/1.1\r\nHost: shop.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.write_all(handshake.as_bytes()).await.unwrap();
        let head = read_head(&mut socket).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")) && head.contains("content-type: application/problem+json"), "{answered}: {head}");
        let mut body = [0; 1024];
        let count = socket.read(&mut body).await.unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&body[..count]).unwrap()["code"], code);
    }
}

#[actix_web::test]
async fn a_broken_handshake_is_refused() {
    let shop = Shop::at("http://127.0.0.1:9", |_| {});
    let got = shop.send(shop.request(Method::GET, "/api/v1/ws").insert_header(("upgrade", "websocket")), vec![]).await;
    assert_eq!(got.status, 400);
}
