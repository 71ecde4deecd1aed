//! The app's files.

use actix_web::http::Method;
use novashop_web::Files;

use crate::shop::Shop;

/// Files need no API.
fn shop() -> Shop {
    Shop::at("http://127.0.0.1:9", |_| {})
}

#[actix_web::test]
async fn files_come_compressed_as_they_were_built_and_are_kept_for_ever() {
    let shop = shop();
    for (accepted, coding, body) in [
        ("gzip, deflate, br, zstd", "br", "brotli of the shop"),
        ("gzip", "gzip", "gzip of the shop"),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip of the shop"),
        ("identity", "", "plain shop.1.wasm"),
    ] {
        let got = shop.get_with("/assets/shop.1.wasm", "accept-encoding", accepted).await;
        assert_eq!((got.status, got.header("content-encoding"), got.body.as_str()), (200, coding, body), "{accepted}");
        assert_eq!(got.header("content-type"), "application/wasm");
        assert_eq!(got.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(got.header("vary"), "Accept-Encoding");
        let again = shop
            .send(
                shop.request(Method::GET, "/assets/shop.1.wasm")
                    .insert_header(("accept-encoding", accepted))
                    .insert_header(("if-none-match", got.header("etag"))),
                vec![],
            )
            .await;
        assert_eq!((again.status, again.body.as_str()), (304, ""));
    }
    let script = shop.get_with("/assets/shop.1.js", "accept-encoding", "br").await;
    assert_eq!((script.header("content-type"), script.header("content-encoding")), ("text/javascript; charset=utf-8", ""));
}

#[actix_web::test]
async fn head_tells_the_length_and_sends_nothing() {
    let shop = shop();
    let got = shop.send(shop.request(Method::HEAD, "/assets/shop.1.js"), vec![]).await;
    assert_eq!((got.status, got.header("content-length"), got.body.as_str()), (200, "15", ""));
}

#[actix_web::test]
async fn no_address_leads_out_of_the_folder() {
    let shop = shop();
    for path in [
        "/assets/../secret",
        "/assets/..%2fsecret",
        "/assets/%2e%2e/secret",
        "/assets/....//secret",
        "/assets//etc/passwd",
        "/assets/secret",
        "/assets/",
        "/assets/shop.1.wasm.br",
    ] {
        let got = shop.get(path).await;
        assert_ne!(got.status, 200, "{path}");
        assert!(!got.body.contains("nobody's business"), "{path}");
    }
}

#[actix_web::test]
async fn without_a_build_whoever_opens_the_shop_is_told_what_to_run() {
    let shop = Shop::at("http://127.0.0.1:9", |options| options.files = Files::default().into());
    let got = shop.get("/").await;
    assert_eq!(got.status, 503);
    assert!(got.body.contains("make app"));
    assert_eq!(shop.get("/healthz").await.status, 200);
}
