//! What machines look for by name.

use novashop_testing::TestApp;
use serde_json::{Value, json};

use crate::shop::Shop;

#[actix_web::test]
async fn the_sitemap_names_every_page_that_is_there() {
    let app = TestApp::new().await;
    app.category("Tableware", None).await;
    app.category("Cups", Some("tableware")).await;
    for number in 1..=101 {
        app.product(&format!("Mug {number}")).category("cups").create().await;
    }
    app.product("Draft").status(novashop_types::catalogue::ProductStatus::Draft).create().await;
    let shop = Shop::before(&app).await;
    let got = shop.get("/sitemap.xml").await;
    assert_eq!((got.status, got.header("content-type")), (200, "application/xml; charset=utf-8"));
    assert_eq!(got.body.matches("<url>").count(), 2 + 2 + 101);
    for path in ["/", "/products", "/c/cups", "/p/mug-1", "/p/mug-101"] {
        assert!(got.body.contains(&format!("<loc>https://shop.example.com{path}</loc>")), "{path}");
    }
    assert!(!got.body.contains("draft"));
    // Kept for a while, and one file holds all.
    app.product("Later").create().await;
    assert_eq!(shop.get("/sitemaps/1.xml").await.body, got.body);
    assert_eq!(shop.get("/sitemaps/2.xml").await.status, 404);
    assert_eq!(shop.get("/sitemaps/0.xml").await.status, 404);
}

#[actix_web::test]
async fn machines_find_what_they_look_for() {
    let shop = Shop::at("http://127.0.0.1:9", |_| {});
    assert_eq!(shop.get("/healthz").await.body, "ok\n");
    let robots = shop.get("/robots.txt").await.body;
    for line in [
        "Disallow: /admin\n",
        "Disallow: /account\n",
        "Disallow: /checkout\n",
        "Disallow: /cart\n",
        "Disallow: /api\n",
        "Sitemap: https://shop.example.com/sitemap.xml\n",
    ] {
        assert!(robots.contains(line), "{line}");
    }
    let manifest = shop.get("/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest: Value = serde_json::from_str(&manifest.body).unwrap();
    assert_eq!(manifest["icons"][0], json!({"src": "/assets/icon.1.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any"}));
    let icon = shop.get("/favicon.ico").await;
    assert_eq!((icon.status, icon.header("content-type"), icon.body.as_str()), (200, "image/svg+xml", "plain icon.1.svg"));
}
