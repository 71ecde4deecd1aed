//! Files of products that staff hand in: brought in by a worker, once, whatever happens to it.

use novashop_db::import_files as db;
use novashop_services::low_stock;
use novashop_testing::{Actor, Answer, TestApp, pictures::multipart};
use serde_json::json;

const FILE: &str = "Handle,Title,Variant Price,Variant Inventory Qty\nmug,Mug,9.99,3\ncup,Cup,free,1\npot,Pot,19.99,2\n";

async fn hand_in(staff: &Actor, file: &[u8]) -> Answer {
    let (kind, body) = multipart(&[("file", file)]);
    staff.post("/admin/imports/products", json!(null)).body(&kind, body).await
}

fn id(import: &Answer) -> uuid::Uuid {
    import.text_at("/id").parse().unwrap()
}

async fn seen(staff: &Actor, import: &Answer) -> Answer {
    staff.get(format!("/admin/imports/{}", import.text_at("/id"))).await.assert_status(200)
}

#[actix_web::test]
async fn the_good_rows_of_a_file_are_brought_in_and_the_bad_ones_named() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let import = hand_in(&staff, FILE.as_bytes()).await.assert_status(202);
    assert_eq!(
        (&import.json["status"], &import.json["file_name"], &import.json["size"]),
        (&json!("queued"), &json!("notes.txt"), &json!(FILE.len()))
    );
    assert_eq!(import.need_header("location"), format!("/api/v1/admin/imports/{}", import.text_at("/id")));
    assert_eq!((app.run_jobs().await, app.run_jobs().await), (1, 0), "then nothing waits any more");
    let done = seen(&staff, &import).await;
    assert_eq!((&done.json["status"], &done.json["format"], &done.json["failure"]), (&json!("done"), &json!("shopify"), &json!(null)));
    assert_eq!((&done.json["rows_total"], &done.json["rows_done"], &done.json["products_created"]), (&json!(3), &json!(3), &json!(2)));
    assert_eq!((&done.json["error_count"], &done.json["errors"][0]["line"]), (&json!(1), &json!(3)));
    assert!(done.text_at("/errors/0/reason").contains("Variant Price"));
    assert_eq!(staff.get("/products/mug").await.assert_status(200).json["price"]["amount"], 999);
    assert_eq!(app.number("select count(*) as value from imports where content is not null").await, 0, "the bytes go when it is over");

    let again = hand_in(&staff, FILE.as_bytes()).await.assert_status(202);
    app.run_jobs().await;
    let again = seen(&staff, &again).await;
    assert_eq!((&again.json["products_created"], &again.json["products_unchanged"]), (&json!(0), &json!(2)));
    let list = staff.get("/admin/imports").await.assert_status(200);
    assert_eq!((list.items().len(), &list.items()[0]["errors"]), (2, &json!([])), "lists leave the rows out");
}

#[actix_web::test]
async fn a_file_that_is_none_of_the_known_forms_fails_with_its_reason() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    for (file, reason) in [(&b"{\"products\": 3}"[..], "products"), (b"\x89PNG\r\n", "CSV"), (b"  ", "empty")] {
        let import = hand_in(&staff, file).await.assert_status(202);
        app.run_jobs().await;
        let failed = seen(&staff, &import).await;
        assert_eq!(failed.json["status"], "failed");
        assert!(failed.text_at("/failure").contains(reason), "{}", failed.text());
        assert!(failed.json["finished_at"].is_string());
    }
}

#[actix_web::test]
async fn a_file_whose_worker_died_is_taken_up_again_and_the_dead_one_writes_nothing_more() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let import = hand_in(&staff, FILE.as_bytes()).await.assert_status(202);
    let (now, conn) = (novashop_services::Context::now(app.ctx()), app.ctx().db.writer());
    let dead = db::claim(conn, id(&import), now.0, now.plus_seconds(60).0).await.unwrap().expect("one waits");
    assert_eq!(seen(&staff, &import).await.json["status"], "running");
    app.run_jobs().await;
    assert_eq!(seen(&staff, &import).await.json["products_created"], 0, "it is the other worker's for a while");
    app.clock().advance(61);
    app.run_jobs().await;
    assert_eq!(seen(&staff, &import).await.json["products_created"], 2);
    let late = app.ctx().now();
    assert!(!db::update_progress(conn, &dead, 1, 3, late.plus_seconds(60).0).await.unwrap());
    db::finish(conn, &dead, db::End { status: "failed", errors: json!([]), ..db::End::default() }, late.0).await.unwrap();
    assert_eq!(seen(&staff, &import).await.json["status"], "done");
}

#[actix_web::test]
async fn a_file_over_which_the_worker_dies_again_and_again_is_given_up() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let import = hand_in(&staff, FILE.as_bytes()).await.assert_status(202);
    for _ in 0..5 {
        let now = app.ctx().now();
        db::claim(app.ctx().db.writer(), id(&import), now.0, now.plus_seconds(60).0).await.unwrap().expect("it is tried again");
        app.clock().advance(61);
    }
    app.run_jobs().await;
    assert!(seen(&staff, &import).await.text_at("/failure").contains("5 times"));
}

#[actix_web::test]
async fn a_file_that_is_given_back_waits_again_untried() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let import = hand_in(&staff, FILE.as_bytes()).await.assert_status(202);
    let (now, conn) = (app.ctx().now(), app.ctx().db.writer());
    let claimed = db::claim(conn, id(&import), now.0, now.plus_seconds(60).0).await.unwrap().expect("one waits");
    db::release(conn, &claimed).await.unwrap();
    assert_eq!(seen(&staff, &import).await.json["status"], "queued");
    assert_eq!(db::claim(conn, id(&import), now.0, now.plus_seconds(60).0).await.unwrap().expect("it waits").attempts, 1);
}

#[actix_web::test]
async fn what_is_too_large_or_no_upload_is_refused() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let much = vec![b'a'; 10 * 1024 * 1024 + 1];
    hand_in(&staff, &much).await.assert_problem(413, "payload_too_large");
    staff.post("/admin/imports/products", json!({"products": []})).await.assert_problem(415, "unsupported_media_type");
    let (kind, body) = multipart(&[("files", b"x")]);
    staff.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_problem(422, "invalid").assert_field("/files");
    let (kind, body) = multipart(&[]);
    staff.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_problem(422, "invalid").assert_field("/file");
    assert_eq!(app.number("select count(*) as value from imports").await, 0);
}

#[actix_web::test]
async fn of_what_a_file_brings_in_sold_out_staff_is_not_told_and_of_what_it_makes_so_they_are() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let bring = async |pots: u32| {
        let file = format!("Handle,Title,Variant Price,Variant Inventory Qty\nmug,Mug,9.99,0\ncup,Cup,4.99,5\npot,Pot,19.99,{pots}\n");
        hand_in(&staff, file.as_bytes()).await.assert_status(202);
        app.run_jobs().await;
        low_stock::notice(app.ctx()).await.unwrap()
    };
    assert_eq!(bring(9).await, 0, "that is how things stood");
    assert_eq!(bring(9).await, 0);
    assert_eq!(bring(2).await, 1, "there were enough pots before");
}
