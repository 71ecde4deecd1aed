//! What the document says beyond the derives: headers that stand in many places, which fields go together, what maps may hold.
//!
//! Validation refuses what is not so; a program that reads the document shall not have to find that out.

use std::collections::BTreeMap;

use utoipa::openapi::{
    AllOf, ArrayBuilder, Components, Object, ObjectBuilder, RefOr, Schema, Type,
    path::Operation,
    schema::{AdditionalProperties, AnyOfBuilder, SchemaType},
};

/// Something that is not only white space.
const NOT_BLANK: &str = r"\S";

/// Gives the parameters that mean the same everywhere the same schema, and an optional body no `null`.
pub(crate) fn tighten_operation(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(schema) = of_parameter(&parameter.name)
        {
            parameter.schema = Some(schema.into());
        }
    }
    // A body that may be left out is left out, and not `null`.
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        for content in body.content.values_mut() {
            if let RefOr::T(content) = content
                && let Some(RefOr::T(Schema::OneOf(either))) = &content.schema
            {
                content.schema = either.items.iter().find(|item| matches!(item, RefOr::Ref(_))).cloned();
            }
        }
    }
}

fn of_parameter(name: &str) -> Option<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let schema = match name {
        "cursor" => text.pattern(Some("^[A-Za-z0-9_-]+$")),
        "Idempotency-Key" => text.min_length(Some(1)).max_length(Some(255)).pattern(Some("^[!-~]+$")),
        // RFC 9110, 13.1.1, without lists: nobody has read two versions.
        "If-Match" => text.pattern(Some(r#"^(\*|(W/)?"[!#-~]*")$"#)),
        "If-None-Match" | "X-Cart-Token" | "X-Order-Token" => text,
        _ => return None,
    };
    Some(schema.into())
}

/// Adds to the bodies what their fields alone do not say.
pub(crate) fn tighten_components(components: &mut Components) {
    let schemas = &mut components.schemas;
    for name in ["ProductCreate", "ProductPatch"] {
        if let Some(attributes) = property(schemas, name, "attributes") {
            hold(attributes, 50, attribute());
        }
    }
    for name in ["VariantCreate", "VariantPatch"] {
        if let Some(options) = property(schemas, name, "options") {
            hold(options, 5, text(60).into());
        }
    }
    if let Some(RefOr::T(Schema::Array(values))) = object(schemas, "ProductOption").and_then(|option| option.properties.get_mut("values")) {
        values.items = text(60).into();
        values.unique_items = true;
    }
    either(schemas, "CartItemCreate", [(&[("variant_id", Type::String)], &["product_id"]), (&[("product_id", Type::String)], &["variant_id"])]);
    either(schemas, "StockChange", [(&[("delta", Type::Integer)], &["set"]), (&[("set", Type::Integer)], &["delta"])]);
    let plain = ["price", "compare_at_price", "stock", "sku"];
    either(schemas, "ProductCreate", [(&[("price", Type::Object)], &["options", "variants"]), (&[("variants", Type::Array)], &plain)]);
    if let Some(upload) = object(schemas, "ImageUpload") {
        upload.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    }
}

/// A text with something in it, of up to so many characters.
fn text(longest: usize) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(longest)).pattern(Some(NOT_BLANK))
}

/// What an attribute of a product can be.
fn attribute() -> Schema {
    let kind = |kind: Type| ObjectBuilder::new().schema_type(kind);
    let texts = ArrayBuilder::new().items(kind(Type::String).max_length(Some(100))).max_items(Some(50));
    let either = AnyOfBuilder::new().item(kind(Type::String).max_length(Some(500))).item(kind(Type::Number)).item(kind(Type::Boolean)).item(texts);
    either.into()
}

/// Says how many names a map may have, of up to 60 characters, and with what.
fn hold(map: &mut Object, most: usize, value: Schema) {
    map.max_properties = Some(most);
    map.property_names = Some(Box::new(text(60).into()));
    map.additional_properties = Some(Box::new(AdditionalProperties::RefOr(value.into())));
}

/// One side of an alternative: the fields it has with their type, and those it has not.
type Side<'a> = (&'a [(&'a str, Type)], &'a [&'a str]);

/// Says that a body has the fields of one side and none of the other's: as they exclude each other, `anyOf` is as strict as `oneOf`.
fn either(schemas: &mut BTreeMap<String, RefOr<Schema>>, name: &str, sides: [Side<'_>; 2]) {
    let Some(body) = object(schemas, name) else { return };
    let sides = sides.into_iter().fold(AnyOfBuilder::new(), |all, (has, lacks)| {
        let there = has.iter().fold(any(), |side, (field, kind)| side.required(*field).property(*field, there(kind.clone())));
        all.item(lacks.iter().fold(there, |side, field| side.property(*field, not_there(body.properties.get(*field)))))
    });
    let mut whole = AllOf::new();
    (whole.description, whole.example) = (body.description.take(), body.example.take());
    whole.items = vec![Schema::Object(body.clone()).into(), Schema::AnyOf(sides.build()).into()];
    schemas.insert(name.to_owned(), Schema::AllOf(whole).into());
}

fn any() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue)
}

fn there(kind: Type) -> Schema {
    if kind == Type::Array { ArrayBuilder::new().items(any()).min_items(Some(1)).into() } else { any().schema_type(kind).into() }
}

/// A list that is not there may be sent empty, a value that is not there as `null`.
fn not_there(field: Option<&RefOr<Schema>>) -> Schema {
    match field {
        Some(RefOr::T(Schema::Array(_))) => ArrayBuilder::new().items(any()).max_items(Some(0)).into(),
        _ => any().schema_type(Type::Null).into(),
    }
}

fn property<'a>(schemas: &'a mut BTreeMap<String, RefOr<Schema>>, name: &str, field: &str) -> Option<&'a mut Object> {
    match object(schemas, name)?.properties.get_mut(field) {
        Some(RefOr::T(Schema::Object(object))) => Some(object),
        _ => None,
    }
}

fn object<'a>(schemas: &'a mut BTreeMap<String, RefOr<Schema>>, name: &str) -> Option<&'a mut Object> {
    match schemas.get_mut(name) {
        Some(RefOr::T(Schema::Object(object))) => Some(object),
        _ => None,
    }
}
