//! Attacks with files: names that lead elsewhere, and files that are two things at once.

use actix_web::http::Method;
use image::ImageFormat;
use novashop_testing::{
    Actor, Answer, TestApp,
    actors::Request,
    pictures::{multipart, picture},
};
use serde_json::json;

async fn shop() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await.summary.id;
    (app, staff, format!("/products/{mug}/images"))
}

fn upload(staff: &Actor, path: &str, bytes: &[u8]) -> Request {
    let (kind, body) = multipart(&[("file", bytes)]);
    staff.post(path, json!(null)).body(&kind, body)
}

/// Every file of a picture as it is served.
async fn served(app: &TestApp, made: &Answer) -> Vec<Answer> {
    let mut files = Vec::new();
    for source in made.json["sources"].as_array().unwrap() {
        let file = app.anonymous().request(Method::GET, source["url"].as_str().unwrap()).await.assert_status(200);
        assert_eq!(file.need_header("content-type"), "image/webp");
        assert_eq!(file.need_header("x-content-type-options"), "nosniff");
        assert!(file.need_header("content-security-policy").contains("default-src 'none'"));
        assert!(file.need_header("content-security-policy").contains("sandbox"));
        files.push(file);
    }
    files
}

/// A PNG chunk.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &(!crc).to_be_bytes()].concat()
}

#[actix_web::test]
async fn a_picture_that_is_something_else_too_is_kept_as_a_picture_only() {
    let (app, staff, path) = shop().await;
    let script = b"<html><script>alert('evil-mark')</script></html>";
    let php = b"<?php system($_GET['evil-mark']); ?>";
    let jar = b"PK\x03\x04evil-mark/META-INF/MANIFEST.MF PK\x05\x06";
    let (png, jpeg, webp) = (picture(ImageFormat::Png, 40, 30), picture(ImageFormat::Jpeg, 40, 30), picture(ImageFormat::WebP, 40, 30));
    let after = |bytes: &[u8], tail: &[u8]| [bytes, tail].concat();
    // Right behind the header, where readers of metadata look: PNG's IHDR ends at 33, JPEG's first marker at 2.
    let inside_png = |chunk: Vec<u8>| [&png[..33], &chunk, &png[33..]].concat();
    let segment = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, marker], &length, data, &jpeg[2..]].concat()
    };
    let text = [b"Comment\0".as_slice(), script].concat();
    for (what, bytes) in [
        ("a PNG and HTML", after(&png, script)),
        ("a PNG and a JAR", after(&png, jar)),
        ("a JPEG and PHP", after(&jpeg, php)),
        ("a WebP and HTML", after(&webp, script)),
        ("a PNG with a text", inside_png(chunk(b"tEXt", &text))),
        ("a PNG with a chunk of its own", inside_png(chunk(b"evIl", script))),
        ("a JPEG with a comment", segment(0xFE, php)),
        ("a JPEG with EXIF", segment(0xE1, &after(b"Exif\0\0", php))),
        ("a JPEG with XMP", segment(0xE1, &after(b"http://ns.adobe.com/xap/1.0/\0", script))),
    ] {
        assert!(bytes.windows(9).any(|window| window == b"evil-mark"));
        let made = upload(&staff, &path, &bytes).await;
        assert_eq!(made.status, 201, "{what}: {}", made.text());
        for file in served(&app, &made).await {
            assert!(!file.body.windows(9).any(|window| window == b"evil-mark"), "{what} came through");
            assert_eq!((&file.body[..4], &file.body[8..12]), (&b"RIFF"[..], &b"WEBP"[..]), "{what}");
        }
    }
}

#[actix_web::test]
async fn what_only_begins_like_a_picture_or_is_another_kind_is_refused() {
    let (app, staff, path) = shop().await;
    let before = app.row_counts().await;
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let bomb = b"<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg>&b;</svg>";
    for bytes in [
        &svg[..],
        bomb,
        b"PK\x03\x04\x14\0\0\0",
        b"%PDF-1.7\n",
        b"GIF89a<script>alert(1)</script>",
        b"BM\x3a\0\0\0",
        b"II*\0\x08\0\0\0",
        b"\x7fELF\x02\x01\x01",
        b"<!doctype html><script>alert(1)</script>",
        b"#!/bin/sh\n",
        b"\0\0\0\x20ftypavif",
    ] {
        upload(&staff, &path, bytes).await.assert_problem(415, "unsupported_media_type");
    }
    let script = b"<script>alert(1)</script>";
    for magic in [&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff\xe0", b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\xff\xff\xff\xffWEBPVP8L"] {
        upload(&staff, &path, &[magic, script].concat()).await.assert_field("/file");
    }
    assert_eq!(app.row_counts().await, before);
}

#[actix_web::test]
async fn neither_the_name_nor_the_type_of_an_upload_means_anything() {
    let (app, staff, path) = shop().await;
    let png = picture(ImageFormat::Png, 8, 6);
    let with_head = |name: &str, kind: &str| {
        let head = format!("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n");
        [head.as_bytes(), &png, b"\r\n--x--\r\n"].concat()
    };
    for (name, kind) in [
        ("../../../../etc/cron.d/evil", "image/png"),
        ("..\\..\\evil.php", "application/x-php"),
        ("/absolute/evil.html", "text/html"),
        ("evil.png%00.html", "image/svg+xml"),
        ("CON", "image/gif"),
        ("....//....//evil", "application/octet-stream"),
        ("%2e%2e%2fevil", "image/png"),
        ("", "image/png"),
    ] {
        let made = staff.post(&path, json!(null)).body("multipart/form-data; boundary=x", with_head(name, kind)).await;
        assert_eq!(made.status, 201, "{name}: {}", made.text());
        let url = made.text_at("/url");
        assert_eq!(url, format!("/media/products/{}/8.webp", made.text_at("/id")), "the shop names its files itself");
        assert!(!made.text().contains("evil"));
        served(&app, &made).await;
    }
}

#[actix_web::test]
async fn no_way_of_writing_a_path_leads_out_of_the_pictures() {
    let (app, staff, path) = shop().await;
    let url = upload(&staff, &path, &picture(ImageFormat::Png, 8, 6)).await.assert_status(201).text_at("/url");
    let (folder, file) = url.rsplit_once('/').unwrap();
    app.anonymous().request(Method::GET, url.as_str()).await.assert_status(200);
    for way in [
        "/media/../../../etc/passwd".to_owned(),
        "/media/..%2f..%2f..%2fetc%2fpasswd".into(),
        "/media/..%5c..%5cwindows%5cwin.ini".into(),
        "/media/%2e%2e/%2e%2e/etc/passwd".into(),
        "/media/%252e%252e%252fetc%252fpasswd".into(),
        "/media/....//....//etc/passwd".into(),
        "/media//etc/passwd".into(),
        "/media/%2fetc%2fpasswd".into(),
        "/media/file:///etc/passwd".into(),
        "/media/http://127.0.0.1/1.webp".into(),
        "/media/%c0%ae%c0%ae/1.webp".into(),
        "/media/..;/1.webp".into(),
        format!("{folder}/../{file}"),
        format!("{folder}/./{file}"),
        format!("{folder}//{file}"),
        format!("{folder}/{file}%00.html"),
        format!("{folder}/{file}/"),
        format!("{folder}/{file}.html"),
        format!("{folder}%2f..%2f{file}"),
        format!("{folder}/"),
        folder.to_owned(),
        folder.to_uppercase(),
        format!("{folder}/%38.webp%20"),
        format!("{folder}/+8.webp"),
        format!("{folder}/008.webp"),
    ] {
        let answer = app.anonymous().request(Method::GET, way.as_str()).await;
        assert_eq!(answer.status, 404, "{way}: {}", answer.text());
    }
}
