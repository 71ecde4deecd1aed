//! The OpenAPI 3.1 document: made of the handlers' own words, with what every operation shares added here once.

use std::collections::BTreeMap;

use novashop_types::{
    ErrorCode, Problem,
    live::{LiveMessage, LiveRequest},
};
use serde_json::{Value, json};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Header, HeaderBuilder, ObjectBuilder, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder, Type,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{routes, schema_rules};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "NovaShop",
        description = "The API of a shop: accounts, catalogue, cart, orders, reviews.\n\nSign in at `POST /api/v1/auth/login`, press **Authorize**, paste the `access_token`.\n\nEvery refusal is a problem document (RFC 9457) whose `code` is stable; `/problems` lists them all. Money is in whole minor units. Lists go on with `next_cursor`.",
        license(name = "MIT", identifier = "MIT")
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "accounts", description = "Registering, signing in, the profile, sessions"),
        (name = "catalogue", description = "Categories, products, variants, stock, images, search"),
        (name = "reviews", description = "What buyers think"),
        (name = "cart", description = "What somebody is about to buy; guests have one too, known by `X-Cart-Token`"),
        (name = "orders", description = "Placing orders, following them, calling them off"),
        (name = "wishlist", description = "What somebody wishes for"),
        (name = "live", description = "News as they happen, over a WebSocket"),
        (name = "administration", description = "For the people who run the shop"),
        (name = "operations", description = "For those who keep it running"),
    ),
    components(schemas(Problem, LiveRequest, LiveMessage)),
    paths(
        routes::auth::register,
        routes::auth::login,
        routes::auth::refresh,
        routes::auth::logout,
        routes::auth::forgot_password,
        routes::auth::reset_password,
        routes::auth::verify_email,
        routes::users::get_me,
        routes::users::update_me,
        routes::users::delete_me,
        routes::users::change_password,
        routes::users::list_sessions,
        routes::users::end_session,
        routes::users::export_me,
        routes::users::list_users,
        routes::users::get_user,
        routes::users::update_user,
        routes::categories::list_categories,
        routes::categories::get_category,
        routes::categories::create_category,
        routes::categories::update_category,
        routes::categories::delete_category,
        routes::products::list_products,
        routes::products::get_product,
        routes::products::create_product,
        routes::products::update_product,
        routes::products::archive_product,
        routes::variants::create_variant,
        routes::variants::update_variant,
        routes::variants::delete_variant,
        routes::stock::change_stock,
        routes::stock::list_stock_movements,
        routes::images::upload_image,
        routes::images::update_image,
        routes::images::delete_image,
        routes::search::suggest,
        routes::reviews::list_reviews,
        routes::reviews::create_review,
        routes::reviews::update_review,
        routes::reviews::delete_review,
        routes::reviews::vote_helpful,
        routes::reviews::unvote_helpful,
        routes::reviews::answer_review,
        routes::wishlist::get_wishlist,
        routes::wishlist::add_to_wishlist,
        routes::wishlist::remove_from_wishlist,
        routes::cart::get_cart,
        routes::cart::add_cart_item,
        routes::cart::update_cart_item,
        routes::cart::delete_cart_item,
        routes::cart::clear_cart,
        routes::shipping::list_shipping_methods,
        routes::orders::place_order,
        routes::orders::list_orders,
        routes::orders::get_order,
        routes::orders::cancel_order,
        routes::orders::pay_order,
        routes::admin_orders::search_orders,
        routes::admin_orders::get_admin_order,
        routes::admin_orders::move_order,
        routes::admin_orders::add_order_note,
        routes::admin_products::list_admin_products,
        routes::admin_products::change_products,
        routes::admin_imports::import_products,
        routes::admin_imports::list_imports,
        routes::admin_imports::get_import,
        routes::admin_jobs::list_jobs,
        routes::admin_jobs::retry_job,
        routes::admin_exports::export_products,
        routes::admin_exports::export_orders,
        routes::admin_system::get_system,
        routes::admin::list_mails,
        routes::admin::get_mail,
        routes::admin::resend_mail,
        routes::admin::list_audit,
        routes::reviews::list_all_reviews,
        routes::stats::get_stats,
        routes::live::open_socket,
        routes::media::get_media,
        routes::health::alive,
        routes::health::ready,
        routes::problems::list_problems,
        routes::problems::get_problem,
    ),
    modifiers(&Shared)
)]
struct Api;

/// The document.
#[must_use]
pub fn document() -> Document {
    Api::openapi()
}

/// The document as it is committed in `openapi/openapi.json`.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn document_json() -> serde_json::Result<String> {
    serde_json::to_string_pretty(&document()).map(|text| text + "\n")
}

/// What every operation shares: security, problem answers, the request id.
struct Shared;

impl Modify for Shared {
    fn modify(&self, document: &mut Document) {
        if let Some(components) = &mut document.components {
            let bearer = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some("The `access_token` of POST /api/v1/auth/login"))
                .build();
            components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
            schema_rules::tighten_components(components);
        }
        let mut shared = BTreeMap::new();
        for (path, item) in &mut document.paths.paths {
            let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
            for operation in operations.into_iter().flatten() {
                add_problems(path, operation, &mut shared);
                schema_rules::tighten_operation(operation);
                // Said in so many words: this needs no token.
                operation.security.get_or_insert_default();
                add_headers(path, operation);
            }
        }
        if let Some(components) = &mut document.components {
            components.responses = shared;
        }
    }
}

/// The answers that operations have in common, by name.
type SharedResponses = BTreeMap<String, RefOr<Response>>;

/// Points to the refusals that come of what an operation is, where its handler says nothing of its own about them.
fn add_problems(path: &str, operation: &mut Operation, shared: &mut SharedResponses) {
    let api = path.starts_with("/api/");
    let signed_in = operation.security.is_some();
    // The scopes of a bearer token are none in OpenAPI 3.1; the handlers' words name the role instead.
    let role = serde_json::to_value(&operation.security)
        .ok()
        .and_then(|security| security.pointer("/0/bearer/0").and_then(Value::as_str).map(str::to_owned));
    let mut add = |status: u16, name: &str, description: &str| {
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| {
            shared.entry(name.to_owned()).or_insert_with(|| problem(status, description));
            RefOr::Ref(Ref::from_response_name(name))
        });
    };
    let body = operation.request_body.is_some();
    let named = path.contains('{');
    if api {
        add(400, "Malformed", "Malformed: the query, a header or the body cannot be read");
        // Public operations check a token where one is sent.
        add(401, "Unauthorized", "No valid access token: `unauthorized`, `invalid_token`, `token_expired`");
        add(429, "TooManyRequests", "`too_many_requests`: try again after `Retry-After`");
        add(500, "Internal", "`internal`: a mistake of the shop's");
        add(503, "Unavailable", "`unavailable`: try again after `Retry-After`");
    } else if path == "/readyz" {
        add(503, "NotReady", "`unavailable`: something the shop needs is away");
    }
    if let Some(role) = &role {
        add(403, &format!("Needs-{role}"), &format!("`forbidden`: this needs the role {role}"));
    }
    if named {
        add(404, "NotFound", "`not_found`: there is no such thing, or it is somebody else's");
    }
    if body {
        add(408, "RequestTimeout", "`request_timeout`: the body did not come in time");
        add(413, "PayloadTooLarge", "`payload_too_large`");
        add(415, "UnsupportedMediaType", "`unsupported_media_type`");
        add(422, "Invalid", "`invalid`: `errors` says which fields and why");
    }
    if signed_in && let Some(role) = role {
        let note = format!("Needs the role `{role}`.");
        operation.description = Some(match operation.description.take() {
            Some(text) if !text.is_empty() => format!("{text}\n\n{note}"),
            _ => note,
        });
    }
}

fn problem(status: u16, description: &str) -> RefOr<Response> {
    let code = ErrorCode::ALL.iter().find(|code| code.status() == status).copied().unwrap_or(ErrorCode::Internal);
    let example = json!({
        "type": code.type_uri(), "code": code.code(), "title": code.title(), "status": status, "detail": format!("{}.", code.title()),
        "instance": "/api/v1/…", "request_id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5",
    });
    let mut content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    content.example = Some(example);
    let mut response =
        ResponseBuilder::new().description(description).content("application/problem+json", content).header("X-Request-Id", request_id());
    if status == 401 {
        response = response.header("WWW-Authenticate", text_header("`Bearer` (RFC 6750)"));
    }
    if status == 503 || status == 429 {
        response = response.header("Retry-After", text_header("Seconds to wait"));
    }
    if status == 429 {
        response = response.header("RateLimit", rate_limit()).header("RateLimit-Policy", rate_limit_policy());
    }
    RefOr::T(response.build())
}

fn request_id() -> Header {
    text_header("The request's id, as in the server's log")
}

fn rate_limit() -> Header {
    text_header("What is left of your quota: `\"read\";r=1199;t=1`")
}

fn rate_limit_policy() -> Header {
    text_header("Your quota and its seconds: `\"read\";q=1200;w=60`")
}

fn text_header(description: &str) -> Header {
    HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).description(Some(description)).build()
}

fn add_headers(path: &str, operation: &mut Operation) {
    let limited = path.starts_with("/api/");
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        response.headers.insert("X-Request-Id".into(), RefOr::T(request_id()));
        if limited && (status.starts_with('2') || status == "429") {
            response.headers.insert("RateLimit".into(), RefOr::T(rate_limit()));
            response.headers.insert("RateLimit-Policy".into(), RefOr::T(rate_limit_policy()));
        }
    }
}
