//! The shop of a test.

use std::{rc::Rc, sync::Arc};

use actix_web::{
    dev::ServerHandle,
    http::{Method, header::HeaderValue},
};
use awc::ClientRequest;
use novashop_testing::{Served, TestApp};
use novashop_web::{Files, Metrics, Options, app::Listen};
use serde_json::Value;

/// A page, a file, a refusal.
pub struct Got {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn every(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Every JSON of a kind of script, in order.
    pub fn scripts(&self, opening: &str) -> Vec<Value> {
        let scripts = self.body.split(opening).skip(1).filter_map(|rest| rest.split_once("</script>"));
        scripts.map(|(json, _)| serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))).collect()
    }

    /// What search engines are told of a type.
    #[track_caller]
    pub fn json_ld(&self, kind: &str) -> Value {
        let all = self.scripts("<script type=\"application/ld+json\">");
        all.into_iter().find(|about| about["@type"] == kind).unwrap_or_else(|| panic!("nothing about a {kind} in {}", self.body))
    }

    /// What the app begins with.
    pub fn data(&self) -> Value {
        self.scripts("<script id=\"nova-data\" type=\"application/json\">").pop().expect("a page has data")
    }
}

/// A running role `web`.
pub struct Shop {
    pub base: String,
    client: awc::Client,
    handle: ServerHandle,
    /// The API lives as long.
    pub api: Option<Rc<Served>>,
}

/// What the build would leave.
fn files() -> Files {
    let folder = tempfile::tempdir().unwrap();
    let assets = folder.path().join("assets");
    std::fs::create_dir(&assets).unwrap();
    let files =
        ["shop.1.js", "shop.1.wasm", "shop.1.css", "shop.1.start.js", "admin.1.js", "admin.1.wasm", "admin.1.css", "admin.1.start.js", "icon.1.svg"];
    for name in files {
        std::fs::write(assets.join(name), format!("plain {name}")).unwrap();
    }
    std::fs::write(assets.join("shop.1.wasm.br"), "brotli of the shop").unwrap();
    std::fs::write(assets.join("shop.1.wasm.gz"), "gzip of the shop").unwrap();
    std::fs::write(folder.path().join("secret"), "nobody's business").unwrap();
    let bundle = |name: &str| {
        let at = |ending: &str| format!("/assets/{name}.1.{ending}");
        serde_json::json!({"js": at("js"), "wasm": at("wasm"), "css": [at("css")], "start": at("start.js")})
    };
    let manifest = serde_json::json!({"shop": bundle("shop"), "admin": bundle("admin"), "files": {"icon.svg": "/assets/icon.1.svg"}});
    std::fs::write(folder.path().join("manifest.json"), manifest.to_string()).unwrap();
    Files::read(folder.path()).unwrap()
}

impl Shop {
    /// Before this API.
    pub async fn before(app: &TestApp) -> Self {
        Self::with(app, |_| {}).await
    }

    /// Before this API, deployed in another way.
    pub async fn with(app: &TestApp, change: impl FnOnce(&mut Options)) -> Self {
        let api = app.serve().await;
        let address = api.address.clone();
        let mut shop = Self::at(&address, change);
        shop.api = Some(api);
        shop
    }

    /// Before whatever answers at an address.
    pub fn at(api: &str, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options {
            api: api.to_owned(),
            public_url: "https://shop.example.com".into(),
            files: Arc::new(files()),
            pass: None,
            metrics: Metrics::new().unwrap(),
            leaving: Arc::default(),
        };
        change(&mut options);
        let listen = Listen { socket: std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap(), workers: Some(2), shutdown_seconds: 0 };
        let (server, address) = novashop_web::listen(options, listen, std::future::pending()).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let client = awc::Client::builder().disable_redirects().timeout(std::time::Duration::from_secs(60)).finish();
        Self { base: format!("http://{address}"), client, handle, api: None }
    }

    /// An address of this shop, whole.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A request to be.
    pub fn request(&self, method: Method, path: &str) -> ClientRequest {
        self.client.request(awc::http::Method::from_bytes(method.as_str().as_bytes()).unwrap(), self.address(path)).no_decompress()
    }

    /// What stands at an address.
    pub async fn get(&self, path: &str) -> Got {
        self.send(self.request(Method::GET, path), Vec::new()).await
    }

    /// The same, asked for with a header.
    pub async fn get_with(&self, path: &str, name: &'static str, value: &str) -> Got {
        let value = HeaderValue::from_str(value).unwrap();
        self.send(self.request(Method::GET, path).insert_header((name, value.as_bytes())), Vec::new()).await
    }

    /// Sends a request.
    pub async fn send(&self, request: ClientRequest, body: Vec<u8>) -> Got {
        let mut answer = request.send_body(body).await.expect("an answer");
        let headers =
            answer.headers().iter().map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect();
        let body = answer.body().limit(16 * 1024 * 1024).await.expect("a body");
        Got { status: answer.status().as_u16(), headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
