//! A shop whose pictures are in a bucket: these run where NOVASHOP_TEST_MOTO names the program `moto_server`, which speaks S3.

use std::{
    io::ErrorKind,
    net::{Shutdown, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use image::ImageFormat;
use novashop_testing::{
    pictures::{multipart, picture},
    ports::free_port,
};
use serde_json::Value;

use crate::shop::{Folder, Shop, novashop, refuse, run, text};

fn moto() -> Option<PathBuf> {
    std::env::var_os("NOVASHOP_TEST_MOTO").filter(|program| !program.is_empty()).map(PathBuf::from)
}

/// S3 on a port of this machine, and a door before it that the test can close: what was stored is there again when it opens.
struct Store {
    server: Child,
    own: String,
    door: String,
    open: Arc<AtomicBool>,
}

impl Store {
    fn start(program: &Path) -> Self {
        let port = free_port().to_string();
        let mut command = Command::new(program);
        let server = command.args(["-H", "127.0.0.1", "-p", &port]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("moto starts");
        let own = format!("127.0.0.1:{port}");
        let started = Instant::now();
        while TcpStream::connect(&own).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "moto does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        let open = Arc::new(AtomicBool::new(true));
        let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
        let door = listener.local_addr().expect("it listens").to_string();
        let (inside, is_open) = (own.clone(), Arc::clone(&open));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if let (true, Ok(server)) = (is_open.load(Ordering::SeqCst), TcpStream::connect(&inside)) {
                    carry(&client, &server, &is_open);
                    carry(&server, &client, &is_open);
                }
            }
        });
        Self { server, own, door, open }
    }

    fn set_open(&self, open: bool) {
        self.open.store(open, Ordering::SeqCst);
    }

    /// The configuration of a shop that keeps its pictures here.
    fn variables(&self) -> [(&'static str, String); 5] {
        [
            ("MEDIA_URL", "s3://pictures/the/shop".into()),
            ("AWS_ENDPOINT_URL", format!("http://{}", self.door)),
            ("AWS_ALLOW_HTTP", "true".into()),
            ("AWS_ACCESS_KEY_ID", "id".into()),
            ("AWS_SECRET_ACCESS_KEY", "a secret of the store".into()),
        ]
    }

    /// The keys of everything in the bucket, past the door.
    async fn keys(&self) -> Vec<String> {
        let (mut keys, mut after) = (Vec::new(), String::new());
        loop {
            let url = format!("http://{}/pictures?list-type=2&start-after={after}", self.own);
            let mut answer = awc::Client::default().get(url).send().await.expect("moto answers");
            let list = answer.body().limit(8 * 1024 * 1024).await.expect("a list");
            let list = String::from_utf8_lossy(&list).into_owned();
            keys.extend(list.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()).map(str::to_owned));
            if !list.contains("<IsTruncated>true") {
                return keys;
            }
            after = keys.last().cloned().unwrap_or_default();
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

/// Carries bytes one way until either side ends or the door is closed.
fn carry(from: &TcpStream, to: &TcpStream, is_open: &Arc<AtomicBool>) {
    let (Ok(mut from), Ok(mut to), is_open) = (from.try_clone(), to.try_clone(), Arc::clone(is_open)) else { return };
    std::thread::spawn(move || {
        let mut bytes = [0; 64 * 1024];
        from.set_read_timeout(Some(Duration::from_millis(50))).expect("a time limit");
        while is_open.load(Ordering::SeqCst) {
            match std::io::Read::read(&mut from, &mut bytes) {
                Ok(0) => break,
                Ok(count) => match std::io::Write::write_all(&mut to, &bytes[..count]) {
                    Ok(()) => {}
                    Err(_) => break,
                },
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => break,
            }
        }
        drop((from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both)));
    });
}

fn with<'a>(command: &'a mut Command, variables: &[(&'static str, String)]) -> &'a mut Command {
    variables.iter().fold(command, |command, (name, value)| command.env(name, value))
}

fn sources(image: &Value) -> Vec<String> {
    image["sources"].as_array().expect("a list").iter().map(|source| text(source, "/url")).collect()
}

#[actix_web::test]
async fn pictures_in_a_bucket_are_taken_served_and_deleted_and_survive_its_absence() {
    let Some(program) = moto() else { return };
    let (folder, store) = (Folder::new(), Store::start(&program));
    let variables = store.variables();
    let data = folder.at("data");
    let made = awc::Client::default().put(format!("http://{}/pictures", store.own)).send().await.expect("moto answers");
    assert_eq!(made.status(), 200);

    // The demo's pictures go there, below the prefix, and no folder is made.
    run(with(&mut novashop(&data, None), &variables).arg("demo"));
    let demo = store.keys().await;
    assert!(demo.len() > 100 && demo.iter().all(|key| key.starts_with("the/shop/") && key.ends_with(".webp")), "{demo:?}");
    assert!(!data.join("media").exists());
    let mut admin = novashop(&data, None);
    run(with(admin.args(["user", "create-admin", "maya", "maya@example.com"]), &variables).env("NOVASHOP_ADMIN_PASSWORD", "correct horse battery"));

    let shop = Shop::open_with(&data, None, &variables.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    let tokens = shop.post("/api/v1/auth/login", &[], &serde_json::json!({"login": "maya", "password": "correct horse battery"})).await.json;
    let authorization = format!("Bearer {}", text(&tokens, "/access_token"));
    let product = shop.get("/api/v1/products?limit=1", &[]).await;
    let product = format!("/api/v1/products/{}", text(&product, "/items/0/id"));
    let images = || async { shop.get(&product, &[]).await["images"].as_array().expect("a list").len() };
    let before = images().await;

    // Taken: every width is there and is served.
    let (kind, body) = multipart(&[("file", &picture(ImageFormat::Png, 1500, 900)), ("alt", b"A mug")]);
    let headers = [("authorization", authorization.as_str()), ("content-type", kind.as_str())];
    let upload = || async { shop.send("POST", &format!("{product}/images"), &headers, body.clone()).await };
    let image = upload().await;
    assert_eq!(image.status, 201, "{}", image.json);
    let urls = sources(&image.json);
    assert!(urls.len() >= 3, "several widths: {urls:?}");
    let keys = store.keys().await;
    for url in &urls {
        let file = shop.file(url, &[]).await;
        assert_eq!((file.status, file.header("content-type")), (200, "image/webp"), "{url}");
        assert!(file.header("cache-control").contains("immutable") && file.body.starts_with(b"RIFF"), "{url}");
        assert_eq!(shop.file(url, &[("if-none-match", file.header("etag"))]).await.status, 304, "{url}");
        assert!(keys.contains(&url.replacen("/media", "the/shop", 1)), "{url} is not in {keys:?}");
    }
    assert_eq!(shop.file("/media/products/0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5/640.webp", &[]).await.status, 404);
    let backup = folder.at("shop.novashop");
    let said = run(with(novashop(&data, None).arg("backup").arg(&backup), &variables));
    assert!(said.contains("stay in s3://pictures/the/shop") && said.contains("0 files of pictures"), "{said}");

    // Away: said clearly, soon, and the shop goes on selling.
    store.set_open(false);
    let asked = Instant::now();
    let refused = upload().await;
    assert_eq!((refused.status, text(&refused.json, "/code").as_str()), (503, "unavailable"), "{}", refused.json);
    assert_eq!(shop.file(&urls[0], &[]).await.status, 503);
    assert!(asked.elapsed() < Duration::from_secs(20), "it took {:?}", asked.elapsed());
    assert_eq!(images().await, before + 1, "no row without files");
    let mut ready = Value::Null;
    for _ in 0..100 {
        ready = shop.get("/readyz", &[]).await;
        if ready["media"] == "away" {
            break;
        }
        actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((&ready["status"], &ready["media"]), (&Value::from("degraded"), &Value::from("away")));

    // Back: nothing was lost, and it goes on without a restart.
    store.set_open(true);
    assert_eq!(shop.file(&urls[0], &[]).await.status, 200);
    let again = upload().await;
    assert_eq!(again.status, 201, "{}", again.json);
    for image in [&image.json, &again.json] {
        let gone = shop.ask("DELETE", &format!("{product}/images/{}", text(image, "/id")), &headers[..1], None).await;
        assert_eq!(gone.status, 204, "{}", gone.json);
        for url in sources(image) {
            assert_eq!(shop.file(&url, &[]).await.status, 404, "{url}");
        }
    }
    let mut left = store.keys().await;
    left.retain(|key| !demo.contains(key) && key != "the/shop/novashop-writes-here");
    assert!(left.is_empty(), "files of pictures that are gone: {left:?}");
    drop(shop);

    // Elsewhere: the backup has no pictures and needs none; one with pictures does not go into a bucket.
    let elsewhere = folder.at("elsewhere");
    let said = run(with(novashop(&elsewhere, None).arg("restore").arg(&backup), &variables));
    assert!(said.contains("Its pictures are those in s3://pictures/the/shop."), "{said}");
    let (in_a_folder, with_pictures) = (folder.at("in-a-folder"), folder.at("with-pictures.novashop"));
    run(novashop(&in_a_folder, None).arg("demo"));
    run(novashop(&in_a_folder, None).arg("backup").arg(&with_pictures));
    refuse(with(novashop(&folder.at("nowhere"), None).arg("restore").arg(&with_pictures), &variables), "MEDIA_URL is a bucket");
    assert!(!folder.at("nowhere").exists());
}
