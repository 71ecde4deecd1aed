//! Wishlists.

use novashop_testing::TestApp;
use serde_json::json;

#[actix_web::test]
async fn a_wishlist_holds_each_product_once_and_the_newest_first() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let (mug, pot) = (app.product("Mug").create().await, app.product("Pot").create().await);
    maya.put(format!("/wishlist/{}", mug.summary.id), json!({})).await.assert_status(204);
    app.clock().advance(1);
    maya.put(format!("/wishlist/{}", pot.summary.slug), json!({})).await.assert_status(204);
    maya.put(format!("/wishlist/{}", mug.summary.id), json!({})).await.assert_status(204);
    let names = async || {
        let list = maya.get("/wishlist").await.assert_status(200);
        list.items().iter().map(|product| product["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Pot", "Mug"]);
    assert_eq!(app.other_customer().await.get("/wishlist").await.assert_status(200).items().len(), 0);
    maya.delete(format!("/wishlist/{}", pot.summary.id)).await.assert_status(204);
    maya.delete(format!("/wishlist/{}", pot.summary.id)).await.assert_status(204);
    assert_eq!(names().await, ["Mug"]);
}

#[actix_web::test]
async fn a_product_that_is_not_on_sale_is_left_out_for_as_long() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let mug = app.product("Mug").create().await;
    maya.put(format!("/wishlist/{}", mug.summary.id), json!({})).await.assert_status(204);
    staff.delete(format!("/products/{}", mug.summary.id)).await.assert_status(204);
    assert_eq!(maya.get("/wishlist").await.assert_status(200).items().len(), 0);
    maya.put(format!("/wishlist/{}", mug.summary.id), json!({})).await.assert_problem(404, "not_found");
    staff.patch(format!("/products/{}", mug.summary.id), json!({"status": "published"})).await.assert_status(200);
    assert_eq!(maya.get("/wishlist").await.assert_status(200).items().len(), 1);
}
