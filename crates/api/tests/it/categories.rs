//! The category tree.

use std::time::Duration;

use novashop_db::DbBackend;
use novashop_testing::{TestApp, cluster::until};
use serde_json::json;
use tokio::{join, sync::Notify, time::sleep};

#[actix_web::test]
async fn the_tree_counts_published_products_of_a_category_and_of_everything_below_it() {
    let app = TestApp::new().await;
    let kitchen = app.category("Kitchen", None).await;
    let tea = app.category("Tea", Some("kitchen")).await;
    app.product("Pot").category("kitchen").create().await;
    app.product("Green tea").category("tea").create().await;
    let draft = app.product("Black tea").category("tea").status(novashop_types::catalogue::ProductStatus::Draft).create().await;

    let tree = app.anonymous().get("/categories").await.assert_status(200);
    assert_eq!(tree.items().len(), 1);
    assert_eq!(tree.items()[0]["id"], json!(kitchen.id));
    assert_eq!(tree.items()[0]["product_count"], 2);
    assert_eq!(tree.items()[0]["children"][0]["id"], json!(tea.id));
    assert_eq!(tree.items()[0]["children"][0]["product_count"], 1);

    app.staff().await.patch(format!("/products/{}", draft.summary.id), json!({"status": "published"})).await.assert_status(200);
    let by_slug = app.anonymous().get("/categories/tea").await.assert_status(200);
    assert_eq!(by_slug.json["product_count"], 2);
    assert_eq!(app.anonymous().get(format!("/categories/{}", tea.id)).await.assert_status(200).json, by_slug.json);
}

#[actix_web::test]
async fn a_category_gets_a_slug_of_its_name_and_each_slug_is_given_once() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let made = staff.post("/categories", json!({"name": "Tea & Coffee"})).await.assert_status(201);
    assert_eq!(made.json["slug"], "tea-coffee");
    assert_eq!(made.need_header("location"), format!("/api/v1/categories/{}", made.text_at("/id")));
    staff.post("/categories", json!({"name": "Other", "slug": "tea-coffee"})).await.assert_problem(409, "slug_taken");
    staff.post("/categories", json!({"name": "Other", "slug": "Not A Slug"})).await.assert_field("/slug");
    staff.post("/categories", json!({"name": "  "})).await.assert_field("/name");
}

#[actix_web::test]
async fn a_category_that_holds_something_cannot_be_removed() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    app.category("Kitchen", None).await;
    app.category("Tea", Some("kitchen")).await;
    let pot = app.product("Pot").category("tea").create().await;
    staff.delete("/categories/kitchen").await.assert_problem(409, "category_not_empty");
    staff.delete("/categories/tea").await.assert_problem(409, "category_not_empty");
    staff.patch(format!("/products/{}", pot.summary.id), json!({"category": null})).await.assert_status(200);
    staff.delete("/categories/tea").await.assert_status(204);
    staff.delete("/categories/kitchen").await.assert_status(204);
    app.anonymous().get("/categories/tea").await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn a_category_cannot_lie_below_itself() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let kitchen = app.category("Kitchen", None).await;
    let tea = app.category("Tea", Some("kitchen")).await;
    for parent in [kitchen.id, tea.id] {
        staff.patch("/categories/kitchen", json!({"parent_id": parent})).await.assert_field("/parent_id");
    }
    staff.patch("/categories/tea", json!({"parent_id": null})).await.assert_status(200);
    staff.patch("/categories/kitchen", json!({"parent_id": tea.id})).await.assert_status(200);
}

#[actix_web::test]
async fn staff_who_were_second_to_change_a_category_are_told() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    app.category("Tea", None).await;
    let tag = staff.get("/categories/tea").await.assert_status(200).need_header("etag").to_owned();
    staff.patch("/categories/tea", json!({"description": "Green"})).header("if-match", tag.clone()).await.assert_status(200);
    staff.patch("/categories/tea", json!({"description": "Black"})).header("if-match", tag.clone()).await.assert_problem(412, "precondition_failed");
    staff.delete("/categories/tea").header("if-match", tag).await.assert_problem(412, "precondition_failed");
    staff.delete("/categories/tea").header("if-match", "*").await.assert_status(204);
}

#[actix_web::test]
async fn a_category_is_found_by_the_slug_it_had() {
    let app = TestApp::new().await;
    let (staff, nobody) = (app.staff().await, app.anonymous());
    let cups = app.category("Cups", None).await;
    staff.patch("/categories/cups", json!({"slug": "mugs"})).await.assert_status(200);
    let found = nobody.get("/categories/cups").await.assert_status(200);
    assert_eq!((found.text_at("/id"), found.text_at("/slug")), (cups.id.to_string(), "mugs".into()));
    // An old slug goes with its category.
    staff.delete(format!("/categories/{}", cups.id)).await.assert_status(204);
    nobody.get("/categories/cups").await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn a_category_whose_parent_is_removed_meanwhile_is_refused() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let staff = app.staff().await.over(&served);
    let kitchen = app.category("Kitchen", None).await;
    let removed = Notify::new();
    let remove = app.ctx().db.write(async |tx| {
        novashop_db::categories::delete(tx, kitchen.id.0, kitchen.version).await?;
        removed.notify_one();
        match app.ctx().db.backend() {
            // It found the parent and waits for its row.
            DbBackend::Postgres => {
                let waiting = "select count(*) as value from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
                until("the other one waits", async || app.number(waiting).await > 0).await;
            }
            // It waits for its turn.
            _ => sleep(Duration::from_millis(50)).await,
        }
        Ok::<_, novashop_db::Error>(())
    });
    let make = async {
        removed.notified().await;
        staff.post("/categories", json!({"name": "Tea", "parent_id": kitchen.id})).await
    };
    let (done, made) = join!(remove, make);
    done.unwrap();
    made.assert_field("/parent_id");
    assert_eq!(app.number("select count(*) as value from categories").await, 0);
}
