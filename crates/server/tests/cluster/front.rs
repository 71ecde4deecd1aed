//! What nginx does before the processes.

use std::process::Command;

use novashop_testing::{
    Answer,
    cluster::{Cluster, Process, Size, until},
};
use serde_json::json;

use crate::{
    buying::{Buyer, Keeper, Product},
    size, started,
};

/// Requests a second that a client may keep up in [`limited`]; four times as many at once.
const REQUESTS: u32 = 20;

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn a_purchase_goes_through_either_port_and_requests_are_spread_evenly() {
    let cluster = started().await;
    let keeper = Keeper::of(&cluster).await;
    let mug = keeper.product("Mug", 10).await;
    let plain = cluster.visitor(cluster.nginx.plain()).get("/p/mug?a=b").await.assert_status(308);
    assert_eq!(plain.need_header("location"), format!("{}/p/mug?a=b", cluster.nginx.shop()));
    for visitor in [cluster.shopper(), cluster.program()] {
        let order = Buyer { visitor, again: None }.buy(&mug, "the-only-one").await.expect("the shop sells");
        assert_eq!(order["status"], "pending_payment");
    }
    assert_eq!((keeper.stock(&mug).await, keeper.orders().await), (8, 2));
    let page = cluster.shopper().get("/p/mug").await.assert_status(200);
    assert!(page.text().contains("19.99") && page.need_header("strict-transport-security").starts_with("max-age="), "{}", page.text());

    let program = cluster.program();
    for _ in 0..90 {
        program.get("/api/v1/categories").await.assert_status(200);
    }
    for api in &cluster.apis {
        let count = api.count(&["http_requests_total", "route=\"/api/v1/categories\""]).await;
        // The pages that the role web made have asked for some too.
        assert!((29.0..=33.0).contains(&count), "{} answered {count} of 90", api.name());
    }
    http2(&cluster);
    live(&cluster, &mug).await;
    clients(&cluster).await;
    away(&cluster).await;
}

/// Who can speaks HTTP/2 with nginx, on either port; the visitors of these tests speak the older one.
fn http2(cluster: &Cluster) {
    for base in [cluster.nginx.shop(), cluster.nginx.api()] {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--insecure", "--http2", "--output", "/dev/null", "--write-out", "%{http_version} %{http_code}"]);
        let told = curl.arg(format!("{base}/api/v1/categories")).output().expect("curl runs");
        assert_eq!(String::from_utf8_lossy(&told.stdout), "2 200", "{base}");
    }
}

/// A WebSocket is opened through nginx, on either port, and both sides are heard.
async fn live(cluster: &Cluster, mug: &Product) {
    for visitor in [cluster.shopper(), cluster.program()] {
        visitor.ear().await.listen(&format!("product:{}", mug.id)).await;
    }
}

/// Whom the shop takes a client for: what nginx saw, whatever the client says of itself.
async fn clients(cluster: &Cluster) {
    let base = cluster.nginx.api_address(0);
    let forged = [("x-forwarded-for", "203.0.113.7"), ("forwarded", "for=203.0.113.7"), ("x-real-ip", "203.0.113.7")];
    for (place, address) in
        [(cluster.nginx.shop(), [127, 0, 0, 9]), (cluster.nginx.api(), [127, 0, 0, 10]), (format!("http://{base}"), [127, 0, 0, 11])]
    {
        let visitor = cluster.visitor_from(place.clone(), address);
        let name = format!("nora{}", address[3]);
        let account = json!({"username": name, "email": format!("{name}@example.com"), "password": "correct horse battery"});
        visitor.post("/api/v1/auth/register", &forged, &account).await.assert_status(201);
        let login = json!({"login": name, "password": "correct horse battery"});
        let pair = visitor.post("/api/v1/auth/login", &forged, &login).await.assert_status(200);
        let bearer = format!("Bearer {}", pair.text_at("/access_token"));
        let sessions = visitor.send("GET", "/api/v1/users/me/sessions", &[("authorization", &bearer)], None).await.assert_status(200);
        assert!(sessions.text().contains(&format!("\"127.0.0.{}\"", address[3])), "{place}: {}", sessions.text());
        assert!(!sessions.text().contains("203.0.113.7"), "{place}: {}", sessions.text());
    }
}

/// What is answered while processes are away.
async fn away(cluster: &Cluster) {
    let shopper = cluster.shopper();
    let asset = async |accepted: &str| shopper.send("GET", "/assets/shop.1.js", &[("accept-encoding", accepted)], None).await.assert_status(200);
    cluster.webs.iter().for_each(Process::kill);
    for (accepted, text) in [("br, gzip", "brotli"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip"), ("", "console.log('the app');")] {
        let file = asset(accepted).await;
        assert_eq!((file.text().as_str(), file.need_header("content-type")), (text, "text/javascript"), "{accepted}");
        assert_eq!(
            file.header("content-encoding").unwrap_or(""),
            match text {
                "brotli" => "br",
                "gzip" => "gzip",
                _ => "",
            }
        );
    }
    let page = shopper.get("/").await.assert_status(503);
    assert!(page.text().contains("Your cart is safe") && page.need_header("retry-after") == "2", "{}", page.text());
    shopper.get("/api/v1/categories").await.assert_status(200);

    cluster.apis.iter().for_each(Process::kill);
    let answers = async |method: &str| {
        let program = cluster.program();
        [shopper.send(method, "/api/v1/cart", &[], None).await, program.send(method, "/api/v1/cart", &[], None).await]
    };
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        for answer in answers(method).await {
            let answer = refused(answer, 503, "unavailable");
            assert_eq!(answer.need_header("retry-after"), "2");
        }
    }
}

/// A socket is open for hours: it is no request under way, and has a limit of its own.
#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn whoever_sits_behind_the_same_address_as_many_sockets_still_gets_into_the_shop() {
    const SOCKETS: u32 = 8;
    let cluster = Cluster::start(&Size { apis: 1, webs: 1, workers: 0, connections: 3, sockets: SOCKETS, ..size() }).await;
    let mug = Keeper::of(&cluster).await.product("Mug", 1).await;
    for base in [cluster.nginx.shop(), cluster.nginx.api()] {
        let visitor = cluster.visitor_from(base.clone(), [127, 0, 0, 9]);
        let mut ears = Vec::new();
        for _ in 0..SOCKETS {
            ears.push(visitor.ear().await);
        }
        visitor.get("/api/v1/categories").await.assert_status(200);
        refused(visitor.get("/api/v1/ws").await, 429, "too_many_requests");
        for ear in &mut ears {
            ear.listen(&format!("product:{}", mug.id)).await;
        }
        // Somebody else may listen too.
        cluster.visitor_from(base.clone(), [127, 0, 0, 10]).ear().await;
        // Both ports count together.
        drop(ears);
        until("nginx knows that they went", async || visitor.get("/api/v1/ws").await.status != 429).await;
    }
}

/// A refusal of nginx in the API's form.
fn refused(answer: Answer, status: u16, code: &str) -> Answer {
    assert_eq!(answer.need_header("content-type"), "application/problem+json", "{}", answer.text());
    assert_eq!(answer.json["type"], format!("/problems/{}", code.replace('_', "-")));
    assert_eq!(answer.need_header("cache-control"), "no-store");
    answer.assert_problem(status, code)
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn nginx_holds_back_who_asks_too_often_and_refuses_as_the_api_does() {
    let cluster = Cluster::start(&Size { apis: 1, workers: 0, requests: REQUESTS, rate_limits: true, ..size() }).await;
    for base in [cluster.nginx.shop(), cluster.nginx.api()] {
        let visitor = cluster.visitor_from(base.clone(), [127, 0, 0, 9]);
        let mut statuses = Vec::new();
        for _ in 0..REQUESTS * 8 {
            let answer = visitor.get("/api/v1/categories").await;
            statuses.push(answer.status);
            if answer.status == 429 {
                assert_eq!(refused(answer, 429, "too_many_requests").need_header("retry-after"), "1");
            }
        }
        assert!(statuses.contains(&429), "{base}: nobody was held back");
        assert!(statuses.iter().take(80).all(|status| *status == 200), "{base}: {statuses:?}");
        // Somebody else is not.
        cluster.visitor_from(base, [127, 0, 0, 10]).get("/api/v1/categories").await.assert_status(200);
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    }
    let program = cluster.program();
    refused(program.get("/metrics").await, 404, "not_found");
    let long = "a".repeat(12 * 1024 * 1024);
    refused(program.post("/api/v1/products", &[], &json!(long)).await, 413, "payload_too_large");
    let head = "a".repeat(20_000);
    refused(program.send("GET", "/api/v1/categories", &[("x-long", &head)], None).await, 400, "bad_request");
}
