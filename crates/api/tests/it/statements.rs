//! How many statements an answer takes: a number of its own for every address, the same for one line or entry and for many, and the same
//! on both databases. The beginning and the end of a transaction are not counted; the check of a bearer token is.

use actix_web::http::Method;
use novashop_testing::{Actor, PASSWORD, TestApp, first_variant, shopping::order};
use novashop_types::{VariantId, catalogue::Product};
use serde_json::json;

/// So many variants in stock, three of every product: so that several lines of an order are of one product.
async fn variants(app: &TestApp, count: usize, stock: i64) -> Vec<VariantId> {
    let mut variants = Vec::new();
    while variants.len() < count {
        let shirt = app.product("Shirt").stock(stock).variant("Size", "S").variant("Size", "M").variant("Size", "L").create().await;
        variants.extend(shirt.variants.iter().map(|variant| variant.id));
    }
    variants.truncate(count);
    variants
}

async fn fill_cart(actor: &Actor, variants: &[VariantId]) {
    for variant in variants {
        actor.put_in_cart(*variant, 1).await;
    }
}

/// What a request took that was answered with 200.
async fn took(actor: &Actor, path: &str) -> u32 {
    actor.get(path).await.assert_status(200).statements()
}

#[actix_web::test]
async fn an_order_takes_eleven_statements_at_most_however_many_lines_it_has() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    for (lines, stock) in [(1, 9), (2, 9), (20, 9), (50, 9), (1, 1), (20, 1), (50, 1)] {
        let variants = variants(&app, lines, stock).await;
        // Carts of guests and of people, with a key and without; where there is one of each, only one of them can have it.
        let buyers = if stock == 1 {
            vec![(maya.clone(), true)]
        } else {
            vec![(maya.clone(), true), (maya.clone(), false), (app.anonymous(), true), (app.anonymous(), false)]
        };
        for (buyer, with_key) in buyers {
            fill_cart(&buyer, &variants).await;
            let mut request = buyer.post("/orders", json!({"email": "maya@example.com", "shipping_address": order()["shipping_address"]}));
            if with_key {
                request = request.header("idempotency-key", format!("{lines}-{stock}"));
            }
            let placed = request.await.assert_status(201);
            assert_eq!(placed.items().len(), lines);
            // Cart, lines, stock, number, order with all that is its own, ledger, outbox.
            let expected = 7 + u32::from(buyer.is_signed_in()) + 2 * u32::from(with_key) + u32::from(stock == 1);
            assert_eq!(placed.statements(), expected, "{lines} lines, {stock} in stock, signed in: {}, key: {with_key}", buyer.is_signed_in());
            assert!(placed.statements() <= 12);
        }
    }
}

#[actix_web::test]
async fn an_order_without_an_address_finds_that_of_the_account_on_its_way() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    fill_cart(&maya, &variants(&app, 2, 9).await).await;
    let placed = maya.post("/orders", json!({"shipping_address": order()["shipping_address"]})).await.assert_status(201);
    assert_eq!((placed.json["email"].as_str(), placed.statements()), (Some(maya.account().email.as_str()), 8));
}

#[actix_web::test]
async fn what_happens_to_an_order_takes_as_many_statements_for_one_line_as_for_many() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let mut counts = Vec::new();
    for lines in [1, 20] {
        // One piece of each: so every product of the order is sold out, and comes back.
        fill_cart(&maya, &variants(&app, lines, 1).await).await;
        let id = maya.post("/orders", order()).await.assert_status(201).text_at("/id");
        let paid = staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": "paid"})).await.assert_status(200).statements();
        let read = took(&maya, &format!("/orders/{id}")).await;
        let cancelled = maya.post(format!("/orders/{id}/cancel"), json!({})).await.assert_status(200).statements();
        counts.push((paid, read, cancelled));
    }
    assert_eq!(counts, [(12, 5, 15); 2], "paid, read, cancelled");
    assert_eq!(app.number("select count(*) as value from products where sellable_variants <> 3").await, 0, "all of it can be bought again");
}

#[actix_web::test]
async fn a_cart_takes_six_statements_at_most_however_full_it_is() {
    let app = TestApp::new().await;
    let all = variants(&app, 21, 9).await;
    let single = app.product("Mug").create().await;
    for (actor, check) in [(app.customer().await, 1), (app.anonymous(), 0)] {
        let mut counts = Vec::new();
        for more in [&all[..1], &all[1..]] {
            fill_cart(&actor, more).await;
            let read = actor.get("/cart").await.assert_status(200);
            let line = format!("/cart/items/{}", read.text_at("/items/0/id"));
            let added = actor.put_in_cart(all[0], 1).await.statements();
            let by_product = actor.post("/cart/items", json!({"product_id": single.summary.id})).await.assert_status(201).statements();
            let changed = actor.patch(&line, json!({"quantity": 2})).await.assert_status(200).statements();
            let removed = actor.delete(&line).await.assert_status(200).statements();
            counts.push([read.statements(), added, by_product, changed, removed].map(|count| count - check));
        }
        // Reading; adding by variant and by product; changing; taking out.
        assert_eq!(counts, [[2, 4, 4, 5, 4]; 2], "beside the check of the token: {check}");
        assert_eq!(actor.delete("/cart").await.assert_status(204).statements(), 2 + check);
    }
}

#[actix_web::test]
async fn signing_in_takes_as_many_statements_whatever_the_guests_cart_holds() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let all = variants(&app, 20, 9).await;
    let mut counts = Vec::new();
    for lines in [1, 20] {
        let guest = app.anonymous();
        fill_cart(&guest, &all[..lines]).await;
        let login = json!({"login": maya.account().username, "password": PASSWORD});
        counts.push(guest.post("/auth/login", login).await.assert_status(200).statements());
    }
    assert_eq!(counts, [9, 9]);
}

#[actix_web::test]
async fn a_list_of_products_takes_one_statement_whatever_it_is_narrowed_to() {
    let app = TestApp::uncached().await;
    let (maya, guest) = (app.customer().await, app.anonymous());
    app.category("Mugs", None).await;
    for round in [1, 20] {
        for i in 0..round {
            app.product(&format!("Blue mug {i}")).category("mugs").variant("Size", "M").variant("Size", "L").create().await;
        }
        for query in [
            "",
            "q=mug",
            "q=blue+mug&sort=newest",
            "category=mugs",
            "category=mugs&sort=price&min_price=1&max_price=5000&in_stock=true&min_rating=0&option.Size=M&option.Size=L",
            "q=mug&category=mugs&in_stock=true&sort=rating",
            "sort=name&limit=1",
        ] {
            assert_eq!(took(&guest, &format!("/products?{query}")).await, 1, "{query}");
            assert_eq!(took(&maya, &format!("/products?{query}")).await, 2, "{query}, and the check of the token");
            assert_eq!(took(&guest, &format!("/products?{query}&include_total=true")).await, 2, "{query}, and the total");
            assert_eq!(took(&guest, &format!("/products?{query}&facets=true")).await, 2, "{query}, and what it could be narrowed to");
            assert_eq!(
                took(&guest, &format!("/products?{query}&facets=true&include_total=true")).await,
                2,
                "{query}, and what that says of the total"
            );
        }
        let first = guest.get("/products?limit=1").await.assert_status(200);
        if let Some(cursor) = first.json["next_cursor"].as_str() {
            assert_eq!(took(&guest, &format!("/products?limit=1&cursor={cursor}")).await, 1, "the next page");
        }
    }
}

#[actix_web::test]
async fn the_page_of_a_product_takes_two_statements_and_one_more_for_who_is_signed_in() {
    let app = TestApp::uncached().await;
    let guest = app.anonymous();
    let mug: Product = app.product("Mug").create().await;
    let mut shirt = app.product("Shirt").variant("Colour", "Blue");
    for size in 0..20 {
        shirt = shirt.variant("Colour", &format!("Shade {size}"));
    }
    let shirt = shirt.create().await;
    let maya = app.customer().await;
    let pictures = [app.image(shirt.summary.id).await, app.image(shirt.summary.id).await];
    for product in [&mug, &shirt] {
        for path in [format!("/products/{}", product.summary.id), format!("/products/{}", product.summary.slug)] {
            assert_eq!((took(&guest, &path).await, took(&maya, &path).await), (2, 3), "{path}");
        }
    }
    let seen = guest.get("/products/shirt").await.assert_status(200);
    assert_eq!(seen.json["images"], json!(pictures), "in their order, as they were given when they came");
    assert_eq!(seen.json["options"][0]["name"], "Colour");
    assert_eq!(seen.json["options"][0]["values"].as_array().map(Vec::len), Some(21));
    assert_eq!(guest.get("/products/mug").await.assert_status(200).json["options"], json!([]));
}

#[actix_web::test]
async fn every_other_list_takes_as_many_statements_for_one_entry_as_for_twenty() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let mug = app.product("Mug").stock(100).create().await;
    let mut counts = Vec::new();
    for round in [1, 19] {
        for i in 0..round {
            app.category(&format!("Mugs {round} {i}"), None).await;
            let product = app.product(&format!("Mug {round} {i}")).create().await;
            maya.request(Method::PUT, format!("/api/v1/wishlist/{}", product.summary.id)).await.assert_status(204);
            let buyer = app.customer().await;
            let review = json!({"rating": 5, "title": "Good", "text": "It holds coffee."});
            let review = buyer.post(format!("/products/{}/reviews", mug.summary.id), review).await.assert_status(201).text_at("/id");
            maya.put(format!("/reviews/{review}/helpful"), json!({})).await.assert_status(204);
            maya.put_in_cart(first_variant(&mug), 1).await;
            maya.post("/orders", order()).await.assert_status(201);
        }
        counts.push([
            took(&maya, "/orders").await,
            took(&staff, "/admin/orders").await,
            took(&staff, "/admin/orders?status=pending_payment&include_total=true&q=example").await,
            took(&app.anonymous(), "/products/mug/reviews?sort=helpful").await,
            took(&maya, "/products/mug/reviews/own").await,
            took(&app.anonymous(), "/categories").await,
            took(&app.anonymous(), "/search/suggest?q=mog").await,
            took(&maya, "/wishlist").await,
            took(&staff, &format!("/variants/{}/stock", first_variant(&mug))).await,
            took(&maya, "/users/me/sessions").await,
        ]);
    }
    // Orders, staff's orders, searched and counted, reviews, one's own part in them, categories, suggestions, wishlist, stock ledger, sessions.
    assert_eq!(counts, [[5, 5, 6, 3, 4, 1, 4, 3, 3, 2]; 2]);
}

/// The use cases say how many statements they take; this one is asked without HTTP, where nothing else can add to it.
#[actix_web::test]
async fn unpaid_orders_are_cancelled_with_as_many_statements_each_whatever_they_hold() {
    let app = TestApp::new().await;
    let mut counts = Vec::new();
    for lines in [1, 20] {
        let guest = app.anonymous();
        fill_cart(&guest, &variants(&app, lines, 1).await).await;
        guest.post("/orders", order()).await.assert_status(201);
        app.clock().advance(1801);
        let (cancelled, used) = novashop_db::statements::counted(novashop_services::orders::cancel_expired(app.ctx(), 10)).await;
        assert_eq!(cancelled.unwrap(), 1);
        counts.push(used.count);
    }
    assert_eq!(counts, [10, 10]);
}
