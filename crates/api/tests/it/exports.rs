//! The catalogue and the orders as files: what goes out can come in again.

use novashop_testing::{Actor, TestApp, pictures::multipart};
use serde_json::{Value, json};

/// Everything of the catalogue that a file holds: no ids, no times.
async fn catalogue(staff: &Actor) -> Vec<Value> {
    let mut products = Vec::new();
    for summary in staff.get("/products?status=any&sort=name&limit=100").await.assert_status(200).items() {
        let product = staff.get(format!("/products/{}", summary["slug"].as_str().unwrap())).await.assert_status(200).json;
        let variants: Vec<Value> = product["variants"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| json!([v["sku"], v["options"], v["price"], v["compare_at_price"], v["stock"]]))
            .collect();
        let kept = ["slug", "name", "description", "status", "attributes", "options", "price"].map(|name| product[name].clone());
        products.push(json!([kept, product["category"]["slug"], product["category"]["name"], variants]));
    }
    products
}

async fn a_shop_with_everything() -> TestApp {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let category = staff.post("/categories", json!({"name": "Mugs & more", "slug": "cups"})).await.assert_status(201).text_at("/slug");
    let euro = |amount: i64| json!({"amount": amount, "currency": "EUR"});
    for body in [
        json!({"name": "=HYPERLINK(\"evil\")", "slug": "formula", "description": "-5 °C\n\nA <b> & a \"quote\",\nand a line.", "price": euro(1), "sku": "@SUM", "stock": 0}),
        json!({"name": "'-quoted", "slug": "quoted", "price": euro(1999), "compare_at_price": euro(2999), "stock": 7, "category": category,
            "attributes": {"Material": "Stoneware", "Dishwasher": true, "Weight": 350, "Tags": ["a", "b"]}}),
        json!({"name": "Shirt", "status": "draft", "options": [{"name": "Size", "values": ["M", "L"]}, {"name": "+Fit", "values": ["=Slim"]},
            {"name": "C", "values": ["c"]}, {"name": "D", "values": ["d"]}, {"name": "E", "values": ["e"]}],
            "variants": [{"options": {"Size": "M", "+Fit": "=Slim", "C": "c", "D": "d", "E": "e"}, "price": euro(100), "stock": 1},
                {"options": {"Size": "L", "+Fit": "=Slim", "C": "c", "D": "d", "E": "e"}, "price": euro(200), "stock": 2}]}),
        json!({"name": "Gone", "status": "archived", "price": euro(5)}),
    ] {
        staff.post("/products", body).await.assert_status(201);
    }
    app
}

#[actix_web::test]
async fn the_catalogue_comes_back_from_its_file() {
    let (shop, empty) = (a_shop_with_everything().await, TestApp::new().await);
    // More than a page of the file.
    for n in 0..120 {
        shop.product(&format!("Mug {n:03}")).stock(n).create().await;
    }
    let (from, to) = (shop.staff().await, empty.staff().await);
    let file = from.get("/admin/exports/products.csv").await.assert_status(200);
    assert_eq!(file.need_header("content-disposition"), "attachment; filename=\"products.csv\"");
    let (kind, body) = multipart(&[("file", &file.body)]);
    let import = to.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_status(202);
    empty.run_jobs().await;
    let import = to.get(format!("/admin/imports/{}", import.text_at("/id"))).await.assert_status(200);
    assert_eq!((&import.json["products_created"], &import.json["errors"]), (&json!(124), &json!([])), "{}", import.text());
    let (was, is) = (catalogue(&from).await, catalogue(&to).await);
    assert_eq!(was.len(), 100, "as many as a list shows");
    assert_eq!(is, was);
    for name in ["formula", "quoted", "shirt", "gone"] {
        to.get(format!("/products/{name}")).await.assert_status(200);
    }
    // Into the shop it came from, it changes nothing.
    let (kind, body) = multipart(&[("file", &file.body)]);
    let import = from.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_status(202);
    shop.run_jobs().await;
    let import = from.get(format!("/admin/imports/{}", import.text_at("/id"))).await.assert_status(200);
    assert_eq!((&import.json["products_unchanged"], &import.json["products_updated"]), (&json!(124), &json!(0)));
}

#[actix_web::test]
async fn no_cell_is_run_by_a_spreadsheet() {
    let app = a_shop_with_everything().await;
    let maya = app.customer().await;
    maya.place_order().await;
    for path in ["/admin/exports/products.csv", "/admin/exports/orders.csv"] {
        let file = app.staff().await.get(path).await.assert_status(200).text();
        let mut rows = 0;
        for cell in cells(&file) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell}");
            rows += 1;
        }
        assert!(rows > 20, "{path}: {file}");
    }
}

/// Cells of a CSV file, quotation marks away.
fn cells(file: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in file.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells
}

#[actix_web::test]
async fn orders_are_exported_by_state_and_time_a_row_a_line() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let first = maya.place_order().await;
    maya.place_order().await;
    app.move_order(&first.text_at("/id"), &[novashop_types::orders::OrderStatus::Paid]).await;
    let all = staff.get("/admin/exports/orders.csv").await.assert_status(200).text();
    assert_eq!(all.lines().count(), 3, "{all}");
    let paid = staff.get("/admin/exports/orders.csv?status=paid").await.assert_status(200).text();
    assert_eq!(paid.lines().count(), 2);
    assert!(paid.lines().nth(1).unwrap().starts_with(&format!("{},paid,", first.text_at("/number"))) && paid.contains("19.99"), "{paid}");
    assert_eq!(staff.get("/admin/exports/orders.csv?from=2100-01-01").await.assert_status(200).text().lines().count(), 1, "the header alone");
    staff.get("/admin/exports/orders.csv?status=lost").await.assert_problem(400, "invalid_parameter");
}
