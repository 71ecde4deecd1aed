//! A page for every error code: what it means and what to do.

use actix_web::{HttpResponse, http::header::ContentType};
use novashop_types::ErrorCode;

use crate::{Answer, Failure, extract::Input, routes::Route};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/problems", get => list_problems), route!("/problems/{code}", get => get_problem)]
}

const STYLE: &str = "<style>body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#23201c;background:#faf7f2}\
code,pre{background:#efe9df;padding:.1em .35em;border-radius:6px}pre{padding:1rem;overflow:auto}a{color:#0b5b57}td,th{text-align:left;padding:.3rem .8rem .3rem 0}\
@media(prefers-color-scheme:dark){body{color:#ece7df;background:#1a1815}code,pre{background:#2a2722}a{color:#7cc7c0}}</style>";

/// A sentence of ours as HTML: what stands in backticks is code.
fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let part = |(n, part): (usize, &str)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() };
    escaped.split('`').enumerate().map(part).collect()
}

/// The fields that a problem has in its own case, as an example.
const fn particulars(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::OutOfStock => {
            "  \"detail\": \"Only 1 of “Stoneware mug” can be had, 3 were asked for.\",\n  \"available\": 1,\n  \"lines\": [{\"variant_id\": \"0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5\", \"name\": \"Stoneware mug\", \"requested\": 3, \"available\": 1}],\n"
        }
        ErrorCode::Invalid => {
            "  \"detail\": \"/items/0/quantity must be from 1 to 999.\",\n  \"errors\": [{\"pointer\": \"/items/0/quantity\", \"code\": \"range\", \"message\": \"must be from 1 to 999\"}],\n"
        }
        ErrorCode::MalformedJson => "  \"detail\": \"The body is not JSON at line 1, column 17: trailing comma.\",\n",
        ErrorCode::UnknownParameter => "  \"detail\": \"There is no parameter `colour` here; expected one of `q`, `category`, `sort`, ….\",\n",
        _ => "",
    }
}

fn page(title: &str, body: &str) -> HttpResponse {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title} · NovaShop</title>{STYLE}<main><h1>{title}</h1>{body}</main></html>"
    );
    HttpResponse::Ok().content_type(ContentType::html()).insert_header(("cache-control", "public, max-age=3600")).body(html)
}

/// Every problem the API can answer with
#[utoipa::path(get, path = "/problems", tag = "operations", operation_id = "list_problems", responses((status = 200, description = "A table of all error codes", body = String, content_type = "text/html")))]
pub async fn list_problems() -> HttpResponse {
    let rows: String = ErrorCode::ALL
        .iter()
        .map(|code| format!("<tr><td>{}<td><a href=\"{}\"><code>{}</code></a><td>{}", code.status(), code.type_uri(), code.code(), code.title()))
        .collect();
    page("Problems", &format!("<table><tr><th>Status<th>Code<th>Meaning{rows}</table>"))
}

/// What a problem means and what to do
#[utoipa::path(get, path = "/problems/{code}", tag = "operations", operation_id = "get_problem", params(("code" = String, Path, description = "The code with hyphens", example = "out-of-stock")), responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
pub async fn get_problem(input: Input) -> Answer {
    let asked = input.path("code");
    let code = ErrorCode::ALL
        .iter()
        .find(|code| code.slug() == asked)
        .ok_or_else(|| Failure::new(ErrorCode::NotFound, "There is no such problem. See /problems for all of them."))?;
    let example = format!(
        "HTTP/1.1 {status}\ncontent-type: application/problem+json\n\n{{\n  \"type\": \"{uri}\",\n  \"code\": \"{code}\",\n  \"title\": \"{title}\",\n  \"status\": {status},\n{particulars}  \"instance\": \"/api/v1/…\",\n  \"request_id\": \"0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5\"\n}}",
        status = code.status(),
        uri = code.type_uri(),
        code = code.code(),
        title = code.title(),
        particulars = particulars(*code),
    );
    let body = format!(
        "<p>Status {}, code <code>{}</code>.</p><h2>What to do</h2><p>{}</p><h2>Example</h2><pre>{example}</pre><p><a href=\"/problems\">All problems</a> · <a href=\"/documentation/\">Documentation</a></p>",
        code.status(),
        code.code(),
        html(code.help())
    );
    Ok(page(code.title(), &body))
}
