//! Many who use the shop at once while something happens to it, and what they were told.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use futures_util::future::{join, join_all};
use novashop_testing::{
    Cluster,
    cluster::{ADMIN, Visitor},
};
use serde_json::{Value, json};

use crate::buying::{Buyer, Keeper, Product};

const READERS: usize = 4;
const BUYERS: usize = 3;
/// Between two things that one person does: so short that there is always somebody who comes in the moment in which a port closes.
const PAUSE: Duration = Duration::from_millis(5);

/// What people look at: pages and data, through the app's port and through the API's own.
fn reading(product: &Product) -> [(bool, String); 5] {
    let (slug, id) = (&product.slug, &product.id);
    [
        (false, "/".to_owned()),
        (false, format!("/p/{slug}")),
        (false, "/api/v1/products?sort=price".to_owned()),
        (true, format!("/api/v1/products/{id}")),
        (true, "/api/v1/categories".to_owned()),
    ]
}

/// What came of it.
#[derive(Default)]
pub struct Told {
    /// Everything that did not go as it should.
    pub failures: RefCell<Vec<String>>,
    /// How many were answered well that changed nothing.
    pub read: Cell<usize>,
    /// How long one of these had to wait at most.
    pub slowest: Cell<Duration>,
    /// The orders as they were acknowledged.
    pub orders: RefCell<Vec<Value>>,
    /// How often buyers had to send something again.
    pub again: Cell<usize>,
    over: Cell<bool>,
}

/// How the people take it when something fails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Whoever buys sends it again, with the same key; nothing else may fail.
    BuyersInsist,
    /// Nothing may fail at all, also what changes something.
    NothingFails,
}

/// Has people read and buy for as long as `happening` takes.
pub async fn during(cluster: &Cluster, product: &Product, manner: Manner, happening: impl AsyncFnOnce(&Told)) -> Told {
    let told = Told::default();
    let account = json!({"username": "nora", "email": "nora@example.com", "password": ADMIN.1});
    cluster.program().post("/api/v1/auth/register", &[], &account).await.assert_status(201);
    let readers = join_all((0..READERS).map(|number| read(cluster, product, &told, number)));
    let buyers = join_all((0..BUYERS).map(|number| buy(cluster, product, &told, manner, number)));
    let wishes = async {
        if manner == Manner::NothingFails {
            wish(cluster, product, &told).await;
        }
    };
    let happening = async {
        happening(&told).await;
        told.over.set(true);
    };
    join(join(readers, buyers), join(wishes, happening)).await;
    told
}

impl Told {
    fn fail(&self, what: String) {
        self.failures.borrow_mut().push(what);
    }

    fn assert_nothing_failed(&self) {
        let failures = self.failures.borrow();
        assert!(failures.is_empty(), "{} failures, of which the first are {:#?}", failures.len(), failures.iter().take(5).collect::<Vec<_>>());
    }

    /// How many orders were acknowledged so far.
    pub fn bought(&self) -> usize {
        self.orders.borrow().len()
    }

    /// Waits until so many more orders are acknowledged.
    pub async fn wait_for_orders(&self, more: usize) {
        let from = self.bought();
        novashop_testing::cluster::until("more is bought", async || {
            self.assert_nothing_failed();
            self.bought() >= from + more
        })
        .await;
    }

    /// Stops the test where something failed, or where an acknowledged order is not there exactly once.
    pub async fn assert_nothing_lost(&self, cluster: &Cluster, product: &Product, stock: i64) {
        self.assert_nothing_failed();
        let orders = self.orders.borrow().clone();
        let mut numbers: Vec<&str> = orders.iter().map(|order| order["number"].as_str().expect("a number")).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), orders.len(), "every key has an order of its own");
        let keeper = Keeper::of(cluster).await;
        let count = u64::try_from(orders.len()).expect("not that many");
        assert_eq!(keeper.orders().await, count, "no order is there that nobody knows of, and none is missing");
        assert_eq!(keeper.stock(product).await + i64::try_from(orders.len()).expect("not that many"), stock);
        assert!(cluster.run(&["verify"], &[]).contains("Nothing is broken"));
    }
}

async fn read(cluster: &Cluster, product: &Product, told: &Told, number: usize) {
    let (shopper, program) = (cluster.shopper(), cluster.program());
    let addresses = reading(product);
    for turn in number.. {
        if told.over.get() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
        let (own_port, path) = &addresses[turn % addresses.len()];
        let visitor = if *own_port { &program } else { &shopper };
        let asked = Instant::now();
        let answer = visitor.try_send("GET", path, &[], None).await;
        told.slowest.set(told.slowest.get().max(asked.elapsed()));
        match answer {
            Ok(answer) if answer.status == 200 => told.read.set(told.read.get() + 1),
            Ok(answer) => told.fail(format!("GET {path}: {} {}", answer.status, answer.text())),
            Err(error) => told.fail(format!("GET {path}: {error:?}")),
        }
    }
}

async fn buy(cluster: &Cluster, product: &Product, told: &Told, manner: Manner, number: usize) {
    let visitor = if number.is_multiple_of(2) { cluster.shopper() } else { cluster.program() };
    let buyer = Buyer { visitor, again: (manner == Manner::BuyersInsist).then_some(&told.again) };
    for turn in 0.. {
        if told.over.get() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
        match buyer.buy(product, &format!("order-{number}-{turn}")).await {
            Ok(order) => told.orders.borrow_mut().push(order),
            Err(failed) => told.fail(failed),
        }
    }
}

/// PUT, PATCH and DELETE, which nginx must not repeat by itself.
async fn wish(cluster: &Cluster, product: &Product, told: &Told) {
    let visitor = cluster.shopper();
    let pair = visitor.post("/api/v1/auth/login", &[], &json!({"login": "nora", "password": ADMIN.1})).await.assert_status(200);
    let bearer = format!("Bearer {}", pair.text_at("/access_token"));
    let wished = format!("/api/v1/wishlist/{}", product.id);
    let me = json!({"city": "Lisbon"});
    let changes: [(&str, &str, Option<&Value>); 3] = [("PUT", &wished, None), ("PATCH", "/api/v1/users/me", Some(&me)), ("DELETE", &wished, None)];
    while !told.over.get() {
        for (method, path, body) in changes {
            tokio::time::sleep(PAUSE).await;
            change(&visitor, method, path, &bearer, body, told).await;
        }
    }
}

async fn change(visitor: &Visitor, method: &str, path: &str, bearer: &str, body: Option<&Value>, told: &Told) {
    match visitor.try_send(method, path, &[("authorization", bearer)], body).await {
        Ok(answer) if matches!(answer.status, 200 | 201 | 204) => {}
        Ok(answer) => told.fail(format!("{method} {path}: {} {}", answer.status, answer.text())),
        Err(error) => told.fail(format!("{method} {path}: {error:?}")),
    }
}
