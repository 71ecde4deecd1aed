//! Every answer against the OpenAPI document: the status must be documented, the content type and the body must fit it.
//!
//! Objects are closed for the check: a field that the document does not name is a mistake. Where objects are put together with `allOf`, the
//! whole is closed and not its parts; so every schema is kept twice, closed (`schemas`) and open (`open`).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::Answer;

/// What was sent, as far as the check needs it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// In capitals.
    pub method: String,
    /// With the query.
    pub path: String,
    /// The body, where it was JSON.
    pub json: Option<Value>,
}

/// An operation of the document.
#[derive(Debug, Clone)]
pub struct Operation {
    /// In capitals.
    pub method: String,
    /// With names in braces: `/api/v1/users/{id}`.
    pub path: String,
    /// What the document says of it.
    pub spec: Value,
}

impl Operation {
    /// `GET /api/v1/users/{id}`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The schema of its JSON body.
    #[must_use]
    pub fn json_body(&self) -> Option<&Value> {
        self.spec.pointer("/requestBody/content/application~1json/schema")
    }

    /// Whether it has a query parameter of this name.
    #[must_use]
    pub fn takes(&self, parameter: &str) -> bool {
        let parameters = self.spec["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|one| one["in"] == "query" && one["name"] == parameter))
    }

    /// How many parts of the path are the template's own words, where the path fits.
    fn fit(&self, path: &str) -> Option<usize> {
        // The one template whose last part takes all the rest.
        if let Some(folder) = self.path.strip_suffix("{path}") {
            return path.strip_prefix(folder).filter(|rest| !rest.is_empty()).map(|_| 1);
        }
        let (template, given): (Vec<&str>, Vec<&str>) = (self.path.split('/').collect(), path.split('/').collect());
        let fits = template.len() == given.len() && template.iter().zip(&given).all(|(t, g)| t == g || (t.starts_with('{') && !g.is_empty()));
        fits.then(|| template.iter().zip(&given).filter(|(t, g)| t == g).count())
    }
}

/// The document, ready for checking.
pub struct Contract {
    /// Its operations.
    pub operations: Vec<Operation>,
    components: Value,
    /// The answers that operations share.
    responses: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl std::fmt::Debug for Contract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contract of {} operations", self.operations.len())
    }
}

/// The document of this build.
pub fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| Contract::new(&serde_json::to_value(novashop_api::openapi::document()).expect("the document is JSON")))
}

/// Addresses that the document leaves out on purpose: the documentation itself.
const UNDOCUMENTED: [&str; 3] = ["/openapi.json", "/documentation", "/docs/ui"];

impl Contract {
    fn new(document: &Value) -> Self {
        let methods = ["get", "put", "post", "delete", "patch"];
        let paths = document["paths"].as_object().expect("the document has paths");
        let operations = paths
            .iter()
            .flat_map(|(path, item)| methods.into_iter().filter_map(move |method| Some((path, method, item.get(method)?))))
            .map(|(path, method, spec)| Operation { method: method.to_uppercase(), path: path.clone(), spec: spec.clone() })
            .collect();
        let schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
        let each =
            |change: fn(&mut Value)| -> Map<String, Value> { schemas.iter().map(|(name, schema)| (name.clone(), changed(schema, change))).collect() };
        let components = json!({"schemas": each(close), "open": each(open), "requests": each(redirect_requests)});
        Self { operations, components, responses: document["components"]["responses"].clone(), validators: Mutex::default() }
    }

    /// The operation that answers a request.
    #[must_use]
    pub fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        let path = path.split('?').next().unwrap_or_default();
        let method = if method == "HEAD" { "GET" } else { method };
        let fitting = self.operations.iter().filter(|operation| operation.method == method);
        fitting.filter_map(|operation| Some((operation.fit(path)?, operation))).max_by_key(|(literals, _)| *literals).map(|(_, operation)| operation)
    }

    /// What is wrong with an answer.
    ///
    /// # Errors
    /// A sentence for people.
    pub fn check(&self, sent: &Sent, answer: &Answer) -> Result<(), String> {
        let path = sent.path.split('?').next().unwrap_or_default();
        if sent.method == "OPTIONS" || path == "/" || UNDOCUMENTED.iter().any(|prefix| path.starts_with(prefix)) {
            return Ok(());
        }
        self.check_headers(answer)?;
        let Some(operation) = self.find(&sent.method, path) else {
            return match answer.status {
                404 | 405 | 429 => self.check_body(&json!({"$ref": "#/components/schemas/Problem"}), &answer.json),
                status => Err(format!("the document knows no such operation, and the answer is {status} instead of 404, 405 or 429")),
            };
        };
        let Some(response) = self.response(operation, &answer.status.to_string()) else {
            let known: Vec<&String> = operation.spec["responses"].as_object().into_iter().flat_map(Map::keys).collect();
            return Err(format!("{} does not document the status {}; it knows {known:?}", operation.name(), answer.status));
        };
        if sent.method != "HEAD" {
            self.check_content(response, answer)?;
            check_code(response, answer)?;
        }
        if let (200..300, Some(body)) = (answer.status, &sent.json) {
            self.check_request(operation, body).map_err(|error| format!("a body was accepted that the document does not allow: {error}"))?;
        }
        Ok(())
    }

    /// What the document says of an operation's answer of a status; answers that operations share are looked up.
    #[must_use]
    pub fn response<'a>(&'a self, operation: &'a Operation, status: &str) -> Option<&'a Value> {
        let response = operation.spec["responses"].get(status)?;
        let shared = response["$ref"].as_str().and_then(|target| target.strip_prefix("#/components/responses/"));
        Some(shared.map_or(response, |name| &self.responses[name]))
    }

    /// Whether the document allows a body to be sent.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn check_request(&self, operation: &Operation, body: &Value) -> Result<(), String> {
        operation.json_body().map_or(Ok(()), |schema| self.check_body(&changed(schema, redirect_requests), body))
    }

    /// The names of all the fields that a JSON body can have.
    #[must_use]
    pub fn fields(&self, operation: &Operation) -> Vec<&String> {
        let Some(name) = operation.json_body().and_then(|schema| schema["$ref"].as_str()?.rsplit('/').next()) else { return Vec::new() };
        let schema = &self.components["requests"][name];
        let parts = schema["allOf"].as_array().into_iter().flatten().chain([schema]);
        parts.filter_map(|part| part["properties"].as_object()).flat_map(Map::keys).collect()
    }

    fn check_headers(&self, answer: &Answer) -> Result<(), String> {
        let needed = match answer.status {
            401 => "www-authenticate",
            405 => "allow",
            429 | 503 => "retry-after",
            _ => "x-request-id",
        };
        for name in [needed, "x-request-id"] {
            if answer.header(name).is_none() {
                return Err(format!("the header {name} is missing"));
            }
        }
        if answer.status >= 400 && !answer.body.is_empty() {
            if answer.json["status"] != answer.status || answer.json["request_id"].as_str() != answer.header("x-request-id") {
                return Err("the problem's `status` or `request_id` is not that of the answer".to_owned());
            }
            let text = answer.json["detail"].as_str().unwrap_or_default().to_lowercase();
            if ["sqlx", "sqlite", "sqlstate", "panicked", "select ", ".rs:"].iter().any(|word| text.contains(word)) {
                return Err("the problem tells of the program's insides".to_owned());
            }
        }
        Ok(())
    }

    fn check_content(&self, response: &Value, answer: &Answer) -> Result<(), String> {
        if answer.status == 201 && response["headers"].get("Location").is_some() && answer.header("location").is_none() {
            return Err("the document promises a Location".to_owned());
        }
        let Some(content) = response["content"].as_object().filter(|content| !content.is_empty()) else {
            return if answer.body.is_empty() { Ok(()) } else { Err("the document says that there is no body".to_owned()) };
        };
        let kind = answer.header("content-type").unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        let Some(media) = content.get(essence) else {
            let known: Vec<&String> = content.keys().collect();
            return Err(format!("the content type is {kind:?}; the document says {known:?}"));
        };
        if !essence.ends_with("json") {
            return Ok(());
        }
        match media.get("schema") {
            Some(schema) => self.check_body(&changed(schema, close), &answer.json),
            None => Err("the document has no schema for this answer".to_owned()),
        }
    }

    fn check_body(&self, schema: &Value, body: &Value) -> Result<(), String> {
        let validator = self.validator(schema);
        let errors: Vec<String> = validator.iter_errors(body).map(|error| format!("  at {:?}: {error}", error.instance_path().to_string())).collect();
        if errors.is_empty() { Ok(()) } else { Err(format!("the body does not fit the document:\n{}", errors.join("\n"))) }
    }

    /// The compiled schema; each is compiled once a process.
    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let key = schema.to_string();
        let mut known = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || {
            let whole = json!({"allOf": [schema], "components": self.components});
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
            Arc::new(options.build(&whole).unwrap_or_else(|error| panic!("the document has a schema that is none: {error}\n{schema:#}")))
        };
        Arc::clone(known.entry(key).or_insert_with(compile))
    }
}

/// Whether a refusal's code is one of those that the document gives examples of.
fn check_code(response: &Value, answer: &Answer) -> Result<(), String> {
    let Some(examples) = response.pointer("/content/application~1problem+json/examples").and_then(Value::as_object) else { return Ok(()) };
    let code = answer.json["code"].as_str().unwrap_or_default();
    if examples.contains_key(code) {
        return Ok(());
    }
    Err(format!("the document does not say that {} can be `{code}`; it knows {:?}", answer.status, examples.keys().collect::<Vec<_>>()))
}

fn changed(schema: &Value, change: fn(&mut Value)) -> Value {
    let mut schema = schema.clone();
    change(&mut schema);
    schema
}

/// Refuses every field that is not named.
fn close(schema: &mut Value) {
    rewrite(schema, true);
}

/// The same for everything inside, but not for the object itself: it is a part of a whole.
fn open(schema: &mut Value) {
    rewrite(schema, false);
}

/// The schemas as they are, in a place of their own: bodies that are sent are closed by the document itself.
fn redirect_requests(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(target)) = object.get_mut("$ref") {
                *target = target.replace("#/components/schemas/", "#/components/requests/");
            }
            object.values_mut().for_each(redirect_requests);
        }
        Value::Array(values) => values.iter_mut().for_each(redirect_requests),
        _ => {}
    }
}

fn rewrite(schema: &mut Value, closed: bool) {
    let Some(object) = schema.as_object_mut() else { return };
    if !closed && let Some(Value::String(target)) = object.get_mut("$ref") {
        *target = target.replace("#/components/schemas/", "#/components/open/");
    }
    let has_properties = object.contains_key("properties");
    let is_whole = has_properties || object.contains_key("allOf");
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(close);
    }
    for name in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(name) {
            close(inner);
        }
    }
    for name in ["allOf", "oneOf", "anyOf"] {
        // An alternative is a whole of its own, unless it adds to fields beside it.
        let part = name == "allOf" || has_properties || !closed;
        for inner in object.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
            rewrite(inner, !part);
        }
    }
    if closed && is_whole && !object.contains_key("additionalProperties") {
        object.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract() -> Contract {
        Contract::new(&json!({
            "paths": {"/cats/{id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/OldCat"}}}}}}}},
            "components": {"schemas": {
                "Cat": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "owner": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Owner"}]}}},
                "OldCat": {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "object", "required": ["age"], "properties": {"age": {"type": "integer"}}}]},
                "Owner": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}},
            }},
        }))
    }

    fn check(method: &str, path: &str, status: u16, json: Value) -> Result<(), String> {
        let headers = [("content-type", "application/json"), ("x-request-id", "1")].map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
        let answer = Answer { request: String::new(), status, headers, body: json.to_string().into(), json };
        contract().check(&Sent { method: method.into(), path: path.into(), json: None }, &answer)
    }

    #[test]
    fn an_answer_has_to_fit_the_document_and_say_no_more_than_it() {
        let get = |json: Value| check("GET", "/cats/1", 200, json);
        assert_eq!(get(json!({"name": "Tom", "age": 3})), Ok(()));
        assert_eq!(get(json!({"name": "Tom", "age": 3, "owner": {"id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5"}})), Ok(()));
        for wrong in [
            json!({"name": "Tom"}),
            json!({"age": 3}),
            json!({"name": "Tom", "age": "3"}),
            json!({"name": "Tom", "age": 3, "colour": "red"}),
            json!({"name": "Tom", "age": 3, "owner": {"id": "not a uuid"}}),
            json!({"name": "Tom", "age": 3, "owner": {"secret": 1}}),
        ] {
            assert!(get(wrong.clone()).is_err(), "{wrong}");
        }
        assert!(check("GET", "/cats/1", 201, json!({"name": "Tom", "age": 3})).is_err());
        assert!(check("GET", "/dogs", 200, json!({})).is_err());
    }
}
