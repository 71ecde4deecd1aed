//! A cart for tests: two mugs at ten euros, one at five.

use novashop_types::cart::Cart;
use serde_json::json;

/// The cart.
pub fn cart() -> Cart {
    let id = |last: u8| format!("0198c0de-7a11-7c3f-9a54-0000000000{last:02}");
    let money = |amount: i64| json!({"amount": amount, "currency": "EUR"});
    let line = |last: u8, name: &str, price: i64, quantity: i64| {
        json!({
            "id": id(last), "variant_id": id(last), "options": {}, "quantity": quantity, "available": 9,
            "unit_price": money(price), "line_total": money(price * quantity),
            "product": {"id": id(last), "slug": "mug", "name": name, "price": money(price), "compare_at_price": null, "in_stock": true,
                "image": null, "rating": {"average": 0.0, "count": 0}, "category": null},
        })
    };
    serde_json::from_value(json!({
        "id": id(99), "items": [line(1, "Large mug", 1000, 2), line(2, "Small mug", 500, 1)], "item_count": 3, "coupon": null,
        "subtotal": money(2500), "discount": money(0), "total": money(2500),
        "warnings": [{"item_id": id(2), "code": "price_changed", "message": ""}],
    }))
    .unwrap()
}
