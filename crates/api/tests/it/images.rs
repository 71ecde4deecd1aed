//! The pictures of products.

use actix_web::http::Method;
use novashop_testing::{
    TestApp,
    pictures::{multipart, picture, png},
};
use serde_json::json;

#[actix_web::test]
async fn a_picture_is_kept_in_several_widths_and_served_for_ever() {
    let app = TestApp::new().await;
    let (staff, nobody) = (app.staff().await, app.anonymous());
    let mug = app.product("Mug").create().await.summary.id;
    let path = format!("/products/{mug}/images");
    let upload = |bytes: Vec<u8>| {
        let (kind, body) = multipart(&[("file", &bytes), ("alt", "A grey mug".as_bytes())]);
        staff.post(&path, json!(null)).body(&kind, body)
    };
    for format in [image::ImageFormat::Jpeg, image::ImageFormat::Png, image::ImageFormat::WebP] {
        let made = upload(picture(format, 700, 500)).await.assert_status(201);
        assert_eq!((&made.json["alt"], &made.json["width"], &made.json["height"]), (&json!("A grey mug"), &json!(640), &json!(457)));
        let widths: Vec<i64> = made.json["sources"].as_array().unwrap().iter().map(|source| source["width"].as_i64().unwrap()).collect();
        assert_eq!(widths, [320, 640], "none is wider than the picture came");
        let file = nobody.request(Method::GET, made.text_at("/url")).await.assert_status(200);
        assert_eq!(file.need_header("content-type"), "image/webp");
        assert!(file.need_header("cache-control").contains("immutable"));
        assert_eq!(&file.body[8..12], b"WEBP");
    }
    let product = nobody.get(format!("/products/{mug}")).await.assert_status(200);
    assert_eq!(product.json["images"].as_array().unwrap().len(), 3);
    assert_eq!(product.json["image"], product.json["images"][0]);
}

#[actix_web::test]
async fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await.summary.id;
    let path = format!("/products/{mug}/images");
    let upload = |fields: &[(&str, &[u8])]| {
        let (kind, body) = multipart(fields);
        staff.post(&path, json!(null)).body(&kind, body)
    };
    let before = app.row_counts().await;
    for bytes in [&b"this is text"[..], b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"GIF89a", b""] {
        upload(&[("file", bytes)]).await.assert_problem(415, "unsupported_media_type");
    }
    let cut = png();
    let broken = upload(&[("file", &cut[..cut.len() / 2])]).await;
    assert!([415, 422].contains(&broken.status), "{}", broken.text());
    upload(&[("file", &vec![0; 10 * 1024 * 1024 + 1])]).await.assert_problem(413, "payload_too_large");
    upload(&[("alt", b"No file")]).await.assert_field("/file");
    upload(&[("file", &png()), ("surprise", b"1")]).await.assert_field("/surprise");
    upload(&[("file", &png()), ("position", b"first")]).await.assert_field("/position");
    upload(&[("file", &png()), ("alt", "a".repeat(301).as_bytes())]).await.assert_field("/alt");
    staff.post(&path, json!(null)).body("multipart/form-data; boundary=x", "nonsense").await.assert_status(400);
    staff.post(&path, json!(null)).body("multipart/form-data", "nonsense").await.assert_status(400);
    assert_eq!(app.row_counts().await, before);
}

#[actix_web::test]
async fn pictures_are_put_in_order_renamed_and_deleted() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await.summary.id;
    let (first, second) = (app.image(mug).await, app.image(mug).await);
    let path = |id| format!("/products/{mug}/images/{id}");
    let order = async || {
        let product = app.anonymous().get(format!("/products/{mug}")).await.assert_status(200);
        product.json["images"].as_array().unwrap().iter().map(|image| image["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    staff.patch(path(second.id), json!({"position": 0, "alt": "The front"})).await.assert_status(200);
    assert_eq!(order().await, [second.id.to_string(), first.id.to_string()]);
    staff.patch(path(first.id), json!({"position": -1})).await.assert_field("/position");
    let other = app.product("Pot").create().await.summary.id;
    staff.patch(format!("/products/{other}/images/{}", first.id), json!({})).await.assert_problem(404, "not_found");
    staff.delete(path(second.id)).await.assert_status(204);
    assert_eq!(order().await, [first.id.to_string()]);
    app.anonymous().request(Method::GET, second.url.as_str()).await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn nothing_but_pictures_is_served_from_the_store() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for path in
        ["", "products", "..%2Fshop.sqlite", "products/../../etc/passwd", "products/%2e%2e/x.webp", "products/nothing/640.webp", "%2Fetc%2Fpasswd"]
    {
        nobody.request(Method::GET, format!("/media/{path}")).await.assert_problem(404, "not_found");
    }
}
