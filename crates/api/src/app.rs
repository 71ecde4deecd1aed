//! The application, the same for the server and for every test.

use actix_cors::Cors;
use actix_web::{
    FromRequest, Handler, HttpResponse, Responder,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    guard,
    http::{Method, header},
    middleware::{Compress, Condition, from_fn},
    web,
};
use novashop_services::Context;
use novashop_types::ErrorCode;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{Failure, middleware, openapi, routes};

/// An address and what it answers to.
pub struct Route {
    path: &'static str,
    methods: Vec<Method>,
    routes: Vec<actix_web::Route>,
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
        Self { path, methods: Vec::new(), routes: Vec::new() }
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

    fn with(mut self, method: Method, route: actix_web::Route) -> Self {
        self.methods.push(method);
        self.routes.push(route);
        self
    }

    fn resource(self) -> actix_web::Resource {
        let allow = self.methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
        let resource = self.routes.into_iter().fold(web::resource(self.path), actix_web::Resource::route);
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
        .configure(configure)
        .default_service(web::to(|| async {
            Err::<HttpResponse, _>(Failure::new(ErrorCode::NotFound, "There is nothing at this address. See /documentation for what there is."))
        }))
        .wrap(Condition::new(!options.cors_origins.is_empty(), cors(&options.cors_origins)))
        .wrap(from_fn(middleware::problem_documents))
        .wrap(Compress::default())
        .wrap(Condition::new(options.server_timing, from_fn(middleware::server_timing)))
        .wrap(from_fn(middleware::browsers))
        .wrap(from_fn(middleware::observe))
}

fn configure(config: &mut web::ServiceConfig) {
    let v1 = routes::v1().into_iter().fold(web::scope("/api/v1"), |scope, route| scope.service(route.resource()));
    config.service(v1);
    for route in routes::outside() {
        config.service(route.resource());
    }
    config.service(web::redirect("/", "/documentation/"));
    config.service(web::redirect("/documentation", "/documentation/"));
    config.service(web::redirect("/docs/ui/", "/documentation/"));
    config.service(web::redirect("/docs/ui", "/documentation/"));
    let swagger = Config::new(["/openapi.json"])
        .persist_authorization(true)
        .try_it_out_enabled(true)
        .display_request_duration(true)
        .doc_expansion("none")
        .filter(true);
    config.service(SwaggerUi::new("/documentation/{_:.*}").config(swagger).url("/openapi.json", openapi::document()));
}

fn cors(origins: &[String]) -> Cors {
    origins
        .iter()
        .fold(Cors::default(), |cors, origin| cors.allowed_origin(origin))
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("x-cart-token"),
            header::HeaderName::from_static("x-order-token"),
            header::HeaderName::from_static("x-request-id"),
        ])
        .expose_headers(["etag", "link", "location", "retry-after", "x-cart-token", "x-request-id", "idempotency-replayed"])
        .max_age(3600)
}
