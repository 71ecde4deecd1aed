//! A page for every error code: what it means, why it comes, what to do, an example. For people as HTML, for programs as JSON or Markdown.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, Accept, Header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use novashop_types::{ErrorCode, Problem};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{Answer, Failure, extract::Input, routes::Route};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/problems", get => list_problems), route!("/problems/{code}", get => get_problem)]
}

/// What there is to know about an error code.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemPage {
    /// The stable code.
    code: ErrorCode,
    /// Its HTTP status.
    #[schema(example = 409)]
    status: u16,
    /// The code in a short sentence.
    title: &'static str,
    /// What leads to it.
    cause: &'static str,
    /// What to do next.
    what_to_do: &'static str,
    /// A request that meets it.
    example_request: &'static str,
    /// The answer to that request.
    example: Problem,
}

/// Every error code.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemPages {
    /// In the order of the documentation.
    items: Vec<ProblemPage>,
}

impl ProblemPage {
    fn of(code: ErrorCode) -> Self {
        Self {
            code,
            status: code.status(),
            title: code.title(),
            cause: code.cause(),
            what_to_do: code.help(),
            example_request: code.example_request(),
            example: code.example(),
        }
    }

    fn answer(&self) -> Result<String, serde_json::Error> {
        let body = serde_json::to_string_pretty(&self.example)?;
        Ok(format!("HTTP/1.1 {}\ncontent-type: application/problem+json\n\n{body}", self.status))
    }

    fn markdown(&self) -> Result<String, serde_json::Error> {
        let Self { status, title, cause, what_to_do, example_request, .. } = self;
        let (code, answer) = (self.code.code(), self.answer()?);
        Ok(format!(
            "# {title}\n\nStatus {status}, code `{code}`.\n\n## Cause\n\n{cause}\n\n## What to do\n\n{what_to_do}\n\n## Example\n\n```http\n{example_request}\n```\n\n```http\n{answer}\n```\n"
        ))
    }

    fn html(&self) -> Result<String, serde_json::Error> {
        let body = format!(
            "<p>Status {}, code <code>{}</code>.</p><h2>Cause</h2><p>{}</p><h2>What to do</h2><p>{}</p>\
             <h2>Example</h2><p>This request</p><pre tabindex=\"0\">{}</pre><p>is answered with</p><pre tabindex=\"0\">{}</pre>",
            self.status,
            self.code.code(),
            marked_up(self.cause),
            marked_up(self.what_to_do),
            escaped(self.example_request),
            escaped(&self.answer()?),
        );
        Ok(framed(self.title, &body))
    }
}

const STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#23201c;background:#faf7f2}\
code,pre{background:#efe9df;border-radius:6px}code{padding:.1em .35em}pre{padding:1rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}td code{overflow-wrap:anywhere}a{color:#0b5b57}td,th{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0}\
@media(prefers-color-scheme:dark){body{color:#ece7df;background:#1a1815}code,pre{background:#2a2722}a{color:#7cc7c0}}";

/// Nothing but our own style may be loaded or run, and no other site may frame the page.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
});

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A sentence of ours as HTML: what stands in backticks is code.
fn marked_up(text: &str) -> String {
    let part = |(n, part): (usize, &str)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() };
    escaped(text).split('`').enumerate().map(part).collect()
}

fn framed(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title} · NovaShop</title>\
         <style>{STYLE}</style></head><body><main><h1>{title}</h1>{body}</main>\
         <nav aria-label=\"Documentation\"><p><a href=\"/problems\">All problems</a> · <a href=\"/documentation/\">The API</a></p></nav></body></html>"
    )
}

/// In which form somebody wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Json,
    Markdown,
}

impl Form {
    /// The first form of ours in the order of what is accepted (RFC 9110, 12.5.1); HTML for those who take anything.
    fn wanted(request: &HttpRequest) -> Self {
        let accepted = Accept::parse(request).map(|accept| accept.ranked()).unwrap_or_default();
        let form = |essence: &str| match essence {
            "text/html" | "text/*" | "*/*" => Some(Self::Html),
            "application/json" | "application/problem+json" | "application/*" => Some(Self::Json),
            "text/markdown" | "text/plain" => Some(Self::Markdown),
            _ => None,
        };
        accepted.iter().find_map(|kind| form(kind.essence_str())).unwrap_or(Self::Html)
    }
}

fn page(content_type: &str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((header::VARY, "accept"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY.as_str()))
        .body(body)
}

fn written(
    form: Form,
    html: impl Fn() -> serde_json::Result<String>,
    markdown: impl Fn() -> serde_json::Result<String>,
    json: &impl Serialize,
) -> Answer {
    Ok(match form {
        Form::Html => page("text/html; charset=utf-8", html()?),
        Form::Markdown => page("text/markdown; charset=utf-8", markdown()?),
        Form::Json => page("application/json", serde_json::to_string(json)?),
    })
}

/// Every problem the API can answer with
///
/// As HTML, JSON or Markdown, by `Accept`.
#[utoipa::path(get, path = "/problems", tag = "operations", operation_id = "list_problems",
    responses((status = 200, description = "A table of all error codes", content((String = "text/html"), (ProblemPages = "application/json"), (String = "text/markdown")))))]
pub async fn list_problems(request: HttpRequest) -> Answer {
    let row = |code: &ErrorCode| {
        format!(
            "<tr><td>{}</td><td><a href=\"{}\"><code>{}</code></a></td><td>{}</td></tr>",
            code.status(),
            code.type_uri(),
            code.code(),
            code.title()
        )
    };
    let head = "<p>Every refusal has one of these codes; its page tells the cause, what to do, and an example.</p>\
                <table><thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Code</th><th scope=\"col\">Meaning</th></tr></thead><tbody>";
    let html = || Ok(framed("Problems", &format!("{head}{}</tbody></table>", ErrorCode::ALL.iter().map(row).collect::<String>())));
    let line = |code: &ErrorCode| format!("| {} | [`{}`]({}) | {} |\n", code.status(), code.code(), code.type_uri(), code.title());
    let lines = || ErrorCode::ALL.iter().map(line).collect::<String>();
    let markdown = || Ok(format!("# Problems\n\n| status | code | meaning |\n| --- | --- | --- |\n{}", lines()));
    let pages = ProblemPages { items: ErrorCode::ALL.iter().copied().map(ProblemPage::of).collect() };
    written(Form::wanted(&request), html, markdown, &pages)
}

/// What a problem means and what to do
///
/// As HTML, JSON or Markdown, by `Accept`.
#[utoipa::path(get, path = "/problems/{code}", tag = "operations", operation_id = "get_problem",
    params(("code" = String, Path, description = "The code with hyphens", example = "out-of-stock")),
    responses((status = 200, description = "The page", content((String = "text/html"), (ProblemPage = "application/json"), (String = "text/markdown")))))]
pub async fn get_problem(input: Input) -> Answer {
    let asked = input.path("code");
    let code = ErrorCode::ALL.iter().find(|code| code.slug() == asked);
    let code = code.ok_or_else(|| Failure::new(ErrorCode::NotFound, "There is no such problem. See /problems for all of them."))?;
    let page = ProblemPage::of(*code);
    written(Form::wanted(input.request()), || page.html(), || page.markdown(), &page)
}
