//! The access table: who may do what. Every operation of the OpenAPI document has a row here, or a test fails.

use std::{future::Future, pin::Pin, rc::Rc};

use novashop_db::sql::Sql;
use novashop_testing::{
    Actor, PASSWORD, TestApp, first_variant,
    pictures::{multipart, png},
    shopping::order,
};
use serde_json::{Value, json};

use crate::jobs;

/// Who asks, in the order of the rows' statuses.
pub const WHO: [&str; 5] = ["nobody", "customer", "other customer", "staff", "admin"];

/// The people of a row, new for every request of the table.
pub struct People {
    pub app: TestApp,
    pub nobody: Actor,
    /// Whose things they are.
    pub owner: Actor,
    pub other: Actor,
    pub staff: Actor,
    pub admin: Actor,
}

impl People {
    pub async fn new(app: &TestApp) -> Self {
        let (owner, other, staff, admin) = (app.customer().await, app.other_customer().await, app.staff().await, app.admin().await);
        Self { app: app.clone(), nobody: app.anonymous(), owner, other, staff, admin }
    }

    pub fn who(&self, index: usize) -> &Actor {
        [&self.nobody, &self.owner, &self.other, &self.staff, &self.admin][index]
    }
}

/// A request of the table: what is filled into the address, and the body.
pub struct Call {
    pub ids: Vec<String>,
    /// What has to be asked, with its question mark.
    pub query: &'static str,
    pub body: Value,
    /// A body that is not JSON: its content type and its bytes.
    pub raw: Option<(String, Vec<u8>)>,
}

/// Without anything in the address.
fn call(body: Value) -> Call {
    at([], body)
}

/// With these in the places of the names in braces.
fn at<const N: usize>(ids: [&dyn ToString; N], body: Value) -> Call {
    Call { ids: ids.map(ToString::to_string).to_vec(), query: "", body, raw: None }
}

type Prepare = Box<dyn Fn(Rc<People>, Actor) -> Pin<Box<dyn Future<Output = Call>>>>;

/// An operation and what it answers to each of [`WHO`].
pub struct Row {
    pub operation: &'static str,
    pub statuses: [u16; 5],
    pub prepare: Prepare,
}

impl Row {
    /// The address with everything filled in.
    pub fn path(&self, call: &Call) -> String {
        let template = self.operation.split_once(' ').unwrap().1;
        let mut ids = call.ids.iter();
        let filled: Vec<&str> = template
            .split('/')
            .map(|part| if part.starts_with('{') { ids.next().unwrap_or_else(|| panic!("{}: too few ids", self.operation)).as_str() } else { part })
            .collect();
        assert!(ids.next().is_none(), "{}: too many ids", self.operation);
        filled.join("/") + call.query
    }

    /// The first of [`WHO`] who succeeds, customers before staff and nobody last.
    pub fn who_may(&self) -> usize {
        [1, 2, 3, 4, 0].into_iter().find(|index| self.statuses[*index] < 300).expect("somebody may do it")
    }

    pub fn method(&self) -> actix_web::http::Method {
        self.operation.split_once(' ').unwrap().0.parse().unwrap()
    }
}

fn row<F>(operation: &'static str, statuses: [u16; 5], prepare: F) -> Row
where
    F: AsyncFn(&People, &Actor) -> Call + 'static,
{
    let prepare = Rc::new(prepare);
    let boxed: Prepare = Box::new(move |people, who| {
        let prepare = Rc::clone(&prepare);
        Box::pin(async move { prepare(&people, &who).await })
    });
    Row { operation, statuses, prepare: boxed }
}

/// The whole table.
pub fn table() -> Vec<Row> {
    [operations(), accounts(), catalogue(), pictures(), reviews(), cart(), orders(), wishlist(), administration(), live()]
        .into_iter()
        .flatten()
        .collect()
}

fn operations() -> Vec<Row> {
    let all = [200; 5];
    vec![
        row("GET /healthz", all, async |_, _| call(json!(null))),
        row("GET /readyz", all, async |_, _| call(json!(null))),
        row("GET /problems", all, async |_, _| call(json!(null))),
        row("GET /problems/{code}", all, async |_, _| at([&"out-of-stock"], json!(null))),
    ]
}

/// An account of the caller's own, also for nobody: the owner's.
fn account<'a>(people: &'a People, who: &'a Actor) -> &'a novashop_testing::actors::Account {
    if who.is_signed_in() { who.account() } else { people.owner.account() }
}

fn accounts() -> Vec<Row> {
    let signed_in = |status| [401, status, status, status, status];
    let admin = [401, 403, 403, 403, 200];
    vec![
        row("POST /api/v1/auth/register", [201; 5], async |people, _| {
            let name = format!("new{}", people.owner.id().0.simple());
            call(json!({"username": &name[..32], "email": format!("{name}@example.com"), "password": PASSWORD}))
        }),
        row("POST /api/v1/auth/login", [200; 5], async |people, _| call(json!({"login": people.owner.account().username, "password": PASSWORD}))),
        row("POST /api/v1/auth/refresh", [200; 5], async |people, _| call(json!({"refresh_token": people.owner.account().refresh_token}))),
        row("POST /api/v1/auth/logout", signed_in(204), async |people, who| call(json!({"refresh_token": account(people, who).refresh_token}))),
        row("POST /api/v1/auth/password/forgot", [202; 5], async |people, _| call(json!({"email": people.owner.account().email}))),
        row("POST /api/v1/auth/password/reset", [204; 5], async |people, _| {
            let body = json!({"email": people.owner.account().email});
            people.nobody.post("/auth/password/forgot", body).await.assert_status(202);
            call(json!({"token": people.app.mail_token("password_reset").await, "password": "a brand new password"}))
        }),
        row("POST /api/v1/auth/email/verify", [204; 5], async |people, _| {
            let body = json!({"email": format!("{}@new.example.com", people.owner.account().username), "current_password": PASSWORD});
            people.owner.patch("/users/me", body).await.assert_status(200);
            call(json!({"token": people.app.mail_token("email_verification").await}))
        }),
        row("GET /api/v1/users/me", signed_in(200), async |_, _| call(json!(null))),
        row("PATCH /api/v1/users/me", signed_in(200), async |_, _| call(json!({"city": "Lisbon"}))),
        row("DELETE /api/v1/users/me", signed_in(204), async |_, _| call(json!(null))),
        row("PUT /api/v1/users/me/password", signed_in(204), async |_, _| {
            call(json!({"current_password": PASSWORD, "new_password": "a brand new password"}))
        }),
        row("GET /api/v1/users/me/sessions", signed_in(200), async |_, _| call(json!(null))),
        row("DELETE /api/v1/users/me/sessions/{id}", [401, 204, 404, 404, 404], async |people, _| {
            let sessions = people.owner.get("/users/me/sessions").await.assert_status(200);
            at([&sessions.text_at("/items/0/id")], json!(null))
        }),
        row("GET /api/v1/users/me/export", signed_in(200), async |_, _| call(json!(null))),
        row("GET /api/v1/users", admin, async |_, _| call(json!(null))),
        row("GET /api/v1/users/{id}", admin, async |people, _| at([&people.owner.id()], json!(null))),
        row("PATCH /api/v1/users/{id}", admin, async |people, _| at([&people.owner.id()], json!({"active": false}))),
    ]
}

fn catalogue() -> Vec<Row> {
    let staff = |status| [401, 403, 403, status, status];
    let price = json!({"amount": 1999, "currency": "EUR"});
    let variant = json!({"options": {"Size": "L"}, "price": price});
    vec![
        row("GET /api/v1/categories", [200; 5], async |_, _| call(json!(null))),
        row("GET /api/v1/categories/{id}", [200; 5], async |people, _| at([&people.app.category("Tea", None).await.id], json!(null))),
        row("POST /api/v1/categories", staff(201), async |_, _| call(json!({"name": "Tea"}))),
        row("PATCH /api/v1/categories/{id}", staff(200), async |people, _| {
            at([&people.app.category("Tea", None).await.id], json!({"description": "From Japan"}))
        }),
        row("DELETE /api/v1/categories/{id}", staff(204), async |people, _| at([&people.app.category("Tea", None).await.id], json!(null))),
        row("GET /api/v1/search/suggest", [200; 5], async |_, _| Call { query: "?q=mug", ..call(json!(null)) }),
        row("GET /api/v1/products", [200; 5], async |_, _| call(json!(null))),
        row("GET /api/v1/products/{id}", [200; 5], async |people, _| at([&people.app.product("Mug").create().await.summary.id], json!(null))),
        row("POST /api/v1/products", staff(201), async move |_, _| call(json!({"name": "Mug", "price": price, "stock": 3}))),
        row("PATCH /api/v1/products/{id}", staff(200), async |people, _| {
            at([&people.app.product("Mug").create().await.summary.id], json!({"name": "Cup"}))
        }),
        row("DELETE /api/v1/products/{id}", staff(204), async |people, _| at([&people.app.product("Mug").create().await.summary.id], json!(null))),
        row("POST /api/v1/products/{id}/variants", staff(201), async move |people, _| {
            at([&people.app.product("Shirt").variant("Size", "M").create().await.summary.id], variant.clone())
        }),
        row("PATCH /api/v1/products/{id}/variants/{variant_id}", staff(200), async |people, _| {
            let mug = people.app.product("Mug").create().await;
            at([&mug.summary.id, &first_variant(&mug)], json!({"price": {"amount": 5, "currency": "EUR"}}))
        }),
        row("DELETE /api/v1/products/{id}/variants/{variant_id}", staff(204), async |people, _| {
            let shirt = people.app.product("Shirt").variant("Size", "M").variant("Size", "L").create().await;
            at([&shirt.summary.id, &first_variant(&shirt)], json!(null))
        }),
    ]
}

fn pictures() -> Vec<Row> {
    let staff = |status| [401, 403, 403, status, status];
    vec![
        row("POST /api/v1/products/{id}/images", staff(201), async |people, _| {
            let mut call = at([&people.app.product("Mug").create().await.summary.id], json!(null));
            call.raw = Some(multipart(&[("file", &png()), ("alt", b"A mug")]));
            call
        }),
        row("PATCH /api/v1/products/{id}/images/{image_id}", staff(200), async |people, _| {
            let mug = people.app.product("Mug").create().await.summary.id;
            at([&mug, &people.app.image(mug).await.id], json!({"alt": "A grey mug"}))
        }),
        row("DELETE /api/v1/products/{id}/images/{image_id}", staff(204), async |people, _| {
            let mug = people.app.product("Mug").create().await.summary.id;
            at([&mug, &people.app.image(mug).await.id], json!(null))
        }),
        row("GET /media/{path}", [200; 5], async |people, _| {
            let mug = people.app.product("Mug").create().await.summary.id;
            at([&people.app.image(mug).await.url.trim_start_matches("/media/")], json!(null))
        }),
        row("POST /api/v1/variants/{id}/stock", staff(201), async |people, _| {
            at([&first_variant(&people.app.product("Mug").create().await)], json!({"delta": 3, "reason": "found some more"}))
        }),
        row("GET /api/v1/variants/{id}/stock", staff(200), async |people, _| {
            at([&first_variant(&people.app.product("Mug").create().await)], json!(null))
        }),
    ]
}

/// The owner's review of a product.
async fn a_review(people: &People) -> String {
    let mug = people.app.product("Mug").create().await.summary.id;
    people.owner.post(format!("/products/{mug}/reviews"), json!({"rating": 5})).await.assert_status(201).text_at("/id")
}

fn reviews() -> Vec<Row> {
    vec![
        row("GET /api/v1/products/{id}/reviews", [200; 5], async |people, _| at([&people.app.product("Mug").create().await.summary.id], json!(null))),
        row("GET /api/v1/products/{id}/reviews/own", [401, 200, 200, 200, 200], async |people, _| {
            at([&people.app.product("Mug").create().await.summary.id], json!(null))
        }),
        row("POST /api/v1/products/{id}/reviews", [401, 201, 201, 201, 201], async |people, _| {
            at([&people.app.product("Mug").create().await.summary.id], json!({"rating": 4, "title": "Good"}))
        }),
        // Staff see it, and may hide it, but its words are the author's.
        row("PATCH /api/v1/reviews/{id}", [401, 200, 404, 403, 403], async |people, _| at([&a_review(people).await], json!({"rating": 4}))),
        row("DELETE /api/v1/reviews/{id}", [401, 204, 404, 204, 204], async |people, _| at([&a_review(people).await], json!(null))),
        row("PUT /api/v1/reviews/{id}/helpful", [401, 409, 204, 204, 204], async |people, _| at([&a_review(people).await], json!(null))),
        row("DELETE /api/v1/reviews/{id}/helpful", [401, 409, 204, 204, 204], async |people, _| at([&a_review(people).await], json!(null))),
        row("PUT /api/v1/reviews/{id}/answer", [401, 403, 403, 200, 200], async |people, _| {
            at([&a_review(people).await], json!({"text": "Thank you."}))
        }),
    ]
}

/// The owner's line in the cart.
async fn a_line(people: &People) -> String {
    let mug = people.app.product("Mug").create().await;
    people.owner.put_in_cart(first_variant(&mug), 1).await.text_at("/items/0/id")
}

fn cart() -> Vec<Row> {
    let owner_only = |status| [404, status, 404, 404, 404];
    vec![
        row("GET /api/v1/cart", [200; 5], async |_, _| call(json!(null))),
        row("DELETE /api/v1/cart", [204; 5], async |_, _| call(json!(null))),
        row("POST /api/v1/cart/items", [201; 5], async |people, _| {
            call(json!({"product_id": people.app.product("Mug").create().await.summary.id, "quantity": 2}))
        }),
        row("PATCH /api/v1/cart/items/{id}", owner_only(200), async |people, _| at([&a_line(people).await], json!({"quantity": 3}))),
        row("DELETE /api/v1/cart/items/{id}", owner_only(200), async |people, _| at([&a_line(people).await], json!(null))),
    ]
}

fn orders() -> Vec<Row> {
    let owner_only = |status| [404, status, 404, 404, 404];
    vec![
        row("GET /api/v1/shipping-methods", [200; 5], async |_, _| call(json!(null))),
        row("POST /api/v1/orders", [201; 5], async |people, who| {
            who.put_in_cart(first_variant(&people.app.product("Mug").create().await), 1).await;
            call(order())
        }),
        row("GET /api/v1/orders", [401, 200, 200, 200, 200], async |_, _| call(json!(null))),
        row("GET /api/v1/orders/{id}", [404, 200, 404, 200, 200], async |people, _| {
            at([&people.owner.place_order().await.text_at("/number")], json!(null))
        }),
        // Staff call an order off by a transition, which is audited.
        row("POST /api/v1/orders/{id}/cancel", owner_only(200), async |people, _| {
            at([&people.owner.place_order().await.text_at("/id")], json!({"reason": "Ordered twice"}))
        }),
        row("POST /api/v1/orders/{id}/payments", owner_only(201), async |people, _| {
            at([&people.owner.place_order().await.text_at("/id")], json!({"provider": "manual"}))
        }),
    ]
}

fn wishlist() -> Vec<Row> {
    let signed_in = |status| [401, status, status, status, status];
    vec![
        row("GET /api/v1/wishlist", signed_in(200), async |_, _| call(json!(null))),
        row("PUT /api/v1/wishlist/{product_id}", signed_in(204), async |people, _| {
            at([&people.app.product("Mug").create().await.summary.slug], json!(null))
        }),
        row("DELETE /api/v1/wishlist/{product_id}", signed_in(204), async |people, _| {
            at([&people.app.product("Mug").create().await.summary.id], json!(null))
        }),
    ]
}

/// Anybody may open a socket, but not by a plain request; who may listen to what is told in `live.rs`.
fn live() -> Vec<Row> {
    vec![row("GET /api/v1/ws", [400; 5], async |_, _| call(json!(null)))]
}

fn administration() -> Vec<Row> {
    let admin = [401, 403, 403, 403, 200];
    let staff = [401, 403, 403, 200, 200];
    vec![
        row("GET /api/v1/admin/orders", staff, async |_, _| call(json!(null))),
        row("POST /api/v1/admin/orders/{id}/transitions", staff, async |people, _| {
            at([&people.owner.place_order().await.text_at("/id")], json!({"to": "paid"}))
        }),
        row("GET /api/v1/admin/orders/{id}", staff, async |people, _| at([&people.owner.place_order().await.text_at("/number")], json!(null))),
        row("POST /api/v1/admin/orders/{id}/notes", [401, 403, 403, 201, 201], async |people, _| {
            at([&people.owner.place_order().await.text_at("/id")], json!({"text": "She called."}))
        }),
        row("GET /api/v1/admin/products", staff, async |_, _| call(json!(null))),
        row("POST /api/v1/admin/products/bulk", staff, async |people, _| {
            call(json!({"ids": [people.app.product("Mug").create().await.summary.id], "action": "archive"}))
        }),
        row("POST /api/v1/admin/imports/products", [401, 403, 403, 202, 202], async |_, _| {
            let mut call = call(json!(null));
            call.raw = Some(multipart(&[("file", b"Handle,Title,Variant Price\nmug,Mug,9.99\n")]));
            call
        }),
        row("GET /api/v1/admin/imports", staff, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/imports/{id}", staff, async |people, _| {
            let (kind, body) = multipart(&[("file", b"Handle,Title,Variant Price\nmug,Mug,9.99\n")]);
            let import = people.staff.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_status(202);
            at([&import.text_at("/id")], json!(null))
        }),
        row("GET /api/v1/admin/jobs", staff, async |_, _| call(json!(null))),
        row("POST /api/v1/admin/jobs/{id}/retry", staff, async |people, _| at([&jobs::dead(&people.app).await], json!(null))),
        row("GET /api/v1/admin/exports/products.csv", staff, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/exports/orders.csv", staff, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/system", staff, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/mails", admin, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/mails/{id}", admin, async |people, _| {
            let body = json!({"email": people.owner.account().email});
            people.nobody.post("/auth/password/forgot", body).await.assert_status(202);
            people.app.run_outbox().await;
            at([&people.admin.get("/admin/mails?limit=1").await.assert_status(200).text_at("/items/0/id")], json!(null))
        }),
        row("POST /api/v1/admin/mails/{id}/resend", [401, 403, 403, 403, 202], async |people, _| {
            let body = json!({"email": people.owner.account().email});
            people.nobody.post("/auth/password/forgot", body).await.assert_status(202);
            people.app.run_outbox().await;
            let arrived = "update mails set status = 'sent', next_at = null";
            Sql::new(arrived, []).execute(people.app.ctx().db.writer()).await.unwrap();
            at([&people.admin.get("/admin/mails?limit=1").await.assert_status(200).text_at("/items/0/id")], json!(null))
        }),
        row("GET /api/v1/admin/stats", staff, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/reviews", staff, async |_, _| call(json!(null))),
        row("GET /api/v1/admin/audit", admin, async |_, _| call(json!(null))),
    ]
}
