//! The OpenAPI document, and Swagger UI to read and try it.

use std::sync::{Arc, LazyLock};

use actix_web::{HttpResponse, http::header, web};
use novashop_services::Error;
use novashop_types::ErrorCode;
use utoipa_swagger_ui::Config;

use crate::{Answer, Failure, extract::Input, limits::Class, openapi, routes::Route};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/openapi.json", get => document).limited(Class::Read),
        route!("/documentation/{file:.*}", get => page).limited(Class::Read),
        route!("/documentation", get => to_documentation),
        route!("/docs/ui/", get => to_documentation),
        route!("/docs/ui", get => to_documentation),
        route!("/", get => to_documentation),
    ]
}

/// Made once: it is large, and the same for everybody.
static DOCUMENT: LazyLock<web::Bytes> = LazyLock::new(|| openapi::document_json().unwrap_or_default().into());

static PAGES: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    let config = Config::new(["/openapi.json"]).persist_authorization(true).try_it_out_enabled(true).display_request_duration(true);
    Arc::new(config.doc_expansion("none").filter(true))
});

async fn document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(DOCUMENT.clone())
}

async fn page(input: Input) -> Answer {
    let file = utoipa_swagger_ui::serve(input.path("file"), Arc::clone(&PAGES)).map_err(|error| Error::internal("Swagger UI", error.to_string()))?;
    let file = file.ok_or_else(|| Failure::new(ErrorCode::NotFound, "The documentation has no such file. It begins at /documentation/."))?;
    Ok(HttpResponse::Ok().content_type(file.content_type).body(file.bytes.into_owned()))
}

async fn to_documentation() -> HttpResponse {
    HttpResponse::TemporaryRedirect().insert_header((header::LOCATION, "/documentation/")).finish()
}
