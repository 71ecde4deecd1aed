//! The real nginx, with the configuration that `deploy/nginx/render` prints and a certificate that `deploy/nginx/self-signed` makes.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tokio::net::TcpStream;

use super::{Size, open_to_all, until};
use crate::ports::free_address;

/// An app that has been built, as far as nginx and the role web look at it: one file that stands for all.
const FILES: [(&str, &str); 4] = [
    (
        "manifest.json",
        r#"{"shop": {"js": "/assets/shop.1.js", "wasm": "/assets/shop.1.js", "css": [], "start": "/assets/shop.1.js"},
           "admin": {"js": "/assets/shop.1.js", "wasm": "/assets/shop.1.js", "css": [], "start": "/assets/shop.1.js"}, "files": {}}"#,
    ),
    ("assets/shop.1.js", "console.log('the app');"),
    // Not really compressed: nginx sends them as they are.
    ("assets/shop.1.js.br", "brotli"),
    ("assets/shop.1.js.gz", "gzip"),
];

/// nginx before the processes of a cluster.
#[derive(Debug)]
pub struct Nginx {
    folder: PathBuf,
    certificate: Vec<u8>,
    http: String,
    https: String,
    api: String,
    inner: String,
    webs: Vec<String>,
    apis: Vec<String>,
    child: RefCell<Option<Child>>,
}

fn port(address: &str) -> &str {
    address.rsplit(':').next().unwrap_or_default()
}

/// A script of `deploy/nginx`.
fn script(name: &str) -> Command {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/nginx").join(name))
}

impl Nginx {
    /// Makes its certificate and its configuration.
    pub(super) fn new(place: &Path, size: &Size) -> Self {
        let folder = place.join("nginx");
        let files = folder.join("dist");
        std::fs::create_dir_all(files.join("assets")).expect("a new folder");
        for made in [&folder, &files, &files.join("assets")] {
            open_to_all(made);
        }
        for (name, content) in FILES {
            std::fs::write(files.join(name), content).expect("the folder can be written");
        }
        let made = script("self-signed").arg(&folder).output().expect("self-signed runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let certificate = std::fs::read(folder.join("shop.crt")).expect("the certificate was made");
        let addresses = |count: usize| (0..count).map(|_| free_address()).collect();
        let (apis, webs) = (addresses(size.apis), addresses(size.webs));
        let [http, https, api, inner]: [String; 4] = std::array::from_fn(|_| free_address());
        let nginx = Self { folder, certificate, http, https, api, inner, webs, apis, child: RefCell::default() };
        nginx.render(size);
        nginx
    }

    fn render(&self, size: &Size) {
        let mut render = script("render");
        render
            .env("API_UPSTREAMS", self.apis.join(","))
            .env("WEB_UPSTREAM", self.webs.join(","))
            .env("HTTP_PORT", port(&self.http))
            .env("HTTPS_PORT", port(&self.https))
            .env("API_PORT", port(&self.api))
            .env("INNER_ADDR", &self.inner)
            .env("TLS_CERT", self.folder.join("shop.crt"))
            .env("TLS_KEY", self.folder.join("shop.key"))
            .env("RUN_DIR", &self.folder)
            .env("WEB_FILES", self.files())
            .env("REQUESTS", size.requests.to_string())
            .env("CONNECTIONS", size.connections.to_string())
            .env("SOCKETS", size.sockets.to_string())
            .env("WORKERS", "2");
        let rendered = render.output().expect("render runs");
        assert!(rendered.status.success(), "{}", String::from_utf8_lossy(&rendered.stderr));
        std::fs::write(self.folder.join("nginx.conf"), rendered.stdout).expect("the folder can be written");
    }

    /// Starts it, and waits until it listens.
    pub async fn start(&self) {
        let mut command = Command::new("nginx");
        command.arg("-e").arg(self.folder.join("error.log")).arg("-c").arg(self.folder.join("nginx.conf"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("nginx starts (package nginx-light or nginx)");
        *self.child.borrow_mut() = Some(child);
        until("nginx listens", async || TcpStream::connect(&self.https).await.is_ok() && TcpStream::connect(&self.inner).await.is_ok()).await;
    }

    /// What the processes behind it are told of it.
    pub(super) fn told_to_processes(&self) -> [(&'static str, String); 1] {
        [("PUBLIC_URL", self.shop())]
    }

    /// The shop's address: `https://localhost:port`.
    #[must_use]
    pub fn shop(&self) -> String {
        format!("https://localhost:{}", port(&self.https))
    }

    /// The address of the API's own port.
    #[must_use]
    pub fn api(&self) -> String {
        format!("https://localhost:{}", port(&self.api))
    }

    /// The address without TLS, which only redirects.
    #[must_use]
    pub fn plain(&self) -> String {
        format!("http://localhost:{}", port(&self.http))
    }

    /// Where a process of the API listens.
    #[must_use]
    pub fn api_address(&self, number: usize) -> &str {
        &self.apis[number]
    }

    /// Where the role web finds them all.
    #[must_use]
    pub fn inner_address(&self) -> &str {
        &self.inner
    }

    /// Where a process of the role web listens.
    #[must_use]
    pub fn web_address(&self, number: usize) -> &str {
        &self.webs[number]
    }

    /// The app's files.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        self.folder.join("dist")
    }

    /// Its certificate, PEM.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The number of its first process, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.borrow().as_ref().map(Child::id)
    }

    /// What stands in its log of requests.
    #[must_use]
    pub fn access_log(&self) -> String {
        std::fs::read_to_string(self.folder.join("access.log")).unwrap_or_default()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.borrow_mut().take() {
            // Killed, it would leave its workers behind.
            let _asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            let _ended = child.wait();
        }
    }
}
