//! The role `web`: beside the API in one process, or alone with an API elsewhere.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::{Server, ServerHandle},
    http::header::HeaderValue,
    web,
};
use novashop_services::Stopping;
use novashop_web::{Files, Metrics, Options, app::Listen};

use crate::{
    Failed,
    config::Config,
    port::Port,
    serve::{allow_open_files, ask_on_signal},
    starting,
};

/// Where the role looks for the API of another process.
const API_ELSEWHERE: &str = "http://127.0.0.1:8000";

/// The open shop window.
pub(crate) struct Window {
    pub server: Server,
    pub shown: Shown,
}

/// What whoever started it is told.
pub(crate) struct Shown {
    base: String,
    missing: Option<String>,
}

impl Shown {
    pub(crate) fn tell(&self) {
        println!("  Shop           {}", self.base);
        if let Some(missing) = &self.missing {
            println!("                 The app is not built ({missing}). Run `make app`, then start again.");
        }
    }
}

impl Window {
    /// Opens it, before the API of this process or of another one.
    pub(crate) fn open(
        config: &Config,
        own_api: Option<SocketAddr>,
        pass: Option<HeaderValue>,
        metrics: Metrics,
        stopping: &Stopping,
    ) -> Result<Self, Failed> {
        let own_api = own_api.map(reachable).filter(|_| config.api_url.is_none());
        let pass = pass.filter(|_| own_api.is_some());
        let api = own_api.or_else(|| config.api_url.clone()).unwrap_or_else(|| API_ELSEWHERE.to_owned());
        let (files, missing) = match Files::read(&folder(config)) {
            Ok(files) => (files, None),
            Err(missing) => (Files::default(), Some(missing)),
        };
        let options = Options { api, public_url: config.public_url.clone(), files: Arc::new(files), pass, metrics, leaving: stopping.leaving() };
        let address = config.public_addr(config.web_addr);
        let listening = Port::open(address).and_then(|(port, socket)| {
            let listen = Listen { socket, workers: None, shutdown_seconds: config.last_requests_seconds() };
            novashop_web::listen(options, listen, port.closing(stopping, config.drain))
        });
        let setting = if config.port.is_some() { "PORT" } else { "WEB_ADDR" };
        let (server, address) = listening.map_err(|error| starting::no_port(address, &error, setting))?;
        Ok(Self { server, shown: Shown { base: reachable(address), missing } })
    }
}

/// The app's files: where somebody says, where the build leaves them, or beside the program.
fn folder(config: &Config) -> PathBuf {
    let built = Path::new("frontend/dist");
    let beside = || std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("dist"))).filter(|folder| folder.exists());
    match &config.web_files {
        Some(chosen) => chosen.clone(),
        None if built.exists() => built.to_owned(),
        None => beside().unwrap_or_else(|| built.to_owned()),
    }
}

/// The address of a server of ours as a client on this machine writes it.
pub(crate) fn reachable(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    format!("http://{address}")
}

/// Runs the role alone until a signal ends the process.
pub(crate) async fn run(config: &Config) -> Result<(), Failed> {
    allow_open_files();
    let (stopping, metrics) = (Stopping::default(), Metrics::new()?);
    ask_on_signal(&stopping, config.drain)?;
    let told = metrics.clone();
    let app = move || App::new().app_data(web::Data::new(told.clone())).route("/metrics", web::get().to(tell));
    let operators = match metrics_socket(config)? {
        Some(socket) => Some(in_background(HttpServer::new(app).workers(1).disable_signals().listen(socket)?.run())),
        None => None,
    };
    let Window { server, shown } = Window::open(config, None, None, metrics, &stopping)?;
    println!("\nThe shop's pages are served.\n");
    shown.tell();
    println!("\nStop with Ctrl-C.\n");
    server.await?;
    if let Some(operators) = operators {
        operators.stop(false).await;
    }
    Ok(())
}

async fn tell(metrics: web::Data<Metrics>) -> HttpResponse {
    match metrics.text() {
        Ok(text) => HttpResponse::Ok().content_type(novashop_web::metrics::TEXT_FORMAT).body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// The port of the metrics. Where nobody chose it and another process has it, the shop opens all the same.
pub(crate) fn metrics_socket(config: &Config) -> Result<Option<TcpListener>, Failed> {
    let Some(address) = config.metrics_addr else { return Ok(None) };
    match TcpListener::bind(address) {
        Ok(socket) => Ok(Some(socket)),
        Err(error) if config.metrics_addr_chosen => Err(starting::no_port(address, &error, "METRICS_ADDR (`none` for no metrics)")),
        Err(error) => {
            tracing::warn!(%error, %address, "no metrics: their default port cannot be listened on; set METRICS_ADDR to another address, or to `none`");
            Ok(None)
        }
    }
}

/// Runs a server beside the shop's own.
pub(crate) fn in_background(server: Server) -> ServerHandle {
    let handle = server.handle();
    actix_web::rt::spawn(server);
    handle
}
