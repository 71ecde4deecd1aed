//! JSON and queries to types, with errors that say where and why.

use novashop_services::Error;
use novashop_types::{ErrorCode, FieldError};
use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::objects::Objects;
use crate::Failure;

/// A checked value of a body.
pub(super) fn parse<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, Failure> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let place = if error.line() > 0 { format!(" at line {}, column {}", error.line(), error.column()) } else { String::new() };
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Failure::new(ErrorCode::MalformedJson, format!("The body is not JSON{place}: {reason}."))
    })?;
    let mut unusable = Vec::new();
    find_nul(&value, &mut String::new(), &mut unusable);
    if !unusable.is_empty() {
        return Err(Error::invalid(unusable).into());
    }
    let parsed: T = serde_path_to_error::deserialize(Objects(value)).map_err(|error| Failure::from(Error::invalid(vec![field_error(&error)])))?;
    parsed.validate().map_err(|errors| {
        let mut fields = Vec::new();
        flatten(&errors, "", &mut fields);
        fields.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        Failure::from(Error::invalid(fields))
    })?;
    Ok(parsed)
}

/// A checked value of a query.
pub(super) fn parse_query<T: DeserializeOwned>(query: &str) -> Result<T, Failure> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let known = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(pairs.iter().map(|(name, value)| (name.as_str(), Text(value))));
    serde_path_to_error::deserialize(known).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.inner().to_string();
        match unknown_field(&reason) {
            Some(name) => unknown_parameter(name, expected(&reason)),
            None => Failure::new(
                ErrorCode::InvalidParameter,
                match quoted(&reason, "missing field `") {
                    Some(name) => format!("`{name}` is missing."),
                    None => format!("`{path}`: {}.", plain(&reason)),
                },
            ),
        }
    })
}

/// The refusal of a parameter that an operation does not know, with the names of those that it does.
pub(super) fn unknown_parameter(name: &str, expected: Option<&str>) -> Failure {
    let instead = expected.map_or_else(|| ": this operation takes none".to_owned(), |names| format!("; expected {names}"));
    Failure::new(ErrorCode::UnknownParameter, format!("There is no parameter `{}` here{instead}.", name.replace('\0', "")))
}

/// The text of a parameter, read as what the field wants.
struct Text<'a>(&'a str);

macro_rules! from_text {
    ($($method:ident $visit:ident $kind:ty, $words:literal;)+) => {$(
        fn $method<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            let value = self.0.parse::<$kind>().map_err(|_| serde::de::Error::custom($words))?;
            visitor.$visit(value)
        }
    )+};
}

impl<'de> serde::Deserializer<'de> for Text<'de> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: serde::de::Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: serde::de::Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(serde::de::value::BorrowedStrDeserializer::new(self.0))
    }

    from_text! {
        deserialize_bool visit_bool bool, "must be true or false";
        deserialize_u8 visit_u8 u8, "must be a whole number";
        deserialize_u32 visit_u32 u32, "must be a whole number";
        deserialize_u64 visit_u64 u64, "must be a whole number";
        deserialize_i32 visit_i32 i32, "must be a whole number";
        deserialize_i64 visit_i64 i64, "must be a whole number";
        deserialize_f64 visit_f64 f64, "must be a number";
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u16 u128 f32 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> serde::de::IntoDeserializer<'de> for Text<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// PostgreSQL keeps no NUL in a text, and nobody means to send one.
fn find_nul(value: &Value, pointer: &mut String, found: &mut Vec<FieldError>) {
    let length = pointer.len();
    match value {
        Value::String(text) if text.contains('\0') => {
            found.push(FieldError::new(pointer.clone(), "characters", "must not contain the character U+0000"))
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                find_nul(value, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                if name.contains('\0') {
                    found.push(FieldError::new(pointer.clone(), "characters", "must not have names that contain the character U+0000"));
                }
                pointer.push('/');
                pointer.push_str(&escape(&name.replace('\0', "")));
                find_nul(value, pointer, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn field_error(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldError {
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            serde_path_to_error::Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            serde_path_to_error::Segment::Map { key } => pointer.push_str(&format!("/{}", escape(key))),
            _ => {}
        }
    }
    let reason = error.inner().to_string();
    if let Some(name) = unknown_field(&reason) {
        let own = format!("/{}", escape(name));
        if !pointer.ends_with(&own) {
            pointer.push_str(&own);
        }
        let instead = expected(&reason).map_or_else(|| ": there are no fields".to_owned(), |names| format!("; expected {names}"));
        return FieldError::new(pointer, "unknown_field", format!("is not known here{instead}"));
    }
    if let Some(name) = quoted(&reason, "missing field `") {
        return FieldError::new(format!("{pointer}/{}", escape(name)), "required", "is missing");
    }
    let code = if reason.starts_with("unknown variant") { "choice" } else { "type" };
    FieldError::new(pointer, code, plain(&reason))
}

/// The reason in the words of JSON instead of those of our language.
fn plain(reason: &str) -> String {
    if reason.starts_with("UUID parsing failed") {
        return "must be an id such as 0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5".to_owned();
    }
    if let Some((_, choices)) = reason.split_once("unknown variant ").and_then(|(_, rest)| rest.split_once(", expected ")) {
        return format!("must be {choices}");
    }
    let Some((found, wanted)) = reason.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected ")) else {
        return reason.to_owned();
    };
    let wanted = match wanted {
        "i64" | "u64" | "i32" | "u32" => "a whole number",
        "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "an object",
        "a string" | "string" => "a text",
        "a boolean" => "true or false",
        wanted if wanted.starts_with("struct ") => "an object",
        wanted => wanted,
    };
    let found = match found.split(' ').next().unwrap_or_default() {
        "floating" => "a number with a fraction",
        "integer" => "a number",
        "string" => "a text",
        "map" => "an object",
        "sequence" => "a list",
        "boolean" => "true or false",
        "null" | "unit" => "null",
        _ => "something else",
    };
    format!("must be {wanted}, not {found}")
}

/// The name of a field that is not known: somebody else's choice, so it may have quotes of its own.
fn unknown_field(reason: &str) -> Option<&str> {
    let rest = reason.strip_prefix("unknown field `")?;
    let (name, _) = rest.split_once("`, expected ").or_else(|| rest.split_once("`, there are no fields"))?;
    Some(name)
}

fn quoted<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split('`').next()
}

/// The names that would be known, where there are any.
fn expected(reason: &str) -> Option<&str> {
    reason.split_once(", expected ").map(|(_, names)| names)
}

/// Escapes a name for a JSON Pointer (RFC 6901, 3).
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn flatten(errors: &ValidationErrors, at: &str, fields: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let pointer = format!("{at}/{}", escape(name));
        match kind {
            ValidationErrorsKind::Field(reasons) => fields.extend(reasons.iter().map(|reason| {
                let message = reason.message.clone().unwrap_or_else(|| "is not valid".into());
                FieldError::new(pointer.clone(), reason.code.clone(), message)
            })),
            ValidationErrorsKind::Struct(inner) => flatten(inner, &pointer, fields),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    flatten(inner, &format!("{pointer}/{index}"), fields);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{cart::CartItemCreate, catalogue::ProductCreate};
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    fn fields<T: DeserializeOwned + Validate + std::fmt::Debug>(body: &str) -> Vec<(String, String)> {
        let request = actix_web::test::TestRequest::default().to_http_request();
        let problem = parse::<T>(body.as_bytes()).unwrap_err().document(&request, "");
        problem.errors.into_iter().map(|field| (field.pointer, field.code)).collect()
    }

    #[test]
    fn each_mistake_is_named_with_its_place() {
        let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(fields::<CartItemCreate>(r#"{"quantty": 1}"#), one("/quantty", "unknown_field"));
        assert_eq!(fields::<CartItemCreate>(r#"{"`": 1}"#), one("/`", "unknown_field"));
        assert_eq!(fields::<CartItemCreate>(r#"{"quantity": "1"}"#), one("/quantity", "type"));
        assert_eq!(fields::<CartItemCreate>(r#"{"quantity": 0}"#), one("/quantity", "range"));
        assert_eq!(fields::<ProductCreate>("{}"), one("/name", "required"));
        assert_eq!(fields::<ProductCreate>(r#"{"name": "a\u0000b"}"#), one("/name", "characters"));
        assert_eq!(
            fields::<ProductCreate>(r#"{"name": "Mug", "variants": [{"price": {"amount": -1, "currency": "EUR"}}]}"#),
            one("/variants/0/price", "range")
        );
        assert_eq!(
            fields::<ProductCreate>(r#"{"name": "Mug", "price": {"amount": 1, "currency": "EUR", "x": 1}}"#),
            one("/price/x", "unknown_field")
        );
    }

    #[test]
    fn a_query_names_the_parameter_that_is_wrong() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Query {
            limit: Option<u32>,
        }
        assert_eq!(parse_query::<Query>("limit=5").unwrap().limit, Some(5));
        assert!(parse_query::<Query>("limit=x").unwrap_err().to_string().contains("`limit`"));
        assert!(parse_query::<Query>("limits=5").unwrap_err().to_string().contains("There is no parameter `limits` here; expected `limit`."));
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Nothing {}
        assert!(
            parse_query::<Nothing>("limit=5").unwrap_err().to_string().contains("There is no parameter `limit` here: this operation takes none.")
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from)
        ];
        let name = prop_oneof![
            "[~/a-z\u{0}]{0,4}",
            prop::sample::select(vec!["name", "price", "amount", "currency", "variants", "options", "attributes", "stock"]).prop_map(str::to_owned)
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((name.clone(), inner), 0..6).prop_map(|fields| fields.into_iter().collect::<Value>())
            ]
        })
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic_and_every_pointer_leads_into_the_body(value in any_json(), bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _any = parse::<ProductCreate>(&bytes);
            let request = actix_web::test::TestRequest::default().to_http_request();
            let Err(failure) = parse::<ProductCreate>(value.to_string().as_bytes()) else { return Ok(()) };
            for field in failure.document(&request, "").errors {
                // A field that is missing is named too: then what it is missing in is there.
                let parent = field.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                let there = |pointer: &str| value.pointer(pointer).is_some();
                // A name with a NUL is shown without it.
                prop_assert!(there(&field.pointer) || there(parent) || value.to_string().contains("\\u0000"), "{} in {value}", field.pointer);
            }
        }

        #[test]
        fn a_field_that_is_not_known_is_named_whatever_its_name(name in "[^\u{0}]{0,12}", inside in any::<bool>()) {
            prop_assume!(!["name", "price", "amount", "currency", "slug", "stock", "sku", "status"].contains(&name.as_str()));
            prop_assume!(serde_json::to_value(ProductCreate::deserialize(&serde_json::json!({"name": "Mug"})).unwrap()).unwrap().get(&name).is_none());
            let mut body = serde_json::json!({"name": "Mug", "price": {"amount": 1, "currency": "EUR"}});
            let object = if inside { &mut body["price"] } else { &mut body };
            object[&name] = Value::from(1);
            let pointer = format!("{}/{}", if inside { "/price" } else { "" }, name.replace('~', "~0").replace('/', "~1"));
            prop_assert_eq!(fields::<ProductCreate>(&body.to_string()), vec![(pointer, "unknown_field".to_owned())]);
        }
    }
}
