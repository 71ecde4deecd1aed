//! Addresses that somebody gives us: none of them is ever called.

use std::net::TcpListener;

use novashop_services::imports::{self, NoFiles};
use novashop_testing::TestApp;
use novashop_types::Currency;
use serde_json::json;

#[actix_web::test]
async fn no_address_that_stands_in_a_file_or_a_field_is_called() {
    let app = TestApp::new().await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/picture.png", listener.local_addr().unwrap());
    let novashop =
        json!({"products": [{"name": "Mug", "price": {"amount": 1999, "currency": "EUR"}, "stock": 3, "images": [{"file": url, "alt": ""}]}]})
            .to_string();
    let dummy = json!([{"id": 1, "title": "Pot", "category": "pots", "price": 9.5, "stock": 1, "images": [url], "thumbnail": url}]).to_string();
    let shopify = format!("Handle,Title,Variant Price,Image Src,Variant Image\nbowl,Bowl,7.00,{url},{url}\n");
    for file in [novashop, dummy, shopify] {
        let parsed = imports::parse(file.as_bytes(), Currency::EUR).unwrap();
        assert!(!parsed.products.is_empty(), "{file}: {:?}", parsed.refused);
        assert!(parsed.remote_images > 0, "{file}");
        imports::apply(app.ctx(), "file", parsed, &NoFiles, &|_, _, _| {}).await.unwrap();
    }
    let staff = app.staff().await;
    let product = json!({"name": "Jug", "description": format!("<img src=\"{url}\">"), "attributes": {"manual": url}, "price": {"amount": 1, "currency": "EUR"}});
    staff.post("/products", product).await.assert_status(201);
    app.run_outbox().await;
    app.run_schedule().await;
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "somebody called");
}
