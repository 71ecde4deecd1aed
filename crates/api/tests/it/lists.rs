//! Every list of the OpenAPI document: it comes in pages, it has a largest page, and it takes no cursor but its own.

use std::rc::Rc;

use novashop_testing::{
    Actor, TestApp,
    contract::{Operation, contract},
    first_variant,
    pictures::multipart,
};
use serde_json::{Value, json};

use crate::{access::People, jobs};

/// Somebody with three of everything that can be listed, and where it is.
struct Plenty {
    people: Rc<People>,
    product: String,
    variant: String,
}

async fn plenty() -> Plenty {
    let app = TestApp::new().await;
    let people = Rc::new(People::new(&app).await);
    let products = [app.product("Mug").create().await, app.product("Cup").create().await, app.product("Pot").create().await];
    let (product, variant) = (products[0].summary.id.to_string(), first_variant(&products[0]).to_string());
    for (writer, product) in [&people.other, &people.staff, &people.admin].into_iter().zip(&products) {
        writer.post(format!("/products/{}/reviews", products[0].summary.id), json!({"rating": 4})).await.assert_status(201);
        people.staff.post(format!("/variants/{variant}/stock"), json!({"delta": 1, "reason": "found"})).await.assert_status(201);
        let body = json!({"email": writer.account().email});
        people.nobody.post("/auth/password/forgot", body).await.assert_status(202);
        people.admin.put(format!("/wishlist/{}", product.summary.id), json!({})).await.assert_status(204);
        people.admin.place_order().await;
        let (kind, body) = multipart(&[("file", b"Handle,Title,Variant Price\n")]);
        people.staff.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_status(202);
        jobs::dead(&app).await;
        app.clock().advance(1);
    }
    app.run_outbox().await;
    Plenty { people, product, variant }
}

impl Plenty {
    /// The administrator may read every list.
    fn reader(&self) -> &Actor {
        &self.people.admin
    }

    fn path(&self, operation: &Operation) -> String {
        let id = if operation.path.contains("/variants/{id}") { &self.variant } else { &self.product };
        let path = operation.path.replace("{id}", id);
        assert!(!path.contains('{'), "{}: say in lists.rs what its path needs", operation.path);
        path
    }

    async fn get(&self, path: String) -> novashop_testing::Answer {
        self.reader().request(actix_web::http::Method::GET, path).await
    }
}

fn lists() -> Vec<&'static Operation> {
    let lists: Vec<&Operation> = contract().operations.iter().filter(|operation| operation.takes("cursor")).collect();
    assert!(lists.len() >= 8, "only {} operations take a cursor", lists.len());
    lists
}

#[actix_web::test]
async fn every_list_leads_through_all_its_entries_page_by_page() {
    let plenty = plenty().await;
    for operation in lists() {
        let path = plenty.path(operation);
        let whole = plenty.get(format!("{path}?limit=100")).await.assert_status(200);
        assert_eq!(whole.json["next_cursor"], Value::Null, "{path}: the last page has no next one");
        assert!(whole.header("link").is_none(), "{path}: the last page has no next one");
        let all = whole.items();
        assert!(all.len() >= 3, "{path}: make more of it in `plenty`");
        let mut found = Vec::new();
        let mut next = format!("{path}?limit=1");
        loop {
            let page = plenty.get(next.clone()).await.assert_status(200);
            assert_eq!(page.items().len(), 1, "{next}");
            found.extend_from_slice(page.items());
            let Some(cursor) = page.json["next_cursor"].as_str() else { break };
            next = format!("{path}?limit=1&cursor={cursor}");
            assert_eq!(page.need_header("link"), format!("<{next}>; rel=\"next\""), "{path}");
            assert!(found.len() < all.len(), "{path}: the pages never end");
        }
        assert_eq!(found, all, "{path}: the pages hold what the whole holds, in the same order");
        if operation.takes("include_total") {
            let counted = plenty.get(format!("{path}?limit=1&include_total=true")).await.assert_status(200);
            assert_eq!(counted.json["total"], json!(all.len()), "{path}");
            assert!(whole.json.get("total").is_none(), "{path}: nobody asked for the total");
        }
    }
}

#[actix_web::test]
async fn no_list_takes_a_cursor_that_was_changed_or_belongs_to_another_list() {
    let plenty = plenty().await;
    let mut cursors = Vec::new();
    for operation in lists() {
        let path = plenty.path(operation);
        let page = plenty.get(format!("{path}?limit=1")).await.assert_status(200);
        cursors.push((path, page.text_at("/next_cursor")));
    }
    for (i, (path, cursor)) in cursors.iter().enumerate() {
        let (_, foreign) = &cursors[(i + 1) % cursors.len()];
        let mut changed = cursor.clone();
        let last = if changed.pop() == Some('A') { 'B' } else { 'A' };
        changed.push(last);
        for bad in [foreign.as_str(), &changed, &cursor[..cursor.len() / 2], "", "x", "%F0%9F%8D%95", &"a".repeat(3000)] {
            plenty.get(format!("{path}?limit=1&cursor={bad}")).await.assert_problem(400, "invalid_cursor");
        }
    }
}

#[actix_web::test]
async fn every_list_refuses_a_limit_outside_1_to_100_and_a_parameter_it_does_not_know() {
    let plenty = plenty().await;
    for operation in lists() {
        let path = plenty.path(operation);
        for limit in ["0", "101", "-1", "1.5", "x", "", "99999999999999999999", "1&limit=2"] {
            let refused = plenty.get(format!("{path}?limit={limit}")).await.assert_problem(400, "invalid_parameter");
            assert!(refused.text_at("/detail").contains("`limit`"), "{path}?limit={limit}: {}", refused.text());
        }
        let refused = plenty.get(format!("{path}?surprise=1")).await.assert_problem(400, "unknown_parameter");
        assert!(refused.text_at("/detail").contains("`surprise`"), "{path}: {}", refused.text());
    }
}

#[actix_web::test]
async fn a_cursor_does_not_survive_another_filter() {
    let plenty = plenty().await;
    let page = plenty.reader().get("/products?limit=1&sort=price").await.assert_status(200);
    let cursor = page.text_at("/next_cursor");
    for other in ["sort=name", "sort=price&in_stock=true", "sort=price&min_price=1"] {
        plenty.reader().get(format!("/products?limit=1&{other}&cursor={cursor}")).await.assert_problem(400, "invalid_cursor");
    }
}

#[actix_web::test]
async fn products_come_page_by_page_in_every_order() {
    let app = TestApp::new().await;
    // Names in capitals, with accents, and alike; prices alike.
    for (name, price) in [("zebra", 500), ("Árbol", 500), ("apple", 900), ("Apple", 100), ("ÉCLAIR", 500), ("éclair", 900), ("Zebra", 100)] {
        app.product(name).price(price).create().await;
        app.clock().advance(1);
    }
    let reader = app.anonymous();
    for sort in ["newest", "price", "-price", "name", "rating"] {
        let path = format!("/products?sort={sort}");
        let all = reader.get(format!("{path}&limit=100")).await.assert_status(200).items().to_vec();
        assert_eq!(all.len(), 7);
        let (mut found, mut next) = (Vec::new(), format!("{path}&limit=2"));
        while found.len() < all.len() {
            let page = reader.get(next).await.assert_status(200);
            found.extend_from_slice(page.items());
            let Some(cursor) = page.json["next_cursor"].as_str() else { break };
            next = format!("{path}&limit=2&cursor={cursor}");
        }
        assert_eq!(found, all, "{sort}");
    }
}
