//! The refusals in the document: which of them an operation may give follows from what it is.
//!
//! Each is described in words that name its codes in backticks. By these words it gets an example of every code, so that a client which is made
//! of the document knows all of them.

use std::collections::BTreeMap;

use novashop_types::ErrorCode;
use serde_json::Value;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder, example::ExampleBuilder, path::Operation};

const PROBLEM_JSON: &str = "application/problem+json";

/// The refusals that operations have in common, by name, with their status.
pub(crate) type Shared = BTreeMap<String, (u16, Response)>;

/// The role that an operation needs. The scopes of a bearer token are none in OpenAPI 3.1: it stands there for us.
pub(crate) fn role(operation: &Operation) -> Option<String> {
    let security = serde_json::to_value(&operation.security).ok()?;
    security.pointer("/0/bearer/0").and_then(Value::as_str).map(str::to_owned)
}

/// Adds the refusals that come of what an operation is, where its handler says nothing of its own about them, and the examples of all.
pub(crate) fn add(path: &str, operation: &mut Operation, shared: &mut Shared) {
    for (status, name, description) in expected(path, operation) {
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| {
            shared.entry(name.clone()).or_insert_with(|| (status, problem(status, &description)));
            RefOr::Ref(Ref::from_response_name(name))
        });
    }
    for (status, response) in &mut operation.responses.responses {
        if let (Ok(status), RefOr::T(response)) = (status.parse(), response) {
            add_examples(status, response);
        }
    }
}

/// What the operation may refuse: the status, the name that the refusal is shared by, and its words.
fn expected(path: &str, operation: &Operation) -> Vec<(u16, String, String)> {
    let mut all = Vec::new();
    let mut may = |status: u16, name: &str, description: &str| all.push((status, name.to_owned(), description.to_owned()));
    let takes = |name: &str| operation.parameters.iter().flatten().any(|one| matches!(one, RefOr::T(one) if one.name == name));
    let (body, key) = (operation.request_body.as_ref(), takes("Idempotency-Key"));
    may(405, "MethodNotAllowed", "`method_not_allowed`: `Allow` names the methods of this address");
    if path.starts_with("/api/") {
        let json = body.is_some_and(|body| matches!(body, RefOr::T(body) if body.content.contains_key("application/json")));
        let (name, words) = malformed(&[
            (json, "body", "`malformed_json`: the body is not JSON"),
            (takes("cursor"), "cursor", "`invalid_cursor`: it is of another query"),
            (key, "key", "`invalid_idempotency_key`: it is not 1 to 255 visible ASCII characters"),
        ]);
        may(400, &name, &words);
        // Public operations check a token where one is sent.
        may(401, "Unauthorized", "No valid access token: `unauthorized`, `invalid_token`, `token_expired`");
        may(429, "TooManyRequests", "`too_many_requests`: try again after `Retry-After`");
        may(500, "Internal", "`internal`: a mistake of the shop's");
        may(503, "Unavailable", "`unavailable`: try again after `Retry-After`");
    } else if path == "/readyz" {
        may(503, "NotReady", "`unavailable`: something the shop needs is away");
    }
    if let Some(role) = role(operation) {
        may(403, &format!("Needs-{role}"), &format!("`forbidden`: this needs the role {role}"));
    }
    if path.contains('{') {
        may(404, "NotFound", "`not_found`: there is no such thing, or it is somebody else's");
    }
    if body.is_some() {
        may(408, "RequestTimeout", "`request_timeout`: the body did not come in time");
        may(413, "PayloadTooLarge", "`payload_too_large`");
        may(415, "UnsupportedMediaType", "`unsupported_media_type`");
        let (name, more) = if key { ("Invalid-key", "; `idempotency_key_reused`: the key was another request's") } else { ("Invalid", "") };
        may(422, name, &format!("`invalid`: `errors` says which fields and why{more}"));
    }
    all
}

/// What cannot be read depends on what there is to read: each part adds to the name and to the words.
fn malformed(parts: &[(bool, &str, &str)]) -> (String, String) {
    let there = parts.iter().filter(|(there, ..)| *there);
    let begin = ("Malformed".to_owned(), "`bad_request`; in the query or a header `unknown_parameter`, `invalid_parameter`".to_owned());
    there.fold(begin, |(name, words), (_, part, more)| (format!("{name}-{part}"), format!("{words}; {more}")))
}

fn problem(status: u16, description: &str) -> Response {
    let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    let mut response = ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build();
    add_examples(status, &mut response);
    response
}

/// An example of every code of its status that the words of a refusal name.
fn add_examples(status: u16, response: &mut Response) {
    let Some(RefOr::T(content)) = response.content.get_mut(PROBLEM_JSON) else { return };
    for code in ErrorCode::ALL.iter().filter(|code| code.status() == status) {
        if response.description.contains(&format!("`{}`", code.code())) {
            let example = ExampleBuilder::new().summary(code.title()).value(serde_json::to_value(code.example()).ok()).build();
            content.examples.insert(code.code().to_owned(), RefOr::T(example));
        }
    }
}
