//! The last pieces, wanted by many through three processes at once.

use std::time::Duration;

use futures_util::future::join_all;
use novashop_testing::{
    races::{count, statuses},
    shopping::order,
};

use crate::{
    buying::{Buyer, Keeper},
    started,
};

const BUYERS: usize = 200;
const STOCK: i64 = 7;

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn of_two_hundred_buyers_through_three_processes_seven_get_the_seven_pieces() {
    let cluster = started().await;
    let keeper = Keeper::of(&cluster).await;
    let lamp = keeper.product("Lamp", STOCK).await;
    let buyers: Vec<Buyer> = (0..BUYERS).map(|_| Buyer { visitor: cluster.program(), again: None }).collect();
    let mut carts = Vec::new();
    // Not all at once: what is to be raced for are the orders.
    for some in buyers.chunks(20) {
        carts.extend(join_all(some.iter().map(|buyer| buyer.fill(&lamp))).await);
    }
    let body = order();
    let orders = buyers.iter().zip(&carts).map(async |(buyer, cart)| {
        let cart = cart.as_ref().expect("the cart was filled");
        let order = async || buyer.visitor.post("/api/v1/orders", &[("x-cart-token", cart)], &body).await;
        let mut answer = order().await;
        // On a slow machine who waited five seconds for a connection is told to come again.
        for _ in 0..20 {
            if answer.status != 503 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            answer = order().await;
        }
        answer
    });
    let answers = join_all(orders).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (7, BUYERS - 7), "{:?}", statuses(&answers));
    assert_eq!((keeper.orders().await, keeper.stock(&lamp).await), (7, 0));
    for api in &cluster.apis {
        let orders = api.count(&["http_requests_total", "method=\"POST\"", "route=\"/api/v1/orders\""]).await;
        assert!(orders > 30.0, "{} took only {orders} of them", api.name());
    }
    assert!(cluster.run(&["verify"], &[]).contains("Nothing is broken"));
}
