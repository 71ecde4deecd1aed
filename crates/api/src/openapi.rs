//! The OpenAPI 3.1 document: made of the handlers' own words, with what every operation shares added here once.

use novashop_types::{
    Problem,
    live::{LiveMessage, LiveRequest},
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        HeaderBuilder, ObjectBuilder, OpenApi as Document, RefOr, Response, Type,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{refusals, routes, schema_rules};

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
        routes::reviews::get_own_reviews,
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
        let mut shared = refusals::Shared::new();
        for (path, item) in &mut document.paths.paths {
            let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
            for operation in operations.into_iter().flatten() {
                refusals::add(path, operation, &mut shared);
                tell_role(operation);
                schema_rules::tighten_operation(operation);
                // Said in so many words: this needs no token.
                operation.security.get_or_insert_default();
                for (status, response) in &mut operation.responses.responses {
                    if let RefOr::T(response) = response {
                        add_headers(path.starts_with("/api/"), status, response);
                    }
                }
            }
        }
        if let Some(components) = &mut document.components {
            let with_headers = |(name, (status, mut response)): (String, (u16, Response))| {
                add_headers(true, &status.to_string(), &mut response);
                (name, RefOr::T(response))
            };
            components.responses = shared.into_iter().map(with_headers).collect();
        }
    }
}

/// Says in words which role an operation needs.
fn tell_role(operation: &mut Operation) {
    let Some(role) = refusals::role(operation) else { return };
    let note = format!("Needs the role `{role}`.");
    operation.description = Some(match operation.description.take() {
        Some(text) if !text.is_empty() => format!("{text}\n\n{note}"),
        _ => note,
    });
}

/// What an answer of a status bears whatever it says; `limited` where the operation has a quota.
fn add_headers(limited: bool, status: &str, response: &mut Response) {
    let mut add = |name: &str, description: &str| {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let header = HeaderBuilder::new().schema(Some(text)).description(Some(description)).build();
        response.headers.insert(name.to_owned(), RefOr::T(header));
    };
    add("X-Request-Id", "The request's id, as in the server's log");
    if limited && (status.starts_with('2') || status == "429") {
        add("RateLimit", "What is left of your quota: `\"read\";r=1199;t=1`");
        add("RateLimit-Policy", "Your quota and its seconds: `\"read\";q=1200;w=60`");
    }
    match status {
        "401" => add("WWW-Authenticate", "`Bearer` (RFC 6750)"),
        "405" => add("Allow", "The methods that the address knows"),
        "429" | "503" => add("Retry-After", "Seconds to wait"),
        _ => {}
    }
}
