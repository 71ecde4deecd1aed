//! What the role web tells its operators of an API that fails.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
};

use crate::{Shop, answer, free_address, until};

/// The least that the role web takes for the app.
fn app_files() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("novashop-operations-app-{}", std::process::id()));
    let bundle = r#"{"js": "/assets/a.js", "wasm": "/assets/a.js", "css": [], "start": "/assets/a.js"}"#;
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    std::fs::write(folder.join("assets/a.js"), "").unwrap();
    std::fs::write(folder.join("manifest.json"), format!(r#"{{"shop": {bundle}, "admin": {bundle}, "files": {{}}}}"#)).unwrap();
    folder
}

/// An API that knows its categories, breaks off when it is asked for a list, and speaks of one product as no version does; its address.
fn failing_api() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut connection in listener.incoming().map_while(Result::ok) {
            let mut read = [0; 4096];
            let length = connection.read(&mut read).unwrap_or(0);
            let asked = String::from_utf8_lossy(&read[..length]).into_owned();
            let body = if asked.contains("/categories") { r#"{"items": []}"# } else { "{}" };
            if !asked.contains("/products?") {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
                let _gone = write!(connection, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            }
        }
    });
    address
}

#[test]
fn what_somebody_looks_for_is_not_in_the_log_of_the_pages_when_the_api_fails() {
    let (web, api, files) = (free_address(), failing_api(), app_files());
    let variables = [("WEB_ADDR", web.as_str()), ("API_URL", &api), ("WEB_FILES", files.to_str().unwrap()), ("RUST_LOG", "info,novashop_web=trace")];
    let shop = Shop::start(&["--role", "web"], &variables);
    until("the shop opens", || TcpStream::connect(&web).is_ok());
    for path in ["/search?q=maya.lindqvist%40example.com", "/p/maya-lindqvist"] {
        let mut connection = TcpStream::connect(&web).unwrap();
        write!(connection, "GET {path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n").unwrap();
        assert_eq!(answer(connection).0, 503, "{path}");
    }
    std::fs::remove_dir_all(files).unwrap();
    until("it says what it asked for", || shop.log().matches("/api/v1/products").count() >= 2);
    let log = shop.log();
    assert!(log.contains("the API did not answer") && log.contains("not what this version understands"), "{log}");
    for typed in ["maya", "lindqvist", "q="] {
        assert!(!log.contains(typed), "the log tells {typed:?}: {log}");
    }
}
