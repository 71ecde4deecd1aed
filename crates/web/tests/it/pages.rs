//! Pages as somebody sees them who runs no script.

use actix_web::http::Method;
use novashop_testing::TestApp;
use serde_json::json;

use crate::shop::Shop;

const STRICT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self' wss://shop.example.com; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

#[actix_web::test]
async fn a_product_page_is_whole_before_any_script_runs() {
    let app = TestApp::new().await;
    app.category("Tableware", None).await;
    let mug = app
        .product("Stoneware mug")
        .price(1999)
        .stock(3)
        .category("tableware")
        .description("Holds 350 ml.\n\nGoes in the dishwasher.")
        .create()
        .await;
    app.image(mug.summary.id).await;
    let page = Shop::before(&app).await;
    let got = page.get("/p/stoneware-mug").await;
    assert_eq!(got.status, 200);
    for part in [
        "<html lang=\"en\" data-theme=\"system\">",
        "<title>Stoneware mug · NovaShop</title>",
        "<meta name=\"description\" content=\"Holds 350 ml. Goes in the dishwasher.\">",
        "<link rel=\"canonical\" href=\"https://shop.example.com/p/stoneware-mug\">",
        "<meta property=\"og:image\" content=\"https://shop.example.com/media/",
        "<link rel=\"preload\" as=\"image\"",
        "<h1 class=\"product__title\">Stoneware mug</h1>",
        "€19.99",
        "<p class=\"stock stock--low\" role=\"status\">Only 3 left</p>",
        "<li><a href=\"/c/tableware\">Tableware</a></li>",
        "<script type=\"module\" src=\"/assets/shop.1.start.js\" data-js=\"/assets/shop.1.js\" data-wasm=\"/assets/shop.1.wasm\"></script>",
    ] {
        assert!(got.body.contains(part), "{part} is not in {}", got.body);
    }
    let early = "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" href=\"/assets/shop.1.wasm\" crossorigin>";
    assert!(!got.body.contains(early), "the picture has a slow line to itself");
    assert!(page.get("/cart").await.body.contains(early), "where there is no picture, the app need not wait");
    let about = got.json_ld("Product");
    assert_eq!(
        (&about["name"], &about["offers"]["price"], &about["offers"]["priceCurrency"]),
        (&json!("Stoneware mug"), &json!("19.99"), &json!("EUR"))
    );
    assert_eq!(about["offers"]["availability"], "https://schema.org/InStock");
    assert_eq!(about["aggregateRating"], json!(null), "nobody rated it");
    assert_eq!(got.json_ld("BreadcrumbList")["itemListElement"][1]["name"], "Tableware");
    assert_eq!(got.header("content-security-policy"), STRICT);
    assert_eq!((got.header("x-content-type-options"), got.header("vary").contains("Cookie")), ("nosniff", true));
    assert!(!got.body.contains("style=") && !got.body.contains("<script>"), "nothing inline");
}

#[actix_web::test]
async fn the_app_begins_with_what_the_api_said_word_for_word() {
    let app = TestApp::new().await;
    app.product("Mug").create().await;
    let shop = Shop::before(&app).await;
    let asked = app.anonymous();
    for (page, paths) in [
        ("/", vec!["/api/v1/categories", "/api/v1/products?sort=newest&limit=8", "/api/v1/products?sort=rating&limit=8"]),
        ("/p/mug", vec!["/api/v1/categories", "/api/v1/products/mug", "/api/v1/products/mug/reviews?limit=10"]),
        ("/products?sort=price&utm_source=mail", vec!["/api/v1/categories", "/api/v1/products?sort=price&limit=24&facets=true&include_total=true"]),
        ("/cart", vec!["/api/v1/categories"]),
        // Nothing is asked for that nobody searched for.
        ("/search", vec!["/api/v1/categories"]),
    ] {
        let data = shop.get(page).await.data();
        let known: Vec<&String> = data.as_object().unwrap().keys().collect();
        assert_eq!(known, paths, "{page}");
        for path in paths {
            let own = asked.request(Method::GET, path).await;
            assert_eq!(data[path], own.json, "{path}");
        }
    }
}

#[actix_web::test]
async fn every_status_is_the_true_one() {
    let app = TestApp::new().await;
    app.category("Tableware", None).await;
    app.product("Mug").category("tableware").create().await;
    app.product("Draft").status(novashop_types::catalogue::ProductStatus::Draft).create().await;
    let shop = Shop::before(&app).await;
    for (path, status) in [
        ("/", 200),
        ("/products", 200),
        ("/search?q=mug", 200),
        ("/search", 200),
        ("/search?q=%00", 200),
        ("/account/nothing", 404),
        ("/c/tableware", 200),
        ("/p/mug", 200),
        ("/cart", 200),
        ("/orders/1001?token=x", 200),
        ("/account/wishlist", 200),
        ("/admin/orders", 200),
        ("/p/draft", 404),
        ("/p/nothing", 404),
        ("/p/%00", 404),
        ("/c/nothing", 404),
        ("/nothing", 404),
        ("/p/mug/", 301),
        ("/products?cursor=nonsense&sort=price", 302),
    ] {
        let got = shop.get(path).await;
        assert_eq!(got.status, status, "{path}: {}", got.body);
    }
    let lost = shop.get("/nothing").await;
    assert!(lost.body.contains("There is nothing here") && lost.body.contains("shop.1.start.js"), "the app shows its own: {}", lost.body);
    let drawn = |tag: &str| lost.body.matches(tag).count();
    assert_eq!(drawn("<path"), drawn("</path>"), "a path without an end holds the next, which nobody sees");
    assert_eq!(shop.get("/products?cursor=nonsense&sort=price").await.header("location"), "/products?sort=price");
    assert_eq!(shop.get("//?a=b").await.header("location"), "/?a=b", "not to itself");
    let refused = shop.send(shop.request(Method::POST, "/p/mug"), vec![]).await;
    assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"));
}

#[actix_web::test]
async fn what_a_list_is_narrowed_to_can_be_taken_away_without_a_script() {
    let app = TestApp::new().await;
    app.category("Tableware", None).await;
    app.product("Mug").price(1999).category("tableware").create().await;
    let shop = Shop::before(&app).await;
    let narrowed = "/c/tableware?min_price=1000&max_price=2000&in_stock=true&sort=price";
    let got = shop.get(narrowed).await.body;
    for part in [
        "<ul class=\"chips\" aria-label=\"Filters that are set\">",
        "href=\"/c/tableware?min_price=1000&amp;max_price=2000&amp;sort=price\" aria-label=\"Remove filter: In stock only\">In stock only",
        "href=\"/c/tableware?in_stock=true&amp;sort=price\" aria-label=\"Remove filter: €10.00 to €20.00\">€10.00 to €20.00",
        "<a class=\"chip chip--quiet\" href=\"/c/tableware?sort=price\">Clear all</a>",
    ] {
        assert!(got.contains(part), "{part} is not in {got}");
    }
    let hostile = shop.get("/products?option.%3Cb%3E=%22%20onload=x").await.body;
    assert!(hostile.contains("&lt;b&gt;: &quot; onload=x") && !hostile.contains("\" onload=x"), "{hostile}");
    let spanish = shop.get_with("/products?max_price=2000&min_rating=4", "accept-language", "es").await.body;
    assert!(spanish.contains("Hasta 20,00\u{a0}€") && spanish.contains("Quitar filtro: 4 estrellas o más"), "{spanish}");
    assert!(!shop.get("/c/tableware?sort=price").await.body.contains("chip--set"), "nothing is set");
}

#[actix_web::test]
async fn an_old_slug_leads_to_the_new_one() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    app.category("Cups", None).await;
    let mug = app.product("Mug").category("cups").create().await;
    staff.patch("/products/mug", json!({"slug": "stoneware-mug"})).await.assert_status(200);
    staff.patch("/categories/cups", json!({"slug": "tableware"})).await.assert_status(200);
    let shop = Shop::before(&app).await;
    for (old, new) in [
        ("/p/mug", "/p/stoneware-mug".to_owned()),
        ("/p/mug?utm_source=mail", "/p/stoneware-mug?utm_source=mail".to_owned()),
        (&format!("/p/{}", mug.summary.id), "/p/stoneware-mug".to_owned()),
        ("/c/cups?sort=price", "/c/tableware?sort=price".to_owned()),
    ] {
        let got = shop.get(old).await;
        assert_eq!((got.status, got.header("location")), (301, new.as_str()), "{old}");
    }
    assert_eq!(shop.get("/p/stoneware-mug").await.status, 200);
}

#[actix_web::test]
async fn a_page_speaks_the_language_of_whoever_reads_it() {
    let app = TestApp::new().await;
    app.product("Mug").price(123_456).stock(0).create().await;
    let shop = Shop::before(&app).await;
    let spanish = shop.get_with("/p/mug", "accept-language", "es-MX,es;q=0.9,en;q=0.5").await;
    assert!(
        spanish.body.contains("<html lang=\"es\"") && spanish.body.contains("1234,56\u{a0}€") && spanish.body.contains("Agotado"),
        "{}",
        spanish.body
    );
    let chosen = shop
        .send(shop.request(Method::GET, "/p/mug").insert_header(("accept-language", "es")).insert_header(("cookie", "lang=en; theme=dark")), vec![])
        .await;
    assert!(chosen.body.contains("<html lang=\"en\" data-theme=\"dark\">") && chosen.body.contains("Sold out"), "{}", chosen.body);
}

#[actix_web::test]
async fn no_name_breaks_out_of_its_page() {
    let app = TestApp::new().await;
    let name = "</script><script>alert(1)</script> \"' onload=x & <b>";
    let product = app.product(name).description(name).create().await;
    let shop = Shop::before(&app).await;
    for path in
        [format!("/p/{}", product.summary.slug), "/products".into(), "/".into(), "/search?q=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E%22".into()]
    {
        let got = shop.get(&path).await;
        assert_eq!(got.status, 200, "{path}");
        assert!(!got.body.contains("<script>alert") && !got.body.contains("</script><script>alert"), "{path}: {}", got.body);
        assert!(!got.body.contains("\" onload") && !got.body.contains("<b>"), "{path}: {}", got.body);
        // What stands in scripts is still what the API said.
        let _data = got.data();
    }
    let got = shop.get(&format!("/p/{}", product.summary.slug)).await;
    assert_eq!(got.json_ld("Product")["name"], name);
}

#[actix_web::test]
async fn what_is_one_persons_own_is_for_nobody_else() {
    let app = TestApp::new().await;
    let shop = Shop::before(&app).await;
    for path in ["/cart", "/checkout", "/account", "/login", "/orders/7", "/admin", "/search?q=mug"] {
        let got = shop.get(path).await;
        assert!(got.body.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert_eq!(got.header("cache-control"), "private, no-cache", "{path}");
    }
    let office = shop.get("/admin").await;
    assert!(office.body.contains("admin.1.wasm") && !office.body.contains("shop.1.wasm"));
    assert!(!shop.get("/").await.body.contains("noindex"));
}

#[actix_web::test]
async fn a_page_that_did_not_change_is_not_sent_again_and_others_are_compressed() {
    let app = TestApp::new().await;
    app.product("Mug").create().await;
    let shop = Shop::before(&app).await;
    let got = shop.get("/p/mug").await;
    assert_eq!(shop.get_with("/p/mug", "if-none-match", got.header("etag")).await.status, 304);
    assert_eq!(shop.get_with("/p/mug", "accept-encoding", "br").await.header("content-encoding"), "br");
}
