//! The application, the same for the server and for every test.

use std::sync::Arc;

use actix_cors::Cors;
use actix_web::{
    FromRequest, Handler, HttpRequest, HttpResponse, Responder,
    body::{BoxBody, MessageBody},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    guard,
    http::{Method, header},
    middleware::{Compress, Condition, Next, from_fn},
    web,
};
use novashop_links::Link;
use novashop_services::{Context, vitals::Watch};
use novashop_types::ErrorCode;

use crate::{
    Answer, Failure,
    cache::{self, Cache},
    connections,
    extract::TrustedProxies,
    limits::{Class, Limits},
    live::Live,
    metrics::Metrics,
    middleware,
    network::Patience,
    routes::{self, admin_system::Process, live::Door},
};

/// The address of a route as it was declared, `/api/v1/products/{id}`: what logs and metrics call it.
#[derive(Debug, Clone)]
pub struct RouteName(Arc<str>);

impl RouteName {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address and what it answers to.
pub struct Route {
    path: &'static str,
    methods: Vec<Method>,
    routes: Vec<actix_web::Route>,
    limited: Option<Class>,
}

macro_rules! methods {
    ($($name:ident $method:ident,)+) => {$(
        #[doc = concat!("Adds ", stringify!($method), ".")]
        #[must_use]
        pub fn $name<F, Args>(self, handler: F) -> Self
        where
            F: Handler<Args>,
            Args: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            self.with(Method::$method, web::method(Method::$method).to(handler))
        }
    )+};
}

impl Route {
    /// An address that answers to nothing yet.
    #[must_use]
    pub const fn new(path: &'static str) -> Self {
        Self { path, methods: Vec::new(), routes: Vec::new(), limited: None }
    }

    /// Adds GET, and with it HEAD (RFC 9110, 9.3.2).
    #[must_use]
    pub fn get<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let route = web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler);
        let mut with = self.with(Method::GET, route);
        with.methods.push(Method::HEAD);
        with
    }

    methods! { post POST, put PUT, patch PATCH, delete DELETE, }

    /// Counts its requests against this quota, instead of the one that goes with their method.
    #[must_use]
    pub const fn limited(mut self, class: Class) -> Self {
        self.limited = Some(class);
        self
    }

    fn with(mut self, method: Method, route: actix_web::Route) -> Self {
        self.methods.push(method);
        self.routes.push(route);
        self
    }

    fn limited_resource(
        self,
        below: &str,
    ) -> actix_web::Resource<
        impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = actix_web::Error, InitError = ()> + use<>,
    > {
        let class = self.limited;
        self.resource(below).wrap(from_fn(move |request, next: Next<BoxBody>| middleware::rate_limit(class, request, next)))
    }

    fn resource(self, below: &str) -> actix_web::Resource {
        let name = RouteName(format!("{below}{}", self.path).into());
        let allow = self.methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
        let resource = self.routes.into_iter().fold(web::resource(self.path).app_data(name), actix_web::Resource::route);
        resource.default_service(web::to(move || {
            let allow = allow.clone();
            async move { Err::<HttpResponse, _>(Failure::method_not_allowed(allow)) }
        }))
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}", self.path, self.methods)
    }
}

/// What differs between deployments.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Origins of other sites whose scripts may call the API.
    pub cors_origins: Vec<String>,
    /// Whether each answer tells in `Server-Timing` what it cost: in development only, it tells attackers too much.
    pub server_timing: bool,
    /// Where public answers are kept; all workers of a process share one.
    pub cache: Option<Cache>,
    /// How many requests a client may send; without them as many as it likes.
    pub limits: Option<Arc<Limits>>,
    /// Whose word counts on whom a request comes from.
    pub trusted_proxies: TrustedProxies,
    /// How long it waits for its clients.
    pub patience: Patience,
    /// Where requests are counted, if anywhere.
    pub metrics: Option<Metrics>,
    /// Who listens to news; all workers of a process share one.
    pub live: Live,
    /// How the shop's parts are.
    pub watch: Arc<Watch>,
    /// What the process knows of itself.
    pub process: Process,
    /// The link to other processes, where there is one.
    pub link: Option<Arc<Link>>,
}

/// The application with all its routes and middleware.
pub fn build(
    ctx: web::Data<Context>,
    options: Options,
) -> actix_web::App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody + use<>>, Error = actix_web::Error, InitError = ()>
    + use<>,
> {
    actix_web::App::new()
        .app_data(ctx)
        .app_data(web::Data::from(options.watch))
        .app_data(web::Data::new(cache::Reader { cache: options.cache, server_timing: options.server_timing }))
        .app_data(web::Data::new(options.process))
        .app_data(web::Data::new(Door { live: options.live, origins: options.cors_origins.clone() }))
        .app_data(options.trusted_proxies)
        .app_data(options.patience)
        .configure(|config| {
            if let Some(limits) = options.limits {
                config.app_data(limits);
            }
            if let Some(link) = options.link {
                config.app_data(web::Data::from(link));
            }
            if let Some(metrics) = options.metrics {
                config.app_data(metrics);
            }
        })
        .configure(configure)
        .default_service(web::to(elsewhere).wrap(from_fn(|request, next: Next<BoxBody>| middleware::rate_limit(Some(Class::Read), request, next))))
        // Innermost: what is known is compressed already, and a refusal is shorter than its compressed form's head.
        .wrap(Compress::default())
        .wrap(from_fn(cache::serve_known))
        .wrap(Condition::new(!options.cors_origins.is_empty(), cors(&options.cors_origins)))
        .wrap(from_fn(middleware::problem_documents))
        .wrap(Condition::new(options.server_timing, from_fn(middleware::server_timing)))
        .wrap(from_fn(middleware::browsers))
        .wrap(from_fn(middleware::observe))
        .wrap(from_fn(connections::note_work))
}

/// What no route answers to.
async fn elsewhere(request: HttpRequest) -> Answer {
    const ALLOW: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
    match *request.method() {
        // The question what the server can do at all (RFC 9110, 9.3.7).
        Method::OPTIONS if request.path() == "*" => Ok(HttpResponse::NoContent().insert_header((header::ALLOW, ALLOW)).finish()),
        // Not a proxy, and no echo.
        Method::CONNECT | Method::TRACE => Err(Failure::method_not_allowed(ALLOW.into())),
        _ => Err(Failure::new(ErrorCode::NotFound, "There is nothing at this address. See /documentation for what there is.")),
    }
}

fn configure(config: &mut web::ServiceConfig) {
    let v1 = routes::v1().into_iter().fold(web::scope("/api/v1"), |scope, route| scope.service(route.limited_resource("/api/v1")));
    config.service(v1);
    for route in routes::outside() {
        // Health checks are asked all day by machines that must not be refused.
        match route.limited {
            Some(_) => config.service(route.limited_resource("")),
            None => config.service(route.resource("")),
        };
    }
}

fn cors(origins: &[String]) -> Cors {
    origins
        .iter()
        .fold(Cors::default(), |cors, origin| cors.allowed_origin(origin))
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::CACHE_CONTROL,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("traceparent"),
            header::HeaderName::from_static("tracestate"),
            header::HeaderName::from_static("x-cart-token"),
            header::HeaderName::from_static("x-order-token"),
            header::HeaderName::from_static("x-request-id"),
        ])
        .expose_headers([
            "etag",
            "link",
            "location",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "x-cart-token",
            "x-request-id",
            "idempotency-replayed",
        ])
        .max_age(3600)
}
