//! The application of the role: its table of contents, and the server that runs it.

use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse},
    http::header::HeaderValue,
    middleware::{Compress, from_fn},
    web,
};

use crate::{Files, Metrics, bodies::InFlight, files, middleware, pages, proxy, sitemap, sitemap::Sitemap, upstream::Upstream, well_known};

/// For the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// For the next request on a connection.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Connections of a worker; when they are taken, the next ones wait in the backlog.
const CONNECTIONS: usize = 4096;

/// What differs between deployments.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the API is: `http://127.0.0.1:2002`.
    pub api: String,
    /// Where shoppers find the app, without a slash at its end.
    pub public_url: String,
    /// The app's files.
    pub files: Arc<Files>,
    /// Proves to the API of the same process who is asking; without it the API goes by its trusted proxies.
    pub pass: Option<HeaderValue>,
    /// Where requests are counted.
    pub metrics: Metrics,
    /// Set when the process takes its leave: from then on no connection is kept.
    pub leaving: Arc<AtomicBool>,
}

/// Where a server listens, and how it ends.
#[derive(Debug)]
pub struct Listen {
    /// The port.
    pub socket: TcpListener,
    /// How many threads answer; as many as there are cores where it is left out.
    pub workers: Option<usize>,
    /// How long it waits for requests in flight when it ends, in seconds.
    pub shutdown_seconds: u64,
}

/// What all workers share.
#[derive(Debug)]
pub struct Shop {
    /// Where shoppers find it.
    pub public_url: String,
    /// The app.
    pub files: Arc<Files>,
    /// What search engines are told.
    pub(crate) sitemap: Sitemap,
    /// What browsers are told that pages may do.
    pub(crate) policy: HeaderValue,
    /// And those of the back office.
    pub(crate) office_policy: HeaderValue,
    pub(crate) metrics: Metrics,
    /// Whether the process takes its leave.
    pub(crate) leaving: Arc<AtomicBool>,
    /// Who is sending something just now.
    pub(crate) bodies: InFlight,
}

impl Shop {
    /// Nothing was asked for yet.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        Self {
            public_url: options.public_url.clone(),
            files: Arc::clone(&options.files),
            sitemap: Sitemap::default(),
            policy: middleware::policy(&options.public_url),
            office_policy: middleware::office_policy(&options.public_url),
            metrics: options.metrics.clone(),
            leaving: Arc::clone(&options.leaving),
            bodies: InFlight::default(),
        }
    }

    /// An address of ours as others write it.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// The application with all its routes.
pub fn build(
    shop: web::Data<Shop>,
    upstream: web::Data<Upstream>,
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody + use<>>, Error = actix_web::Error, InitError = ()>
    + use<>,
> {
    App::new()
        .app_data(shop)
        .app_data(upstream)
        .configure(|config| {
            for prefix in proxy::PREFIXES {
                config.route(prefix, web::to(proxy::pass_on));
                config.route(&format!("{prefix}/{{rest:.*}}"), web::to(proxy::pass_on));
            }
        })
        .route("/assets/{name}", well_known::reading().to(files::asset))
        .route("/favicon.ico", well_known::reading().to(files::favicon))
        .route("/healthz", well_known::reading().to(well_known::healthz))
        .route("/robots.txt", well_known::reading().to(well_known::robots))
        .route("/manifest.webmanifest", well_known::reading().to(well_known::manifest))
        .route("/sitemap.xml", well_known::reading().to(sitemap::first).wrap(Compress::default()))
        .route("/sitemaps/{number}.xml", well_known::reading().to(sitemap::part).wrap(Compress::default()))
        .default_service(web::to(pages::show).wrap(Compress::default()))
        .wrap(from_fn(middleware::browsers))
        .wrap(from_fn(middleware::observe))
        .wrap(from_fn(middleware::take_leave))
}

/// A server of the role, and its address. It closes its port when `closing` ends.
///
/// # Errors
/// Where the socket cannot be listened on.
pub fn listen(options: Options, listen: Listen, closing: impl Future<Output = ()> + 'static) -> io::Result<(Server, SocketAddr)> {
    let shop = web::Data::new(Shop::new(&options));
    let address = listen.socket.local_addr()?;
    let server = HttpServer::new(move || build(shop.clone(), web::Data::new(Upstream::new(&options.api, options.pass.clone()))))
        .client_request_timeout(HEAD)
        .keep_alive(KEEP_ALIVE)
        .max_connections(CONNECTIONS)
        .disable_signals()
        .shutdown_timeout(listen.shutdown_seconds);
    let server = match listen.workers {
        Some(workers) => server.workers(workers),
        None => server,
    };
    let server = server.listen(listen.socket)?.run();
    let handle = server.handle();
    // Not by a signal of the server's own: that would end the whole process, whatever its other roles still have in hand.
    actix_web::rt::spawn(async move {
        closing.await;
        handle.stop(true).await;
    });
    Ok((server, address))
}
