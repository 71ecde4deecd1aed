//! What only administrators see: mails and the audit log.

use novashop_services::ShopSettings;
use novashop_testing::{MailServer, TestApp};
use serde_json::json;

#[actix_web::test]
async fn a_mail_shows_its_link_to_an_administrator_and_the_audit_log_says_who_read_it() {
    let app = TestApp::new().await;
    let (admin, maya) = (app.admin().await, app.customer().await);
    app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    let link = app.mail_link("password_reset").await.expect("a mail");

    let mails = admin.get("/admin/mails").await.assert_status(200);
    assert_eq!(mails.items().len(), 1);
    assert!(!mails.text().contains("token="), "lists show no links");
    let path = format!("/admin/mails/{}", mails.items()[0]["id"].as_str().unwrap());
    let mail = admin.get(&path).await.assert_status(200);
    assert_eq!(mail.json["link"], json!(link));
    assert!(mail.text_at("/text").contains("[link]"), "the text itself has no secret");

    let audit = admin.get("/admin/audit").await.assert_status(200);
    assert_eq!(audit.items()[0]["action"], "mail.link_read");
    assert_eq!(audit.items()[0]["actor"]["id"], json!(admin.id()));
    app.staff().await.get(&path).await.assert_problem(403, "forbidden");
}

#[actix_web::test]
async fn no_link_is_shown_once_a_mail_server_is_configured() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let (admin, maya) = (app.admin().await, app.customer().await);
    app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    app.run_outbox().await;
    let mails = admin.get("/admin/mails").await.assert_status(200);
    let mail = admin.get(format!("/admin/mails/{}", mails.items()[0]["id"].as_str().unwrap())).await.assert_status(200);
    assert!(mail.json.get("link").is_none());
}

#[actix_web::test]
async fn what_an_administrator_changes_is_in_the_audit_log() {
    let app = TestApp::new().await;
    let (admin, maya) = (app.admin().await, app.customer().await);
    admin.patch(format!("/users/{}", maya.id()), json!({"role": "staff"})).await.assert_status(200);
    let entry = admin.get("/admin/audit").await.assert_status(200).items()[0].clone();
    assert_eq!(entry["action"], "user.updated");
    assert_eq!(entry["details"]["role"], json!({"from": "customer", "to": "staff"}));
}
